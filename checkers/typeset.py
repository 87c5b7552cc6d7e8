"""A formula as LaTeX, the way that books set it: to show someone how theirs was read."""

from __future__ import annotations

from typing import Final

from checkers.formula import Call, Name, Neg, Num, Power, Product, Quotient, Sum, Tree

LETTERS: Final = frozenset(
    "alpha beta gamma delta epsilon theta lambda mu phi pi rho sigma tau omega".split()  # noqa: SIM905
)
FUNCTIONS: Final = {"asin": "arcsin", "acos": "arccos", "atan": "arctan", "log": "ln"}


def latex(tree: Tree) -> str:
    """LaTeX that says what was read: all brackets that count, and no others."""
    match tree:
        case Num(value=number, decimal=decimal):
            if decimal:
                return str(float(number))
            whole = number.denominator == 1
            return str(number) if whole else rf"\frac{{{number.numerator}}}{{{number.denominator}}}"
        case Name(name=name):
            return _name(name)
        case Sum(terms=terms):
            first, *others = terms
            return latex(first) + "".join(
                f" - {_inside(t.inner, Sum, Neg)}" if isinstance(t, Neg) else f" + {latex(t)}" for t in others
            )
        case Product(factors=factors):
            text = ""
            for factor in factors:
                part = _inside(factor, Sum, Neg)
                sign = (
                    r" \cdot "
                    if text and part[0] in r"0123456789\-" and not part.startswith(r"\left")
                    else " "
                )
                text += (sign if text else "") + part
            return text
        case Quotient(top=top, bottom=bottom):
            return rf"\frac{{{latex(top)}}}{{{latex(bottom)}}}"
        case Neg(inner=inner):
            return f"-{_inside(inner, Sum, Neg)}"
        case Power(base=base, exponent=exponent):
            return rf"{{{_inside(base, Sum, Neg, Product, Quotient, Power, Call)}}}^{{{latex(exponent)}}}"
        case Call(function="sqrt", inner=inner):
            return rf"\sqrt{{{latex(inner)}}}"
        case Call(function="abs", inner=inner):
            return rf"\left| {latex(inner)} \right|"
        case Call(function="exp", inner=inner):
            return rf"e^{{{latex(inner)}}}"
        case Call(function=function, inner=inner):
            return rf"\{FUNCTIONS.get(function, function)}\left( {latex(inner)} \right)"


def _inside(tree: Tree, *loose: type) -> str:
    fraction = isinstance(tree, Num) and tree.value.denominator != 1 and Power in loose
    return rf"\left( {latex(tree)} \right)" if isinstance(tree, loose) or fraction else latex(tree)


def _name(name: str) -> str:
    word, _, index = name.partition("_")
    long = f"\\{word}" if word in LETTERS else rf"\mathrm{{{word}}}"
    text = word if len(word) == 1 else long
    return rf"{text}_{{{index}}}".replace("__", "_") if index else text
