"""Which tests of a class's assignment can run apart from submissions: found out at release, or at grading."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from courseware.grading.assignment import Assignment
from courseware.grading.class_folder import ClassFolder
from courseware.grading.engine.job import Budget
from courseware.grading.gradebook import Gradebook
from courseware.grading.grader import Sandbox
from courseware.grading.trusted import imports_of, load_assignment, profiles_of
from courseware.grading.verdict.profile import Fallback
from courseware.grading.verdict.profiles import Checked, profiled


def check_tests(
    folder: ClassFolder,
    assignment: Assignment,
    engine: Sandbox,
    *,
    right: Sequence[Path] = (),
    wrong: Sequence[Path] = (),
) -> Checked:
    """The assignment with its profiles, by the sources in the class's folder."""
    return profiled(
        assignment,
        folder.source(assignment.name),
        profiles_of(folder, assignment.name),
        engine.launcher,
        budget=budget_of(folder),
        right=right,
        wrong=wrong,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class TestsChecked:
    """What the author of an assignment should know of its tests.

    `fallbacks` are those that run beside what is submitted, by name; `unfair` tells of right solutions that
    do not pass, `blind` of wrong ones that do. `missing` are layers that this machine lacks: without them
    every test runs beside.
    """

    fallbacks: Mapping[str, Fallback] = field(default_factory=dict)
    unfair: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


def checked_tests(
    folder: ClassFolder, name: str, *, right: Sequence[Path] = (), wrong: Sequence[Path] = ()
) -> TestsChecked:
    """Run an assignment's tests on its solution, and on others. Raises EngineError if nothing can be run."""
    book = Gradebook(folder.gradebook_url)
    try:
        assignment = load_assignment(folder, name, book)
    finally:
        book.close()
    engine = Sandbox(imports_of(folder, name), budget=budget_of(folder))
    try:
        if not engine.verifies:
            return TestsChecked(missing=tuple(engine.layers.missing))
        checked = check_tests(folder, assignment, engine, right=right, wrong=wrong)
    finally:
        engine.close()
    return TestsChecked(
        fallbacks={
            cell: each
            for notebook in checked.assignment.notebooks
            if notebook.profile is not None
            for cell, each in notebook.profile.fallbacks.items()
        },
        unfair=tuple(sentence for found in checked.found.values() for sentence in found.unfair),
        blind=tuple(
            f"{number} of {notebook}" for notebook, found in checked.found.items() for number in found.blind
        ),
    )


def budget_of(folder: ClassFolder) -> Budget:
    """What one notebook may use, by the class's policy."""
    policy = folder.policy
    return Budget(
        cell_seconds=policy.cell_seconds,
        notebook_seconds=policy.notebook_seconds,
        memory_mb=policy.memory_mb,
    )
