"""A rebuilt notebook as the steps of a job."""

from __future__ import annotations

from courseware.grading.engine.job import Step
from courseware.grading.rebuild import Rebuilt


def steps_of(made: Rebuilt) -> list[Step]:
    return [
        Step(
            source=place.cell["source"],
            test=place.trusted is not None and place.trusted.is_test,
            name="" if place.trusted is None else place.trusted.grade_id,
            ours=place.trusted is not None and place.trusted.ours,
        )
        for place in made.places
        if place.runs
    ]
