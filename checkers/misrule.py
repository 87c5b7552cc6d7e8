"""Rules of algebra as they are misremembered (Matz 1982; Payne & Squibb 1990), applied to a formula."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from typing import Final

from checkers.formula import Call, Neg, Num, Power, Product, Quotient, Sum, Tree, children, with_children

SAYS: Final = {
    "distributed-once": (
        "What stands before the bracket is multiplied with its first term only. Each term in "
        "the bracket takes "
        "part: what about the others?"
    ),
    "minus-bracket": (
        "The minus before the bracket is used for its first term only. It turns the sign of each term inside."
    ),
    "power-of-sum": (
        "You raised each term by itself. A square of a sum is the bracket times itself: write "
        "it as a product of "
        "two brackets and multiply out."
    ),
    "root-of-sum": (
        "You took the root of each term by itself. Try it with numbers: is √(9 + 16) the same as 3 + 4?"
    ),
    "split-bottom": (
        "You split the fraction at the sum below the line. Only a sum above the line can be "
        "split: try it with "
        "numbers."
    ),
    "cancelled-term": (
        "You cancelled a term of a sum. Only what multiplies the whole top and the whole bottom "
        "can be cancelled."
    ),
    "powers-multiplied": (
        "When powers of the same base are multiplied, exponents are added: count the x in x·x·x times x·x."
    ),
    "powers-added": "When a power is raised to a power, the exponents are multiplied: (x·x·x) twice.",
    "function-of-sum": "The function is applied to each term by itself. Try it with numbers: does that hold?",
}
"""What is said of each."""


def misread(tree: Tree) -> Iterator[tuple[str, Tree]]:
    """What a formula becomes by one misremembered rule, used in one place."""
    yield from _here(tree)
    parts = children(tree)
    for n, part in enumerate(parts):
        for key, wrong in misread(part):
            yield key, with_children(tree, (*parts[:n], wrong, *parts[n + 1 :]))


def _here(tree: Tree) -> Iterator[tuple[str, Tree]]:
    match tree:
        case Product(factors=factors):
            for n, factor in enumerate(factors):
                if isinstance(factor, Sum):
                    others = (*factors[:n], *factors[n + 1 :])
                    yield "distributed-once", Sum((Product((*others, factor.terms[0])), *factor.terms[1:]))
                    yield "distributed-once", Sum((*factor.terms[:-1], Product((*others, factor.terms[-1]))))
            if len(factors) == 2:
                one, two = factors
                yield from _powers(one, two)
                if isinstance(one, Sum) and isinstance(two, Sum):
                    pairs = zip(one.terms, two.terms, strict=False)
                    yield "distributed-once", Sum(tuple(Product(pair) for pair in pairs))
        case Neg(inner=Sum(terms=terms)):
            yield "minus-bracket", Sum((Neg(terms[0]), *terms[1:]))
        case Neg(inner=Product(factors=factors)) if isinstance(factors[-1], Sum):
            first = Neg(Product((*factors[:-1], factors[-1].terms[0])))
            rest = tuple(Product((*factors[:-1], t)) for t in factors[-1].terms[1:])
            yield "minus-bracket", Sum((first, *rest))
        case Power(base=Sum(terms=terms), exponent=exponent):
            yield "power-of-sum", Sum(tuple(_raised(t, exponent) for t in terms))
        case Power(base=Power(base=base, exponent=Num(value=one)), exponent=Num(value=two)):
            yield "powers-added", Power(base, Num(one + two))
        case Call(function="sqrt", inner=Sum(terms=terms)):
            yield "root-of-sum", Sum(tuple(_mapped("sqrt", t) for t in terms))
        case Call(function=function, inner=Sum(terms=terms)):
            yield "function-of-sum", Sum(tuple(_mapped(function, t) for t in terms))
        case Quotient(top=top, bottom=Sum(terms=terms)):
            yield "split-bottom", Sum(tuple(_over(top, t) for t in terms))
            yield from _cancelled(top, terms)


def _raised(term: Tree, exponent: Tree) -> Tree:
    """A term's power with its sign kept outside, as those do who take (a − b)² for a² − b²."""
    return Neg(Power(term.inner, exponent)) if isinstance(term, Neg) else Power(term, exponent)


def _mapped(function: str, term: Tree) -> Tree:
    return Neg(Call(function, term.inner)) if isinstance(term, Neg) else Call(function, term)


def _over(top: Tree, term: Tree) -> Tree:
    return Neg(Quotient(top, term.inner)) if isinstance(term, Neg) else Quotient(top, term)


def _cancelled(top: Tree, bottom: tuple[Tree, ...]) -> Iterator[tuple[str, Tree]]:
    tops = top.terms if isinstance(top, Sum) else (top,)
    for one in tops:
        if one in bottom and len(bottom) > 1:
            above, below = [t for t in tops if t != one], [t for t in bottom if t != one]
            yield "cancelled-term", Quotient(_added(above, 1 if len(tops) == 1 else 0), _added(below, 0))


def _added(terms: list[Tree], nothing: int) -> Tree:
    return Sum(tuple(terms)) if len(terms) > 1 else terms[0] if terms else Num(Fraction(nothing))


def _powers(one: Tree, two: Tree) -> Iterator[tuple[str, Tree]]:
    match one, two:
        case Power(base=a, exponent=Num(value=m)), Power(base=b, exponent=Num(value=n)) if a == b:
            yield "powers-multiplied", Power(a, Num(m * n))
