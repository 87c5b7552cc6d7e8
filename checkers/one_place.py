"""A formula with one place changed: the changes that would mend a slip of pen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Final

from checkers.formula import (
    FUNCTIONS,
    Call,
    Name,
    Neg,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Tree,
    children,
    inside,
    with_children,
)

SAYS: Final = {
    "one-number": "All fits but one number: the `{part}`. Where does it come from?",
    "one-power": "All fits but one power, at `{part}`. Look at how it comes about.",
    "one-sign": "All fits but one sign, in `{part}`. Where does it come from?",
    "one-operation": (
        "All fits but one operation, in `{part}`. Is it to be added, taken away, multiplied or divided?"
    ),
    "one-letter": "All fits but one letter: the `{part}`. What should stand there?",
    "one-function": "All fits but one function: the one in `{part}`. Which is asked for?",
}
MOST: Final = 60
"""A formula of more parts is not looked into."""


def mended(tree: Tree, names: Sequence[str]) -> Iterator[tuple[str, Tree, Tree]]:
    """Each formula that one change makes of this one: what was changed, the part, the formula."""
    if sum(1 for _ in inside(tree)) > MOST:
        return
    yield from _anywhere(tree, names)


def _anywhere(tree: Tree, names: Sequence[str]) -> Iterator[tuple[str, Tree, Tree]]:
    for key, other in _here(tree, names):
        yield key, tree, other
    parts = children(tree)
    for n, part in enumerate(parts):
        for key, place, other in _anywhere(part, names):
            exponent = isinstance(tree, Power) and n == 1
            yield (
                "one-power" if exponent else key,
                tree if exponent else place,
                with_children(tree, (*parts[:n], other, *parts[n + 1 :])),
            )


def _here(tree: Tree, names: Sequence[str]) -> Iterator[tuple[str, Tree]]:
    match tree:
        case Num(value=number):
            near = (
                number + 1,
                number - 1,
                number * 2,
                number / 2,
                number * 3,
                number / 3,
                number**2,
                -number,
            )
            for value in (*near, *map(Fraction, range(13))):
                if value != number:
                    yield "one-number", Num(value) if value >= 0 else Neg(Num(-value))
            yield from (("one-letter", Name(letter)) for letter in names)
        case Name(name=name):
            yield from (("one-letter", Name(letter)) for letter in names if letter != name)
            yield from (("one-number", Product((Num(Fraction(n)), tree))) for n in range(2, 13))
        case Sum(terms=terms):
            yield "one-operation", Product(tuple(t.inner if isinstance(t, Neg) else t for t in terms))
            for n, term in enumerate(terms):
                turned = term.inner if isinstance(term, Neg) else Neg(term)
                yield "one-sign", Sum((*terms[:n], turned, *terms[n + 1 :]))
        case Product(factors=factors):
            yield "one-operation", Sum(factors)
            for n in range(1, len(factors)):
                first, second = (_product(some) for some in (factors[:n], factors[n:]))
                yield from (("one-operation", Sum((first, end))) for end in (second, Neg(second)))
            for n, factor in enumerate(factors):
                rest = _product(factors[:n] + factors[n + 1 :])
                yield "one-operation", Quotient(rest, factor)
                yield ("one-number" if isinstance(factor, Num) else "one-operation"), rest
        case Quotient(top=top, bottom=bottom):
            yield "one-operation", Product((top, bottom))
            yield "one-operation", Quotient(bottom, top)
            yield "one-operation", top
        case Neg(inner=inner):
            yield "one-sign", inner
        case Power(base=base, exponent=exponent):
            yield "one-power", base
            yield "one-power", Product((base, exponent))
        case Call(function=function, inner=inner):
            yield "one-function", inner
            yield from (("one-function", Call(name, inner)) for name in FUNCTIONS if name != function)
    if not isinstance(tree, Num):
        for power in (Num(Fraction(2)), Num(Fraction(3)), Neg(Num(Fraction(1)))):
            yield "one-power", Power(tree, power)
        yield "one-power", Call("sqrt", tree)


def _product(factors: tuple[Tree, ...]) -> Tree:
    return factors[0] if len(factors) == 1 else Product(factors)
