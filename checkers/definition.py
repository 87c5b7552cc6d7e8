"""What source says of a function that it defines: its parameters, whether it returns, what else there is."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from checkers.code import parsed

Function = ast.FunctionDef | ast.AsyncFunctionDef


def without_main(source: str) -> str:
    """Source without what runs only as a program (``if __name__ …``); lines keep their numbers."""
    try:
        tree = parsed(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return source
    lines = source.split("\n")
    for node in tree.body:
        if isinstance(node, ast.If) and "__name__" in ast.unparse(node.test) and node.end_lineno:
            lines[node.lineno - 1 : node.end_lineno] = [""] * (node.end_lineno - node.lineno + 1)
    return "\n".join(lines)


def defined(tree: ast.AST) -> list[Function]:
    """All functions that source defines, anywhere."""
    return [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]


def definition(tree: ast.AST, name: str) -> Function | None:
    """The function of this name (the last of several), if source defines it by ``def``."""
    return next((f for f in reversed(defined(tree)) if f.name == name), None)


def arity(function: Function) -> tuple[int, int]:
    """The least and the most positional arguments that a function takes."""
    args = function.args
    names = len(args.posonlyargs) + len(args.args)
    return names - len(args.defaults), 10_000 if args.vararg else names


def parameters(function: Function | None) -> tuple[str, ...]:
    """The names of a function's positional parameters."""
    return () if function is None else tuple(a.arg for a in (*function.args.posonlyargs, *function.args.args))


def returns(function: Function | None) -> bool:
    """Whether there is a ``return`` with a value (taken to be so where there is no ``def`` to look at)."""
    return function is None or any(isinstance(n, ast.Return) and n.value is not None for n in own(function))


def early_return(function: Function | None) -> int | None:
    """The line of the first ``return`` inside a loop."""
    if function is None:
        return None
    loops = [n for n in own(function) if isinstance(n, ast.For | ast.While)]
    return min(
        (n.lineno for loop in loops for n in ast.walk(loop) if isinstance(n, ast.Return)), default=None
    )


def bound(tree: ast.Module) -> set[str]:
    """Names that code binds in other ways than by ``def``: ``f = lambda …``, imports."""
    names = {n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {alias.asname or alias.name for alias in node.names}
        elif isinstance(node, ast.ClassDef):
            names.add(node.name)
    return names


def own(node: ast.AST) -> Iterator[ast.AST]:
    """All that is inside, in order, without functions and classes inside it."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            yield child
            yield from own(child)
