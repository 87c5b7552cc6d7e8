"""A formula as people write it, read into a tree: nothing is evaluated as code, and its size is bounded."""

from __future__ import annotations

import cmath
import math
import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Final

MOST: Final = 300
"""The longest formula that is read, in characters."""
MOST_DEEP: Final = 40
MOST_POWER: Final = 64
MOST_DIGITS: Final = 20

FUNCTIONS: Final[Mapping[str, Callable[[complex], complex]]] = {
    "sqrt": cmath.sqrt,
    "exp": cmath.exp,
    "log": cmath.log,
    "sin": cmath.sin,
    "cos": cmath.cos,
    "tan": cmath.tan,
    "asin": cmath.asin,
    "acos": cmath.acos,
    "atan": cmath.atan,
    "abs": abs,
}
OTHER_NAMES: Final = {"ln": "log", "arcsin": "asin", "arccos": "acos", "arctan": "atan"}
CONSTANTS: Final[Mapping[str, float]] = {"pi": math.pi, "e": math.e}
SIGNS: Final = str.maketrans(
    {"−": "-", "–": "-", "·": "*", "×": "*", "⋅": "*", "÷": "/", "∕": "/", "[": "(", "]": ")"}
)
TOKEN: Final = re.compile(
    r"\s*(?:(?P<number>\d+\.?\d*|\.\d+)|(?P<name>[^\W\d_]+(?:_\w+)?)|(?P<sign>\*\*|[-+*/^()|]))"
)


class Unreadable(ValueError):
    """The formula cannot be read: `key` says why, `found` what was met there."""

    def __init__(self, key: str, found: str = "") -> None:
        super().__init__(key)
        self.key, self.found = key, found


@dataclass(frozen=True, slots=True)
class Num:
    """A number; `decimal`: written with a point."""

    value: Fraction
    decimal: bool = False


@dataclass(frozen=True, slots=True)
class Name:
    """A variable, or π or e."""

    name: str


@dataclass(frozen=True, slots=True)
class Sum:
    """Two or more terms; one that is taken away is a Neg."""

    terms: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Product:
    factors: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Quotient:
    top: Tree
    bottom: Tree


@dataclass(frozen=True, slots=True)
class Power:
    base: Tree
    exponent: Tree


@dataclass(frozen=True, slots=True)
class Neg:
    inner: Tree


@dataclass(frozen=True, slots=True)
class Call:
    function: str
    inner: Tree


Tree = Num | Name | Sum | Product | Quotient | Power | Neg | Call


def read(text: str, names: Collection[str]) -> Tree:
    """Read a formula with these variables: ``2x^2 - 3(x+1)``, ``√(x)/2``, ``sin(x)``, ``xy``.

    Where no sign stands between two things they are multiplied. Raises Unreadable: "blank", "too-long",
    "too-deep", "too-large" (a power), "sign", "name", "bracket", "ends" (something is missing).
    """
    return _Reader(text, names).whole()


class _Reader:
    """Recursive descent, one sign ahead."""

    def __init__(self, text: str, names: Collection[str]) -> None:
        if not text.strip():
            raise Unreadable("blank")
        if len(text) > MOST:
            raise Unreadable("too-long")
        self._names = names
        self._tokens = list(_tokens(_spelled(text), names))
        self._place = self._deep = 0

    def whole(self) -> Tree:
        tree = self._sum()
        if self._place < len(self._tokens):
            raise Unreadable("bracket" if self._sees(")") else "sign", self._tokens[self._place])
        return tree

    def _sees(self, *signs: str) -> bool:
        return self._place < len(self._tokens) and self._tokens[self._place] in signs

    def _take(self) -> str:
        if self._place >= len(self._tokens):
            raise Unreadable("ends")
        self._place += 1
        return self._tokens[self._place - 1]

    def _sum(self) -> Tree:
        self._deep += 1
        if self._deep > MOST_DEEP:
            raise Unreadable("too-deep")
        terms = [self._term()]
        while self._sees("+", "-"):
            sign = self._take()
            term = self._term()
            terms.append(Neg(term) if sign == "-" else term)
        self._deep -= 1
        return terms[0] if len(terms) == 1 else Sum(tuple(terms))

    def _term(self) -> Tree:
        tree = self._signed()
        while self._place < len(self._tokens) and not self._sees("+", "-", ")", "|"):
            if self._sees("/"):
                self._take()
                tree = Quotient(tree, self._signed())
                continue
            if self._sees("*"):
                self._take()
            elif self._sees("^"):
                raise Unreadable("sign", "^")
            factor = self._signed()
            tree = Product((*tree.factors, factor) if isinstance(tree, Product) else (tree, factor))
        return tree

    def _signed(self) -> Tree:
        signs = 0
        while self._sees("+", "-"):
            signs += self._take() == "-"
            self._deep += 1
            if self._deep > 2 * MOST_DEEP:
                raise Unreadable("too-deep")
        tree = self._power()
        return Neg(tree) if signs % 2 else tree

    def _power(self) -> Tree:
        base = self._atom()
        if not self._sees("^"):
            return base
        self._take()
        exponent = self._signed()
        tree = Power(base, exponent)
        if _size(tree) > MOST_POWER or _high(exponent):
            raise Unreadable("too-large")
        return tree

    def _atom(self) -> Tree:
        token = self._take()
        if token == "(":
            inner = self._sum()
            if not self._sees(")"):
                raise Unreadable("bracket", "(")
            self._take()
            return inner
        if token == "|":
            inner = self._sum()
            if not self._sees("|"):
                raise Unreadable("bracket", "|")
            self._take()
            return Call("abs", inner)
        if token[0].isdigit() or token[0] == ".":
            if len(token) > MOST_DIGITS:
                raise Unreadable("too-large")
            return Num(Fraction(token.rstrip(".")), "." in token)
        function = OTHER_NAMES.get(token, token)
        if function in FUNCTIONS and token not in self._names:
            if self._place >= len(self._tokens):
                raise Unreadable("ends")
            return Call(function, self._atom() if self._sees("(", "|") else self._power())
        if token in self._names or token in CONSTANTS:
            return Name(token)
        raise Unreadable("name" if token[0].isalpha() else "sign", token)


def _spelled(text: str) -> str:
    """A formula with its signs as a keyboard has them."""
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+", lambda m: f"^({unicodedata.normalize('NFKC', m[0])})", text)
    text = text.translate(SIGNS).replace("√", "sqrt").replace("π", "pi").replace("−", "-").replace("**", "^")
    return text.replace("\u2212", "-")


def _tokens(text: str, names: Collection[str]) -> Iterator[str]:
    place = 0
    while text[place:].strip():
        match = TOKEN.match(text, place)
        if match is None:
            raise Unreadable("sign", text[place:].strip()[0])
        place = match.end()
        token = match[0].strip()
        if match["name"]:
            yield from _parts(token, names)
        else:
            yield "^" if token == "**" else token


def _parts(word: str, names: Collection[str]) -> Iterator[str]:
    """A word as it is, or as the names that stand in it side by side: x and y of "xy"."""
    known = {*names, *CONSTANTS, *FUNCTIONS, *OTHER_NAMES}
    rest, parts = word, []
    while rest:
        part = next((rest[:n] for n in range(len(rest), 0, -1) if rest[:n] in known), None)
        if part is None:
            raise Unreadable("name", word)
        parts.append(part)
        rest = rest[len(part) :]
    yield from parts


def _size(tree: Tree) -> int:
    """How high a power may become when all is multiplied out: x has 1, x^3 has 3, (x^3+1)^4 has 12."""
    match tree:
        case Sum(terms=parts):
            return max(map(_size, parts))
        case Product(factors=parts):
            return sum(map(_size, parts))
        case Quotient(top=top, bottom=bottom):
            return _size(top) + _size(bottom)
        case Neg(inner=inner) | Call(inner=inner):
            return _size(inner)
        case (
            Power(base=base, exponent=Num(value=value))
            | Power(base=base, exponent=Neg(inner=Num(value=value)))
        ):
            return math.ceil(_size(base) * value)
        case Power(base=base, exponent=exponent):
            return 2 * _size(base) * _size(exponent)
    return 1


def _high(exponent: Tree) -> bool:
    """Whether an exponent is a number too large to work with."""
    if any(isinstance(part, Name) and part.name not in CONSTANTS for part in inside(exponent)):
        return False
    try:
        return abs(complex(value(exponent, {}))) > MOST_POWER
    except OverflowError:
        return True
    except (ArithmeticError, ValueError):
        return False


Value = Fraction | complex


def value(tree: Tree, at: Mapping[str, Fraction]) -> Value:
    """What a formula comes to: exact where it can be. ArithmeticError or ValueError where it has no value."""
    match tree:
        case Num(value=number):
            return number
        case Name(name=name):
            return at[name] if name in at else complex(CONSTANTS[name])
        case Sum(terms=terms):
            return _total([value(t, at) for t in terms])
        case Product(factors=factors):
            total: Value = Fraction(1)
            for factor in factors:
                total = _times(total, value(factor, at))
            return total
        case Quotient(top=top, bottom=bottom):
            below = value(bottom, at)
            above = value(top, at)
            if isinstance(above, Fraction) and isinstance(below, Fraction):
                return above / below
            if abs(complex(below)) < 1e-12:
                raise ZeroDivisionError
            return complex(above) / complex(below)
        case Neg(inner=inner):
            return -value(inner, at)
        case Power(base=base, exponent=exponent):
            return _power(value(base, at), value(exponent, at))
        case Call(function=function, inner=inner):
            return complex(FUNCTIONS[function](complex(value(inner, at))))


def _total(values: list[Value]) -> Value:
    exact = [v for v in values if isinstance(v, Fraction)]
    return sum(exact, Fraction(0)) if len(exact) == len(values) else sum(map(complex, values))


def _times(one: Value, other: Value) -> Value:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one * other
    return complex(one) * complex(other)


def _power(base: Value, exponent: Value) -> Value:
    if isinstance(exponent, Fraction) and exponent.denominator == 1 and abs(exponent) <= MOST_POWER:
        if not base and exponent < 0:
            raise ZeroDivisionError
        if isinstance(base, Fraction) and base.numerator.bit_length() + base.denominator.bit_length() < 400:
            return base ** int(exponent)
    return complex(base) ** complex(exponent)


def written(tree: Tree) -> str:
    """A formula as text that `read` reads again."""
    match tree:
        case Num(value=number, decimal=decimal):
            if number.denominator == 1:
                return str(number)
            return str(float(number)) if decimal else f"{number.numerator}/{number.denominator}"
        case Name(name=name):
            return name
        case Sum(terms=terms):
            text = " + ".join(
                written(t) if not isinstance(t, Neg) else f"- {_inside(t.inner)}" for t in terms
            )
            return text.replace("+ - ", "- ")
        case Product(factors=factors):
            return "*".join(_inside(f) for f in factors)
        case Quotient(top=top, bottom=bottom):
            return f"{_inside(top)}/{_inside(bottom, tight=True)}"
        case Neg(inner=inner):
            return f"-{_inside(inner)}"
        case Power(base=base, exponent=exponent):
            return f"{_inside(base, tight=True)}^{_inside(exponent, tight=True)}"
        case Call(function=function, inner=inner):
            return f"{function}({written(inner)})"


def _inside(tree: Tree, *, tight: bool = False) -> str:
    loose = (Sum, Neg, Product, Quotient, Power) if tight else (Sum, Neg)
    fraction = isinstance(tree, Num) and tree.value.denominator != 1
    return f"({written(tree)})" if isinstance(tree, loose) or fraction else written(tree)


def inside(tree: Tree) -> Iterator[Tree]:
    """A formula and all that is in it."""
    yield tree
    for part in children(tree):
        yield from inside(part)


def children(tree: Tree) -> tuple[Tree, ...]:
    match tree:
        case Sum(terms=parts) | Product(factors=parts):
            return parts
        case Quotient(top=one, bottom=two) | Power(base=one, exponent=two):
            return one, two
        case Neg(inner=inner) | Call(inner=inner):
            return (inner,)
    return ()


def with_children(tree: Tree, parts: tuple[Tree, ...]) -> Tree:
    """The same formula with other parts in their places."""
    match tree:
        case Sum():
            return Sum(parts)
        case Product():
            return Product(parts)
        case Quotient():
            return Quotient(*parts)
        case Power():
            return Power(*parts)
        case Neg():
            return Neg(*parts)
        case Call(function=function):
            return Call(function, *parts)
    return tree
