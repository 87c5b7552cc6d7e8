"""Checkers: a response in, a Result out.

    >>> from checkers import Number
    >>> Number(84).grade("-84").feedback  # doctest: +ELLIPSIS
    'The size of your number fits, its sign does not. ...

Each name is loaded when it is first used, so that nobody pays for pandas who asks for a number.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from checkers.checker import Checker
    from checkers.choice import Choice, MultipleChoice
    from checkers.expression import Expression
    from checkers.fill_in import FillIn
    from checkers.first import First
    from checkers.fraction import Fraction
    from checkers.frame import Frame
    from checkers.free_text import FreeText
    from checkers.function import Function, Property
    from checkers.matching import Matching
    from checkers.message import Message
    from checkers.number import Number
    from checkers.ordering import Ordering
    from checkers.parts import Parts
    from checkers.plot import Plot
    from checkers.program import Program
    from checkers.result import FormatError, Part, Result
    from checkers.shade import Shade
    from checkers.source import Source
    from checkers.text import Text

__all__ = [
    "Checker",
    "Choice",
    "Expression",
    "FillIn",
    "First",
    "FormatError",
    "Fraction",
    "Frame",
    "FreeText",
    "Function",
    "Matching",
    "Message",
    "MultipleChoice",
    "Number",
    "Ordering",
    "Part",
    "Parts",
    "Plot",
    "Program",
    "Property",
    "Result",
    "Shade",
    "Source",
    "Text",
]

_ROOMS: Final = {
    "Checker": "checker",
    "Choice": "choice",
    "Expression": "expression",
    "FillIn": "fill_in",
    "First": "first",
    "FormatError": "result",
    "Fraction": "fraction",
    "Frame": "frame",
    "FreeText": "free_text",
    "Function": "function",
    "Matching": "matching",
    "Message": "message",
    "MultipleChoice": "choice",
    "Number": "number",
    "Ordering": "ordering",
    "Part": "result",
    "Parts": "parts",
    "Plot": "plot",
    "Program": "program",
    "Property": "function",
    "Result": "result",
    "Shade": "shade",
    "Source": "source",
    "Text": "text",
}


def __getattr__(name: str) -> object:
    if name in _ROOMS:
        return getattr(import_module(f"checkers.{_ROOMS[name]}"), name)
    raise AttributeError(f"checkers has no {name!r}; it has {', '.join(__all__)}")


def __dir__() -> list[str]:
    return [*__all__]
