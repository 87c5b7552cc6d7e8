"""How code is written: which constructs and calls it uses or avoids, what it defines, how long it is."""

from __future__ import annotations

import ast
import io
import re
import tokenize
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar, Final, Literal

from checkers.checker import Checker
from checkers.code import is_code, parsed, problem, read_code
from checkers.message import Message
from checkers.result import FormatError, Result, refused, right
from checkers.run import Runner

LOOPS: Final = (ast.For, ast.While, ast.AsyncFor)
COMPREHENSIONS: Final = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


def _of(*kinds: type[ast.AST]) -> Callable[[ast.AST], bool]:
    return lambda node: isinstance(node, kinds)


def _recursive(node: ast.AST) -> bool:
    """Whether a function calls itself by its name."""
    return isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and any(
        isinstance(n, ast.Call) and isinstance(n.func, ast.Name) and n.func.id == node.name
        for n in ast.walk(node)
    )


CONSTRUCTS: Final[Mapping[str, tuple[str, Callable[[ast.AST], bool]]]] = {
    "loop": ("a loop (`for` or `while`)", _of(*LOOPS)),
    "for": ("a `for` loop", _of(ast.For, ast.AsyncFor)),
    "while": ("a `while` loop", _of(ast.While)),
    "comprehension": ("a comprehension (`… for … in …` inside brackets)", _of(*COMPREHENSIONS)),
    "recursion": ("recursion (a function that calls itself)", _recursive),
    "if": ("an `if`", _of(ast.If, ast.IfExp)),
    "else": (
        "an `else`",
        lambda n: isinstance(n, ast.IfExp) or bool(isinstance(n, ast.If | ast.For | ast.While) and n.orelse),
    ),
    "match": ("a `match`", _of(ast.Match)),
    "break": ("a `break`", _of(ast.Break)),
    "continue": ("a `continue`", _of(ast.Continue)),
    "return": ("a `return`", lambda n: isinstance(n, ast.Return) and n.value is not None),
    "yield": ("a `yield`", _of(ast.Yield, ast.YieldFrom)),
    "def": ("a function of its own (`def`)", _of(ast.FunctionDef, ast.AsyncFunctionDef)),
    "lambda": ("a `lambda`", _of(ast.Lambda)),
    "class": ("a `class`", _of(ast.ClassDef)),
    "try": ("a `try`", _of(ast.Try, ast.TryStar)),
    "raise": ("a `raise`", _of(ast.Raise)),
    "with": ("a `with`", _of(ast.With, ast.AsyncWith)),
    "import": ("an `import`", _of(ast.Import, ast.ImportFrom)),
    "global": ("a `global`", _of(ast.Global, ast.Nonlocal)),
    "f-string": ("an f-string (`f\"…\"`)", _of(ast.JoinedStr)),
    "slice": ("a slice (`[a:b]`)", _of(ast.Slice)),
    "list": ("a list in brackets (`[…]`)", _of(ast.List, ast.ListComp)),
    "dict": ("a dict in braces (`{…: …}`)", _of(ast.Dict, ast.DictComp)),
    "set": ("a set in braces (`{…}`)", _of(ast.Set, ast.SetComp)),
    "and": ("an `and`", lambda n: isinstance(n, ast.BoolOp) and isinstance(n.op, ast.And)),
    "or": ("an `or`", lambda n: isinstance(n, ast.BoolOp) and isinstance(n.op, ast.Or)),
    "not": ("a `not`", lambda n: isinstance(n, ast.UnaryOp) and isinstance(n.op, ast.Not)),
}  # fmt: skip
CALL: Final = re.compile(r"(\.?)(\w+(?:\.\w+)*)\(\)")

LACKS: Final = (
    "Your code does not use {thing} yet, and the task asks for it. Which of your steps could it take over?"
)
HAS: Final = "Line {line} uses {thing}, and the task asks for a way without it. Which other way leads there?"
NOW_WITH: Final = (
    "That is right: your results are as expected. Now do it with {thing}. Which of your steps could it take "
    "over?"
)
NOW_WITHOUT: Final = (
    "That is right: your results are as expected. Now do it without {thing}: line {line} uses "
    "one. Which other "
    "way leads there?"
)
NO_NAME: Final = "Nothing in your code is called `{name}` yet. Give your result that name: `{name} = …`."
TOO_LONG: Final = (
    "Your code has {lines} lines of code, and {most} are enough. Which lines say something "
    "twice, or something "
    "that Python does by itself?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What is not as the task asks: the key, what is said alone, and after results that are right."""

    key: str
    says: str
    now: str
    params: Mapping[str, object]

    def told(self, *, results_right: bool, score: float) -> Result:
        template = self.now if results_right else self.says
        message = Message(key=self.key, template=template, params=self.params)
        return Result(score=score, mistake=self.key, messages=(message,))


@dataclass(frozen=True, slots=True, init=False)
class Source(Checker):
    """Code judged by how it is written; it is not run.

    `uses` and `avoids` name constructs ("for", "loop", "comprehension", "recursion" …: all of CONSTRUCTS),
    calls ("sum()", "math.sqrt()") and methods (".append()"). `names`: what the code has to assign or define.
    `most_lines`: lines with code on them, without blank lines, comments and docstrings. The score is the
    share of what is as asked; it is told one thing at a time.
    """

    kind: ClassVar[str] = "code"
    takes: ClassVar[Literal["answer", "value", "source"]] = "source"

    uses: tuple[str, ...]
    avoids: tuple[str, ...]
    names: tuple[str, ...]
    most_lines: int | None

    def __init__(
        self,
        *,
        uses: Sequence[str] = (),
        avoids: Sequence[str] = (),
        names: Sequence[str] = (),
        most_lines: int | None = None,
    ) -> None:
        for which, things in (("uses", uses), ("avoids", avoids), ("names", names)):
            if isinstance(things, str):
                raise ValueError(f"Source has {which}={things!r}; expected a list, like {which}=[{things!r}]")
        for thing in (*uses, *avoids):
            if thing not in CONSTRUCTS and not CALL.fullmatch(thing):
                known = ", ".join(CONSTRUCTS)
                raise ValueError(
                    f"Source knows no {thing!r}; expected a call like 'sum()', or one of {known}"
                )
        if both := set(uses) & set(avoids):
            raise ValueError(f"Source has {sorted(both)} in uses and in avoids; expected it in one of them")
        if not (uses or avoids or names) and most_lines is None:
            raise ValueError("Source asks for nothing; expected uses, avoids, names or most_lines")
        if most_lines is not None and most_lines < 1:
            raise ValueError(f"Source has most_lines={most_lines!r}; expected 1 or more")
        set_ = object.__setattr__
        set_(self, "uses", tuple(uses))
        set_(self, "avoids", tuple(avoids))
        set_(self, "names", tuple(names))
        set_(self, "most_lines", most_lines)

    def asks(self) -> dict[str, object]:
        return {"kind": self.kind}

    def right(self) -> None:
        return None

    def parse(self, response: object) -> str | FormatError:
        return read_code(response, may_input=True)

    def check(self, answer: object, runner: Runner | None = None) -> Result:  # noqa: ARG002
        source = self._read(answer)
        if isinstance(source, FormatError):
            return refused(source)
        found = self.findings(source)
        count = len(self.uses) + len(self.avoids) + len(self.names) + (self.most_lines is not None)
        return found[0].told(results_right=False, score=1 - len(found) / count) if found else right()

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:  # noqa: ARG002
        """Whether two sources are the same but for spaces, comments and brackets."""
        first, second = self._read(one), self._read(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        return ast.dump(parsed(first)) == ast.dump(parsed(second))

    def findings(self, source: str) -> list[Finding]:
        """All that is not as asked, in the order in which it is told. The source has to be readable."""
        nodes = list(ast.walk(parsed(source)))
        found = [self._lacking(thing) for thing in self.uses if _line(thing, nodes) is None]
        lines_of = [(thing, _line(thing, nodes)) for thing in self.avoids]
        found += [self._having(thing, line) for thing, line in lines_of if line is not None]
        bound = _bound(nodes)
        found += [
            Finding(key="name-missing", says=NO_NAME, now=NO_NAME, params={"name": name})
            for name in self.names
            if name not in bound
        ]
        lines = count_lines(source)
        if self.most_lines is not None and lines > self.most_lines:
            params = {"lines": lines, "most": self.most_lines}
            found.append(Finding(key="too-many-lines", says=TOO_LONG, now=TOO_LONG, params=params))
        return found

    def _lacking(self, thing: str) -> Finding:
        words, params = _words(thing)
        says, now = LACKS.replace("{thing}", words), NOW_WITH.replace("{thing}", words)
        return Finding(key=f"lacks-{_slug(thing)}", says=says, now=now, params=params)

    def _having(self, thing: str, line: int) -> Finding:
        words, params = _words(thing)
        says, now = HAS.replace("{thing}", words), NOW_WITHOUT.replace("{thing}", words)
        return Finding(key=f"has-{_slug(thing)}", says=says, now=now, params={**params, "line": line})

    def _read(self, answer: object) -> str | FormatError:
        if type(answer) is not str:
            return self.parse(answer) if is_code(answer) else self.parse(None)
        return problem(answer, may_input=True) or answer


def count_lines(source: str) -> int:
    """How many lines have code on them: no blank lines, comments or docstrings."""
    quiet = (tokenize.COMMENT, tokenize.NL, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT)
    lines: set[int] = set()
    for token in tokenize.generate_tokens(io.StringIO(source).readline):
        if token.type not in (*quiet, tokenize.ENCODING, tokenize.ENDMARKER):
            lines.update(range(token.start[0], token.end[0] + 1))
    for node in ast.walk(parsed(source)):
        if (
            isinstance(node, ast.Expr)
            and isinstance(node.value, ast.Constant)
            and type(node.value.value) is str
        ):
            lines.difference_update(range(node.lineno, (node.end_lineno or node.lineno) + 1))
    return len(lines)


def _line(thing: str, nodes: Iterable[ast.AST]) -> int | None:
    """The first line on which there is such a thing."""
    is_one = CONSTRUCTS[thing][1] if thing in CONSTRUCTS else lambda node: _calls(node, thing)
    return min((_at(node) for node in nodes if is_one(node)), default=None)


def _at(node: ast.AST) -> int:
    if isinstance(node, ast.Slice):
        return next((_at(n) for n in ast.iter_child_nodes(node)), 1)
    return getattr(node, "lineno", 1)


def _calls(node: ast.AST, thing: str) -> bool:
    """Whether this is a call of ``name()``, ``module.name()`` or, with a dot before it, of a method."""
    if not isinstance(node, ast.Call):
        return False
    match = CALL.fullmatch(thing)
    assert match is not None
    if match[1]:
        return isinstance(node.func, ast.Attribute) and node.func.attr == match[2]
    return _dotted(node.func) == match[2]


def _dotted(node: ast.expr) -> str | None:
    if isinstance(node, ast.Attribute):
        owner = _dotted(node.value)
        return None if owner is None else f"{owner}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else None


def _bound(nodes: Iterable[ast.AST]) -> set[str]:
    """All names that code assigns, defines or imports."""
    names: set[str] = set()
    for node in nodes:
        match node:
            case ast.Name(id=name, ctx=ast.Store()):
                names.add(name)
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                names.add(name)
            case ast.alias(name=name, asname=other):
                names.add(other or name)
    return names


def _words(thing: str) -> tuple[str, dict[str, object]]:
    return (CONSTRUCTS[thing][0], {}) if thing in CONSTRUCTS else ("`{call}`", {"call": thing})


def _slug(thing: str) -> str:
    return re.sub(r"[^\w-]", "", thing.replace(".", "-")).strip("-").lower()
