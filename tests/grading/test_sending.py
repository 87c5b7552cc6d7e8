"""Where there is an instructor a hand-in goes to the class, and what the learner did comes along."""

from __future__ import annotations

import json
import shutil
import zipfile
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from courseware import workspace
from courseware.course import bundled, load_course
from courseware.events import new_id
from courseware.grading import class_folder, roster
from courseware.grading.collecting import collect
from courseware.grading.grading_run import grade_class
from courseware.grading.released import fetch_source, release_assignment
from courseware.grading.sending import ToClass
from courseware.local_tutor import LocalTutor
from courseware.runner import Worker

PANDAS = load_course(bundled() / "pandas")
LESSON = "01-tables"


@pytest.fixture(scope="module")
def released_lesson(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class with the lesson released."""
    folder = class_folder.create(tmp_path_factory.mktemp("class") / "class", PANDAS)
    fetch_source(folder, PANDAS, LESSON)
    release_assignment(folder, LESSON)
    return folder.path


@pytest.mark.parametrize("where", ["zip", "exchange"])
def test_a_class_gets_the_work_its_learner_and_the_record(released_lesson, tmp_path, monkeypatch, where):
    """From the workspace to the class: collected, graded, and evidence there."""
    monkeypatch.setenv("LOGNAME", "ada")
    (inbound := tmp_path / "inbound").mkdir()
    space = workspace.create(tmp_path / "ada", PANDAS)
    log, runner = space.open_log(), Worker()
    counter = ToClass(PANDAS, space, "zip" if where == "zip" else str(inbound))
    now = partial(datetime.now, UTC)
    tutor = LocalTutor(PANDAS, log, space.learner, clock=now, runner=runner, workspace=space, counter=counter)
    tutor.open(LESSON)
    tutor.ask(next(iter(PANDAS.items)))
    before = tutor.progress(LESSON).task
    assert before is not None
    assert "this goes to your class" in before.notice  # what travels is told before the first hand-in …
    source = json.loads(PANDAS.source(PANDAS.lesson(LESSON)).read_text(encoding="utf-8"))
    receipt = tutor.hand_in(LESSON, json.dumps(source), id=new_id())
    after = tutor.progress(LESSON).task
    assert after is not None
    assert after.notice == ""  # … and not any more
    runner.close()
    log.close()
    assert receipt.points is None
    assert f"{LESSON}.ipynb" in receipt.sent
    folder = class_folder.load(Path(shutil.copytree(released_lesson, tmp_path / "class")))
    roster.join(folder.roster, [roster.Person(student="ada", learner=space.learner)])
    if where == "zip":
        (made,) = space.path.glob("*.zip")
        assert made.name in receipt.to
        assert f"{LESSON}.ipynb" in zipfile.ZipFile(made).namelist()
        shutil.copy(made, inbound)
    told = collect(folder, LESSON, inbound)
    assert told.new == {"ada": 1}, told.refused
    assert told.told["ada"] >= 1
    assert grade_class(folder, LESSON).graded == ["ada"]
    into = folder.open_log()
    events = [event for _, event in into.read(space.learner, PANDAS.id)]
    into.close()
    scores = {event.item: event.score for event in events if event.kind == "answer"}
    assert scores
    assert set(scores.values()) == {1.0}
