"""What Python's own documentation says of a name that was put where another one belongs."""

from __future__ import annotations

import builtins
import inspect
import re
import sys
from collections.abc import Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Final

MODULES: Final = {
    "np": "numpy",
    "numpy": "numpy",
    "pd": "pandas",
    "pandas": "pandas",
    "math": "math",
    "random": "random",
    "statistics": "statistics",
}
BUILT_IN: Final = (str, list, dict, set, tuple, int, float)
OF_TABLES: Final = (
    ("pandas", "DataFrame"),
    ("pandas", "Series"),
    ("pandas.api.typing", "DataFrameGroupBy"),
    ("pandas.api.typing", "SeriesGroupBy"),
    ("pandas", "Index"),
    ("pandas.core.strings.accessor", "StringMethods"),
    ("numpy", "ndarray"),
)
LONGEST: Final = 110
BEFORE: Final = re.compile(r"(?:(?<![\w.)\]])(\w+)|[\w)\]'\"}])\s*\.\s*$")


def documented(found: str, right: str, before: str) -> str | None:
    """The first sentence of the documentation of `found`, used where `right` belongs behind `before`.

    "" where what has the right one has nothing called `found`; None where that cannot be told: what stands
    before the dot may be of a kind that is not known here.
    """
    if not (found.isidentifier() and right.isidentifier()):
        return None
    dot = BEFORE.search(before)
    if dot is None:
        fits = hasattr(builtins, found) and hasattr(builtins, right) and callable(getattr(builtins, right))
        return _sentence(getattr(builtins, found)) if fits else None
    if dot[1] in MODULES:
        owners: Iterator[object] = _modules(MODULES[dot[1]])
    elif dot[1] and re.search(rf"\bimport\b[^\n]*\b{dot[1]}\b", before):
        return None
    else:
        owners = _types()
    known = False
    for owner in owners:
        if hasattr(owner, right):
            known = True
            if not found.startswith("_") and hasattr(owner, found):
                return _sentence(getattr(owner, found))
    return "" if known else None


def _modules(name: str) -> Iterator[object]:
    if name in sys.modules or find_spec(name) is not None:
        yield import_module(name)


def _types() -> Iterator[object]:
    """The kinds of things that a dot may follow; those of tables are looked at last, as they load slowly."""
    yield from BUILT_IN
    for module, name in OF_TABLES:
        for owner in _modules(module.partition(".")[0]):
            del owner  # the package is there
            kind = getattr(import_module(module), name, None)
            if kind is not None:
                yield kind


def _sentence(thing: object) -> str | None:
    """The first sentence that documents a thing, if it is short and in plain words."""
    lines = (inspect.getdoc(thing) or "").split("\n\n")
    for text in lines:
        words = " ".join(text.split())
        if not words or re.match(r"[\w.]+\(.*\)", words):
            continue  # how it is called
        sentence = words.partition(". ")[0].rstrip(".").replace("`", "").replace("*", "")
        return sentence if len(sentence) <= LONGEST and "::" not in sentence else None
    return None
