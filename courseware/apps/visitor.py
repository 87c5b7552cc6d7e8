"""Who is at a page."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """A learner at a browser.

    `session` is one sign-in, "" where nobody signs in; `name` is what the pages call the learner.
    """

    learner: str
    session: str = ""
    name: str = ""
