"""A lesson's task is handed in without an instructor: graded on the spot, logged, told, kept."""

from __future__ import annotations

import json
import os
import re
import threading
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from IPython.core.interactiveshell import InteractiveShell

from courseware import workspace
from courseware.clock import system_clock
from courseware.course import bundled, load_course
from courseware.grading.assignment import TrustedCell
from courseware.grading.counter import OnTheSpot
from courseware.grading.scoring import Score
from courseware.grading.telling import told_of
from courseware.local_tutor import LocalTutor
from courseware.runner import Worker
from courseware.tutor import NotTaken, Receipt
from courseware.widgets.notebook_file import NotebookFile
from courseware.workspace import Workspace

PANDAS = load_course(bundled() / "pandas")
LESSON = "01-tables"


def solved(space: Workspace, change: Callable[[str, str], str | None] = lambda _name, text: text) -> str:
    """The learner's notebook with the author's solutions in it; `change` says what stands there instead."""
    source = json.loads(PANDAS.source(PANDAS.lesson(LESSON)).read_text(encoding="utf-8"))
    notebook = json.loads((space.path / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
    for mine, theirs in zip(notebook["cells"], source["cells"], strict=True):
        marks = mine["metadata"].get("nbgrader", {})
        if marks.get("solution"):
            text = re.sub(r"(?m)^\s*### (BEGIN|END) SOLUTION\n?", "", "".join(theirs["source"]))
            changed = change(marks["grade_id"], text)
            mine["source"] = "".join(mine["source"]) if changed is None else changed
    return json.dumps(notebook)


@dataclass
class Learner:
    space: Workspace
    tutor: LocalTutor

    def hand_in(self, notebook: str, id: str | None = None) -> Receipt:
        return self.tutor.hand_in(LESSON, notebook, id=id or str(uuid.uuid4()))

    def events(self, kind: str) -> list:
        log = self.space.open_log()
        found = [e for _, e in log.read(self.space.learner, "pandas") if e.kind == kind]
        log.close()
        return found


@pytest.fixture(scope="module")
def counter_of() -> Iterator[Callable[[Workspace], OnTheSpot]]:
    made: list[OnTheSpot] = []

    def make(space: Workspace) -> OnTheSpot:
        made.append(OnTheSpot(PANDAS, space))
        return made[-1]

    yield make
    for counter in made:
        counter.close()


@pytest.fixture
def learner(tmp_path: Path, counter_of: Callable[[Workspace], OnTheSpot]) -> Iterator[Learner]:
    space = workspace.create(tmp_path / "work", PANDAS)
    log, worker = space.open_log(), Worker()
    tutor = LocalTutor(
        PANDAS, log, space.learner, clock=system_clock(), runner=worker, workspace=space,
        counter=counter_of(space),
    )  # fmt: skip
    tutor.open(None)
    yield Learner(space, tutor)
    log.close()


def test_a_right_task_has_all_points_moves_mastery_and_is_kept(learner):
    task = learner.tutor.progress(LESSON).task
    assert task.last is None
    receipt = learner.hand_in(solved(learner.space))
    assert receipt.points == receipt.most == task.points
    assert {result.told.tone for result in receipt.results} == {"good"}
    answers = learner.events("answer")
    assert len(answers) == task.graded
    assert {(a.score, a.open, a.source, a.lesson) for a in answers} == {(1.0, True, "nbgrader", LESSON)}
    assert all(a.item.startswith(f"{LESSON}.") for a in answers)
    assert len(learner.events("handed-in")) == 1
    after = learner.tutor.progress(LESSON)
    assert after.task.last == receipt
    moved = {o for a in answers for o in a.objectives}
    levels = {o.objective: o.level for lesson in after.lessons for o in lesson.objectives}
    assert all(levels[o] >= 2 for o in moved)  # one clean right answer to an open item: Familiar
    kept = list((learner.space.home / "handed-in" / LESSON).glob("*/*.ipynb"))
    assert len(kept) == 1

    values = {o.objective: o.value for lesson in after.lessons for o in lesson.objectives}
    again = learner.hand_in(solved(learner.space))
    assert again.points == receipt.points
    assert len(learner.events("answer")) == 2 * task.graded
    later = learner.tutor.progress(LESSON)
    assert {o.objective: o.value for x in later.lessons for o in x.objectives} == pytest.approx(values)


def test_a_wrong_part_says_what_does_not_hold_and_no_hidden_line_is_told(learner):
    source = PANDAS.source(PANDAS.lesson(LESSON)).read_text(encoding="utf-8")
    hidden = re.findall(r"BEGIN HIDDEN TESTS\\n\",(.*?)END HIDDEN TESTS", source, re.DOTALL)
    lines = [line.strip(' ",\n').removesuffix("\\n") for block in hidden for line in block.splitlines()]
    secret = [line for line in lines if len(line) > 8 and not line.startswith("###")]
    assert secret

    def nothing(_name: str, text: str) -> str:
        return re.sub(
            r"(?m)return .*|(?<= = ).*$", lambda m: "return None" if "return" in m[0] else "None", text
        )

    receipt = learner.hand_in(solved(learner.space, nothing))
    assert receipt.points == 0
    told = json.dumps([m.text for r in receipt.results for m in r.told.messages])
    assert {r.told.tone for r in receipt.results} == {"near"}
    assert not [line for line in secret if line in told]
    assert "hand in again" in told
    assert all(len(m.text.split()) <= 90 for r in receipt.results for m in r.told.messages)
    assert {a.score for a in learner.events("answer")} == {0.0}


def test_a_part_left_as_it_was_is_no_answer(learner):
    receipt = learner.hand_in((learner.space.path / f"{LESSON}.ipynb").read_text(encoding="utf-8"))
    assert {r.told.key for r in receipt.results} == {"task-blank"}
    assert learner.events("answer") == []
    assert len(learner.events("handed-in")) == 1


def test_the_same_click_again_hands_in_once(learner):
    id = str(uuid.uuid4())
    first = learner.hand_in(solved(learner.space), id)
    again = learner.hand_in("something else", id)
    assert (again.at, again.points) == (first.at, first.points)
    assert len(learner.events("handed-in")) == 1


def test_what_is_no_notebook_is_not_taken(learner):
    with pytest.raises(NotTaken, match="hand in again"):
        learner.hand_in("{")
    assert learner.events("handed-in") == []


def test_a_file_older_than_what_was_run_last_is_not_read(tmp_path):
    path, shell = tmp_path / "n.ipynb", InteractiveShell()
    path.write_text("{}")
    file = NotebookFile(path, shell)
    assert file.read(saving=False) == "{}"
    os.utime(path, (1, 1))
    shell.run_cell("1")
    with pytest.raises(NotTaken, match="Save first"):
        file.read(saving=False)
    file.about_to_save()
    path.write_text("")  # as a server leaves it for a moment
    threading.Timer(0.2, path.write_text, ["[]"]).start()
    assert file.read(saving=True) == "[]"
    with pytest.raises(NotTaken, match=r"gone\.ipynb"):
        NotebookFile(tmp_path / "gone.ipynb").read(saving=False)


def test_a_test_that_gives_a_part_of_its_points_is_not_told_as_right():
    cell = TrustedCell(grade_id="a", cell_type="code", source="result.points(2)", grade=True, points=2.0)
    told = told_of(cell, Score(grade_id="a", points=1.0, most=2.0, verdict="passed"), blank=False)
    assert (told.tone, told.key) == ("near", "task-in-part")
    assert told.messages[0].text.startswith("This gives 1 of 2 points.")
    whole = told_of(cell, Score(grade_id="a", points=2.0, most=2.0, verdict="passed"), blank=False)
    assert (whole.tone, whole.messages[0].text) == ("good", "The test holds.")
