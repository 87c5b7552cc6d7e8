"""What a class graded and decided comes back to the learner: levels move, and lessons open there."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from courseware import workspace
from courseware.course import bundled, load_course
from courseware.events import Event, new_id
from courseware.grading import class_folder, roster
from courseware.grading.evidence import self_reported
from courseware.grading.results import ResultsError, blocks, results_in
from courseware.grading.roster import Person
from courseware.grading.standing import decide

PANDAS = load_course(bundled() / "pandas")
PAGE = "<html><main>Well: </script> is text here.</main>{block}</html>"


def test_a_page_opens_a_lesson_at_the_learner_and_nothing_at_another(tmp_path: Path):
    folder = class_folder.create(tmp_path / "class", PANDAS)
    space = workspace.create(tmp_path / "ada", PANDAS)
    roster.join(folder.roster, [Person(student="ada", learner=space.learner), Person(student="bo")])
    decide(folder, "ada", "02-select", "open", "knew </script> it already")
    at = datetime.now(UTC) - timedelta(minutes=1)
    graded = Event(
        id=new_id(), at=at, learner=space.learner, course="pandas", course_version="1", kind="answer",
        lesson="01-tables", item="01-tables.read", objectives=("tables.read",), open=True, guess=0.05,
        difficulty=0.0, score=1.0, source="nbgrader",
    )  # fmt: skip
    told = self_reported(replace(graded, id=new_id()))
    log = folder.open_log()
    log.append([graded, told])
    log.close()
    page = tmp_path / "01-tables.html"
    page.write_text(PAGE.format(block=blocks(folder)["ada"]))
    found = results_in(page.read_text(), space.learner, "pandas", datetime.now(UTC))
    assert sorted(e.kind for e in found) == ["answer", "override", "unlocked"]
    with pytest.raises(ResultsError, match="another learner"):
        results_in(page.read_text(), "somebody else", "pandas", datetime.now(UTC))
    with pytest.raises(ResultsError, match="no results"):
        results_in("<html></html>", space.learner, "pandas", datetime.now(UTC))

    assert not (space.path / "02-select.ipynb").exists()
    command = [sys.executable, "-m", "courseware", "fetch", str(page), "--dir", str(space.path), "--json"]
    for new in (3, 0):
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
        assert done.returncode == 0, done.stderr
        assert json.loads(done.stdout)["new"] >= new
    assert (space.path / "02-select.ipynb").exists()
