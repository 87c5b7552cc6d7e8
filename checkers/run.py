"""The seam between a checker and code that runs elsewhere: a job goes out, an outcome comes back.

A `Runner` runs a learner's source away from here, in a process that is killed at its limit.
`courseware` keeps one warm; used alone, checkers start a process for each check (`Subprocess`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Protocol


class Nothing:
    """The type of NOTHING: no value was made (None is a value)."""

    def __repr__(self) -> str:
        return "NOTHING"

    def __reduce__(self) -> str:
        return "NOTHING"


NOTHING: Final = Nothing()


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call to make once the source has run: the function's name and its arguments."""

    name: str
    args: tuple[object, ...] = ()
    kwargs: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An exception, as text: its type's name, what it says, and the line of the learner's source (from 1)."""

    type: str
    text: str
    line: int | None = None
    name: str | None = None
    """For a NameError, AttributeError or failed import: the name that was not there."""
    near: str | None = None
    """The nearest name that is there, if one is near."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """What one run or one call came to.

    Exactly one of these holds: `value` is there (it may be NOTHING), `raised` is there, or `timed_out`.
    `strange` says in a word or two why a value could not be brought back (its type's name, say).
    """

    value: object = NOTHING
    raised: Raised | None = None
    timed_out: bool = False
    strange: str | None = None
    output: str = ""
    args_after: tuple[object, ...] | None = None
    """A call's positional arguments as they were afterwards, if they changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """Source to run, and calls to make after it.

    `given`: lines of source that run first (imports); `names`: values copied into the namespace;
    the source's value is that of its last expression, or of the name that its last statement assigns.
    `limit` in seconds for the source, `call_limit` for each call, `total` for all of it.
    """

    source: str
    given: tuple[str, ...] = ()
    names: Mapping[str, object] = field(default_factory=dict)
    calls: tuple[Call, ...] = ()
    folder: str | None = None
    """Working directory, so that ``data/…`` can be read."""
    limit: float = 10.0
    call_limit: float = 2.0
    total: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a job came to: the source's own, and one for each call that was made (fewer after a time-out)."""

    made: Made
    calls: tuple[Made, ...] = ()


class Runner(Protocol):
    """Runs jobs away from here. Any thread may call it; it never raises for what the source does."""

    def run(self, job: Job) -> Outcome: ...

    def warm(self, given: tuple[str, ...]) -> None:
        """Jobs that start with these lines are to come soon: make ready in the background, or do nothing."""
