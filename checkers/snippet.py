"""A piece of code to fill in, and how a wrong one differs from the right one."""

from __future__ import annotations

import ast
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from checkers.checker import Checker
from checkers.explain import quoted
from checkers.message import Message
from checkers.result import FormatError, Result, refused, right
from checkers.run import Runner
from checkers.text import Text

CODE: Final = (
    "`{found}` is not what belongs here. Read the line with it: what does it make, and what "
    "does the next line "
    "need?"
)
UNREADABLE: Final = "`{found}` is no Python as it stands. Look at its brackets, quotes and commas."

TURNED: Final = "`{found}` asks the other way round. Try it with a value for which you know what should come."
BOUNDARY: Final = "`{found}` differs in what is exactly at the border. Is the border itself to be in, or not?"
OTHER_COMPARISON: Final = (
    "`{found}` is a comparison, and another one than is needed. Read it aloud: what has to hold?"
)
ONE_EQUALS: Final = "`=` gives a name a value. To ask whether something holds, Python compares."
NO_OPERATOR: Final = "Python has no `{found}`. Look at the order of its two signs."
ASSIGNS: Final = "`{found}` puts a new value in place of the old one. What should become of the old one?"
OTHER_OPERATOR: Final = "`{found}` works something else out. What should happen to the two values?"
ARGUMENTS: Final = (
    "`{name}` fits, and what stands in its brackets does not yet. Take each value in "
    "them by itself: what is it for, and what does it lead to?"
)
NOT_CALLED: Final = "What you wrote fits, and something is still to be done with it. Which function takes it?"
BRACKETS: Final = "A function is called with round brackets. What do square ones do?"
ONE_NUMBER: Final = (
    "All of `{found}` fits but one number. Try it with a value for which you know what should come."
)
ONE_NAME: Final = "All of `{found}` fits but one name. Which value is meant at that place?"
COMPARISONS: Final = ("<", "<=", ">", ">=", "==", "!=")
OPPOSITE: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "!=", "!=": "=="}
BORDER: Final = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
ARITHMETIC: Final = ("+", "-", "*", "/", "//", "%", "**")
ASSIGNMENTS: Final = tuple(f"{sign}=" for sign in ARITHMETIC)
LOGIC: Final = ("and", "or", "not", "in", "&", "|", "not in", "is")


@dataclass(frozen=True, slots=True, init=False)
class Snippet(Checker):
    """A piece of Python, compared as Python reads it: one of those in `accept`."""

    kind: ClassVar[str] = "text"

    accept: tuple[str, ...]

    def __init__(self, *accept: str) -> None:
        object.__setattr__(self, "accept", accept)

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind}

    def right(self) -> str:
        return self.accept[0]

    def parse(self, response: object) -> str | FormatError:
        return Text(*self.accept).parse(response)

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        text = self.parse(answer)
        if isinstance(text, FormatError):
            return refused(text)
        given, accepted = as_python(text), [as_python(one) for one in self.accept]
        if given in accepted:
            return right()
        result = Text(*accepted, case=True, accents=True).check(given)
        if result.mistake != "case" and (found := difference(text, self.accept)):
            key, template = found
            return Result(score=0.0, mistake=key, messages=(_message(key, template, text),))
        if result.correct or result.mistake is not None:
            return result
        if _readable(self.accept[0]) and not _readable(text):
            return Result(score=0.0, mistake="no-python", messages=(_message("no-python", UNREADABLE, text),))
        return Result(score=0.0, messages=(_message("other", CODE, text),))

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        first, second = self.parse(one), self.parse(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        return as_python(first) == as_python(second)


def as_python(text: str) -> str:
    """A piece of code as Python would write it; as it is where it is no expression or statement alone."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.unparse(ast.parse(text.strip()))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return " ".join(text.split())


def _readable(text: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True


def difference(text: str, accept: Sequence[str]) -> tuple[str, str] | None:
    """How a piece of code differs from one that is right: the mistake's key and what is said of it."""
    for one in accept:
        if found := _of_signs(" ".join(text.split()), one.strip()) or _of_trees(_tree(text), _tree(one)):
            return found
    return None


def _of_signs(text: str, target: str) -> tuple[str, str] | None:
    signs = (*COMPARISONS, *ARITHMETIC, *ASSIGNMENTS, *LOGIC, "=")
    if target not in signs:
        return None
    if target in COMPARISONS and text in COMPARISONS:
        if OPPOSITE[target] == text or OPPOSITE[BORDER.get(target, target)] == text:
            return "turned", TURNED
        return (
            ("boundary", BOUNDARY) if BORDER.get(target) == text else ("other-comparison", OTHER_COMPARISON)
        )
    if text == "=":
        return ("one-equals", ONE_EQUALS) if target in COMPARISONS else ("assigns", ASSIGNS)
    if len(text) == 2 and text not in signs and text[::-1] in signs:
        return ("assigns", ASSIGNS) if text in ("=+", "=-") else ("no-operator", NO_OPERATOR)
    return ("other-operator", OTHER_OPERATOR) if text in signs else None


def _of_trees(mine: ast.AST | None, theirs: ast.AST | None) -> tuple[str, str] | None:
    if mine is None or theirs is None:
        return None
    if isinstance(theirs, ast.Call):
        name = ast.unparse(theirs.func)
        if isinstance(mine, ast.Call) and ast.unparse(mine.func) == name:
            return "arguments", ARGUMENTS.replace("{name}", name)
        if isinstance(mine, ast.Subscript) and ast.unparse(mine.value) == name:
            return "square-brackets", BRACKETS
        args = [ast.unparse(arg) for arg in theirs.args]
        inside = (
            [ast.unparse(one) for one in mine.elts] if isinstance(mine, ast.Tuple) else [ast.unparse(mine)]
        )
        if args and inside == args:
            return "not-called", NOT_CALLED
    one, other = list(ast.walk(mine)), list(ast.walk(theirs))
    if len(one) < 3 or [type(n) for n in one] != [type(n) for n in other]:
        return None
    numbers = sum(a.value != b.value for a, b in zip(one, other, strict=True) if _constants(a, b))  # type: ignore[attr-defined]
    names = sum(a.id != b.id for a, b in zip(one, other, strict=True) if isinstance(a, ast.Name))  # type: ignore[attr-defined]
    if (numbers, names) == (1, 0):
        return "one-number", ONE_NUMBER
    return ("one-name", ONE_NAME) if (numbers, names) == (0, 1) else None


def _constants(one: ast.AST, other: ast.AST) -> bool:
    return (
        isinstance(one, ast.Constant) and isinstance(other, ast.Constant) and type(one.value) in (int, float)
    )


def _tree(text: str) -> ast.AST | None:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return ast.parse(text.strip(), mode="eval").body
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def _message(key: str, template: str, text: str) -> Message:
    params = {"found": quoted(text, 60)} if "{found}" in template else {}
    return Message(key=key, template=template, params=params)
