"""Pictures for items: what they show, in shapes and in words."""

import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from checkers import Choice, Fraction, Matching, MultipleChoice, Number
from courseware.excerpt import apart
from courseware.items import Mistake
from courseware.pictures import FULL, area, bar, circle, counters, grid, line, options, over
from courseware.widgets import markup

LESSONS = Path(__file__).resolve().parents[2] / "lessons"

PICTURES = {
    "bar": (bar(5, 3), 3, "A bar in 5 equal parts. 3 are shaded."),
    "bars": (bar(4, 7, wholes=2), 7, "2 bars, each in 4 equal parts. 7 are shaded."),
    "these parts": (bar(6, [2, 5]), 2, "A bar in 6 equal parts. 2 are shaded."),
    "two colours": (
        bar(5, 2, also=[3]),
        2,
        "A bar in 5 equal parts. 2 are shaded. 1 is shaded in another colour.",
    ),
    "unequal": (
        bar([2, 1, 1], [2]),
        1,
        "A bar in 3 parts that are not equal. Their sizes: empty 2, shaded 1, empty 1.",
    ),
    "circle": (circle(8, 1), 1, "A circle in 8 equal parts. 1 is shaded."),
    "whole circle": (circle(1, 1), 1, "A circle in 1 equal part. 1 is shaded."),
    "grid": (grid(2, 3), 0, "A rectangle of 2 rows and 3 columns. None is shaded."),
    "counters": (counters(12, 9, columns=3), 9, "12 counters. 9 are coloured."),
    "area": (
        area(3, 4, 2, 3),
        6,
        "A rectangle of 3 rows and 4 columns. Coloured are the first 3 columns and the first 2 rows; "
        "where both are, the colour is strong.",
    ),
}


@pytest.mark.parametrize(("picture", "shaded", "says"), PICTURES.values(), ids=PICTURES)
def test_a_picture_shades_what_it_says(picture, shaded, says):
    assert picture.alt == says
    assert picture.svg.count(f'fill="{FULL}"') == shaded


def test_a_number_line_has_a_mark_for_each_step_and_a_dot_where_it_is_told():
    drawn = line(4, 3, wholes=2, named={5: "A"})
    assert drawn.svg.count("<line") == 1 + 9
    assert drawn.svg.count(f'fill="{FULL}"/') == 2
    assert re.findall(r">(\w+)</text>", drawn.svg) == ["0", "1", "2", "A"]
    assert drawn.alt.endswith("A dot stands 3 steps from 0. A stands 5 steps from 0.")


@pytest.mark.parametrize("picture", [p for p, *_ in PICTURES.values()] + [line(3, 1, named={2: "<B>"})])
def test_a_picture_passes_the_cards_sanitiser_whole_and_stands_in_a_file_of_its_own(picture):
    shown = markup.block(f"What is shaded?\n\n{picture}")
    kept = ElementTree.fromstring(shown[shown.index("<svg") : shown.rindex("</svg>") + 6])
    whole = ElementTree.fromstring(picture.svg)
    assert kept.get("aria-label") == picture.alt
    assert [e.get("fill") for e in kept.iter()] == [e.get("fill") for e in whole.iter()]
    assert "var(" not in picture.file()
    ElementTree.fromstring(picture.file())


@pytest.mark.parametrize(
    ("draw", "says"),
    [
        (lambda: bar(0), "parts=0"),
        (lambda: bar([2, 0]), r"parts=\[2, 0\]"),
        (lambda: bar(4, 5), "shaded=5"),
        (lambda: circle(4, [0]), r"shaded=\[0\]"),
        (lambda: line(4, 9, wholes=2), "step 9"),
        (lambda: area(2, 2, 3, 1), "3 of 2 rows"),
    ],
)
def test_what_cannot_be_drawn_is_told(draw, says):
    with pytest.raises(ValueError, match=says):
        draw()


def test_options_and_matches_are_shown_as_pictures_and_answered_with_their_words():
    right, wrong = bar(4, 3), bar(4, 1)
    shown = options([right, wrong])
    for key in (
        Choice(right=right.alt, wrong=[wrong.alt], pictures=shown),
        MultipleChoice(right=[right.alt], wrong=[wrong.alt], pictures=shown),
    ):
        assert key.asks()["pictures"] == shown
        assert key.grade(right.alt if key.kind == "choice" else [right.alt]).score == 1
    pairs = Matching({right.alt: "3/4", wrong.alt: "1/4"}, pictures=shown)
    assert pairs.grade({right.alt: "3/4", wrong.alt: "1/4"}).score == 1
    assert "pictures" not in Choice(right="a", wrong=["b"]).asks()
    with pytest.raises(ValueError, match="picture for 'c'"):
        Choice(right="a", wrong=["b"], pictures={"c": right.svg})
    with pytest.raises(ValueError, match="expected an SVG"):
        Matching({"a": "1", "b": "2"}, pictures={"a": "data/a.png"})


def test_a_fraction_is_set_as_in_books_also_with_fields():
    assert over(3, 4) == r"$\dfrac{3}{4}$"
    assert "<mn>3</mn>" in markup.inline(over("{a}", "{b}"), {"a": 3, "b": 4})


def test_mistakes_that_nobody_can_tell_apart_are_left_out():
    def wrong(key, response):
        return Mistake(key, response, says="…")

    key = Fraction("1/2")
    given = [wrong("right", "2/4"), wrong("third", "1/3"), wrong("again", "2/6"), wrong("unreadable", "?")]
    assert [m.key for m in apart(key, given)] == ["third"]
    assert [m.key for m in apart(Number(3), [wrong("a", 2), wrong("b", "2"), wrong("c", 4)])] == ["a", "c"]


def test_the_course_without_code_is_judged_without_numpy_and_pandas():
    script = f"""
import sys
from courseware.course import load_course
from courseware.verdict import Bench, judge
course = load_course({str(LESSONS / "fractions")!r})
for item in course.items.values():
    question = item.question(7, course.data)
    for response in (question.right, question.mistakes[0].response):
        judge(question, response, Bench(runner=None))
heavy = sorted({{"numpy", "pandas", "matplotlib", "sympy", "pint"}} & set(sys.modules))
assert not heavy, heavy
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
