"""The front end: small hand-written files, joined in a stated order into one ES module for each widget.

Where the Jupyter server serves these modules (it says so in the environment of its kernels), a widget
brings only a few lines that fetch one; elsewhere it brings the whole.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass
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

CHECK: Final = (*_SHARED, *_CONTROLS, "card.js", "early.js", "check.js")
PROGRESS: Final = (*_SHARED, *_CONTROLS, "card.js", "task.js", "progress.js")
KINDS: Final[Mapping[str, tuple[str, ...]]] = {"check": CHECK, "progress": PROGRESS}
LOOK: Final = ("tokens.css", "level.css", "check.css", "controls.css", "shade.css", "progress.css")

SERVED: Final = "COURSEWARE_STATIC"
"""The environment variable that says where, below the server's base URL, the scripts are served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shared:
    """A script that all widgets of a kind on a page share, styles included, and the hash in its name."""

    text: str
    sha: str


def module(kind: str) -> str:
    """What a widget of this kind brings to the page: the lines that fetch its script, or all of it."""
    at = os.environ.get(SERVED)
    if not at:
        return script(KINDS[kind])
    address = f"{at.strip('/')}/{kind}.{shared(kind).sha}.js"
    return _read("fetch.js").replace('"ADDRESS"', json.dumps(address))


def style() -> str:
    """The styles that a widget brings: none where its script is fetched, and brings them."""
    return "" if os.environ.get(SERVED) else look()


@cache
def shared(kind: str) -> Shared:
    """The script of a kind of widget as it is served. Raises KeyError for a kind that there is not."""
    styles = _read("styles.js").replace('"STYLES"', json.dumps(look()))
    text = f"{script(KINDS[kind])}\n{styles}"
    return Shared(text=text, sha=hashlib.sha256(text.encode()).hexdigest()[:16])


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
