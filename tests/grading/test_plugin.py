"""`nbgrader autograde` and formgrader's button grade with our engine, where nbgrader_config.py names it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from nbgrader.apps.autogradeapp import AutogradeApp

from courseware.grading.class_folder import CONFIG, PREPROCESSORS, ClassFolder
from courseware.grading.grading_run import grade_class

RIGHT = {"square": "def square(x):\n    return x * x", "count": "how_many = len(rows)"}
SCORES = """SELECT s.student_id, c.name, g.auto_score, g.needs_manual_grade FROM grade g
JOIN base_cell c ON c.id = g.cell_id JOIN submitted_notebook n ON n.id = g.notebook_id
JOIN submitted_assignment s ON s.id = n.assignment_id ORDER BY 1, 2"""


def scores(folder: ClassFolder) -> list[tuple[object, ...]]:
    with sqlite3.connect(folder.path / "gradebook.db") as db:
        return db.execute(SCORES).fetchall()


@pytest.mark.filterwarnings("ignore")  # nbgrader's own
def test_nbgraders_own_command_gives_the_same_scores(squares, hand_in, monkeypatch: pytest.MonkeyPatch):
    hand_in("ada", **RIGHT)
    hand_in("bo", square="def square(x):\n    return 0", count=RIGHT["count"])
    hand_in("exits", **{**RIGHT, "square": "import os; os._exit(0)"})
    hand_in("stderr", **{**RIGHT, "count": RIGHT["count"] + "\nimport sys; sys.stderr.write('careful')"})
    hand_in("deleted", lambda made: made["cells"].pop(2), **RIGHT)
    (squares.path / "nbgrader_config.py").write_text(
        CONFIG.format(
            course_id="'squares'", code_stub="''", text_stub="''", preprocessors=list(PREPROCESSORS)
        )
    )
    monkeypatch.chdir(squares.path)
    app = AutogradeApp.instance()
    try:
        app.initialize(["squares"])
        app.start()
    finally:
        AutogradeApp.clear_instance()
    theirs = scores(squares)
    assert len(theirs) == 10
    (squares.path / "gradebook.db").rename(squares.path / "theirs.db")
    with (
        sqlite3.connect(squares.path / "theirs.db") as db,
        sqlite3.connect(squares.path / "gradebook.db") as new,
    ):
        db.backup(new)
        new.execute("DELETE FROM grade")
    assert not grade_class(squares, "squares", force=True).failed
    assert scores(squares) == theirs
    assert {Path(str(row[0])).name for row in theirs} == {"ada", "bo", "exits", "stderr", "deleted"}
