"""A learner's own events come with a hand-in: judged again, marked, and never taken for the class's word."""

from __future__ import annotations

import json
import uuid
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from courseware import record, workspace
from courseware.clock import system_clock
from courseware.course import bundled, load_course
from courseware.events import Event, new_id
from courseware.grading import class_folder
from courseware.grading.collecting import RECEIPT, RECORD, collect
from courseware.grading.evidence import counted
from courseware.local_tutor import LocalTutor
from courseware.runner import Worker

PANDAS = load_course(bundled() / "pandas")
LESSON = "01-tables"
NOTEBOOK = {"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}


@pytest.fixture
def own(tmp_path: Path) -> list[Event]:
    """The events of a learner who answered one check right, and one by code."""
    space = workspace.create(tmp_path / "own", PANDAS)
    log, worker = space.open_log(), Worker()
    tutor = LocalTutor(PANDAS, log, space.learner, clock=system_clock(), runner=worker, workspace=space)
    tutor.open(None)
    for target in ("column-lookup", "column-values"):
        card = tutor.ask(target)
        right = tutor._current(target).question.right
        tutor.answer(target, card.variant, right, id=str(uuid.uuid4()))
    events = [event for _, event in log.read(space.learner, "pandas")]
    worker.close()
    log.close()
    return events


def test_what_holds_comes_in_as_self_reported_and_each_that_cannot_be_is_named(tmp_path, own):
    folder = class_folder.create(tmp_path / "class", PANDAS)
    folder.release(LESSON).mkdir(parents=True)
    (folder.release(LESSON) / f"{LESSON}.ipynb").write_text(json.dumps(NOTEBOOK))
    answers = [e for e in own if e.kind == "answer"]
    asked = next(e for e in own if e.kind == "asked")
    assert len(answers) == 2
    later = answers[0].at + timedelta(seconds=1)
    common = {"learner": asked.learner, "course": "pandas", "course_version": "1", "lesson": LESSON}
    forged = {
        "scored 0.5": replace(answers[0], id=new_id(), at=later, score=0.5),
        "its seed": replace(asked, id=new_id(), seed=7),
        "instructor": Event(
            id=new_id(), at=later, kind="override", detail={"do": "open", "because": "me"}, **common
        ),
    }
    graded = replace(answers[0], id=new_id(), at=later, source="nbgrader", seed=None, item=f"{LESSON}.read")
    place = tmp_path / "in" / "ada"
    place.mkdir(parents=True)
    (place / f"{LESSON}.ipynb").write_text(json.dumps(NOTEBOOK))
    (place / RECEIPT).write_text(json.dumps({"learner": asked.learner}))
    all_of_them = [*own, *forged.values(), graded]
    (place / RECORD).write_text(record.to_text(asked.learner, "pandas", all_of_them))
    told = collect(folder, LESSON, tmp_path / "in")
    assert told.new == {"ada": 1}, told.refused
    lines = told.not_told["ada"]
    assert len(lines) == len(forged), lines
    assert all(any(why in line for line in lines) for why in forged)

    log = folder.open_log()
    events = [event for _, event in log.read(asked.learner, "pandas")]
    log.close()
    assert {e.id for e in events if e.kind == "answer"} == {e.id for e in answers}
    assert told.told == {"ada": len(events)}
    assert counted(events, trust_self_reported=False) == []
    assert counted(events, trust_self_reported=True) == events
    assert all(e.at <= datetime.now(UTC) for e in events)
