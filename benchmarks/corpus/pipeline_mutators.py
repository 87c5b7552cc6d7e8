"""Slips put into right pipelines by their tree, whatever their tables: links and keywords left out, columns,
operators, functions and constants exchanged for others of the same kind.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator, Mapping

import pandas as pd

COMPARE: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Gt: (ast.GtE, ast.Lt, ast.Eq),
    ast.GtE: (ast.Gt, ast.LtE),
    ast.Lt: (ast.LtE, ast.Gt, ast.Eq),
    ast.LtE: (ast.Lt, ast.GtE),
    ast.Eq: (ast.NotEq, ast.GtE),
    ast.NotEq: (ast.Eq,),
}
BINARY: dict[type[ast.operator], tuple[type[ast.operator], ...]] = {
    ast.BitAnd: (ast.BitOr,),
    ast.BitOr: (ast.BitAnd,),
    ast.Div: (ast.Mult, ast.FloorDiv),
    ast.Mult: (ast.Div, ast.Add),
    ast.Sub: (ast.Add,),
    ast.Add: (ast.Sub,),
}
METHODS = {
    "mean": ("sum", "median", "count"),
    "sum": ("mean", "count"),
    "max": ("min", "mean"),
    "min": ("max",),
    "size": ("nunique", "count"),
    "gt": ("ge", "lt"),
    "ge": ("gt", "le"),
    "head": ("tail",),
    "notna": ("isna",),
    "unique": ("tolist",),
    "count": ("sum",),
}
QUERY = (
    (" > ", " >= "),
    (" > ", " < "),
    (" >= ", " > "),
    (" < ", " <= "),
    (" == ", " != "),
    (" and ", " or "),
    (" or ", " and "),
)


def mutants(program: str, given: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, str]]:
    """Each program that one slip makes of a right one, with the slip's name; none twice."""
    tree = ast.parse(program)
    seen = {ast.unparse(tree)}
    for number, node in enumerate(ast.walk(tree)):
        for slip, new in _slips(node, given):
            changed = copy.deepcopy(tree)
            place = list(ast.walk(changed))[number]
            text = ast.unparse(ast.fix_missing_locations(_Put(place, new).visit(changed)))
            if text not in seen:
                seen.add(text)
                yield slip, text


class _Put(ast.NodeTransformer):
    """Puts one node in the place of another."""

    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> ast.AST:
        return self.new if node is self.old else self.generic_visit(node)


def _slips(node: ast.AST, given: Mapping[str, pd.DataFrame]) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.Compare(ops=[op]):
            for other in COMPARE.get(type(op), ()):
                yield "other comparison", ast.Compare(node.left, [other()], node.comparators)
        case ast.BinOp(op=op):
            for other_op in BINARY.get(type(op), ()):
                yield "other operator", ast.BinOp(node.left, other_op(), node.right)
            if isinstance(op, ast.BitAnd | ast.BitOr):
                yield "one condition", node.left
                yield "one condition", node.right
            else:
                yield "exchanged", ast.BinOp(node.right, op, node.left)
        case ast.UnaryOp(op=ast.Invert()):
            yield "not turned", node.operand
        case ast.Call(func=ast.Attribute(value=before, attr=name)):
            yield "link left out", before
            for other_name in METHODS.get(name, ()):
                func = ast.Attribute(before, other_name, ast.Load())
                yield "other function", ast.Call(func, node.args, node.keywords)
            for n in range(len(node.keywords)):
                rest = [*node.keywords[:n], *node.keywords[n + 1 :]]
                yield "keyword left out", ast.Call(node.func, node.args, rest)
        case ast.Call(func=ast.Name(), args=[inside]):
            yield "function left out", inside
        case ast.Subscript(value=before, slice=inner):
            yield "brackets left out", before
            if isinstance(inner, ast.List) and len(inner.elts) > 1:
                yield (
                    "column left out",
                    ast.Subscript(before, ast.List(inner.elts[1:], ast.Load()), ast.Load()),
                )
        case ast.Attribute(value=value, attr=name):
            for other_name in _beside(name, given):
                yield "other column", ast.Attribute(value, other_name, ast.Load())
        case ast.Constant(value=bool(value)):
            yield "turned round", ast.Constant(not value)
        case ast.Constant(value=int(number)):
            for other_number in {number + 1, number - 1, number * 10, number // 2}:
                yield "other number", ast.Constant(other_number)
        case ast.Constant(value=str(text)):
            yield from (("other text", ast.Constant(one)) for one in _texts(text, given))


def _texts(text: str, given: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    yield from _beside(text, given)
    for old, new in QUERY:
        if old in text:
            yield text.replace(old, new)
    for word in text.replace("'", " ").split():
        for other in _beside(word, given) if " " in text else ():
            yield text.replace(word, other)
    for table in given.values():
        for column in table.columns:
            if table[column].nunique() < 200 and text in set(table[column].astype(str)):
                yield next((v for v in table[column].dropna().astype(str).unique() if v != text), text)
                return
    if text in ("left", "right", "inner"):
        yield {"left": "inner", "right": "left", "inner": "outer"}[text]
        yield {"left": "right", "right": "inner", "inner": "left"}[text]
    yield from METHODS.get(text, ())


def _beside(name: str, given: Mapping[str, pd.DataFrame]) -> Iterator[str]:
    """Two other columns of the same table and of the same kind."""
    for table in given.values():
        if name in table.columns:
            kind = pd.api.types.is_numeric_dtype(table[name])
            alike = [
                c for c in table.columns if pd.api.types.is_numeric_dtype(table[c]) == kind and c != name
            ]
            yield from alike[:2]
            return
