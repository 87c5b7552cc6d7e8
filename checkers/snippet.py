"""A piece of code to fill in, and how a wrong one differs from the right one."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar, Final

from checkers.checker import Checker
from checkers.documented import documented
from checkers.explain import quoted
from checkers.message import Message
from checkers.number import Number
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
DOES_ELSE: Final = "`{found}` is there too, and its help says: “{help}”. Is this what should happen here?"
NO_SUCH: Final = (
    "No text, list, dict or table has a method called `{found}`. What should happen here, and how is that "
    "called in Python?"
)
NOT_ASKING: Final = (
    "`{found}` works something out. Here it is to be asked whether something holds: which sign compares?"
)
NOT_WORKING_OUT: Final = "`{found}` compares, and gives True or False. Here a new value is to be made."
OTHER_KIND: Final = (
    "`{found}` is {mine}. What belongs here is {theirs}. Read the whole line with it: what does it make?"
)
NUMBER_BELONGS: Final = "A number is right here, and it is another one. "
NOT_HERE: Final = (
    "A name is right here, and nothing in this code is called `{found}`. Which of its names is meant?"
)
COMPARISONS: Final = ("<", "<=", ">", ">=", "==", "!=")
OPPOSITE: Final = {"<": ">", ">": "<", "<=": ">=", ">=": "<=", "==": "!=", "!=": "=="}
BORDER: Final = {"<": "<=", "<=": "<", ">": ">=", ">=": ">"}
ARITHMETIC: Final = ("+", "-", "*", "/", "//", "%", "**")
ASSIGNMENTS: Final = tuple(f"{sign}=" for sign in ARITHMETIC)
LOGIC: Final = ("and", "or", "not", "in", "&", "|", "not in", "is")
OF_BITS: Final = ("<<", ">>", "^", "~", "@")
KINDS: Final[tuple[tuple[tuple[type[ast.AST], ...], str], ...]] = (
    ((ast.Call,), "a call: a name, and round brackets"),
    ((ast.Name,), "a name"),
    ((ast.Attribute,), "a name behind a dot"),
    ((ast.Subscript,), "something with square brackets behind it"),
    ((ast.List, ast.ListComp), "a list"),
    ((ast.Tuple,), "a tuple: values with commas between"),
    ((ast.Dict, ast.DictComp), "a dict"),
    ((ast.Set, ast.SetComp), "a set"),
    ((ast.Compare,), "a comparison"),
    ((ast.BoolOp,), "conditions joined by `and` or `or`"),
    ((ast.BinOp,), "a calculation"),
    ((ast.UnaryOp,), "something with a sign or `not` before it"),
    ((ast.Lambda,), "a `lambda`"),
    ((ast.JoinedStr,), "an f-string"),
)
VALUES: Final = {str: "a text in quotes", int: "a number", float: "a number", bool: "True or False"}


@dataclass(frozen=True, slots=True, init=False)
class Snippet(Checker):
    """A piece of Python, compared as Python reads it: one of those in `accept`.

    `before` and `after` are the code around it, where there is some.
    """

    kind: ClassVar[str] = "text"

    accept: tuple[str, ...]
    before: str
    after: str

    def __init__(self, *accept: str, before: str = "", after: str = "") -> None:
        object.__setattr__(self, "accept", accept)
        object.__setattr__(self, "before", before)
        object.__setattr__(self, "after", after)

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
        if (further := self._of_names(text)) or (further := self._of_kinds(text)):
            return Result(score=0.0, mistake=further.key, messages=(further,))
        return Result(score=0.0, messages=(_message("other", CODE, text),))

    def _of_names(self, text: str) -> Message | None:
        """What a name does that stands where another one belongs, or that there is none."""
        target = self.accept[0].strip()
        if "class " in self.before:
            return None  # its methods may be called anything
        says = documented(text, target, self.before)
        if says:
            return _message("does-else", DOES_ELSE, text, help=says)
        if says is not None and self.after.lstrip().startswith("("):
            return _message("no-such-name", NO_SUCH, text)
        if not (target.isidentifier() and text.isidentifier()) or self.before.rstrip().endswith("."):
            return None
        around = set(re.findall(r"[A-Za-z_]\w*", f"{self.before} {self.after}"))
        return _message("not-here", NOT_HERE, text) if target in around and text not in around else None

    def _of_kinds(self, text: str) -> Message | None:
        """A thing of another kind than what belongs here; of a number, how it misses."""
        theirs = [_tree(one) for one in self.accept]
        mine, first = _tree(text), theirs[0]
        if mine is None or first is None:
            return None
        if _is_number(mine) and _is_number(first):
            slip = Number(ast.literal_eval(first)).check(ast.literal_eval(mine))
            if slip.mistake is None:
                return None
            told = slip.messages[0]
            return Message(key=told.key, template=NUMBER_BELONGS + told.template, params=told.params)
        kind = _kind(mine)
        kinds = [_kind(one) for one in theirs if one is not None]
        if kind is None or kinds[0] is None or kind in kinds:
            return None
        return _message("other-kind", OTHER_KIND, text, mine=kind, theirs=kinds[0])

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
    signs = (*COMPARISONS, *ARITHMETIC, *ASSIGNMENTS, *LOGIC, *OF_BITS, "=")
    if target not in signs:
        return None
    if target in COMPARISONS and text in COMPARISONS:
        if OPPOSITE[target] == text or OPPOSITE[BORDER.get(target, target)] == text:
            return "turned", TURNED
        return (
            ("boundary", BOUNDARY) if BORDER.get(target) == text else ("other-comparison", OTHER_COMPARISON)
        )
    if target in COMPARISONS and text in (*ARITHMETIC, *OF_BITS):
        return "not-asking", NOT_ASKING
    if target in ARITHMETIC and text in COMPARISONS:
        return "not-working-out", NOT_WORKING_OUT
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


def _kind(tree: ast.AST) -> str | None:
    """What a piece of code is, in a few words."""
    if _is_number(tree):
        return "a number"
    if isinstance(tree, ast.Constant):
        return VALUES.get(type(tree.value))
    return next((words for types, words in KINDS if isinstance(tree, types)), None)


def _is_number(tree: ast.AST) -> bool:
    if isinstance(tree, ast.UnaryOp) and isinstance(tree.op, ast.USub | ast.UAdd):
        tree = tree.operand
    return isinstance(tree, ast.Constant) and type(tree.value) in (int, float)


def _message(key: str, template: str, text: str, **params: str) -> Message:
    found = {"found": quoted(text, 60)} if "{found}" in template else {}
    return Message(key=key, template=template, params={**found, **params})
