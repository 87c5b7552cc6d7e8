"""A small plot for a prompt, as SVG in the page's own colours: for items in which a plot is read.

Each function gives text that stands in a prompt as a paragraph of its own. `told` is what those hear who do
not see it: say all that a look would tell, and not the answer.
"""

from __future__ import annotations

import html
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

WIDE, HIGH = 440, 240
LEFT, RIGHT, TOP, BOTTOM = 56, 428, 30, 196
COLOURS: Final = ("#2f7ed8", "#d9730d", "#2e9e5b", "#a04cc2")
MOST_TICKS: Final = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A stretch of numbers, from `low` to `high`, with a mark at every `step`."""

    low: float
    high: float
    step: float

    @property
    def ticks(self) -> list[float]:
        return [self.low + n * self.step for n in range(round((self.high - self.low) / self.step) + 1)]

    def share(self, value: float) -> float:
        """How far along the stretch a value lies: 0 at its beginning, 1 at its end."""
        return (value - self.low) / (self.high - self.low)


def axis(values: Sequence[float], *, low: float | None = None) -> Axis:
    """The stretch that takes in all values, with round marks; from `low` on where that is given."""
    start, end = min(values) if low is None else low, max(values)
    rough = max(end - start, 1e-9) / (MOST_TICKS - 1)
    size = 10.0 ** math.floor(math.log10(rough))
    step = next(size * n for n in (1, 2, 5, 10) if size * n >= rough * 0.999)
    first = start if low is not None else math.floor(start / step + 1e-9) * step
    steps = math.ceil((end - first) / step - 1e-9)
    return Axis(low=first, high=first + max(steps, 1) * step, step=step)


def bars(heights: Mapping[str, float], *, what: str, told: str, low: float = 0) -> str:
    """A bar for each name, on an axis that begins at `low`; `what` is the label of that axis."""
    up = axis([*heights.values()], low=low)
    each = (RIGHT - LEFT) / len(heights)
    marks = _rows(up)
    for n, (name, height) in enumerate(heights.items()):
        top = _y(up, height)
        marks += [
            _rect(LEFT + each * (n + 0.2), top, each * 0.6, BOTTOM - top),
            _text(LEFT + each * (n + 0.5), BOTTOM + 18, name),
        ]
    return _paper([*marks, _text(8, 18, what, "start")], told, high=BOTTOM + 28)


def histogram(edges: Sequence[float], counts: Sequence[int], *, what: str, told: str) -> str:
    """A bar for each stretch between two edges, as high as its count; `what` is counted below."""
    up = axis(counts, low=0)
    each = (RIGHT - LEFT) / len(counts)
    marks = _rows(up)
    for n, count in enumerate(counts):
        top = _y(up, count)
        marks.append(_rect(LEFT + each * n + 1, top, each - 2, BOTTOM - top))
    marks += [_text(LEFT + each * n, BOTTOM + 18, _number(edge)) for n, edge in enumerate(edges)]
    return _paper([*marks, *_named(what, "how many")], told)


def lines(ticks: Sequence[str], values: Mapping[str, Sequence[float]], *, what: str, told: str) -> str:
    """A line for each name through its values, one for each tick; the names stand at the lines' ends."""
    up = axis([v for each in values.values() for v in each])
    end = RIGHT - (80 if len(values) > 1 else 10)
    step = (end - LEFT - 10) / (len(ticks) - 1)
    marks = _rows(up)
    marks += [_text(LEFT + 10 + step * n, BOTTOM + 18, tick) for n, tick in enumerate(ticks)]
    for (name, line), colour in zip(values.items(), COLOURS, strict=False):
        places = [(LEFT + 10 + step * n, _y(up, value)) for n, value in enumerate(line)]
        path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
        marks.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="2.5"/>')
        marks += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in places]
        if len(values) > 1:
            marks.append(_text(end + 6, places[-1][1] + 4, name, "start", colour))
    return _paper([*marks, _text(8, 18, what, "start")], told, high=BOTTOM + 28)


def points(x: Sequence[float], y: Sequence[float], *, across_what: str, up_what: str, told: str) -> str:
    """A point for each pair of values, with the labels of both axes."""
    across, up = axis(x), axis(y)
    marks = _rows(up)
    for tick in across.ticks:
        at = _x(across, tick)
        marks += [_line(at, BOTTOM, at, BOTTOM + 4), _text(at, BOTTOM + 18, _number(tick))]
    marks += [
        f'<circle cx="{_x(across, a):.1f}" cy="{_y(up, b):.1f}" r="3.5" fill="{COLOURS[0]}" '
        'fill-opacity="0.75"/>'
        for a, b in zip(x, y, strict=True)
    ]
    return _paper([*marks, *_named(across_what, up_what)], told)


def boxes(quartiles: Mapping[str, Sequence[float]], *, what: str, told: str) -> str:
    """A box for each name, of its smallest value, lower quartile, median, upper quartile and largest."""
    up = axis([v for each in quartiles.values() for v in each])
    each = (RIGHT - LEFT) / len(quartiles)
    marks = _rows(up)
    for n, (name, five) in enumerate(quartiles.items()):
        middle, wide = LEFT + each * (n + 0.5), min(each * 0.5, 70)
        low, lower, median, upper, high = (_y(up, value) for value in five)
        left, right = middle - wide / 2, middle + wide / 2
        box = f'x="{left:.1f}" y="{upper:.1f}" width="{wide:.1f}" height="{lower - upper:.1f}"'
        marks += [
            _line(middle, low, middle, lower),
            _line(middle, upper, middle, high),
            _line(middle - wide / 4, low, middle + wide / 4, low),
            _line(middle - wide / 4, high, middle + wide / 4, high),
            f'<rect {box} fill="{COLOURS[0]}" fill-opacity="0.35" stroke="currentColor"/>',
            _line(left, median, right, median, wide=2.5, colour=COLOURS[1]),
            _text(middle, BOTTOM + 18, name),
        ]
    return _paper([*marks, _text(8, 18, what, "start")], told, high=BOTTOM + 28)


def _rows(up: Axis) -> list[str]:
    """The marks of the axis that goes up, a faint line at each."""
    made = []
    for tick in up.ticks:
        at = _y(up, tick)
        made += [_line(LEFT, at, RIGHT, at, faint=True), _text(LEFT - 6, at + 4, _number(tick), "end")]
    return [*made, _line(LEFT, BOTTOM, RIGHT, BOTTOM)]


def _named(below: str, above: str) -> list[str]:
    return [_text((LEFT + RIGHT) / 2, HIGH - 6, below), _text(8, 18, above, "start")]


def _x(across: Axis, value: float) -> float:
    return LEFT + 10 + (RIGHT - LEFT - 20) * across.share(value)


def _y(up: Axis, value: float) -> float:
    return BOTTOM - (BOTTOM - TOP) * up.share(value)


def _number(value: float) -> str:
    return f"{value:,.10g}".replace("-", "−") if abs(value) >= 10_000 else f"{value:.6g}".replace("-", "−")


def _rect(x: float, y: float, wide: float, high: float) -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" width="{wide:.1f}" height="{high:.1f}"'
    return f'<rect {place} fill="{COLOURS[0]}"/>'


def _line(
    x: float, y: float, x2: float, y2: float, *, faint: bool = False, wide: float = 1, colour: str = ""
) -> str:
    ends = f'x1="{x:.1f}" y1="{y:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"'
    look = ' stroke-opacity="0.25"' if faint else ""
    return f'<line {ends} stroke="{colour or "currentColor"}" stroke-width="{wide:g}"{look}/>'


def _text(x: float, y: float, words: str, anchor: str = "middle", colour: str = "currentColor") -> str:
    place = f'x="{x:.1f}" y="{y:.1f}" font-size="12" text-anchor="{anchor}" fill="{colour}"'
    return f"<text {place}>{_safe(words)}</text>"


def _safe(words: str) -> str:
    """Text in markup: no tag of its own, and no field of a template."""
    return html.escape(words).replace("{", "&#123;").replace("}", "&#125;")


def _paper(marks: Sequence[str], told: str, high: float = HIGH) -> str:
    size = f'viewBox="0 0 {WIDE} {high}" width="{WIDE}"'
    return "\n".join([f'<svg {size} role="img" aria-label="{_safe(told)}">', *marks, "</svg>"])
