"""One notebook to run, the limits that it runs under, and what came of it. Plain data, JSON both ways."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Literal

End = Literal["finished", "time", "memory", "output", "ended", "started"]
"""How a run ended: by itself; at one of its limits; by ending the process; or it could not even start."""

ENDED: Final[Mapping[End, str]] = {
    "finished": "The notebook ran to its end.",
    "time": "The notebook was stopped at its time limit.",
    "memory": "The notebook was stopped at its memory limit.",
    "output": "The notebook was stopped: it made more output than can be kept.",
    "ended": "The notebook ended the process that it ran in.",
    "started": "The notebook could not be started.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Budget:
    """What one notebook may use. Bytes of output count as they are kept; disk is for all files together."""

    cell_seconds: float = 30
    notebook_seconds: float = 180
    memory_mb: int = 1024
    disk_mb: int = 64
    output_bytes: int = 4_000_000
    cell_output_bytes: int = 400_000
    cells: int = 2_000
    threads: int = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One code cell to run. Of a `test` it is told which of its assertions hold.

    `name` is that of a marked cell; `ours` says that the source is the instructor's.
    """

    source: str
    test: bool = False
    name: str = ""
    ours: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """A notebook's code cells in order, and the files beside it: names in its folder, and where they lie.

    With a `profile` (as Profile.told) the tests run in a process of their own, which sees of the files those
    that are the instructor's (`own`).
    """

    steps: tuple[Step, ...]
    files: Mapping[str, str] = field(default_factory=dict)
    budget: Budget = field(default_factory=Budget)
    own: Mapping[str, str] = field(default_factory=dict)
    profile: Mapping[str, Any] | None = None

    def told(self) -> dict[str, Any]:
        """As JSON for the process that runs it."""
        return {
            "steps": [[step.source, step.test, step.name, step.ours] for step in self.steps],
            "files": dict(self.files),
            "own": dict(self.own),
            "profile": self.profile,
            "budget": {name: getattr(self.budget, name) for name in Budget.__dataclass_fields__},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Assertion:
    """One assertion of a test: the line that it begins on (from 1), whether it holds, what it says if not."""

    line: int
    holds: bool
    says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StepRun:
    """What became of one cell: whether it ran to its end, its outputs (nbformat 4), what was raised.

    `verified` says that it ran apart from the submission; `leaned`, that an operator of the submission's own
    objects was asked for a verdict.
    """

    ok: bool
    outputs: tuple[Mapping[str, Any], ...] = ()
    error: str | None = None
    says: str = ""
    assertions: tuple[Assertion, ...] = ()
    seconds: float = 0.0
    verified: bool = False
    leaned: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """What came of a job: `steps` holds those cells that ended, by their numbers; `end` is how all ended.

    `why` is there for one that could not be started; `apart` says that the tests had a process of their own.
    `learned` is where objects of the submission stood, by
    test, when a profile is made.
    """

    steps: Mapping[int, StepRun]
    end: End
    why: str = ""
    seconds: float = 0.0
    apart: bool = False
    learned: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
