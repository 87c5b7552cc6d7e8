"""What a notebook begins with, in processes of its own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

START = "from courseware import Lesson\nlesson = Lesson('01-sums')\n"


def ran(code: str, folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], cwd=folder, capture_output=True, text=True, timeout=120, check=False
    )


def test_in_a_courses_source_a_preview_opens_everything_again_and_again_and_keeps_nothing(make_course):
    course = make_course()
    code = START * 2 + (
        "import os; print([l.open for l in lesson._tutor.progress().lessons])\n"
        "print(os.path.exists('data/numbers.csv'), os.getcwd())"
    )
    for folder in (course, course / "01-sums"):
        told = ran(code, folder).stdout.splitlines()
        assert told[:2] == ["Preview of “Sums”: every lesson is open, and nothing is kept."] * 2
        assert told[2] == "[True, True]"
        there, _, path = told[3].partition(" ")
        assert there == "True"
        assert not Path(path).exists()


def test_elsewhere_it_says_how_to_start(tmp_path):
    told = ran(START, tmp_path).stderr
    assert "courseware learn" in told.splitlines()[-1]


def test_an_unknown_lesson_is_told_with_the_ones_there_are(space):
    told = ran("from courseware import Lesson\nLesson('01-sum')", space.path).stderr
    assert "01-sums, 02-halves" in told.splitlines()[-1]
