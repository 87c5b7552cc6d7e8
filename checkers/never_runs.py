"""Loops that do not run at all where an argument is empty, and what is missing then."""

from __future__ import annotations

import ast
from typing import Final

from checkers.definition import Function, own
from checkers.pitfall import Pitfall
from checkers.tried import Evidence, Tried

NOTHING_RETURNED: Final = (
    " For an empty `{name}` the loop in line {line} never runs, so nothing is returned. What should come "
    "back then, and where does that `return` stand?"
)
NO_VALUE: Final = (
    " For an empty `{name}` the loop in line {line} never runs, so `{other}` has no value yet. Which value "
    "does it need before the loop?"
)
EMPTY: Final = (list, tuple, str, dict, set, frozenset)
MORE: Final = (ast.Add, ast.Or)
"""What may make a loop run all the same: ``range(len(a) + 1)``."""


def never_runs(function: Function, tried: Tried, evidence: Evidence) -> Pitfall | None:
    """The loop that explains why this call, with an empty argument, came to nothing, and others did not."""
    raised = tried.made.raised
    unbound = raised.name if raised is not None and raised.type == "UnboundLocalError" else None
    if (raised is not None or tried.made.value is not None) and unbound is None:
        return None
    for place, value in enumerate(tried.args[: len(evidence.names)]):
        if type(value) not in EMPTY or value or not _others_come_to_something(place, evidence):
            continue
        name = evidence.name(place)
        loops = [node for node in own(function) if _loops_over(node, _made_of(name, function))]
        inside = {id(n) for loop in loops for s in getattr(loop, "body", []) for n in (s, *own(s))}
        inside |= {id(n) for loop in loops if isinstance(loop, ast.For) for n in ast.walk(loop.target)}
        missing = [node for node in own(function) if _gives(node, unbound)]
        if missing and all(id(node) in inside for node in missing):
            loop = next(loop for loop in loops if any(node in ast.walk(loop) for node in missing))
            params: dict[str, object] = {"name": name, "line": getattr(loop, "lineno", 0)}
            if unbound is None:
                return Pitfall(key="empty-loop", says=NOTHING_RETURNED, params=params)
            return Pitfall(key="empty-loop", says=NO_VALUE, params={**params, "other": unbound})
    return None


def _others_come_to_something(place: int, evidence: Evidence) -> bool:
    full = [t for t in evidence.calls if len(t.args) > place and t.args[place]]
    return any(t.has_values and t.made.value is not None for t in full)


def _made_of(name: str, function: Function) -> set[str]:
    """The parameter, and names that are nothing but it in another form: ``words = text.split()``."""
    names = {name}
    for node in own(function):
        match node:
            case ast.Assign(targets=[ast.Name(id=other)], value=ast.Call(func=func, args=args)):
                about = [func.value] if isinstance(func, ast.Attribute) else args
                alone = not args if isinstance(func, ast.Attribute) else len(args) == 1
                if alone and all(isinstance(one, ast.Name) and one.id in names for one in about):
                    names.add(other)
    return names


def _loops_over(node: ast.AST, names: set[str]) -> bool:
    if isinstance(node, ast.For):
        over: ast.expr = node.iter
    elif isinstance(node, ast.While):
        over = node.test
    else:
        return False
    inner = list(ast.walk(over))
    if any(isinstance(n, MORE) for n in inner) or (
        isinstance(node, ast.For) and any(isinstance(n, ast.Attribute) and n.attr == "split" for n in inner)
    ):
        return False  # "".split(" ") has an element
    return any(isinstance(n, ast.Name) and n.id in names for n in inner)


def _gives(node: ast.AST, unbound: str | None) -> bool:
    """Whether this is a place where something is returned, or where the name gets its value."""
    if unbound is None:
        return isinstance(node, ast.Return) and node.value is not None
    return isinstance(node, ast.Name) and node.id == unbound and isinstance(node.ctx, ast.Store)
