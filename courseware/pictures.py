"""Pictures for prompts, options and lessons: bars, circles, grids, counters and number lines, as SVG.

An item makes its own pictures, from the numbers that it asks about. Each comes with the text for those who do
not see it, which tells as much as the picture and no more. Colours are those of the page that it stands on.
Needs the standard library alone.
"""

from __future__ import annotations

import html
import math
import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

Parts = int | Sequence[int]
"""How many equal parts a whole has, or their sizes where they are not equal: [2, 1, 1]."""
Shaded = int | Collection[int]
"""How many parts are shaded, the first ones; or which, counted from 1 and on through all wholes."""

INK: Final = "var(--cw-ink, #768091)"
SOFT: Final = "var(--cw-ink-soft, #768091)"
FULL: Final = "var(--cw-brand, #4a7dde)"
OTHER: Final = "var(--cw-near, #d9730d)"
EMPTY: Final = "var(--cw-ground, none)"

WIDE: Final = 300
TALL: Final = 44
MOST: Final = 60
_VARIABLE: Final = re.compile(r"var\(--[\w-]+, ([^)]+)\)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A picture: `svg`, which stands in Markdown as it is, and `alt`, what it shows in words."""

    alt: str
    svg: str

    def __str__(self) -> str:
        return self.svg

    def file(self) -> str:
        """The picture for a file of its own: with colours that can be seen on light and on dark."""
        return _VARIABLE.sub(r"\1", self.svg) + "\n"


def options(pictures: Iterable[Picture]) -> dict[str, str]:
    """What `pictures=` of Choice, MultipleChoice and Matching takes: the picture shown for each text."""
    return {picture.alt: picture.svg for picture in pictures}


def over(top: object, bottom: object) -> str:
    r"""A fraction as it is set in books, one number above the other: ``$\dfrac{3}{4}$``.

    Takes fields of templates as well: ``over("{top}", "{bottom}")``.
    """
    return rf"$\dfrac{{{top}}}{{{bottom}}}$"


def bar(
    parts: Parts, shaded: Shaded = 0, *, also: Collection[int] = (), wholes: int = 1, wide: int = WIDE
) -> Picture:
    """One bar, or several below one another, in parts; some are shaded, some in another colour."""
    sizes, chosen = _sizes(parts), _chosen(shaded, parts, wholes)
    second = _chosen(also, parts, wholes)
    marks = []
    for whole in range(wholes):
        left = 2.0
        for place, size in enumerate(sizes, 1):
            width = (wide - 4) * size / sum(sizes)
            part = whole * len(sizes) + place
            fill = FULL if part in chosen else OTHER if part in second else EMPTY
            marks.append(_rect(left, 2 + whole * (TALL + 8), width, TALL - 4, fill))
            left += width
    says = _in_parts("bar", sizes, chosen, wholes)
    if second:
        says += f". {_are_shaded(len(second), 'shaded in another colour')}"
    return _picture(wide, TALL + (wholes - 1) * (TALL + 8), says, marks)


def circle(parts: Parts, shaded: Shaded = 0, *, wholes: int = 1, wide: int = 110) -> Picture:
    """One circle, or several beside one another, in parts; some are shaded. Clockwise from the top."""
    sizes, chosen = _sizes(parts), _chosen(shaded, parts, wholes)
    radius, marks = wide / 2 - 3, []
    for whole in range(wholes):
        centre = wide / 2 + whole * (wide + 12)

        def at(turn: float, centre: float = centre) -> str:
            x, y = math.sin(turn * math.tau), -math.cos(turn * math.tau)
            return f"{centre + radius * x:.1f} {wide / 2 + radius * y:.1f}"

        start = 0.0
        for place, size in enumerate(sizes, 1):
            fill = FULL if whole * len(sizes) + place in chosen else EMPTY
            end = start + size / sum(sizes)
            if len(sizes) == 1:
                shape = f'<circle cx="{centre:g}" cy="{wide / 2:g}" r="{radius:g}"'
            else:
                long = 1 if end - start > 0.5 else 0
                way = f"M{centre:g} {wide / 2:g}L{at(start)}A{radius:g} {radius:g} 0 {long} 1 {at(end)}Z"
                shape = f'<path d="{way}"'
            marks.append(f'{shape} fill="{fill}" stroke="{INK}" stroke-width="2" stroke-linejoin="round"/>')
            start = end
    width = wholes * wide + (wholes - 1) * 12
    return _picture(width, wide, _in_parts("circle", sizes, chosen, wholes), marks)


def grid(rows: int, columns: int, shaded: Shaded = 0, *, side: int = 30) -> Picture:
    """A rectangle of rows and columns, counted row by row."""
    chosen = _chosen(shaded, rows * columns, 1)
    marks = [
        _rect(2 + column * side, 2 + row * side, side, side, FULL if n in chosen else EMPTY)
        for row in range(rows)
        for column in range(columns)
        for n in [row * columns + column + 1]
    ]
    says = f"A rectangle of {_many(rows, 'row')} and {_many(columns, 'column')}"
    return _picture(columns * side + 4, rows * side + 4, f"{says}. {_are_shaded(len(chosen))}", marks)


def area(rows: int, columns: int, down: int, across: int, *, side: int = 40) -> Picture:
    """A part of a part: `down` of the rows and `across` of the columns are coloured, both where they meet."""
    if not (0 < down <= rows and 0 < across <= columns):
        raise ValueError(f"area has {down} of {rows} rows and {across} of {columns} columns; expected some")
    marks = []
    for row in range(rows):
        for column in range(columns):
            there, here = row < down, column < across
            fill = FULL if there and here else OTHER if there or here else EMPTY
            faint = "" if there and here else ' fill-opacity="0.3"'
            marks.append(_rect(2 + column * side, 2 + row * side, side, side, fill, faint))
    says = (
        f"A rectangle of {_many(rows, 'row')} and {_many(columns, 'column')}. Coloured are the first "
        f"{_many(across, 'column')} and the first {_many(down, 'row')}; where both are, the colour is strong"
    )
    return _picture(columns * side + 4, rows * side + 4, says, marks)


def counters(count: int, shaded: Shaded = 0, *, columns: int = 6, size: int = 30) -> Picture:
    """Round counters, of which some are coloured, row by row."""
    chosen = _chosen(shaded, count, 1)
    rows = -(-count // columns)
    marks = [
        f'<circle cx="{2 + size * (n % columns) + size / 2:g}" cy="{2 + size * (n // columns) + size / 2:g}" '
        f'r="{size / 2 - 4:g}" fill="{FULL if n + 1 in chosen else EMPTY}" stroke="{INK}" stroke-width="2"/>'
        for n in range(count)
    ]
    says = f"{_many(count, 'counter')}. {_are_shaded(len(chosen), 'coloured')}"
    return _picture(min(count, columns) * size + 4, rows * size + 4, says, marks)


def line(
    steps: int,
    mark: int | None = None,
    *,
    wholes: int = 1,
    named: Mapping[int, str] | None = None,
    wide: int = WIDE,
) -> Picture:
    """A number line from 0 to `wholes`, with `steps` steps to each whole.

    `mark` is the step of a dot, counted from 0; `named` gives steps a letter or a word above the line.
    """
    last, names = steps * wholes, dict(named or {})
    for step in (*names, *(() if mark is None else (mark,))):
        if not 0 <= step <= last:
            raise ValueError(f"line has a mark at step {step!r}; expected one from 0 to {last}")

    def at(step: int) -> float:
        return 14 + (wide - 28) * step / last

    marks = [_stroke(14, 40, wide - 14, 40, INK, 2)]
    for step in range(last + 1):
        whole = step % steps == 0
        marks.append(
            _stroke(at(step), 30 if whole else 34, at(step), 50 if whole else 46, INK, 2 if whole else 1.5)
        )
        if whole:
            marks.append(_words(at(step), 66, str(step // steps), INK))
    for step, name in names.items():
        marks += [_dot(at(step)), _words(at(step), 22, name, FULL, bold=True)]
    if mark is not None and mark not in names:
        marks.append(_dot(at(mark)))
    says = f"A number line from 0 to {wholes}, with {_many(steps, 'equal step')} to each whole"
    if mark is not None:
        says += f". A dot stands {_many(mark, 'step')} from 0"
    for step, name in names.items():
        says += f". {name} stands {_many(step, 'step')} from 0"
    return _picture(wide, 72, says, marks)


def _picture(wide: float, tall: float, says: str, marks: Sequence[str]) -> Picture:
    alt = f"{says}."
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide:g} {tall:g}" width="{wide:g}" '
        f'height="{tall:g}" font-family="sans-serif" role="img" aria-label="{html.escape(alt)}">'
    )
    return Picture(alt=alt, svg="".join([head, *marks, "</svg>"]))


def _rect(x: float, y: float, wide: float, tall: float, fill: str, more: str = "") -> str:
    at = f'x="{x:.4g}" y="{y:.4g}" width="{wide:.4g}" height="{tall:.4g}"'
    return f'<rect {at} fill="{fill}"{more} stroke="{INK}" stroke-width="2"/>'


def _stroke(x: float, y: float, to_x: float, to_y: float, colour: str, wide: float) -> str:
    ends = f'x1="{x:.4g}" y1="{y:.4g}" x2="{to_x:.4g}" y2="{to_y:.4g}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{wide:g}"/>'


def _dot(x: float) -> str:
    return f'<circle cx="{x:.4g}" cy="40" r="7" fill="{FULL}"/>'


def _words(x: float, y: float, text: str, colour: str, *, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    at = f'x="{x:.4g}" y="{y:.4g}"'
    return (
        f'<text {at} fill="{colour}" font-size="15"{weight} text-anchor="middle">{html.escape(text)}</text>'
    )


def _sizes(parts: Parts) -> tuple[int, ...]:
    sizes = (1,) * parts if isinstance(parts, int) else tuple(parts)
    if not 1 <= len(sizes) <= MOST or any(size < 1 for size in sizes):
        raise ValueError(
            f"a picture has parts={parts!r}; expected how many there are, 1 to {MOST}, or their sizes"
        )
    return sizes


def _chosen(shaded: Shaded, parts: Parts, wholes: int) -> frozenset[int]:
    last = len(_sizes(parts)) * wholes
    chosen = frozenset(range(1, shaded + 1)) if isinstance(shaded, int) else frozenset(shaded)
    if not all(1 <= part <= last for part in chosen):
        raise ValueError(f"a picture has shaded={shaded!r}; expected parts from 1 to {last}, or how many")
    return chosen


def _in_parts(shape: str, sizes: Sequence[int], chosen: Collection[int], wholes: int) -> str:
    equal = len(set(sizes)) == 1
    first = f"A {shape} in" if wholes == 1 else f"{wholes} {shape}s, each in"
    if equal:
        return f"{first} {_many(len(sizes), 'equal part')}. {_are_shaded(len(chosen))}"
    told = ", ".join(
        f"{'shaded' if place in chosen else 'empty'} {size}" for place, size in enumerate(sizes, 1)
    )
    return f"{first} {len(sizes)} parts that are not equal. Their sizes: {told}"


def _many(count: int, word: str) -> str:
    return f"{count} {word}{'' if count == 1 else 's'}"


def _are_shaded(count: int, word: str = "shaded") -> str:
    return f"{count} {'is' if count == 1 else 'are'} {word}" if count else f"None is {word}"
