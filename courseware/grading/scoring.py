"""What a graded cell is worth: nbgrader's rules, but that a test passes only if it was seen to pass.

Where this differs from nbgrader 0.9.6 on purpose (docs/educators.md lists it):

- a test that did not run to its end is worth 0 and is flagged (nbgrader: no output means full marks);
- what a test prints to standard error costs nothing (nbgrader: everything);
- a number shown before an exception is not taken for points (nbgrader: it is);
- False, NaN, negative numbers and numbers above the cell's points are worth 0 and are flagged (nbgrader:
  full marks for the first three, an error that stops the batch for the last).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from courseware.grading.assignment import TrustedCell
from courseware.grading.engine.job import ENDED, Assertion, Run, StepRun

Verdict = Literal["passed", "failed", "none", "person"]
"""Of a test: it ran to its end; it did not; nothing is known. Or a person decides."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """What one graded cell got: `points` is None where a person decides.

    `flag` is a sentence for the instructor where something has to be looked at; `verified` says whether the
    verdict came from a process that the submission had no part in; `leaned` that it rests on an operator of
    the submission's own objects.
    """

    grade_id: str
    points: float | None
    most: float
    verdict: Verdict
    assertions: tuple[Assertion, ...] = ()
    says: str = ""
    flag: str | None = None
    verified: bool = False
    leaned: bool = False


def score(cell: TrustedCell, step: StepRun | None, run: Run, *, source: str) -> Score:
    """The score of a graded cell whose test ran as `step` (None: it has no verdict), in a notebook's `run`.

    `source` is what the student handed in for a cell that a person grades: an untouched one is worth 0.
    """
    most = float(cell.points or 0)
    if not cell.is_test:
        untouched = cell.grade and cell.checksum is not None and source == cell.source
        got = 0.0 if untouched else None
        return Score(grade_id=cell.grade_id, points=got, most=most, verdict="person")
    if step is None:
        why = run.why or ENDED[run.end] if run.end != "finished" else "The test was not run."
        return Score(
            grade_id=cell.grade_id, points=0.0, most=most, verdict="none", flag=why, verified=run.apart
        )
    if not step.ok:
        points = most * _share(step.assertions) if cell.partial else 0.0
        return Score(
            grade_id=cell.grade_id,
            points=points,
            most=most,
            verdict="failed",
            assertions=step.assertions,
            says=step.says,
            verified=step.verified,
        )
    points, flag = _shown(step.outputs, most)
    return Score(
        grade_id=cell.grade_id,
        points=points,
        most=most,
        verdict="passed" if flag is None else "failed",
        assertions=step.assertions,
        flag=flag,
        verified=step.verified,
        leaned=step.leaned,
    )


def _share(assertions: Sequence[Assertion]) -> float:
    return sum(a.holds for a in assertions) / len(assertions) if assertions else 0.0


def _shown(outputs: Sequence[object], most: float) -> tuple[float, str | None]:
    """The points that a passed test shows as its last line, as nbgrader's partial credit; else all."""
    for output in outputs:
        if isinstance(output, dict) and output.get("output_type") == "execute_result":
            text = str(output.get("data", {}).get("text/plain", "")).strip()
            if text == "False":
                return 0.0, "The test ended with False: write it as an assertion."
            try:
                points = float(text)
            except ValueError:
                return most, None
            if 0 <= points <= most:
                return points, None
            return 0.0, f"The test showed {text[:40]}, which is no number of points from 0 to {most:g}."
    return most, None
