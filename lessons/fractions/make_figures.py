"""Draws the figures of the lessons, as SVG that can be seen on light and on dark.

Example: python make_figures.py
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from courseware.pictures import Picture, area, bar, counters, line

HERE = Path(__file__).resolve().parent / "data"
INK, BLUE, ORANGE = "#768091", "#4a7dde", "#d9730d"
ROW, LEFT = 60, 10


def text(x: float, y: float, words: str, colour: str = INK, anchor: str = "start", size: int = 16) -> str:
    at = f'x="{x:g}" y="{y:g}"'
    return f'<text {at} fill="{colour}" font-size="{size}" text-anchor="{anchor}">{words}</text>'


def stroke(x: float, y: float, to_x: float, to_y: float, colour: str = INK, more: str = "") -> str:
    ends = f'x1="{x:g}" y1="{y:g}" x2="{to_x:g}" y2="{to_y:g}"'
    return f'<line {ends} stroke="{colour}" stroke-width="2"{more}/>'


def placed(picture: Picture, x: float, y: float) -> str:
    """A picture in another one."""
    return picture.file().strip().replace("<svg ", f'<svg x="{x:g}" y="{y:g}" ', 1)


def write(name: str, wide: int, tall: int, marks: Sequence[str]) -> None:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {tall}" width="{wide}" '
        'font-family="sans-serif">'
    )
    (HERE / f"{name}.svg").write_text("\n".join([head, *marks, "</svg>\n"]), encoding="utf-8")


def below(name: str, rows: Sequence[tuple[str, Picture]], more: Sequence[str] = (), room: int = 0) -> None:
    """Pictures below one another, each with words at its right; with room for more below."""
    marks = []
    for n, (words, picture) in enumerate(rows):
        marks += [placed(picture, LEFT, 8 + n * ROW), text(LEFT + 315, 35 + n * ROW, words)]
    write(name, 470, 8 + len(rows) * ROW + room, [*marks, *more])


def hops(name: str, steps: int, count: int) -> None:
    """A number line, and so many hops from 0."""
    at = [LEFT + 14 + 272 * n / steps for n in range(count + 1)]
    marks = [placed(line(steps, count), LEFT, 40)]
    for n in range(count):
        middle = (at[n] + at[n + 1]) / 2
        marks.append(
            f'<path d="M{at[n]:.1f} 70Q{middle:.1f} 28 {at[n + 1]:.1f} 70" fill="none" stroke="{ORANGE}" '
            'stroke-width="2.5"/>'
        )
        marks.append(text(middle, 40, str(n + 1), ORANGE, "middle"))
    write(name, 330, 115, marks)


def main() -> None:
    below("flatbread", [("Amina's cuts", bar([2, 1, 1], [2])), ("equal cuts", bar(3, [2]))])
    write(
        "names",
        520,
        120,
        [
            placed(bar(5, 3), LEFT, 12),
            text(340, 30, "3 parts are shaded", BLUE),
            stroke(340, 42, 500, 42),
            text(340, 64, "5 equal parts in all"),
            text(LEFT, 100, "So three fifths of the bar is shaded."),
        ],
    )
    hops("hops", 4, 3)
    shares = [text(LEFT + 37 + 74 * n, 76, f"share {n + 1}", ORANGE, "middle", 14) for n in range(4)]
    cuts = [stroke(LEFT + 2 + 74 * n, 4, LEFT + 2 + 74 * n, 58, ORANGE) for n in range(1, 4)]
    write("shares", 330, 90, [placed(bar(8, 6), LEFT, 8), *cuts, *shares])
    below("finer", [("2 of 3", bar(3, 2)), ("4 of 6", bar(6, 4)), ("8 of 12", bar(12, 8))])
    below("shorter", [("6 of 8 parts", bar(8, 6)), ("3 of 4 parts", bar(4, 3))])
    below("burgers", [("one third", bar(3, 1)), ("one fourth", bar(4, 1))])
    half = LEFT + 150
    below(
        "half",
        [("4/9: a little less", bar(9, 4)), ("3/5: a little more", bar(5, 3))],
        [
            stroke(half, 2, half, 122, ORANGE, ' stroke-dasharray="6 4"'),
            text(half, 142, "one half", ORANGE, "middle"),
        ],
        room=24,
    )
    below(
        "cut-alike",
        [("2/3", bar(3, 2)), ("3/4", bar(4, 3)), ("8/12", bar(12, 8)), ("9/12", bar(12, 9))],
    )
    below("same-add", [("2/5", bar(5, 2)), ("and 1/5 more", bar(5, 2, also=[3]))])
    below(
        "unlike-add",
        [
            ("1/2", bar(2, 1)),
            ("1/3", bar(3, also=[1])),
            ("3/6 and 2/6", bar(6, 3, also=[4, 5])),
        ],
    )
    write(
        "three-quarters-of-12",
        250,
        136,
        [
            placed(counters(12, 9, columns=3), LEFT, 4),
            *[text(120, 25 + 30 * n, f"share {n + 1}", BLUE if n < 3 else INK) for n in range(4)],
        ],
    )
    write(
        "part-of-part",
        320,
        150,
        [
            placed(area(3, 4, 2, 3), LEFT, 6),
            text(190, 40, "3 of 4 columns", ORANGE),
            text(190, 66, "2 of 3 rows", ORANGE),
            text(190, 92, "6 of 12 are both", BLUE),
        ],
    )
    write(
        "halving",
        470,
        190,
        [
            *[placed(bar([1] * 2**n, 1), LEFT, 6 + 60 * (n - 1)) for n in (1, 2, 3)],
            *[text(LEFT + 315, 33 + 60 * (n - 1), f"1/{2**n}") for n in (1, 2, 3)],
        ],
    )


if __name__ == "__main__":
    main()
