"""What a class's events say: who stands where, who needs somebody now, how each question does.

Everything here is computed from the event log (one learner's, a class's, or one in PostgreSQL).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from courseware.insights.source import Source, find

__all__ = ["Source", "find"]


def __getattr__(name: str) -> object:
    if name in __all__:
        from courseware.insights import source

        return getattr(source, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
