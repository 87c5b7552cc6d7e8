"""Code as a response: read it, and know what its last line makes."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final, Literal

from checkers.result import FormatError, unreadable

MOST: Final = 50_000
"""The longest source that is read, in characters."""

MAGIC: Final = re.compile(r"^\s*(?:[\w.,\s\[\]]+=\s*)?(?:[%!]{1,2}[\w./]+|\?{1,2}\w+|[\w.]+\?{1,2}\s*$)")

NOT_CODE: Final = (
    "This question takes Python code, and no code came in. Write it in the field and send it again."
)
TOO_LONG: Final = (
    "Your code has {found:,} characters; at most {most:,} are read. Keep what the task asks for."
)
BLANK: Final = "There is no code here yet. Write at least one line, then check."
SYNTAX: Final = "Python cannot read line {line} yet: {says}. Look there and at the end of the line before."
UNREADABLE: Final = "Python cannot read this code: {says}. Type the line anew if you pasted it."
MAGICS: Final = (
    "Line {line} (`{text}`) is a notebook command, not Python. A check runs plain Python: take that line "
    "out, or put it in a cell of its own."
)
AWAITS: Final = (
    "Line {line} uses `await` outside a function. A check runs plain Python: call the function directly."
)
INPUTS: Final = (
    "Line {line} asks for typing with `input()`, and nobody is there to type while code is checked. Put "
    "the value into a variable instead."
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Last:
    """What the last statement of some code leaves to look at.

    `kind` "expression": its own value. "target": what it assigns; `text` is the expression that reads it
    once the code has run. "nothing": neither; `text` then names the statement ("def", "for", "import" …).
    `prints`: the last expression is a call of ``print``.
    """

    kind: Literal["expression", "target", "nothing"]
    text: str = ""
    prints: bool = False


def is_code(response: object) -> bool:
    """Whether a response (JSON) is code: ``{"code": text}``."""
    return isinstance(response, Mapping) and set(response) == {"code"}


def read_code(response: object, *, may_input: bool = False) -> str | FormatError:
    """The source in a response, or what keeps it from being run: every checker of code reads it so."""
    source = response["code"] if isinstance(response, Mapping) and is_code(response) else None
    if not isinstance(source, str):
        return unreadable("not-code", NOT_CODE)
    return problem(source, may_input=may_input) or source


def problem(source: str, *, may_input: bool = False) -> FormatError | None:
    """What keeps source from being run as plain Python: too long, blank, a syntax error, a magic, input()."""
    if len(source) > MOST:
        return unreadable("code-too-long", TOO_LONG, found=len(source), most=MOST)
    if not source.strip():
        return unreadable("blank", BLANK)
    try:
        tree = parsed(source)
    except SyntaxError as error:
        return _magic(source, error) or _syntax(error)
    except (ValueError, RecursionError, MemoryError, OverflowError) as error:
        says = "it holds a character that no source may hold" if isinstance(error, ValueError) else "too deep"
        return unreadable("code-unreadable", UNREADABLE, says=says)
    if not tree.body:
        return unreadable("blank", BLANK)
    for node in _outside_functions(tree):
        if isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith):
            return unreadable("await", AWAITS, line=node.lineno)
    if not may_input and (line := _asks_for_input(tree)):
        return unreadable("input", INPUTS, line=line)
    return None


def parsed(source: str) -> ast.Module:
    """The syntax tree of source that also compiles. Raises what `ast.parse` and `compile` raise."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # "\d" in a learner's string is no concern of ours
        tree = ast.parse(source)
        compile(source, "<answer>", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    return tree


def last_value(source: str | ast.Module) -> Last:
    """What the last statement leaves to look at: the one rule for code fields and ``%%check`` cells.

    An expression's own value; else the name that is assigned: the first target of ``a = b = …``, all of
    ``a, b = …``, and the table itself of ``df["c"] = …``. Source that cannot be parsed leaves nothing.
    """
    if isinstance(source, str):
        try:
            source = ast.parse(source)
        except (SyntaxError, ValueError, RecursionError, MemoryError):
            return Last(kind="nothing")
    if not source.body:
        return Last(kind="nothing")
    match source.body[-1]:
        case ast.Expr(value=value):
            match value:
                case ast.Call(func=ast.Name(id="print")):
                    return Last(kind="expression", text="print", prints=True)
            return Last(kind="expression")
        case ast.Assign(targets=[target, *_]) | ast.AugAssign(target=target):
            return Last(kind="target", text=ast.unparse(_base(target)))
        case ast.AnnAssign(target=target, value=ast.expr()):
            return Last(kind="target", text=ast.unparse(_base(target)))
        case node:
            return Last(kind="nothing", text=_word(node))


def _base(target: ast.expr) -> ast.expr:
    """The variable that an assignment changes: ``df`` for ``df["c"] = …`` and for ``df.columns = …``."""
    while isinstance(target, ast.Subscript | ast.Attribute | ast.Starred):
        target = target.value
    if isinstance(target, ast.Tuple | ast.List):
        return ast.Tuple(elts=[_base(t) for t in target.elts], ctx=ast.Load())
    return target


def _word(node: ast.stmt) -> str:
    words = {"FunctionDef": "def", "AsyncFunctionDef": "def", "ClassDef": "class", "ImportFrom": "import"}
    name = type(node).__name__
    return words.get(name, name.lower())


def _outside_functions(tree: ast.AST) -> Iterator[ast.expr | ast.stmt]:
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
            continue
        if isinstance(child, ast.expr | ast.stmt):
            yield child
        yield from _outside_functions(child)


def _asks_for_input(tree: ast.Module) -> int | None:
    """The line of the first call of the built-in ``input``, if the code does not define one of its own."""
    lines = []
    for node in ast.walk(tree):
        match node:
            case ast.FunctionDef(name="input") | ast.arg(arg="input") | ast.Name(id="input", ctx=ast.Store()):
                return None
            case ast.Call(func=ast.Name(id="input")):
                lines.append(node.lineno)
    return min(lines, default=None)


def _magic(source: str, error: SyntaxError) -> FormatError | None:
    """A magic or a shell command is no Python: said so where the reader stumbled over one."""
    lines = source.splitlines()
    line = error.lineno or 0
    if 1 <= line <= len(lines) and MAGIC.match(lines[line - 1]):
        text = lines[line - 1].strip()[:40]
        return unreadable("magic", MAGICS, line=line, text=text.replace("`", "'"))
    return None


def _syntax(error: SyntaxError) -> FormatError:
    says = (error.msg or "a part is missing").rstrip(".")
    line = error.lineno or 1
    if says.startswith("unexpected EOF") or "was never closed" in says:
        says = f"{says} (every opening bracket needs a closing one)"
    return unreadable("syntax", SYNTAX, line=line, says=says)
