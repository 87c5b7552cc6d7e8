"""How one notebook's tests are to be run: found out at release, from the instructor's own notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, Final

VERSION: Final = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Fallback:
    """A test that runs beside the submission's code: why it has to, and what its author can write instead."""

    why: str
    mend: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """How a notebook's tests run.

    `names` come from the submission; `shared` are those that its code may look up although a test bound
    them. `own` are the instructor's unmarked cells that tests lean on, by the marked cell that they stand
    before; `binds` the names that each solution cell binds. `sites` are where, in each test, objects of the
    submission may stand (sites.py). `fallbacks` are the tests that cannot run verified.
    """

    names: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()
    own: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    binds: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sites: Mapping[str, tuple[str, ...]] | None = field(default_factory=dict)
    fallbacks: Mapping[str, Fallback] = field(default_factory=dict)

    def told(self) -> dict[str, Any]:
        """As JSON: for a file, and for the process that runs the tests."""
        return {"version": VERSION, **asdict(self)}


def read(data: Any) -> Profile | None:
    """A profile as it was kept; None for what is none, or one of another version."""
    if not isinstance(data, dict) or data.get("version") != VERSION:
        return None
    try:
        sites = data["sites"]
        return Profile(
            names=tuple(data["names"]),
            shared=tuple(data["shared"]),
            own=_tuples(data["own"]),
            binds=_tuples(data["binds"]),
            sites=None if sites is None else _tuples(sites),
            fallbacks={cell: Fallback(**each) for cell, each in data["fallbacks"].items()},
        )
    except (KeyError, TypeError, AttributeError):
        return None


def _tuples(data: Mapping[str, Any]) -> dict[str, tuple[str, ...]]:
    return {key: tuple(values) for key, values in data.items()}
