"""Who is forgotten is gone: from the log, the roster, the gradebook and every file, and what is left is
named.
"""

from __future__ import annotations

import json
import re
import shutil
import sqlite3
import warnings
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from courseware import workspace
from courseware.cli import app
from courseware.course import Course
from courseware.events import new_id
from courseware.grading import class_folder, roster
from courseware.grading.class_folder import ClassFolder
from courseware.grading.roster import Person
from courseware.insights.forgetting.traces import Terms, search
from courseware.insights.source import InsightError
from courseware.log import LogError, open_log

run = CliRunner()


@pytest.fixture(scope="module")
def gradebook(small: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """nbgrader's gradebook with two students who handed something in, made once by nbgrader itself."""
    from courseware.grading.nbgraders import open_gradebook

    folder = class_folder.create(tmp_path_factory.mktemp("book") / "class", small, by_path=True)
    with open_gradebook(folder) as book, warnings.catch_warnings():
        warnings.simplefilter("ignore")  # nbgrader's own way with SQLAlchemy
        book.update_or_create_assignment("01-sums")
        book.update_or_create_notebook("01-sums", "01-sums")
        book.update_or_create_task_cell("a", "01-sums", "01-sums", max_score=2, cell_type="markdown")
        for student, first, last in (("s001", "Ada", "Lovelace"), ("s002", "Émilie", "du Châtelet")):
            book.update_or_create_student(
                student, first_name=first, last_name=last, email=f"{student}@x.example"
            )
            book.update_or_create_submission("01-sums", student)
            grade = book.find_grade("a", "01-sums", "01-sums", student)
            grade.manual_score = 1.5
            book.find_comment(
                "a", "01-sums", "01-sums", student
            ).manual_comment = f"well done, {first} {last}"
            book.db.commit()
    return folder.path / "gradebook.db"


@pytest.fixture(scope="module")
def lived_in_once(
    class_once: Path, gradebook: Path, learnt, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    """The class of `lived_in`, made once."""
    classroom = class_folder.load(
        Path(shutil.copytree(class_once, tmp_path_factory.mktemp("lived") / "class"))
    )
    for n, life in enumerate(learnt[:2], 1):
        for place in (
            "submitted/{}/01-sums",
            "autograded/{}/01-sums",
            "attempts/01-sums/{}/2026-01-05T080000",
        ):
            folder = classroom.path / place.format(f"s{n:03d}")
            folder.mkdir(parents=True)
            (folder / "01-sums.ipynb").write_text(f'{{"metadata": {{"learner": "{life.learner}"}}}}')
            (folder / "courseware.json").write_text(json.dumps({"learner": life.learner}))
    (classroom.path / ".nbgrader.log").write_text("[autograde] s001 01-sums\n[autograde] s002 01-sums\n")
    (classroom.path / "class.insights").mkdir()
    (classroom.path / "class.insights" / "words").write_text(learnt[0].learner)
    (classroom.path / "gradebook.db").write_bytes(gradebook.read_bytes())
    run.invoke(app, ["report", "--all", "--class", str(classroom.path)], catch_exceptions=False)
    return classroom.path


@pytest.fixture
def lived_in(lived_in_once: Path, tmp_path: Path) -> ClassFolder:
    """The class with all that gathers in one: work, attempts, reports, grades, logs, a cache."""
    return class_folder.load(Path(shutil.copytree(lived_in_once, tmp_path / "class")))


def forget(*words: object) -> tuple[int, dict]:
    done = run.invoke(app, ["forget", *map(str, words), "--yes", "--json"], catch_exceptions=False)
    return done.exit_code, json.loads(done.stdout)


def bytes_of(root: Path) -> bytes:
    return b"\n".join(
        p.name.encode() + b"\n" + (p.read_bytes() if p.is_file() else b"") for p in root.rglob("*")
    )


def test_all_that_is_known_of_somebody_is_gone_from_every_byte_of_the_class(lived_in, learnt):
    gone = [learnt[0].learner, "s001", "Lovelace"]
    held = open_log(lived_in.path / "class.sqlite")  # a write-ahead log lies beside the file while it is open
    held.append([])
    before = bytes_of(lived_in.path)
    assert all(text.encode() in before for text in gone)
    others = held.read(learnt[1].learner, "small")
    held.close()
    code, told = forget("ada lovelace", "--class", lived_in.path)
    assert code == 0
    after = bytes_of(lived_in.path)
    assert not [text for text in gone if text.encode() in after]
    assert told["left"] == []
    where = {each["where"] for each in told["removed"]}
    assert where >= {"class.sqlite", "roster.csv", "gradebook.db", "submitted/s001", "autograded/s001",
                     "attempts/01-sums/s001", "reports/s001", ".nbgrader.log", "class.insights"}  # fmt: skip
    log = lived_in.open_log()
    assert log.read(learnt[1].learner, "small") == others
    assert len(log.learners("small")) == 9
    log.close()
    assert (lived_in.path / "submitted" / "s002" / "01-sums" / "01-sums.ipynb").is_file()
    assert [p.student for p in roster.read(lived_in.roster)] == [f"s{n:03d}" for n in range(2, 11)]
    assert "s002" in (lived_in.path / ".nbgrader.log").read_text()
    wal = lived_in.path / "class.sqlite-wal"
    assert not wal.exists() or wal.stat().st_size == 0


def test_nbgraders_rows_of_others_stay_and_its_gradebook_still_works(lived_in):
    from courseware.grading.nbgraders import open_gradebook

    forget("s001", "--class", lived_in.path)
    with open_gradebook(lived_in) as book:
        assert [s.id for s in book.students] == ["s002"]
        assert [s.score for s in book.assignment_submissions("01-sums")] == [1.5]
        assert book.find_comment("a", "01-sums", "01-sums", "s002").manual_comment.endswith("Châtelet")
    with sqlite3.connect(lived_in.path / "gradebook.db") as db:
        for table in ("grade", "comment"):
            (orphans,) = db.execute(
                f"SELECT count(*) FROM {table} WHERE notebook_id NOT IN (SELECT id FROM submitted_notebook)"
            ).fetchone()
            assert orphans == 0
    db.close()


def test_what_others_wrote_of_them_is_named_and_left(lived_in, learnt):
    other = lived_in.path / "submitted" / "s002" / "01-sums" / "01-sums.ipynb"
    other.write_text('{"source": "I did this with \\u00c9milie du Ch\\u00e2telet and Ada Lovelace"}')
    with zipfile.ZipFile(lived_in.path / "downloads.zip", "w") as archive:
        archive.writestr("lovelaceada_12_34_01-sums.ipynb", learnt[0].learner)
        archive.writestr("other.ipynb", "s0011 is somebody else")
    (lived_in.path / "sent.pdf").write_bytes(b"%PDF-1.7")
    code, told = forget("s001", "--class", lived_in.path)
    assert code == 1
    left = {(Path(each["path"]).name, each["by"], each["inside"]) for each in told["left"]}
    assert left == {
        ("01-sums.ipynb", "name", ""),
        ("downloads.zip", "UUID", "lovelaceada_12_34_01-sums.ipynb"),
    }
    assert [Path(path).name for path in told["not_searched"]] == ["sent.pdf"]
    assert other.is_file()


def test_a_second_time_there_is_nobody_and_near_ones_are_named(lived_in):
    forget("s001", "--class", lived_in.path)
    done = run.invoke(app, ["forget", "s001", "--class", str(lived_in.path), "--yes"])
    assert isinstance(done.exception, LookupError)
    assert "Did you mean" in str(done.exception)


def test_it_asks_first_and_no_changes_nothing(lived_in):
    before = bytes_of(lived_in.path)
    done = run.invoke(app, ["forget", "s001", "--class", str(lived_in.path)], input="n\n")
    assert done.exit_code == 1
    assert "This deletes all that is known of Ada Lovelace" in re.sub(r"\s+", " ", done.output)
    assert bytes_of(lived_in.path) == before


def test_somebody_on_no_roster_is_forgotten_by_uuid_or_by_their_folder(lived_in, learnt):
    roster.write(lived_in.roster, roster.read(lived_in.roster)[2:])
    code, told = forget(learnt[0].learner, "--class", lived_in.path)
    assert {each["where"] for each in told["removed"]} >= {"class.sqlite"}
    assert code == 1  # the work lies under an id that nothing leads to: it is named
    assert any("submitted" in each["path"] for each in told["left"])
    _, told = forget("s001", "--class", lived_in.path)
    assert "submitted/s001" in {each["where"] for each in told["removed"]}


def test_what_cannot_be_reached_is_said(lived_in):
    told = " ".join(forget("s001", "--class", lived_in.path)[1]["not_reached"])
    for place in ("own computer", "backups", "exports", "Canvas", "exchange on other machines"):
        assert place in told


def test_this_machines_exchange_is_emptied_of_them(lived_in, learnt, tmp_path):
    exchange = tmp_path / "exchange"
    config = lived_in.path / "nbgrader_config.py"
    config.write_text(config.read_text() + f'\nc.Exchange.root = "{exchange.as_posix()}"\n')
    for student, life in (("s001", learnt[0]), ("oddname", learnt[0]), ("s002", learnt[1])):
        place = exchange / "small" / "inbound" / f"{student}+01-sums+2026-01-05 08:00:00.000000 UTC+abc"
        place.mkdir(parents=True)
        (place / "courseware.json").write_text(json.dumps({"learner": life.learner}))
    (exchange / "small" / "feedback").mkdir()
    (exchange / "small" / "feedback" / "4f2e.html").write_text(f"<script>{learnt[0].learner}</script>")
    code, _ = forget("s001", "--class", lived_in.path)
    assert code == 0
    assert [p.name.partition("+")[0] for p in (exchange / "small" / "inbound").iterdir()] == ["s002"]
    assert not list((exchange / "small" / "feedback").iterdir())


def test_a_log_that_is_read_elsewhere_is_deleted_from_and_says_that_it_could_not_be_compacted(
    classroom, learnt
):
    reader = sqlite3.connect(classroom.path / "class.sqlite", isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM events").fetchone()
    log = classroom.open_log()
    log._connection._db.execute("PRAGMA busy_timeout = 100")  # type: ignore[attr-defined]
    with pytest.raises(LogError, match="Close what has it open"):
        log.forget(learnt[0].learner)
    assert log.read(learnt[0].learner, "small") == []
    reader.close()
    assert log.forget(learnt[0].learner) == 0
    log.close()


# A workspace, and logs elsewhere -------------------------------------------------------------------


def test_a_workspace_keeps_its_notebooks_and_nothing_of_the_record(small, learnt, tmp_path):
    space = workspace.create(tmp_path / "own", small, name="Ada Lovelace", by_path=True)
    workspace.adopt(space, learnt[0].learner)
    space = workspace.load(space.path)
    log = space.open_log()
    log.append(learnt[0].events)
    log.close()
    (space.path / "01-sums.ipynb").write_text("{}")
    (space.home / "handed-in" / "01-sums").mkdir(parents=True)
    (space.home / "handed-in" / "01-sums" / "01-sums.ipynb").write_text("{}")
    with zipfile.ZipFile(space.path / "01-sums-2026-01-05-080000-1.zip", "w") as archive:
        archive.writestr("record.json", learnt[0].learner)
    (space.path / "my.zip").write_bytes(b"not a zip, and not ours")
    code, told = forget("--dir", space.path)
    assert code == 0, told
    after = bytes_of(space.path)
    assert learnt[0].learner.encode() not in after
    assert b"Lovelace" not in after
    now = workspace.load(space.path)
    assert (now.name, now.learner == learnt[0].learner) == (None, False)
    assert now.load_course().id == "small"
    assert (space.path / "01-sums.ipynb").is_file()
    assert (space.path / "my.zip").is_file()
    assert not list(space.path.glob("01-sums-*.zip"))
    log = now.open_log()
    assert log.learners("small") == []
    log.close()


def test_another_learner_than_the_workspaces_is_refused(small, tmp_path):
    space = workspace.create(tmp_path / "own", small, by_path=True)
    done = run.invoke(app, ["forget", new_id(), "--dir", str(space.path), "--yes"])
    assert isinstance(done.exception, InsightError)


def test_a_log_in_postgresql_is_deleted_from_and_searched(postgres, learnt):
    log = open_log(postgres)
    log.append([event for life in learnt[:2] for event in life.events])
    code, told = forget(learnt[0].learner, "--db", postgres)
    assert code == 0
    assert told["removed"] == [{"what": "events", "where": "the log", "many": len(learnt[0].events)}]
    assert log.read(learnt[0].learner, "small") == []
    assert len(log.read(learnt[1].learner, "small")) == len(learnt[1].events)
    assert any("archive of changes" in line for line in told["not_reached"])
    log.close()


def test_a_class_and_its_log_elsewhere_are_forgotten_from_at_once(classroom, learnt, postgres):
    log = open_log(postgres)
    log.append(learnt[2].events)
    log.close()
    _, told = forget("s003", "--class", classroom.path, "--db", postgres)
    assert [each["where"] for each in told["removed"]][-1] == "the log"


# Searching -----------------------------------------------------------------------------------------

ADA = Person(student="s1", first_name="Ada", last_name="Müller", email="a@b.example",
             learner="01900000-0000-7000-8000-000000000001")  # fmt: skip


@pytest.mark.parametrize(
    ("data", "by"),
    [
        (b"x s1 y", ["id"]),
        (b"s1+01-sums+2026", ["id"]),
        (b"submitted/s1/", ["id"]),
        (b"s10 xs1 S1", []),
        ("Müller, Ada".encode(), ["name"]),
        ("s2,Ada,Müller,".encode(), ["name"]),
        ("ada müller".encode(), ["name"]),
        (json.dumps("Ada Müller").encode(), ["name"]),
        ("Ada Müller".encode("latin-1"), ["name"]),
        ("Ada Müller s1".encode("utf-16"), ["id", "name"]),
        (b"A@B.example", ["mail"]),
        (b"01900000-0000-7000-8000-000000000001", ["UUID"]),
        (b"01900000000070008000000000000001", ["UUID"]),
        (b"Ada alone, Mueller alone", []),
    ],
)
def test_a_person_is_found_as_whole_words_however_they_are_written(tmp_path, data, by):
    (tmp_path / "file").write_bytes(data)
    assert sorted(trace.by for trace in search(tmp_path, Terms(ADA)).traces) == sorted(by)


def test_a_term_across_two_parts_of_a_large_file_is_found_once(tmp_path, monkeypatch):
    from courseware.insights.forgetting import traces

    monkeypatch.setattr(traces, "CHUNK", 1_000)
    monkeypatch.setattr(traces, "OVERLAP", 100)
    for at in (0, 950, 990, 1_500, 2_995):
        (tmp_path / "file").write_bytes(b"." * at + ADA.learner.encode() + b"." * 2_000)
        (trace,) = search(tmp_path, Terms(ADA)).traces
        assert trace.times == 1, at
