"""The front end: small hand-written files, joined in a stated order into one ES module for each widget."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

_SHARED: Final = ("dom.js", "level.js", "links.js", "maths.js", "talk.js")
_CONTROLS: Final = (
    "choice.js",
    "entry.js",
    "ordering.js",
    "matching.js",
    "shade.js",
    "words.js",
    "code.js",
    "several.js",
)

CHECK: Final = (*_SHARED, *_CONTROLS, "check.js")
PROGRESS: Final = (*_SHARED, "progress.js")
LOOK: Final = ("tokens.css", "level.css", "check.css", "controls.css", "shade.css", "progress.css")


def script(names: tuple[str, ...]) -> str:
    """The files as one module. None imports anything; the last one exports what a widget needs."""
    return "\n".join(_read(name) for name in names)


def look() -> str:
    """All styles: one sheet, so that two kinds of widget on a page agree."""
    return "\n".join(_read(name) for name in LOOK)


def maths_font() -> bytes:
    """The font in which formulae are set (woff2), for the page that asks for it."""
    return (files(__package__) / "static" / "stix-two-math.woff2").read_bytes()


@cache
def _read(name: str) -> str:
    return (files(__package__) / "static" / name).read_text(encoding="utf-8")
