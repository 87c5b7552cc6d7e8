"""An algebraic expression: equal as algebra, in the form asked for, with its slip named."""

from __future__ import annotations

import importlib.util
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from importlib import import_module
from typing import Any, ClassVar, Final, Literal

from checkers import one_place
from checkers.checker import Checker
from checkers.explain import quoted
from checkers.formula import (
    CONSTANTS,
    FUNCTIONS,
    OTHER_NAMES,
    Call,
    Name,
    Neg,
    Num,
    Power,
    Product,
    Quotient,
    Sum,
    Tree,
    Unreadable,
    inside,
    read,
    value,
    written,
)  # fmt: skip
from checkers.kinds import kind_of, library_of, plain
from checkers.message import Message
from checkers.misrule import SAYS, misread
from checkers.result import FormatError, Result, refused, right, unreadable, wrong
from checkers.run import Runner

Form = Literal["expanded", "factored", "simplified", "exact"]
FORMS: Final = ("expanded", "factored", "simplified", "exact")
POINTS: Final = (
    *map(Fraction, (2, 3, 1, 0, -1, 5, 4, -2, 7, 11, -3, 6, 10, -5)),
    *(
        Fraction(n, d)
        for n, d in ((1, 2), (-7, 3), (13, 4), (1, 5), (17, 6), (-3, 7), (9, 8), (22, 9), (8, 11), (5, 13))
    ),
)
MOST_POINTS: Final = 24

READING: Final = {
    "blank": "There is no expression here yet. Write one, like {example}, then check.",
    "too-long": "That expression is too long to be read. Write it more briefly.",
    "too-deep": "That expression has too many brackets inside each other. Write it more simply.",
    "too-large": "That expression has a power or a number too large to work with. Look at its exponents.",
    "sign": "`{found}` cannot stand there. Use + - * / ^ and brackets, like {example}.",
    "name": "`{found}` is not known here. The names in this question: {names}.",
    "bracket": "A bracket is open or closed once too often, near `{found}`. Each ( needs its ).",
    "ends": "The expression ends where something still has to follow. Look at its last sign.",
}
NOT_TEXT: Final = "Your code ends with {kind}. End it with the expression as a text, or as SymPy makes it."

NOT_EXPANDED: Final = "The value fits. There is still a bracket to multiply out: `{part}`."
NOT_COLLECTED: Final = (
    "It is multiplied out. Terms of the same kind can still be put together: count the terms."
)
NOT_FACTORED: Final = (
    "The value fits. It has to be a product: what do all terms have in common, or which two brackets give it?"
)
MORE_FACTORS: Final = "The value fits, and it is a product. One factor can be taken apart further: `{part}`."
NOT_SIMPLE: Final = "The value fits. It can be written more briefly: what can be put together, or cancelled?"
NOT_EXACT: Final = (
    "The value fits as a decimal. The exact form is asked for: leave π, roots and fractions as they are."
)

SIGN: Final = (
    "All signs are turned: yours is the right expression with a minus before it. Where did it get lost?"
)
TERM_SIGN: Final = "All fits but one sign: look at the term with `{term}`. Where does its sign come from?"
TERM_LOST: Final = "One term is missing: the one with `{term}`. In which step did it get lost?"
TERM_TWICE: Final = "One term is in there twice: the one with `{term}`. In which step was it taken in again?"
CONSTANT: Final = (
    "Yours differs from the right one by the same number everywhere: {apart}. Look at the terms "
    "without a variable."
)
FACTOR: Final = (
    "Yours is {times} times the right one. Look for a factor that is lost, or is there once too often."
)
RECIPROCAL: Final = "Yours is the right expression upside down. What is divided by what?"
DERIVED: Final = "Yours is the derivative of what is asked for. Read once more which way the task goes."
INTEGRATED: Final = "The derivative of yours is what is asked for. Read once more which way the task goes."
OTHER: Final = (
    "For {where} yours comes to {yours}, and what is asked for to {wanted}. Put {where} into "
    "your steps, one by "
    "one: where does the value change?"
)
NOWHERE: Final = (
    "Yours has no value where what is asked for has one ({where}). What stands below a line, or in a root?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An expression as someone wrote it."""

    text: str
    tree: Tree


@dataclass(frozen=True, slots=True, init=False)
class Expression(Checker):
    """An algebraic expression, like ``"x^2 + 2x"``.

    Right is what has the same value everywhere; with `form` it has to be "expanded", "factored", "simplified"
    (no longer than yours) or "exact" (no decimals), too. `names`: its variables (by default those it has).
    `start` is what the task begins with, so that rules misused on it can be named. Two expressions are
    compared at fixed values, exactly where they are rational (Schwartz 1980); what is factored, and what is
    a derivative, SymPy says (``pip install sympy``).
    """

    kind: ClassVar[str] = "expression"

    text: str
    tree: Tree
    names: tuple[str, ...]
    form: Form | None
    start: Tree | None

    def __init__(
        self,
        text: str,
        *,
        form: Form | None = None,
        names: Sequence[str] = (),
        start: str | None = None,
    ) -> None:
        if importlib.util.find_spec("sympy") is None:
            raise ImportError("Expression needs SymPy. Install it with: pip install sympy")
        if form is not None and form not in FORMS:
            raise ValueError(f"Expression has form={form!r}; expected one of {', '.join(FORMS)}")
        known = tuple(names) or tuple(sorted(_letters(text) | _letters(start or "")))
        set_ = object.__setattr__
        set_(self, "text", text)
        set_(self, "names", known)
        set_(self, "form", form)
        set_(self, "tree", _author(text, known))
        set_(self, "start", None if start is None else _author(start, known))
        if form is not None and (result := self._form(self.tree)):
            raise ValueError(f"Expression is given {text!r}, which is not {form}: {result.feedback}")

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind, "names": list(self.names), "form": self.form}

    def right(self) -> str:
        return self.text

    def parse(self, response: object) -> Given | FormatError:
        if response is None:
            return self._unread("blank", "")
        if type(response) is not str:
            response = self.respond(response)
            if isinstance(response, FormatError):
                return response
        try:
            return Given(text=quoted(str(response), 80), tree=read(str(response), self.names))
        except Unreadable as error:
            return self._unread(error.key, error.found)

    def _unread(self, key: str, found: str) -> FormatError:
        template = READING[key]
        name = self.names[0] if self.names else "2"
        params = {
            "example": f"2{name} + 1",
            "found": quoted(found, 30),
            "names": ", ".join(self.names) or "none",
        }
        return unreadable(key, template, **{k: v for k, v in params.items() if f"{{{k}}}" in template})

    def respond(self, value: object) -> str | FormatError:
        value = plain(value)
        if type(value) in (int, float, Fraction) or library_of(value) == "sympy":
            return str(value)[:1000].replace("**", "^")
        return value if type(value) is str else unreadable("not-text", NOT_TEXT, kind=kind_of(value))

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        given = answer if isinstance(answer, Given) else self.parse(answer)
        if isinstance(given, FormatError):
            return refused(given)
        if self._equal(given.tree, self.tree):
            return self._form(given.tree) or right()
        return self._slip(given.tree) or self._apart(given.tree)

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        first = one if isinstance(one, Given) else self.parse(one)
        second = other if isinstance(other, Given) else self.parse(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        if self.form is not None and self._equal(first.tree, self.tree):
            return first.tree == second.tree
        return self._equal(first.tree, second.tree)

    # Equality

    def _places(self) -> Iterator[dict[str, Fraction]]:
        """Values for the variables, small ones first; the same each time."""
        if not self.names:
            yield {}
            return
        turns = range(min(MOST_POINTS, len(POINTS) ** len(self.names)))
        for turn in turns:
            yield {name: POINTS[(turn + 2 * n + turn * n) % len(POINTS)] for n, name in enumerate(self.names)}

    def _equal(self, one: Tree, other: Tree, *, positive: bool = False) -> bool:
        """Whether `one` has the value of `other` wherever that has one (`positive`: at positive places).

        Places where `one` divides by zero are left out: (x² − 1)/(x − 1) is x + 1.
        """
        met = 0
        for at in self._places():
            if positive and any(number <= 0 for number in at.values()):
                continue
            a, b = _value(one, at), _value(other, at)
            if b is None or (a is None and _divides(one)):
                continue
            if a is None or not _near(a, b):
                return False
            met += 1
        return met >= (3 if self.names else 1)

    # Form

    def _form(self, tree: Tree) -> Result | None:
        """What is not as asked about an expression of the right value: half of the credit is for that."""
        match self.form:
            case "expanded":
                for part in inside(tree):
                    if _is_bracket(part):
                        return wrong("not-expanded", NOT_EXPANDED, score=0.5, part=quoted(written(part), 60))
                if hasattr(self, "tree") and _terms(tree) > _terms(self.tree):
                    return wrong("not-collected", NOT_COLLECTED, score=0.5)
            case "factored":
                return self._factored(tree)
            case "simplified":
                if hasattr(self, "tree") and _length(tree) > _length(self.tree):
                    return wrong("not-simplified", NOT_SIMPLE, score=0.5)
            case "exact":
                if any(isinstance(part, Num) and part.decimal for part in inside(tree)):
                    return wrong("not-exact", NOT_EXACT, score=0.5)
        return None

    def _factored(self, tree: Tree) -> Result | None:
        tree = tree.inner if isinstance(tree, Neg) else tree
        parts = list(tree.factors) if isinstance(tree, Product) else [tree]
        if isinstance(tree, Sum) and _splits(tree, self.names):
            return wrong("not-factored", NOT_FACTORED, score=0.5)
        for part in parts:
            base = part.base if isinstance(part, Power) else part
            if isinstance(base, Sum) and _splits(base, self.names):
                return wrong("more-factors", MORE_FACTORS, score=0.5, part=quoted(written(base), 60))
        return None

    # Slips

    def _slip(self, tree: Tree) -> Result | None:
        """The slip that leads from the right expression to this one, if one does."""
        for start in (self.start, self.tree):
            for key, misused in misread(start) if start is not None else ():
                if self._equal(tree, misused, positive=True) and not self._equal(misused, self.tree):
                    return wrong(key, SAYS[key])
        if self._equal(tree, Neg(self.tree)):
            return wrong("sign", SIGN)
        for term in self.tree.terms if isinstance(self.tree, Sum) else ():
            name = quoted(written(term.inner if isinstance(term, Neg) else term), 40)
            for key, template, times in (
                ("sign-of-term", TERM_SIGN, -2),
                ("term-lost", TERM_LOST, -1),
                ("term-twice", TERM_TWICE, 1),
            ):
                if self._equal(tree, Sum((self.tree, Product((Num(Fraction(times)), term))))):
                    return wrong(key, template, term=name)
        return self._by_numbers(tree) or self._by_derivative(tree) or self._in_one_place(tree)

    def _by_numbers(self, tree: Tree) -> Result | None:
        """Whether both are the same number apart everywhere, the same times as much, or upside down."""
        if not self.names:
            return None
        met, ones, apart, times, turned = 0, 0, set[Fraction](), set[Fraction | None](), True
        for at in self._places():
            a = _value(tree, at)
            b = None if a is None else _value(self.tree, at)
            if a is None or b is None:
                continue
            if not (isinstance(a, Fraction) and isinstance(b, Fraction)):
                return None
            met += 1
            apart.add(a - b)
            if a or b:
                times.add(a / b if b else None)
                turned, ones = turned and a * b in (0, 1), ones + (a * b == 1)
            if len(apart) > 1 and (len(times) > 1 or None in times) and not turned:
                return None
        if met < 3:
            return None
        if len(apart) == 1:
            return wrong("constant-apart", CONSTANT, apart=str(apart.pop()))
        if len(times) == 1 and (by := times.pop()):
            return wrong("factor", FACTOR, times=str(by))
        return wrong("reciprocal", RECIPROCAL) if turned and ones else None

    def _in_one_place(self, tree: Tree) -> Result | None:
        """One number, sign, power, letter or operation that is another than it should be."""
        places = (p for p in self._places() if all(number > 0 for number in p.values()))
        at = next((p for p in places if _value(self.tree, p)), None)
        aim = None if at is None else _value(self.tree, at)
        if at is None or aim is None:
            return None
        for key, part, other in one_place.mended(tree, self.names):
            there = _value(other, at)  # most are out at the first place
            if there is not None and _near(there, aim) and self._equal(other, self.tree, positive=True):
                return wrong(key, one_place.SAYS[key], part=quoted(written(part), 40))
        return None

    def _by_derivative(self, tree: Tree) -> Result | None:
        for name in self.names:
            for one, other, key, says in (
                (tree, self.tree, "derivative", DERIVED),
                (self.tree, tree, "antiderivative", INTEGRATED),
            ):
                if not self._rises(other, one, name):
                    continue
                theirs = derivative(other, name)
                if theirs is not None and self._equal(one, theirs):
                    return wrong(key, says)
        return None

    def _rises(self, tree: Tree, by: Tree, name: str) -> bool:
        """Whether one expression rises by about the other, at the first places where both have values."""
        step, met = Fraction(1, 10_000), 0
        for at in self._places():
            left, right, rise = (
                _value(tree, {**at, name: at[name] - step}),
                _value(tree, {**at, name: at[name] + step}),
                _value(by, at),
            )
            if left is None or right is None or rise is None:
                continue
            rises = float(right - left) / float(2 * step)
            if abs(rises - float(rise)) > 1e-3 * max(1.0, abs(rises), abs(float(rise))):
                return False
            met += 1
            if met == 3:
                return True
        return met > 0

    def _apart(self, tree: Tree) -> Result:
        """A value for which the two differ."""
        for at in self._places():
            a, b = _value(tree, at), _value(self.tree, at)
            where = " and ".join(f"{name} = {number}" for name, number in at.items()) or "this"
            if b is not None and a is None:
                return Result(
                    score=0.0,
                    mistake="no-value",
                    messages=(Message(key="no-value", template=NOWHERE, params={"where": where}),),
                )
            if a is not None and b is not None and not _near(a, b):
                params: dict[str, object] = {"where": where, "yours": _shown(a), "wanted": _shown(b)}
                return Result(score=0.0, messages=(Message(key="other", template=OTHER, params=params),))
        return Result(score=0.0, messages=(Message(key="other", template=NOT_SIMPLE),))


def derivative(tree: Tree, name: str) -> Tree | None:
    """The derivative by one variable, by SymPy; None where it is something that is not read here."""
    sympy: Any = import_module("sympy")

    try:
        found = sympy.diff(as_sympy(tree), sympy.Symbol(name))
        names = {str(s) for s in found.free_symbols} | {name}
        return read(str(found).replace("**", "^"), names)
    except (Unreadable, ValueError, ArithmeticError, RecursionError):
        return None


def as_sympy(tree: Tree) -> Any:
    """A formula as SymPy's, made sign by sign (no text is evaluated)."""
    sympy: Any = import_module("sympy")

    parts: Any
    match tree:
        case Num(value=number):
            return sympy.Rational(number.numerator, number.denominator)
        case Name(name=name):
            return {"pi": sympy.pi, "e": sympy.E}.get(name) or sympy.Symbol(name)
        case Sum(terms=parts):
            return sympy.Add(*map(as_sympy, parts))
        case Product(factors=parts):
            return sympy.Mul(*map(as_sympy, parts))
        case Quotient(top=top, bottom=bottom):
            return as_sympy(top) / as_sympy(bottom)
        case Neg(inner=inner):
            return -as_sympy(inner)
        case Power(base=base, exponent=exponent):
            return as_sympy(base) ** as_sympy(exponent)
        case Call(function=function, inner=inner):
            return getattr(sympy, {"abs": "Abs"}.get(function, function))(as_sympy(inner))


def _splits(tree: Tree, names: Sequence[str]) -> bool:
    """Whether a sum is a product of simpler ones (over the rational numbers), or has a common factor."""
    sympy: Any = import_module("sympy")

    try:
        poly = sympy.Poly(as_sympy(tree), *map(sympy.Symbol, names))
    except (sympy.PolynomialError, sympy.GeneratorsError, ValueError):
        return False
    if poly.total_degree() > 24:
        return False
    content, factors = sympy.factor_list(poly)
    several = sum(times for _, times in factors) > 1
    return several or (
        content not in (1, -1) and bool(getattr(content, "is_Integer", False)) and bool(factors)
    )


def _is_bracket(tree: Tree) -> bool:
    """Whether something is still to be multiplied out here."""
    match tree:
        case Product(factors=factors):
            return any(
                isinstance(f, Sum) or (isinstance(f, Neg) and isinstance(f.inner, Sum)) for f in factors
            )
        case Power(base=Sum() | Product() | Neg(), exponent=Num()):
            return True
        case Neg(inner=Sum()):
            return True
        case Quotient(top=Sum()):
            return True
    return False


def _terms(tree: Tree) -> int:
    return sum(map(_terms, tree.terms)) if isinstance(tree, Sum) else 1


def _length(tree: Tree) -> int:
    """How many numbers, names, functions and powers an expression has."""
    return sum(isinstance(part, Num | Name | Call | Power | Quotient) for part in inside(tree))


def _divides(tree: Tree) -> bool:
    """Whether a value may be missing where something is divided by zero."""
    return any(isinstance(part, Quotient) for part in inside(tree))


def _value(tree: Tree, at: Mapping[str, Fraction]) -> Fraction | float | None:
    """The real value at one place, if there is one."""
    try:
        found = value(tree, at)
    except (ArithmeticError, ValueError):
        return None
    if isinstance(found, Fraction):
        return found
    return found.real if abs(found) < 1e200 and abs(found.imag) <= 1e-9 * max(abs(found), 1) else None


def _near(one: Fraction | float, other: Fraction | float) -> bool:
    if isinstance(one, Fraction) and isinstance(other, Fraction):
        return one == other
    try:
        a, b = float(one), float(other)
    except OverflowError:
        return False
    return abs(a - b) <= 1e-9 * max(abs(a), abs(b), 1e-3)


def _shown(number: Fraction | float) -> str:
    return str(number) if isinstance(number, Fraction) else f"{number:.4g}"


def _letters(text: str) -> set[str]:
    """The variables of an author's expression: single letters that are no constants, and names with a _."""
    names: set[str] = set()
    for word in re.findall(r"[^\W\d_]+(?:_\w+)?", text.replace("√", " ").replace("π", " ")):
        if word in FUNCTIONS or word in OTHER_NAMES or word in CONSTANTS:
            continue
        names |= {word} if "_" in word or len(word) == 1 else set(word) - {"e"}
    return names


def _author(text: str, names: Sequence[str]) -> Tree:
    try:
        return read(text, names)
    except Unreadable as error:
        raise ValueError(
            f"Expression is given {text!r}, which cannot be read ({error.key} {error.found!r}); "
            f"expected one like "
            "'x^2 + 2x', with names=[…] for variables of several letters"
        ) from error
