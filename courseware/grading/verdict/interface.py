"""What of a notebook is the submission's to give, and what is the instructor's own: read off the source.

Names that solution cells bind or change come from the submission, and so does what unmarked cells make of
them. All else that tests use is made anew from the instructor's statements, and never asked for.
"""

from __future__ import annotations

import ast
import builtins
import symtable
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final, Literal

from courseware.grading.verdict.profile import Profile

CHANGES: Final = frozenset(
    {
        "add", "append", "appendleft", "clear", "difference_update", "discard", "drop_duplicates", "extend",
        "extendleft", "fill", "insert", "intersection_update", "pop", "popitem", "popleft", "put", "remove",
        "resize", "reverse", "rotate", "setdefault", "setflags", "shuffle", "sort", "update",
    }
)  # fmt: skip
"""Methods that change what they are called on."""
BUILTINS: Final = frozenset(dir(builtins))
Kind = Literal["solution", "free", "locked", "test"]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement at the top of a cell: what it binds or changes, what it looks up."""

    text: str
    binds: frozenset[str]
    loads: frozenset[str]
    imports: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One code cell of the source."""

    kind: Kind
    name: str
    statements: tuple[Statement, ...]


def of_notebook(notebook: Mapping[str, Any]) -> Profile:
    """What can be told of a source notebook without running it. No fallbacks yet, all sites open."""
    return of_parts([part for cell in notebook["cells"] if (part := _part(cell)) is not None])


def of_parts(parts: Sequence[Part]) -> Profile:
    theirs = {
        name
        for part in parts
        if part.kind == "solution"
        for statement in part.statements
        if not statement.imports
        for name in statement.binds
    } - {name for part in parts for s in part.statements if s.imports for name in s.binds}
    free = [s for part in parts if part.kind == "free" for s in part.statements if not s.imports]
    while more := {n for s in free if (s.loads | s.binds) & theirs for n in s.binds} - theirs:
        theirs |= more
    needed = {
        name for part in parts if part.kind in ("test", "locked") for s in part.statements for name in s.loads
    } - theirs
    own = [
        s
        for part in parts
        for s in part.statements
        if part.kind == "free" or (s.imports and part.kind == "solution")
    ]
    while more := {n for s in own if s.binds & needed for n in s.loads} - needed - theirs - BUILTINS:
        needed |= more
    bound = {n for part in parts if part.kind == "test" for s in part.statements for n in s.binds}
    looked_up = {
        n for part in parts if part.kind in ("solution", "free") for s in part.statements for n in s.loads
    }
    return Profile(
        names=tuple(sorted(theirs)),
        shared=tuple(sorted(bound & looked_up)),
        own={name: tuple(texts) for name, texts in _before(parts, frozenset(needed)).items() if texts},
        binds={
            part.name: tuple(sorted(theirs & {n for s in part.statements for n in s.binds}))
            for part in parts
            if part.kind == "solution"
        },
        sites=None,
    )


def _before(parts: Sequence[Part], needed: frozenset[str]) -> dict[str, list[str]]:
    """The instructor's statements that tests need, by the instructor's cell that they have to run before."""
    found: dict[str, list[str]] = {}
    waiting: list[str] = []
    for part in parts:
        if part.kind in ("test", "locked"):
            found[part.name], waiting = waiting, []
            continue
        for s in part.statements:
            if (part.kind == "free" or s.imports) and (s.binds & needed or (s.imports and "*" in s.binds)):
                waiting.append(s.text)
    return found


# ---- cells --------------------------------------------------------------------------------------------


def _part(cell: Mapping[str, Any]) -> Part | None:
    if cell["cell_type"] != "code":
        return None
    source = cell["source"] if isinstance(cell["source"], str) else "".join(cell["source"])
    marks = cell["metadata"].get("nbgrader", {})
    kind: Kind = "free"
    if marks.get("solution"):
        kind = "solution"
    elif marks.get("grade"):
        kind = "test"
    elif marks.get("locked"):
        kind = "locked"
    return Part(kind, str(marks.get("grade_id", "")), tuple(statements(source)))


def statements(source: str) -> Iterator[Statement]:
    """The statements of a cell; none of one that is no Python."""
    if source.lstrip().startswith("%%"):
        return
    lines = ["" if line.lstrip().startswith(("%", "!", "?")) else line for line in source.splitlines()]
    text = "\n".join(lines)
    try:
        body = ast.parse(text).body
    except (SyntaxError, ValueError):
        return
    for node in body:
        piece = ast.get_source_segment(text, node) or ""
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef) and node.decorator_list:
            first = min(each.lineno for each in node.decorator_list) - 1
            piece = "\n".join(lines[first : node.end_lineno])
        yield _statement(node, piece)


def _statement(node: ast.stmt, text: str) -> Statement:
    bound, loaded = _names(text)
    bound |= set(_changed(node))
    imports = isinstance(node, ast.Import | ast.ImportFrom)
    if isinstance(node, ast.ImportFrom) and any(alias.name == "*" for alias in node.names):
        bound.add("*")
    return Statement(text, frozenset(bound), frozenset(loaded), imports)


def _names(text: str) -> tuple[set[str], set[str]]:
    """Names of the notebook that a statement binds, and those that it looks up, in functions as well."""
    try:
        top = symtable.symtable(text, "<cell>", "exec")
    except (SyntaxError, ValueError):
        return set(), set()
    bound = {s.get_name() for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    loaded = {s.get_name() for s in top.get_symbols() if s.is_referenced()}
    for table in _inner(top):
        for symbol in table.get_symbols():
            if symbol.is_global():
                if symbol.is_referenced():
                    loaded.add(symbol.get_name())
                if symbol.is_declared_global() and symbol.is_assigned():
                    bound.add(symbol.get_name())
    return bound, loaded - BUILTINS | (loaded & bound)


def _inner(table: symtable.SymbolTable) -> Iterable[symtable.SymbolTable]:
    for child in table.get_children():
        yield child
        yield from _inner(child)


def _changed(node: ast.stmt) -> Iterator[str]:
    """Names at the top of a statement into which it stores, or on which it calls what changes them."""
    if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.AsyncFunctionDef):
        return
    for each in ast.walk(node):
        target: ast.expr | None = None
        if isinstance(each, ast.Subscript | ast.Attribute) and isinstance(each.ctx, ast.Store | ast.Del):
            target = each.value
        elif isinstance(each, ast.Call) and isinstance(each.func, ast.Attribute):
            inplace = any(word.arg == "inplace" for word in each.keywords)
            if each.func.attr in CHANGES or inplace:
                target = each.func.value
        while isinstance(target, ast.Attribute | ast.Subscript):
            target = target.value
        if isinstance(target, ast.Name):
            yield target.id
