"""Slips put into right programs, one at a time: the operators of mutmut and cosmic-ray, and beginners' own.

mutmut and cosmic-ray change comparisons, arithmetic, constants, booleans, `break` and `continue`, returned
values, and leave out statements and `not`. To these come slips that first programs are full of: `print` for
`return`, a `return` in the loop, bounds of ranges and slices one off, the wrong variable, swapped arguments,
a base case or an `else` that is missing, a method that was left out or called for another.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt, ast.GtE),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Gt: (ast.GtE, ast.Lt, ast.LtE),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Eq: (ast.NotEq, ast.LtE),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
ARITHMETIC: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.Add: (ast.Sub, ast.Mult),
    ast.Sub: (ast.Add,),
    ast.Mult: (ast.Add, ast.Div, ast.Pow),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.FloorDiv: (ast.Div, ast.Mod),
    ast.Mod: (ast.FloorDiv, ast.Mult),
    ast.Pow: (ast.Mult,),
}
METHODS = {"append": ("extend",), "extend": ("append",), "lower": ("upper", "title"), "split": ("strip",)}
CALLS = {
    "min": ("max",),
    "max": ("min",),
    "sorted": ("list",),
    "any": ("all",),
    "all": ("any",),
    "len": ("sum",),
}
BODIES = ("body", "orelse", "finalbody")


def mutants(source: str) -> Iterator[tuple[str, str]]:
    """Each program that one slip makes of a right one, with the operator's name; none twice."""
    tree = ast.parse(source)
    seen = {ast.unparse(tree)}
    for path, node in list(_nodes(tree)):
        for operator, new in _slips(tree, node):
            changed = _replaced(tree, path, new)
            try:
                text = ast.unparse(ast.fix_missing_locations(changed))
                compile(text, "<mutant>", "exec")
            except (SyntaxError, ValueError, TypeError, AttributeError):
                continue
            if text not in seen:
                seen.add(text)
                yield operator, text


Path = tuple[tuple[str, int | None], ...]


def _nodes(tree: ast.AST, path: Path = ()) -> Iterator[tuple[Path, ast.AST]]:
    for name, value in ast.iter_fields(tree):
        if isinstance(value, ast.AST):
            yield (*path, (name, None)), value
            yield from _nodes(value, (*path, (name, None)))
        elif isinstance(value, list):
            for n, one in enumerate(value):
                if isinstance(one, ast.AST):
                    yield (*path, (name, n)), one
                    yield from _nodes(one, (*path, (name, n)))


def _replaced(tree: ast.AST, path: Path, new: list[ast.stmt] | ast.AST) -> ast.AST:
    root = copy.deepcopy(tree)
    holder = root
    for name, n in path[:-1]:
        holder = getattr(holder, name) if n is None else getattr(holder, name)[n]
    name, n = path[-1]
    if n is None:
        setattr(holder, name, new)
    elif isinstance(new, list):
        getattr(holder, name)[n : n + 1] = copy.deepcopy(new) or (
            [ast.Pass()] if len(getattr(holder, name)) == 1 else []
        )
    else:
        getattr(holder, name)[n] = copy.deepcopy(new)
    return root


def _slips(tree: ast.AST, node: ast.AST) -> Iterator[tuple[str, list[ast.stmt] | ast.AST]]:
    if isinstance(node, ast.expr):
        yield from _in_expression(tree, node)
    elif isinstance(node, ast.stmt):
        yield from _in_statement(node)


def _in_expression(tree: ast.AST, node: ast.expr) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare(left=left, ops=[op], comparators=[right]):
            for other in COMPARE.get(type(op), ()):
                yield "comparison", ast.Compare(left=left, ops=[other()], comparators=[right])
        case ast.BinOp(left=left, op=op, right=right):
            for new in ARITHMETIC.get(type(op), ()):
                yield "arithmetic", ast.BinOp(left=left, op=new(), right=right)
            yield "operands swapped", ast.BinOp(left=right, op=op, right=left)
            yield "operand left out", left
        case ast.BoolOp(op=op, values=values):
            yield "and, or", ast.BoolOp(op=ast.Or() if isinstance(op, ast.And) else ast.And(), values=values)
            for n in range(len(values)):
                rest = values[:n] + values[n + 1 :]
                yield "condition left out", rest[0] if len(rest) == 1 else ast.BoolOp(op=op, values=rest)
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield "not or minus left out", operand
        case ast.Constant(value=bool() as value):
            yield "constant", ast.Constant(not value)
        case ast.Constant(value=int() as value):
            for new in {value + 1, value - 1, 0, 1} - {value}:
                yield "constant", ast.Constant(new)
        case ast.Constant(value=str() as value) if value:
            yield "text", ast.Constant(value.swapcase() if value.swapcase() != value else value + value)
            yield "text", ast.Constant("")
        case ast.Constant(value=str()):
            yield "text", ast.Constant(" ")
        case ast.Constant(value=None):
            yield "constant", ast.Constant(0)
        case ast.List(elts=[]):
            yield "start value", ast.List(elts=[ast.Constant(0)], ctx=ast.Load())
        case ast.Call(func=ast.Name(id="range"), args=args):
            yield from _range(node, args)
        case ast.Call(func=func, args=args, keywords=keywords):
            if len(args) == 2:
                yield "arguments swapped", ast.Call(func=func, args=args[::-1], keywords=keywords)
            if args and not keywords:
                yield "call left out", args[0]
            if isinstance(func, ast.Attribute):
                for method in METHODS.get(func.attr, ()):
                    other = ast.Attribute(value=func.value, attr=method, ctx=ast.Load())
                    yield "method", ast.Call(func=other, args=args, keywords=keywords)
                if not args:
                    yield "method left out", func.value
            elif isinstance(func, ast.Name):
                for name in CALLS.get(func.id, ()):
                    yield "function", ast.Call(func=ast.Name(name, ast.Load()), args=args, keywords=keywords)
        case ast.Subscript(value=value, slice=ast.Slice(lower=lower, upper=upper, step=step)):
            if step is not None:
                yield "slice", ast.Subscript(value=value, slice=ast.Slice(lower, upper, None), ctx=ast.Load())
            yield "slice", value
            if upper is None:
                cut = ast.Slice(lower, ast.Constant(-1), step)
                yield "slice", ast.Subscript(value=value, slice=cut, ctx=ast.Load())
        case ast.Name(id=name, ctx=ast.Load()):
            for other in _other_names(tree, name):
                yield "wrong variable", ast.Name(other, ast.Load())
        case ast.IfExp(body=body, orelse=orelse):
            yield "branch", body
            yield "branch", orelse


def _range(node: ast.Call, args: list[ast.expr]) -> Iterator[tuple[str, ast.AST]]:
    end = 0 if len(args) == 1 else 1
    for n, by in ((end, 1), (end, -1), (0, 1), (0, -1)):
        moved = list(args)
        moved[n] = ast.BinOp(left=args[n], op=ast.Add() if by > 0 else ast.Sub(), right=ast.Constant(1))
        yield "range", ast.Call(func=node.func, args=moved, keywords=[])
    if len(args) > 1:
        yield "range", ast.Call(func=node.func, args=[args[1]], keywords=[])


def _other_names(tree: ast.AST, name: str) -> list[str]:
    bound = [n.id for n in ast.walk(tree) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)]
    bound += [a.arg for a in ast.walk(tree) if isinstance(a, ast.arg)]
    return sorted(set(bound) - {name})[:3] if name in bound else []


def _in_statement(node: ast.stmt) -> Iterator[tuple[str, list[ast.stmt] | ast.AST]]:
    if not isinstance(node, ast.FunctionDef | ast.Import | ast.ImportFrom | ast.Pass):
        yield "statement left out", []
    match node:
        case ast.Return(value=ast.expr() as value):
            call = ast.Call(func=ast.Name("print", ast.Load()), args=[value], keywords=[])
            yield "print for return", [ast.Expr(call)]
            yield "value not returned", [ast.Expr(value)]
            yield "None returned", [ast.Return(ast.Constant(None))]
        case ast.If(test=test, body=body, orelse=orelse):
            yield "condition turned", ast.If(test=ast.UnaryOp(ast.Not(), test), body=body, orelse=orelse)
            yield "always", body
            yield "never", orelse
            if orelse:
                yield "else left out", ast.If(test=test, body=body, orelse=[])
                yield "else lost", [ast.If(test=test, body=body, orelse=[]), *orelse]
        case ast.While(test=test, body=body):
            yield "while turned", ast.While(test=ast.UnaryOp(ast.Not(), test), body=body, orelse=[])
            yield "if for while", ast.If(test=test, body=body, orelse=[])
        case ast.AugAssign(target=target, op=op, value=value):
            for new in ARITHMETIC.get(type(op), ()):
                yield "augmented", ast.AugAssign(target=target, op=new(), value=value)
            yield "plain for augmented", ast.Assign(targets=[target], value=value, lineno=1)
        case ast.Break():
            yield "continue for break", ast.Continue()
        case ast.Continue():
            yield "break for continue", ast.Break()
        case ast.Assign(targets=[ast.Tuple(elts=[_, _] as names)], value=ast.Tuple(elts=[_, _] as values)):
            steps = [ast.Assign([n], v, lineno=1) for n, v in zip(names, values, strict=True)]
            yield "one after the other", steps
    for name in BODIES:
        block = getattr(node, name, None)
        if block and isinstance(block[-1], ast.For | ast.While) and not isinstance(node, ast.Module):
            yield "break at once", _with(node, name, [*block[:-1], _broken(block[-1])])
        if not block or len(block) < 2:
            continue
        last, before = block[-1], block[-2]
        if isinstance(last, ast.Return) and isinstance(before, ast.For | ast.While):
            inner = copy.deepcopy(before)
            inner.body = [*inner.body, last]
            yield "return in the loop", _with(node, name, [*block[:-2], inner])
        for n in range(len(block) - 1):
            if isinstance(block[n + 1], ast.For | ast.While) and isinstance(block[n], ast.Assign):
                inner = copy.deepcopy(block[n + 1])
                inner.body = [block[n], *inner.body]  # type: ignore[attr-defined]
                yield "start value in the loop", _with(node, name, [*block[:n], inner, *block[n + 2 :]])


def _with(node: ast.stmt, name: str, block: list[ast.stmt]) -> ast.stmt:
    new = copy.deepcopy(node)
    setattr(new, name, block)
    return new


def _broken(loop: ast.stmt) -> ast.stmt:
    new = copy.deepcopy(loop)
    new.body = [*new.body, ast.Break()]  # type: ignore[attr-defined]
    return new
