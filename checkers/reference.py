"""What a reference solution gives: an author's source, run away from here, or a function of ours, called."""

from __future__ import annotations

import copy
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from checkers.alike import alike
from checkers.definition import without_main
from checkers.explain import explain
from checkers.raised import raised_by
from checkers.run import Call, Job, Made, Runner

PATIENCE: Final = 2.0
"""So long a reference may take for calls that its author did not write, in seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reference:
    """A right solution: `source` that defines a function called `name`, or a callable."""

    name: str
    solution: str | Callable[..., object]
    given: tuple[str, ...]
    runner: Runner

    def gives(self, args: Sequence[tuple[object, ...]]) -> Sequence[Made]:
        """What it gives for each; raises ValueError if it does not run through."""
        if callable(self.solution):
            return [called(self.solution, a) for a in args]
        outcome = self.runner.run(self._job(self.solution, args, 10.0))
        if outcome.made.raised or outcome.made.timed_out or len(outcome.calls) < len(args):
            why = explain(outcome.made).text
            raise ValueError(f"the reference of Function {self.name!r} does not run: {why}")
        return outcome.calls

    def tries(self, args: Sequence[tuple[object, ...]]) -> list[Made]:
        """What it gives for each, as far as it comes: nothing is said if it does not end."""
        if not args:
            return []
        if callable(self.solution):
            return _within(self.solution, args)
        return list(self.runner.run(self._job(self.solution, args, PATIENCE)).calls)

    def _job(self, source: str, args: Sequence[tuple[object, ...]], total: float) -> Job:
        calls = tuple(Call(name=self.name, args=a) for a in args)
        return Job(source=without_main(source), given=self.given, calls=calls, total=total)


def called(function: Callable[..., object], args: tuple[object, ...]) -> Made:
    """What a function of ours comes to, with arguments of its own."""
    own = copy.deepcopy(args)
    try:
        value = function(*own)
    except Exception as error:
        return Made(raised=raised_by(error, ""))
    return Made(value=value, args_after=None if alike(own, args) else own)


def _within(function: Callable[..., object], args: Sequence[tuple[object, ...]]) -> list[Made]:
    """Call by call in a thread, as a call that its author did not think of may not end."""
    made: list[Made] = []

    def act() -> None:
        for one in args:
            made.append(called(function, one))  # noqa: PERF401 - what is there at the end is taken

    thread = threading.Thread(target=act, daemon=True, name="checkers-reference")
    thread.start()
    thread.join(PATIENCE)
    return list(made)
