"""Points that a person gave, as evidence: a cell graded by hand is an answer like one graded by tests."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from courseware.events import Event
from courseware.grading import autograded, roster
from courseware.grading.assignment import Assignment
from courseware.grading.attempts import answer, handed_in_at, new_ones
from courseware.grading.class_folder import ClassFolder
from courseware.grading.gradebook import Mark
from courseware.grading.imports import cells_of
from courseware.grading.submission import read_submission


def log_by_hand(folder: ClassFolder, assignment: Assignment, marks: Iterable[Mark]) -> int:
    """Log what persons decided on the attempts that count, as far as it is not logged yet; how many came in.

    A cell that was graded before, by its tests or otherwise, counts as it was decided last.
    """
    by_student: dict[str, list[Mark]] = {}
    for mark in marks:
        if mark.by_person and not mark.waits and mark.most > 0:
            by_student.setdefault(mark.student, []).append(mark)
    if not by_student:
        return 0
    many = 0
    version = folder.load_course().version if folder.course is not None else ""
    learners = roster.learners(folder.roster, sorted(by_student))
    log = folder.open_log()
    try:
        for student, own in by_student.items():
            there = [event for _, event in log.read(learners[student], folder.course or "")]
            common = {"learner": learners[student], "course": folder.course or "", "course_version": version}
            new = new_ones(_answers(folder, assignment, student, own, common), there)
            log.append(new)
            many += len(new)
    finally:
        log.close()
    return many


def _answers(
    folder: ClassFolder,
    assignment: Assignment,
    student: str,
    marks: Sequence[Mark],
    common: Mapping[str, str],
) -> list[Event]:
    submission = read_submission(student, folder.submitted(student, assignment.name))
    place = folder.autograded(student, assignment.name)
    released = autograded.graded_by(place, submission.digest)
    if released is None:
        return []  # something else has come in, which is to be graded first
    made = []
    for trusted in assignment.notebooks:
        sources = {
            cell["metadata"].get("nbgrader", {}).get("grade_id", ""): "".join(cell["source"])
            for cell in cells_of(place / f"{trusted.name}.ipynb")
        }
        for mark in marks:
            known = trusted.cell(mark.grade_id)
            if mark.notebook == trusted.name and known is not None:
                made.append(
                    answer(
                        assignment,
                        trusted,
                        known,
                        attempt=submission.digest,
                        points=mark.points,
                        most=mark.most,
                        sources=sources,
                        released=f"{released} by hand {mark.points:g}",
                        at=handed_in_at(submission),
                        detail={"by_hand": True},
                        **common,
                    )
                )
    return made
