"""Lines of a function that do not do what their writer meant, whatever comes in: seen without running it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from checkers.definition import Function, own

LOOPS: Final = (ast.For, ast.While, ast.AsyncFor)
ENDS: Final = (ast.Return, ast.Break, ast.Raise)
SHRINKS: Final = frozenset(("remove", "pop", "clear", "discard", "popitem"))
IN_PLACE: Final = SHRINKS | {"append", "extend", "insert", "add", "update", "sort", "reverse"}
NEW_ONE: Final = frozenset(
    ("lower", "upper", "strip", "replace", "title", "capitalize", "split", "join", "copy", "format")
)
NEW_BY: Final = frozenset(("sorted", "reversed", "str", "int", "float", "list", "abs", "round", "len", "sum"))

FIRST_ROUND: Final = (
    " Line {line} ends the loop in its first round, whatever it finds: nothing after that is looked at. What "
    "should happen only after the last round?"
)
WHILE_LOOPING: Final = (
    " Line {line} changes `{name}` while the loop goes through it: places move, and some are skipped. Go "
    "through a copy, or build a new list."
)
NOT_CALLED: Final = " Line {line} names `{name}` and does not call it: behind it, `()` is missing."
KEEPS_NONE: Final = (
    " Line {line} keeps what `.{name}(…)` gives back, and that is `None`: it changes the thing itself. Take "
    "the `{target} =` away."
)
THROWN_AWAY: Final = (
    " Line {line} works something out and keeps it nowhere. What should happen to it: a name, or a `return`?"
)
ALWAYS_TRUE: Final = (
    " In line {line}, what stands after `or` is no comparison of its own: it counts as true every time. "
    "Write both comparisons out."
)
EACH_ROUND: Final = (
    " Line {line} gives `{name}` its start value again in every round. What has to stand before the loop?"
)
OVERWRITTEN: Final = (
    " Line {line} gives `{name}` another value before the one that is passed in was used. Take it from the "
    "caller."
)
NOT_USED: Final = " Nothing in your function reads `{name}`, which it is given. What is it for?"
ARGUMENTS: Final = {"append": 1, "extend": 1, "insert": 2, "sort": 0, "reverse": 0, "remove": 1, "clear": 0}


@dataclass(frozen=True, slots=True, kw_only=True)
class Pitfall:
    """A line that cannot be meant: its key, what is said of it, and the words that go in."""

    key: str
    says: str
    params: dict[str, object]


VAGUE: Final = frozenset(
    (
        *(
            "true-too-often",
            "false-too-often",
            "condition",
            "too-large",
            "too-small",
            "one-value",
            "constant",
        ),
        *(
            "start-value",
            "none-for-some",
            "no-return",
            "starts-early",
            "ends-early",
            "goes-on",
            "order",
            "lacks",
        ),
        *("first-only", "last-only", "unchanged", "longer-input", "endless", "off-by-one", "lacks-last"),
        *("lacks-first", "one-result", "from-place", "first-element", "last-element", "empty", "not-empty"),
    )
)
"""Mistakes of which a line that cannot be meant says more."""
OF_ERRORS: Final = {
    "none-used": ("keeps-none",),
    "attribute-of-none": ("keeps-none",),
    "attribute-error": ("not-called",),
    "type-error": ("not-called",),
    "function-itself": ("not-called",),
    "index-error": ("changes-while-looping",),
}
"""For an exception, the lines that lead to just that one."""


def pitfall(function: Function, mistake: str | None) -> Pitfall | None:
    """The line that says more than this mistake does (None: the fallback), if there is one."""
    if mistake is not None and mistake not in VAGUE and mistake not in OF_ERRORS:
        return None
    fit = OF_ERRORS.get(mistake or "")
    found = (one for one in pitfalls(function) if fit is None or one.key in fit)
    # a call that comes to no `return` went past the loop
    return next((one for one in found if (one.key, mistake) != ("first-round", "none-for-some")), None)


def pitfalls(function: Function) -> Iterator[Pitfall]:
    """What is found in a function, the surest first."""
    nodes = list(own(function))
    for node in nodes:
        yield from _not_called(node)
        yield from _keeps_none(node)
    for node in nodes:
        if isinstance(node, ast.For):
            yield from _changed_while_looping(node)
    for node in nodes:
        if isinstance(node, LOOPS):
            yield from _first_round(node)
            yield from _each_round(node, function)
    for node in nodes:
        yield from _always_true(node)
        yield from _thrown_away(node)
    yield from _of_parameters(function)


def _not_called(node: ast.AST) -> Iterator[Pitfall]:
    """``lst.sort`` alone on a line, or kept: a method that is named."""
    match node:
        case (
            ast.Expr(value=ast.Attribute(attr=name) as it) | ast.Assign(value=ast.Attribute(attr=name) as it)
        ):
            if name in IN_PLACE | NEW_ONE:
                yield _at("not-called", NOT_CALLED, it, name=ast.unparse(it))


def _keeps_none(node: ast.AST) -> Iterator[Pitfall]:
    match node:
        case ast.Assign(
            targets=[ast.Name(id=target)], value=ast.Call(func=ast.Attribute(attr=name), args=args)
        ) if ARGUMENTS.get(name) == len(args):  # np.append and np.sort take more
            yield _at("keeps-none", KEEPS_NONE, node, name=name, target=target)


def _changed_while_looping(loop: ast.For) -> Iterator[Pitfall]:
    """The loop goes through a list by name, or by its places, and a line inside takes out or puts in."""
    over, place = loop.iter, ""
    match over:
        case ast.Call(func=ast.Name(id="range"), args=[*_, ast.Call(func=ast.Name(id="len"), args=[inside])]):
            over, place = inside, ast.unparse(loop.target)
        case ast.Call(func=ast.Name(id="enumerate"), args=[inside]):
            over = inside
    if not isinstance(over, ast.Name) or (place and not _takes(loop, over.id, place)):
        return
    for node in (n for statement in loop.body for n in (statement, *own(statement))):
        match node:
            case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr=way)):
                changes = name == over.id and way in SHRINKS | {"insert"}
            case ast.Delete(targets=[ast.Subscript(value=ast.Name(id=name))]):
                changes = name == over.id
            case _:
                continue
        if changes and not _leaves(loop, node):
            yield _at("changes-while-looping", WHILE_LOOPING, node, name=over.id)


def _takes(loop: ast.For, name: str, place: str) -> bool:
    """Whether a loop takes elements of this name by this place."""
    return any(
        isinstance(node, ast.Subscript)
        and ast.unparse(node.value) == name
        and ast.unparse(node.slice) == place
        for node in own(loop)
    )


def _leaves(loop: ast.For, node: ast.AST) -> bool:
    """Whether the loop is left right after the line that this node is in."""
    for inner in (loop, *own(loop)):
        for block in (getattr(inner, "body", []), getattr(inner, "orelse", [])):
            if isinstance(block, list):
                for n, statement in enumerate(block):
                    if node in ast.walk(statement) and any(isinstance(s, ENDS) for s in block[n + 1 :]):
                        return True
    return False


def _first_round(loop: ast.AST) -> Iterator[Pitfall]:
    body = getattr(loop, "body", [])
    if any(isinstance(node, ast.Continue) for s in body for node in (s, *own(s))):
        return
    for statement in body:
        if isinstance(statement, ast.Return | ast.Break) or _both_end(statement):
            if isinstance(loop, ast.While) and isinstance(statement, ast.Break):
                continue
            last = statement.orelse[-1] if isinstance(statement, ast.If) else statement
            yield _at("first-round", FIRST_ROUND, last)
            return


def _both_end(statement: ast.stmt) -> bool:
    """Whether an ``if`` ends the loop in each of its branches."""
    if not isinstance(statement, ast.If) or not statement.orelse:
        return False
    return all(
        isinstance(branch[-1], ast.Return | ast.Break) or _both_end(branch[-1])
        for branch in (statement.body, statement.orelse)
    )


def _each_round(loop: ast.AST, function: Function) -> Iterator[Pitfall]:
    """A start value that stands in the loop, of a name that is added to there and returned after it."""
    body = getattr(loop, "body", [])
    returned = {
        node.value.id
        for node in own(function)
        if isinstance(node, ast.Return) and isinstance(node.value, ast.Name)
        if node.lineno > (getattr(loop, "end_lineno", 0) or 0)
    }
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant() | ast.List(elts=[])):
                added = any(
                    isinstance(node, ast.AugAssign) and ast.unparse(node.target) == name
                    for later in body
                    for node in (later, *own(later))
                )
                if added and name in returned and statement is body[0]:
                    yield _at("start-in-loop", EACH_ROUND, statement, name=name)


def _always_true(node: ast.AST) -> Iterator[Pitfall]:
    """``x == 1 or 2``."""
    match node:
        case ast.BoolOp(op=ast.Or(), values=[ast.Compare(), *others]):
            for other in others:
                if isinstance(other, ast.Constant) and other.value:
                    yield _at("or-alone", ALWAYS_TRUE, node)
                    return


def _thrown_away(node: ast.AST) -> Iterator[Pitfall]:
    match node:
        case ast.Expr(value=ast.BinOp() | ast.Compare() | ast.BoolOp() | ast.Name() | ast.Subscript()):
            yield _at("kept-nowhere", THROWN_AWAY, node)
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr=name))) if name in NEW_ONE:
            yield _at("kept-nowhere", THROWN_AWAY, node)
        case ast.Expr(value=ast.Call(func=ast.Name(id=name))) if name in NEW_BY:
            yield _at("kept-nowhere", THROWN_AWAY, node)


def _of_parameters(function: Function) -> Iterator[Pitfall]:
    read = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
    for argument in (*function.args.posonlyargs, *function.args.args):
        match function.body[0]:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Constant() | ast.List() | ast.Tuple() as new
            ):
                used = any(isinstance(n, ast.Name) and n.id == name for n in ast.walk(new))
                if name == argument.arg and not used:
                    yield _at("overwritten", OVERWRITTEN, function.body[0], name=name)
                    continue
        if argument.arg not in read and len(function.body) > 1:
            yield Pitfall(key="not-used", says=NOT_USED, params={"name": argument.arg})


def _at(key: str, says: str, node: ast.AST, **params: object) -> Pitfall:
    return Pitfall(key=key, says=says, params={"line": getattr(node, "lineno", 0), **params})
