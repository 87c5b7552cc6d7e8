"""Formulae to work out: the right one in other writings, and what one changed sign or number makes of it.

Wrong are right writings with one thing changed (another operator, number, power, letter, a bracket left out)
that come to another value at a few places, by SymPy, apart from the checker.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from corpus.told import Told, judged

from checkers import Expression
from checkers.expression import Form


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A formula that is asked for, what it is made of, and right writings of it; the first is the key's."""

    name: str
    right: tuple[str, ...]
    form: Form | None = None
    start: str | None = None


QUESTIONS = (
    Asked(
        name="square of a sum",
        start="(x + 3)^2",
        form="expanded",
        right=("x^2 + 6x + 9", "9 + 6*x + x**2", "x·x + 6x + 9", "6x+x²+9", "+9+x^2+6 x", "x^2+6·x+9"),
    ),
    Asked(
        name="minus before a bracket",
        start="5x - 2(x - 4)",
        right=("3x + 8", "8 + 3x", "3*x+8", "8+x*3", "5x - 2x + 8", "3(x + 8/3)", "3x+16/2"),
    ),
    Asked(
        name="difference of squares",
        form="factored",
        start="x^2 - 16",
        right=("(x - 4)(x + 4)", "(x+4)*(x-4)", "(4+x)(x-4)", "(x + 4)·(x − 4)", "-(4-x)(4+x)"),
    ),
    Asked(
        name="derivative of a cube",
        right=("3x^2 - 4x", "3x² − 4x", "x(3x - 4)", "3*x**2-4*x", "-4x + 3x^2", "3x*x - 4x"),
    ),
    Asked(
        name="area of a ring",
        right=("pi*(R^2 - r^2)", "π(R^2-r^2)", "pi R^2 - pi r^2", "π(R-r)(R+r)", "(R^2 - r^2)*pi"),
    ),
    Asked(
        name="cancelled fraction",
        start="(x^2 + 2x)/x",
        right=("x + 2", "2 + x", "(x^2 + 2x)/x", "x+4/2", "(2x+4)/2"),
    ),
    Asked(
        name="powers",
        start="x^3 x^4",
        right=("x^7", "x**7", "x^3*x^4", "x^(3+4)", "x x^6"),
    ),
    Asked(
        name="exact root",
        form="exact",
        right=("sqrt(2)/2", "1/sqrt(2)", "√2/2", "sqrt(1/2)", "2^(-1/2)", "√(2)/2"),
    ),
    Asked(
        name="speed",
        right=("s/t", "s*t^-1", "s · 1/t", "(1/t)*s", "2s/(2t)"),
    ),
    Asked(
        name="chain rule",
        right=("2cos(2x)", "2*cos(2*x)", "cos(2x)*2", "cos(x+x)·2", "2 cos(2x)"),
    ),
    Asked(
        name="quadratic",
        right=("a*x^2 + b*x + c", "a x^2 + b x + c", "x(a x + b) + c", "c + b x + a x²", "c+x*b+x^2*a"),
    ),
    Asked(
        name="compound interest",
        right=("K(1 + p)^n", "K*(1+p)^n", "(1+p)^n K", "(p + 1)**n * K"),
    ),
)
SLIPS = (
    ("another sign", r"(?<=[\w) ])\+", "-"),
    ("another sign", r"(?<=[\w) ])[-−]", "+"),
    ("times for plus", r"(?<=[\w) ])\+", "*"),
    ("divided for times", r"\*(?!\*)|·", "/"),
    ("times for divided", r"/", "*"),
    ("a number more", r"\d+", "{more}"),
    ("a number less", r"\d+", "{less}"),
    ("a number doubled", r"\d+", "{twice}"),
    ("power lost", r"\^\d+|\*\*\d+|²", ""),
    ("power as factor", r"\^(?=\d)|\*\*(?=\d)", "*"),
    ("square for cube", r"\^2|\*\*2|²", "^3"),
    ("bracket lost", r"(?<!\w)\(([^()]*)\)", r"\1"),
    ("bracket lost", r"(?<=\w)\(([^()]*)\)", r" \1"),
    ("minus first", r"^", "-"),
    ("number lost", r"(?<![\w^.])\d+\*?(?=[a-zA-Z(])", ""),
    ("term lost", r" ?[-+−] ?\d*[a-zA-Z]?(?:\^\d|²)?$", ""),
    ("constant added", r"$", " + 1"),
    ("doubled", r"^(.*)$", r"2*(\1)"),
    ("turned over", r"^(.*)$", r"1/(\1)"),
    ("root of it", r"^(.*)$", r"sqrt(\1)"),
    ("squared", r"^(.*)$", r"(\1)^2"),
    ("another letter", r"\bx\b", "1"),
    ("another function", r"cos", "sin"),
    ("without the inner", r"\(2\*?x\)", "(x)"),
    ("as decimal", r"^.*sqrt.*$", "0.707"),
    ("letters exchanged", r"^(.*)R(.*)r(.*)$", r"\1r\2R\3"),
    ("letters exchanged", r"^s/t$", "t/s"),
    ("letters exchanged", r"a(.*)b", r"b\1a"),
)


def corpus(only: str | None) -> Iterator[Told]:
    """Every formula, right and changed, as `Expression` judges it."""
    for asked in QUESTIONS:
        if only and asked.name != only:
            continue
        key = Expression(asked.right[0], form=asked.form, start=asked.start)
        model, seen = value_of(asked.right[0], key), set(asked.right)
        for text in asked.right:
            yield judged("expression", asked.name, key, text, right=True)
        for text in asked.right[:3]:
            for slip, other in slips(text):
                if other in seen:
                    continue
                seen.add(other)
                if differs(value_of(other, key), model):
                    yield judged("expression", asked.name, key, other, slip)


def slips(text: str) -> Iterator[tuple[str, str]]:
    """The formula with one thing changed, each with a word for what."""
    for name, pattern, instead in SLIPS:
        for place in re.finditer(pattern, text):
            number = int(place[0]) if place[0].isdecimal() else 0
            new = instead
            for word, other in (("{more}", number + 1), ("{less}", number - 1), ("{twice}", number * 2)):
                new = new.replace(word, str(other))
            yield name, text[: place.start()] + place.expand(new) + text[place.end() :]


def value_of(text: str, key: Expression) -> Any:
    """The formula as SymPy reads it; None where it cannot."""
    import sympy
    from sympy.parsing.sympy_parser import (
        convert_xor,
        implicit_multiplication_application,
        parse_expr,
        standard_transformations,
    )

    plain = re.sub(r"√(\w+)", r"sqrt(\1)", text).replace("√", "sqrt").replace("²", "^2").replace("π", "pi")
    plain = plain.translate(str.maketrans("·−", "*-"))
    names = {name: sympy.Symbol(name, positive=True) for name in key.names}
    rules = (*standard_transformations, convert_xor, implicit_multiplication_application)
    try:
        return parse_expr(plain, local_dict=names, transformations=rules)
    except Exception:
        return None


def differs(one: Any, other: Any) -> bool:
    """Whether two formulae come to different values at a few places, by SymPy."""
    if one is None:
        return False  # malformed: read by nobody, and told as such
    names = sorted(one.free_symbols | other.free_symbols, key=str)
    for turn in range(3):
        at = {name: (7 + 3 * n + 5 * turn) / 11 for n, name in enumerate(names)}
        values = [
            complex(each.subs(at).evalf()) if each.is_finite is not False else None for each in (one, other)
        ]
        if None in values or abs(values[0] - values[1]) > 1e-9 * abs(values[1]):  # type: ignore[operator, arg-type]
            return True
    return False
