"""An exception as data: what it says, where in the learner's source, and what name may have been meant."""

from __future__ import annotations

import builtins
import difflib
import re
import sys
from collections.abc import Iterable, Mapping
from types import TracebackType
from typing import Final

from checkers.run import Raised

MOST: Final = 500
"""So much of an exception's text is kept, in characters."""
COMMON_MODULES: Final = ("pandas", "numpy", "matplotlib")


def raised_by(error: BaseException, filename: str, names: Mapping[str, object] | None = None) -> Raised:
    """Put an exception into words.

    `filename` is what the learner's source was compiled as (lines are counted there), `names` the namespace
    that it ran in (to find near names). Never raises, whatever the exception does.
    """
    line = error.lineno if isinstance(error, SyntaxError) else _line(error.__traceback__, filename)
    name = getattr(error, "name", None)
    name = name if type(name) is str else None
    if (
        isinstance(error, UnboundLocalError)
        and name is None
        and (quoted := re.search(r"'(\w+)'", _text(error)))
    ):
        name = quoted[1]
    try:
        near = _near(error, name, names or {})
    except Exception:
        near = None  # a learner's object may raise when it is looked at
    return Raised(type=type(error).__name__, text=_text(error), line=line, name=name, near=near)


def _text(error: BaseException) -> str:
    try:
        text = str(error.msg) if isinstance(error, SyntaxError) else str(error)
    except Exception:
        return ""
    return text.encode("utf-8", "replace").decode()[:MOST]


def _line(traceback: TracebackType | None, filename: str) -> int | None:
    """The innermost line of the learner's own source."""
    line = None
    while traceback is not None:
        if traceback.tb_frame.f_code.co_filename == filename:
            line = traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _near(error: BaseException, name: str | None, names: Mapping[str, object]) -> str | None:
    if type(error) is NameError and name:
        local: list[str] = []
        traceback = error.__traceback__
        while traceback is not None:
            local, traceback = list(traceback.tb_frame.f_locals), traceback.tb_next
        return nearest(name, [*local, *names, *dir(builtins)])
    if isinstance(error, AttributeError) and name:
        return nearest(name, [n for n in dir(error.obj) if not n.startswith("_")])
    if isinstance(error, ModuleNotFoundError) and name:
        return nearest(name, [*COMMON_MODULES, *sys.stdlib_module_names])
    if type(error) is KeyError and error.args and type(error.args[0]) is str:
        return nearest(error.args[0], _keys(names))
    return None


def _keys(names: Mapping[str, object]) -> list[str]:
    """The keys of the dicts and the columns of the tables that a namespace holds."""
    keys: list[str] = []
    for name, value in list(names.items()):
        if name.startswith("__"):
            continue
        if type(value) is dict:
            keys += [k for k in value if type(k) is str]
        elif type(value).__module__.partition(".")[0] == "pandas" and type(value).__name__ == "DataFrame":
            keys += [k for k in value.columns if type(k) is str]  # type: ignore[attr-defined]
    return keys


def nearest(name: str, names: Iterable[str], cutoff: float = 0.72) -> str | None:
    """The name most like this one, if one is alike (capitals aside first); None if it is there itself."""
    known = [n for n in dict.fromkeys(names) if type(n) is str]
    if name in known:
        return None
    same = [n for n in known if n.casefold() == name.casefold()]
    return next(iter(same or difflib.get_close_matches(name, known, n=1, cutoff=cutoff)), None)
