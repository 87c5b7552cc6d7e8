"""Small plots in prompts: where marks stand, and that they reach the page as they are."""

from __future__ import annotations

import re

import pytest

from courseware.sketch import BOTTOM, TOP, axis, bars, boxes, histogram, lines, points
from courseware.widgets import markup

DRAWN = {
    "bars": bars({"Ada": 3, "Bo <b>": 12}, what="cups", told="Bars: Ada 3, Bo 12."),
    "histogram": histogram([0, 5, 10], [4, 1], what="metres", told="Counts of 4 and 1."),
    "lines": lines(["1990", "2000"], {"A": [1, 2], "B": [3, 1]}, what="how many", told="Two lines."),
    "points": points([1, 2, 3], [4, 6, 5], across_what="age", up_what="height", told="Three points."),
    "boxes": boxes({"oak": [1, 2, 3, 4, 5]}, what="height", told="A box."),
}


@pytest.mark.parametrize(
    ("values", "low", "ticks"),
    [
        ([0, 10], None, [0, 2, 4, 6, 8, 10]),
        ([172, 231], None, [160, 180, 200, 220, 240]),
        ([3, 47], 0, [0, 10, 20, 30, 40, 50]),
        ([78.6, 80.2], 78, [78, 78.5, 79, 79.5, 80, 80.5]),
        ([5, 5], None, None),
    ],
)
def test_an_axis_has_round_marks_and_takes_all_values_in(values, low, ticks):
    made = axis(values, low=low)
    assert made.low <= min(values)
    assert made.high >= max(values)
    assert made.low < made.high
    if ticks is not None:
        assert made.ticks == pytest.approx(ticks)


def test_a_bar_is_as_long_as_its_number_if_the_axis_begins_at_zero():
    heights = [float(h) for h in re.findall(r'<rect [^>]*height="([\d.]+)"', DRAWN["bars"])]
    assert heights[1] / heights[0] == pytest.approx(4, rel=0.01)
    cut = bars({"A": 79, "B": 80}, what="years", told="79 and 80.", low=78)
    heights = [float(h) for h in re.findall(r'<rect [^>]*height="([\d.]+)"', cut)]
    assert heights[1] / heights[0] == pytest.approx(2, rel=0.01)


def test_marks_stay_on_the_paper():
    for drawn in DRAWN.values():
        for y in map(float, re.findall(r' (?:cy|y1|y2)="([\d.]+)"', drawn)):
            assert TOP - 1 <= y <= BOTTOM + 5


@pytest.mark.parametrize("kind", DRAWN)
def test_a_sketch_reaches_the_page_whole_and_says_what_it_shows(kind):
    shown = markup.block("What does it show?\n\n" + DRAWN[kind])
    assert shown.count("<svg") == shown.count("</svg>") == 1
    assert 'role="img"' in shown
    assert 'aria-label="' in shown
    for mark in ("<rect", "<line", "<circle", "<polyline", "<text"):
        assert shown.count(mark) == DRAWN[kind].count(mark), mark
    assert "<b>" not in shown


def test_no_name_is_taken_for_a_field():
    drawn = bars({"{limit}": 1, "b": 2}, what="{x}", told="{y}")
    assert "{" not in drawn
