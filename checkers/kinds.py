"""What kind of thing a value is, in words, without asking the value: objects may lie, or raise when asked."""

from __future__ import annotations

import types
from typing import Final

WORDS: Final[dict[type, str]] = {
    type(None): "`None`",
    bool: "a yes/no value (`True` or `False`)",
    int: "a whole number",
    float: "a number with a point",
    complex: "a complex number",
    str: "a text",
    bytes: "raw bytes",
    list: "a list",
    tuple: "a tuple",
    dict: "a dict",
    set: "a set",
    frozenset: "a set",
    range: "a range",
    type: "a type",
    types.ModuleType: "a module",
    types.FunctionType: "a function",
    types.BuiltinFunctionType: "a function",
    types.MethodType: "a method that is not called",
    types.GeneratorType: "a generator",
}
LIBRARY: Final[dict[tuple[str, str], str]] = {
    ("pandas", "DataFrame"): "a table (DataFrame)",
    ("pandas", "Series"): "a single column (Series)",
    ("pandas", "Timestamp"): "a point in time",
    ("pandas", "Timedelta"): "a length of time",
    ("pandas", "Categorical"): "a Categorical",
    ("numpy", "ndarray"): "a NumPy array",
    ("numpy", "bool"): "a yes/no value (`True` or `False`)",
    ("numpy", "bool_"): "a yes/no value (`True` or `False`)",
    ("numpy", "str_"): "a text",
}


def library_of(value: object) -> str:
    """The top package that a value's type comes from: "builtins", "pandas", "numpy" …"""
    module = type(value).__module__
    return module.partition(".")[0] if type(module) is str else ""


def kind_of(value: object) -> str:
    """The kind of a value, for a sentence: "a whole number", "a table (DataFrame)", "a `Counter`"."""
    if type(value) is dict and value.get("is") == "figure":  # as checkers.figure describes one
        return "a plot"
    if type(value) in WORDS:
        return WORDS[type(value)]
    name, library = type(value).__name__, library_of(value)
    if (library, name) in LIBRARY:
        return LIBRARY[library, name]
    if library == "numpy" and name.startswith(("int", "uint")):
        return WORDS[int]
    if library == "numpy" and name.startswith("float"):
        return WORDS[float]
    if library == "pandas" and name.endswith("Index"):
        return "an Index"
    if library == "pandas" and "GroupBy" in name:
        return "groups that nothing has been worked out for yet (GroupBy)"
    if isinstance(value, type):
        return WORDS[type]
    article = "an" if name[:1].lower() in "aeiou" else "a"
    return f"{article} `{name[:40]}`"


def plain(value: object) -> object:
    """A NumPy scalar (or an array of no dimensions) as Python's own; any other value itself."""
    if library_of(value) == "numpy":
        import numpy as np  # it is there: the value is NumPy's

        if isinstance(value, np.generic) or (type(value) is np.ndarray and value.ndim == 0):
            return value.item()
    return value
