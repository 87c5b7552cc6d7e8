"""What is drawn to be shaded: a bar, a circle or a grid in parts, or a number line with its marks."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Final, Literal, get_args

Shape = Literal["bar", "circle", "grid", "line"]
SHAPES: Final[tuple[str, ...]] = get_args(Shape)
MOST_PARTS: Final[dict[str, int]] = {"bar": 24, "circle": 24, "grid": 144, "line": 40}
"""In all wholes together: more could not be told apart on a small screen."""
MOST_WHOLES: Final = 6
LONGEST_SIDE: Final = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One or more wholes, each cut alike.

    `sizes` are the parts of one whole, in the order in which they are counted: a bar from the left, a circle
    clockwise from the top, a grid row by row; all 1 where they are equal. Parts are counted from 1 and on
    through all wholes. A line has its marks instead, counted from 0; a part is the step between two.
    """

    shape: Shape
    sizes: tuple[int, ...]
    wholes: int
    columns: int

    @property
    def parts(self) -> int:
        """How many parts there are, in all wholes together."""
        return len(self.sizes) * self.wholes

    @property
    def equal(self) -> bool:
        """Whether all parts are of one size."""
        return len(set(self.sizes)) == 1

    def amount(self, parts: Collection[int]) -> Fraction:
        """How much these parts are, one whole being 1."""
        each = len(self.sizes)
        return Fraction(sum(self.sizes[(part - 1) % each] for part in parts), sum(self.sizes))

    def filled(self, amount: Fraction) -> tuple[int, ...] | None:
        """The first parts that make this amount; None if no parts do."""
        each, whole = len(self.sizes), sum(self.sizes)
        full, rest = divmod(amount, 1)
        if (rest * whole).denominator != 1 or not 0 <= amount <= self.wholes:
            return None
        part = _chosen(self.sizes, int(rest * whole))
        if part is None:
            return None
        start = int(full) * each
        return (*range(1, start + 1), *(start + place for place in part))

    def asks(self) -> dict[str, object]:
        """What a screen draws, as JSON."""
        if self.shape == "line":
            return {"shape": self.shape, "steps": len(self.sizes), "wholes": self.wholes}
        return {
            "shape": self.shape,
            "sizes": list(self.sizes),
            "wholes": self.wholes,
            "columns": self.columns,
        }


def drawn(shape: str, parts: int | Sequence[int], wholes: int, columns: int | None) -> Drawing:
    """A drawing as an author asks for it. Raises ValueError where it cannot be drawn."""
    if shape not in SHAPES:
        raise ValueError(f"Shade has shape={shape!r}; expected one of {', '.join(SHAPES)}")
    sizes = (1,) * parts if type(parts) is int else tuple(parts) if isinstance(parts, list | tuple) else ()
    if not sizes or not all(type(size) is int and 1 <= size <= MOST_PARTS["grid"] for size in sizes):
        raise ValueError(
            f"Shade has parts={parts!r}; expected how many there are, like 8, or their sizes, like [2, 1, 1]"
        )
    if len(set(sizes)) > 1 and shape not in ("bar", "circle"):
        raise ValueError(f"Shade has parts={parts!r}; parts of different size are for bars and circles")
    if type(wholes) is not int or not 1 <= wholes <= MOST_WHOLES:
        raise ValueError(f"Shade has wholes={wholes!r}; expected a whole number from 1 to {MOST_WHOLES}")
    if not 2 <= len(sizes) * wholes <= MOST_PARTS[shape]:
        raise ValueError(
            f"Shade has {len(sizes) * wholes} parts in all; expected 2 to {MOST_PARTS[shape]} for a {shape}"
        )
    if columns is None:
        columns = _squarest(len(sizes)) if shape == "grid" else len(sizes)
    elif shape != "grid" or type(columns) is not int or columns < 1 or len(sizes) % columns:
        raise ValueError(
            f"Shade has columns={columns!r}; expected a number that divides the {len(sizes)} parts of a grid"
        )
    if shape == "grid" and max(columns, len(sizes) // columns) > LONGEST_SIDE:
        raise ValueError(
            f"Shade has {columns} columns of {len(sizes) // columns}; expected at most {LONGEST_SIDE} a side"
        )
    return Drawing(shape=shape, sizes=sizes, wholes=wholes, columns=columns)  # type: ignore[arg-type]


def _chosen(sizes: Sequence[int], wanted: int) -> tuple[int, ...] | None:
    """Places (from 1) of parts whose sizes add up to `wanted`, the first ones taken where they can be."""
    ways: dict[int, tuple[int, ...]] = {0: ()}
    for place, size in enumerate(sizes, 1):
        for reached, way in list(ways.items()):
            if reached + size <= wanted:
                ways.setdefault(reached + size, (*way, place))
    return ways.get(wanted)


def _squarest(count: int) -> int:
    """How many columns make a grid of `count` parts as square as can be, rather wide than high."""
    return min((n for n in range(1, count + 1) if count % n == 0 and n * n >= count), default=count)
