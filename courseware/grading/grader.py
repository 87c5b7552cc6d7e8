"""Grading: submissions in, graded notebooks out. Behind one protocol, so that verdicts can get stronger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final, Protocol, TypeGuard

from courseware.grading.assignment import Assignment, TrustedNotebook
from courseware.grading.engine.job import ENDED, Budget, Job, Run, StepRun
from courseware.grading.engine.launch import Launcher, open_launcher
from courseware.grading.engine.layers import Layers
from courseware.grading.engine.pool import run_all
from courseware.grading.outputs import shown
from courseware.grading.rebuild import Place, Rebuilt, rebuild
from courseware.grading.scoring import Score, score
from courseware.grading.submission import Submission
from courseware.grading.verdict.stepping import steps_of

LEANED: Final = "rests on == of the submission's own objects"


@dataclass(frozen=True, slots=True, kw_only=True)
class GradedNotebook:
    """One notebook as it was graded: with its outputs, as formgrader reads it, and the score of each cell.

    `there` says whether it was handed in at all. `mended` tells what was not as released, `outcome` how the
    run ended if not by itself.
    """

    name: str
    notebook: Mapping[str, Any]
    scores: tuple[Score, ...]
    untouched: frozenset[str] = frozenset()
    there: bool = True
    mended: tuple[str, ...] = ()
    outcome: str | None = None
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Graded:
    """A submission with all its notebooks graded."""

    submission: Submission
    notebooks: tuple[GradedNotebook, ...]

    @property
    def points(self) -> float:
        return sum(s.points or 0 for n in self.notebooks for s in n.scores)

    @property
    def flags(self) -> tuple[str, ...]:
        """What somebody should look at."""
        found = [n.outcome for n in self.notebooks if n.outcome]
        found += [f"{s.grade_id}: {s.flag}" for n in self.notebooks for s in n.scores if s.flag]
        found += [
            f"{s.grade_id}: {LEANED}" for n in self.notebooks for s in n.scores if s.leaned and s.points
        ]
        return tuple(found)

    @property
    def unverified(self) -> tuple[str, ...]:
        """The tests that ran beside what was submitted."""
        tested = ("passed", "failed")
        return tuple(
            s.grade_id for n in self.notebooks for s in n.scores if s.verdict in tested and not s.verified
        )

    @property
    def noticed(self) -> tuple[str, ...]:
        """What was out of the ordinary, and is dealt with: files left out, cells mended, limits met."""
        found = [f"left out {each}" for each in self.submission.left_out if not each.endswith(": hidden")]
        for notebook in self.notebooks:
            found += [*notebook.mended, *_limits_met(notebook.notebook["cells"])]
        return tuple(found)


LIMITS: Final = frozenset(
    {"OutOfTime", "MemoryError", "PermissionError", "OSError", "BlockingIOError", "FileNotFoundError"}
)
"""Errors by which a cell hears of a limit, or that what it wants is not there or not allowed."""


def _limits_met(cells: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    for cell in cells:
        for output in cell.get("outputs", ()):
            if output.get("output_type") == "error" and output.get("ename") in LIMITS:
                name = cell["metadata"].get("nbgrader", {}).get("grade_id", "a cell of their own")
                yield f"{name}: {output['ename']}: {str(output.get('evalue', ''))[:200]}"


class Engine(Protocol):
    """Grades. Every submission comes out once, in any order, whatever is in it."""

    def grade(self, assignment: Assignment, submissions: Iterable[Submission]) -> Iterator[Graded]: ...

    def close(self) -> None: ...


Key = tuple[str, str]
"""A student and an attempt."""


@dataclass(slots=True, kw_only=True)
class _Open:
    """A submission whose notebooks are being run."""

    submission: Submission
    left: int
    done: dict[str, GradedNotebook] = field(default_factory=dict)


class Sandbox:
    """An engine that runs each notebook behind the machine's layers.

    The tests of a notebook with a profile run in a process of their own, if the machine can keep it apart
    and `verify` is not False; other tests run where the submission runs (docs/security.md).
    """

    def __init__(
        self,
        imports: Iterable[str],
        *,
        workers: int = 1,
        budget: Budget | None = None,
        fork: bool | None = None,
        verify: bool = True,
    ) -> None:
        self._verify = verify
        self._workers = max(1, workers)
        self._budget = budget if budget is not None else Budget()
        self._launcher: Launcher = open_launcher(imports, workers=self._workers, fork=fork)

    @property
    def layers(self) -> Layers:
        """What stands between a submission and the rest. Waits until the engine is warm."""
        return self._launcher.layers

    @property
    def launcher(self) -> Launcher:
        return self._launcher

    @property
    def verifies(self) -> bool:
        """Whether it keeps tests apart from submissions. Waits until the engine is warm."""
        return self._verify and self.layers.strong

    def close(self) -> None:
        self._launcher.close()

    def grade(self, assignment: Assignment, submissions: Iterable[Submission]) -> Iterator[Graded]:
        opened: dict[Key, _Open] = {}
        rebuilt: dict[tuple[Key, str], Rebuilt] = {}

        def jobs() -> Iterator[tuple[tuple[Key, str], Job | None]]:
            for submission in submissions:
                one = _Open(submission=submission, left=len(assignment.notebooks))
                this = submission.student, submission.attempt
                opened[this] = one
                for trusted in assignment.notebooks:
                    key = this, trusted.name
                    raw = submission.notebooks.get(trusted.name)
                    rebuilt[key] = rebuild(trusted, raw if there(raw) else None)
                    job = self._job(assignment, trusted, submission, rebuilt[key])
                    yield key, job if there(raw) else None

        for (this, name), run in run_all(self._launcher, jobs(), self._workers):
            one = opened[this]
            trusted = next(each for each in assignment.notebooks if each.name == name)
            raw = one.submission.notebooks.get(name)
            one.done[name] = _graded(trusted, rebuilt.pop((this, name)), run, raw)
            one.left -= 1
            if one.left == 0:
                del opened[this]
                names = [each.name for each in assignment.notebooks]
                yield Graded(submission=one.submission, notebooks=tuple(one.done[n] for n in names))

    def _job(
        self, assignment: Assignment, trusted: TrustedNotebook, submission: Submission, made: Rebuilt
    ) -> Job:
        files = {**submission.files, **assignment.files}  # the instructor's own stand before those handed in
        apart = trusted.profile if trusted.profile is not None and self.verifies else None
        return Job(
            steps=tuple(steps_of(made)),
            files={name: str(path) for name, path in files.items()},
            own={name: str(path) for name, path in assignment.files.items()},
            budget=self._budget,
            profile=None if apart is None else apart.told(),
        )


GRADED: Final = "courseware-graded"
"""Where a graded cell's metadata says what came of it."""


def _told(score: Score) -> dict[str, Any]:
    assertions = [[each.line, each.holds, each.says] for each in score.assertions]
    told = {"verdict": score.verdict, "points": score.points, "most": score.most, "says": score.says}
    more = {"leaned": True} if score.leaned else {}
    return {**told, "flag": score.flag, "verified": score.verified, "assertions": assertions, **more}


def there(raw: Mapping[str, Any] | str | None) -> TypeGuard[Mapping[str, Any]]:
    """Whether a notebook was handed in, and can be read."""
    return isinstance(raw, Mapping)


def _graded(
    trusted: TrustedNotebook, made: Rebuilt, run: Run, raw: Mapping[str, Any] | str | None
) -> GradedNotebook:
    """Put together what was run: outputs into their cells, and a score for each graded cell."""
    ran = there(raw)
    outcome = raw if isinstance(raw, str) else None
    if ran and run.end != "finished":
        outcome = run.why or ENDED[run.end]
    scores: list[Score] = []
    cells: list[dict[str, Any]] = []
    untouched: set[str] = set()
    number = 0
    for place in made.places:
        step: StepRun | None = None
        if place.runs:
            step = run.steps.get(number) if ran else None
            number += 1
        cell, known = dict(place.cell), place.trusted
        if cell["cell_type"] == "code":
            cell["outputs"] = shown(place, step, outcome)
        if known is not None:
            source = str(cell["source"])
            if not known.ours and source == known.source:
                untouched.add(known.grade_id)
            if known.grade or known.task:
                scores.append(_score(place, step, run, there=ran, why=outcome))
                cell["metadata"] = {**cell["metadata"], GRADED: _told(scores[-1])}
        cells.append(cell)
    return GradedNotebook(
        name=trusted.name,
        notebook={
            "cells": cells,
            "metadata": {"kernelspec": dict(trusted.kernelspec)},
            "nbformat": 4,
            "nbformat_minor": 5,
        },
        scores=tuple(scores),
        untouched=frozenset(untouched),
        there=raw is not None,
        mended=made.mended if ran else (),
        outcome=outcome,
        seconds=run.seconds,
    )


def _score(place: Place, step: StepRun | None, run: Run, *, there: bool, why: str | None) -> Score:
    known = place.trusted
    assert known is not None
    if not there:
        return Score(
            grade_id=known.grade_id, points=0.0, most=float(known.points or 0), verdict="none", flag=why
        )
    return score(known, step, run, source=str(place.cell["source"]))
