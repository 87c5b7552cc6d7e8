"""Every attempt that came in is kept, wherever it came in; the newest is what nbgrader sees."""

from __future__ import annotations

import json
import uuid
import zipfile
from pathlib import Path

import pytest

from courseware.grading import roster
from courseware.grading.class_folder import ClassError, ClassFolder
from courseware.grading.collecting import RECEIPT, collect
from courseware.grading.roster import Person


@pytest.fixture
def work(squares: ClassFolder) -> str:
    """A notebook as it was released."""
    return (squares.release("squares") / "squares.ipynb").read_text()


def attempts(folder: ClassFolder, student: str) -> list[str]:
    kept = sorted((folder.path / "attempts" / "squares" / student).iterdir())
    return [(each / "squares.ipynb").read_text() for each in kept]


def test_the_exchange_gives_every_attempt_and_the_newest_counts(squares, work, tmp_path):
    for at, text in (
        ("2026-01-01 10:00:00.000000 UTC", work),
        ("2026-01-02 10:00:00.000000 UTC", work + " "),
    ):
        place = tmp_path / "inbound" / f"ada+squares+{at}+abc"
        place.mkdir(parents=True)
        (place / "squares.ipynb").write_text(text)
        (place / "timestamp.txt").write_text(at)
    (tmp_path / "inbound" / "ada+other+2026-01-02 10:00:00.000000 UTC+abc").mkdir()
    told = collect(squares, "squares", tmp_path / "inbound")
    assert told.new == {"ada": 2}
    assert attempts(squares, "ada") == [work, work + " "]
    assert (squares.submitted("ada", "squares") / "squares.ipynb").read_text() == work + " "
    again = collect(squares, "squares", tmp_path / "inbound")
    assert (again.new, again.before) == ({}, 2)
    assert [person.student for person in roster.read(squares.roster)] == ["ada"]


def zipped(path: Path, files: dict[str, str]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "lovelaceada_123_456_squares.ipynb",
        "lovelaceada_LATE_123_456_squares-2.ipynb",
        "Ada Lovelace_123_assignsubmission_file/squares.ipynb",
        "Ada Lovelace_123_assignsubmission_file_/squares (1).ipynb",
        "Ada Lovelace_123_assignsubmission_file_squares.ipynb",
        "a1/squares.ipynb",
        "a1/squares/squares.ipynb",
        "everything/a1/squares.ipynb",
    ],
)
def test_a_zip_of_canvas_or_moodle_finds_its_student(squares, work, tmp_path, name):
    roster.join(squares.roster, [Person(student="a1", first_name="Ada", last_name="Lovelace")])
    told = collect(squares, "squares", zipped(tmp_path / "all.zip", {name: work}))
    assert told.new == {"a1": 1}
    assert attempts(squares, "a1") == [work]


def test_a_hand_in_as_one_zip_finds_its_student_by_the_learner(squares, work, tmp_path):
    learner = str(uuid.uuid4())
    roster.join(squares.roster, [Person(student="a1", learner=learner)])
    inner = zipped(tmp_path / "in.zip", {"squares.ipynb": work, RECEIPT: json.dumps({"learner": learner})})
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.write(inner, "somebody_1_2_squares-2026-01-01-100000.zip")
    assert collect(squares, "squares", tmp_path / "all.zip").new == {"a1": 1}
    assert attempts(squares, "a1") == [work]


def test_a_learner_whom_two_students_claim_is_refused(squares, work, tmp_path):
    told = json.dumps({"learner": str(uuid.uuid4())})
    for who in ("ada", "bo"):
        (tmp_path / "in" / who).mkdir(parents=True)
        (tmp_path / "in" / who / "squares.ipynb").write_text(work)
        (tmp_path / "in" / who / RECEIPT).write_text(told)
    came = collect(squares, "squares", tmp_path / "in")
    assert came.new == {"ada": 1} or came.new == {"bo": 1}
    assert len(came.refused) == 1


def test_who_is_not_on_the_roster_is_told(squares, work, tmp_path):
    came = collect(squares, "squares", zipped(tmp_path / "all.zip", {"stranger_1_2_squares.ipynb": work}))
    assert list(came.refused) == ["stranger"]
    assert not came.new


@pytest.mark.parametrize("name", ["../out.ipynb", "/out.ipynb", "a/../../out.ipynb", "..\\out.ipynb"])
def test_no_zip_puts_anything_outside(squares, tmp_path, name):
    with pytest.raises(ClassError, match="outside"):
        collect(squares, "squares", zipped(tmp_path / "all.zip", {name: "x"}))
    assert not list(tmp_path.rglob("out.ipynb"))


def test_what_cannot_be_read_is_said(squares, tmp_path):
    (tmp_path / "no.zip").write_text("nothing")
    with pytest.raises(ClassError, match="unpacked"):
        collect(squares, "squares", tmp_path / "no.zip")
    with pytest.raises(ClassError, match="nothing at"):
        collect(squares, "squares", tmp_path / "none")
    with pytest.raises(ClassError, match="not released"):
        collect(squares, "other", tmp_path)
