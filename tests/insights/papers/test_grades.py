"""Grades by mastery: what was reached stays reached, and every system gets what its import asks for."""

from __future__ import annotations

import csv
import io
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from courseware.cli import app
from courseware.course import Course
from courseware.events import Event, new_id
from courseware.grading import class_folder
from courseware.grading.class_folder import ClassError, ClassFolder
from courseware.grading.roster import Person
from courseware.grading.standing import decide
from courseware.insights.grades import policy as policies
from courseware.insights.grades.gradebook import Line, line
from courseware.insights.grades.policy import Policy
from courseware.mastery.levels import Level

run = CliRunner()
NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def answered(
    course: Course, objective: str, rights: str, *, start: datetime = NOW, review: bool = False
) -> list[Event]:
    """Clean answers on two items in turn: + is right, - is wrong; a minute apart."""
    return [
        Event(
            id=new_id(), at=start + timedelta(minutes=n), learner="l", course=course.id, course_version="1.0",
            kind="answer", item=f"item-{n % 2}", item_version=1, seed=int(start.timestamp()) + n,
            objectives=(objective,), open=True, guess=0.05, difficulty=0.0, score=float(right == "+"),
            source="review" if review else "check",
        )
        for n, right in enumerate(rights)
    ]  # fmt: skip


@pytest.fixture
def lined(small: Course) -> Callable[..., Line]:
    def of(
        events: list[Event], policy: Policy | None = None, now: datetime = NOW + timedelta(days=1)
    ) -> Line:
        policy = policy or Policy()
        counting = policies.objectives(policy, small, [])
        return line(Person(student="s"), events, small, small.rules, policy, counting, now)

    return of


def level_of(made: Line, objective: str = "sum.add") -> tuple[Level, Level]:
    return next((each.now, each.graded) for each in made.objectives if each.objective == objective)


def test_a_failed_review_lowers_the_level_and_not_the_grade(small, lined):
    reached = answered(small, "sum.add", "++++++")
    before = lined(reached)
    failed = answered(small, "sum.add", "-", start=NOW + timedelta(days=2), review=True)
    after = lined([*reached, *failed], now=NOW + timedelta(days=3))
    assert level_of(before) == (Level.PROFICIENT, Level.PROFICIENT)
    assert level_of(after) == (Level.FAMILIAR, Level.PROFICIENT)
    assert after.whole == before.whole
    never = lined([*reached, *failed], Policy(keep=None), now=NOW + timedelta(days=3))
    assert level_of(never) == (Level.FAMILIAR, Level.FAMILIAR)
    only_mastered = lined([*reached, *failed], Policy(keep=Level.MASTERED), now=NOW + timedelta(days=3))
    assert level_of(only_mastered) == (Level.FAMILIAR, Level.FAMILIAR)


def test_time_alone_lowers_no_grade_that_is_kept(small, lined):
    begun = answered(small, "sum.half", "++")
    assert (
        level_of(lined(begun), "sum.half")[1]
        == level_of(lined(begun, now=NOW + timedelta(days=400)), "sum.half")[1]
    )


@settings(
    deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow]
)  # a clock fails no law
@given(st.lists(st.tuples(st.sampled_from("+-"), st.booleans(), st.integers(0, 40)), max_size=25))
def test_law_more_answers_never_lower_a_kept_grade(small_rules, tries):
    course, at, events, last = small_rules, NOW, [], -1.0
    for sign, review, days in tries:
        at += timedelta(days=days, minutes=1)
        events += answered(course, "sum.add", sign, start=at, review=review)
        made = line(Person(student="s"), events, course, course.rules, Policy(), ["sum.add"], at)
        assert made.whole.points >= last
        last = made.whole.points


@pytest.fixture(scope="module")
def small_rules(small: Course) -> Course:
    return small


def test_letters_ask_for_shares_of_objectives_and_not_for_an_average():
    policy = Policy()
    p, m, f, n = Level.PROFICIENT, Level.MASTERED, Level.FAMILIAR, Level.NOT_STARTED
    told = {
        "A": [[m, m, p, p], [m]],
        "B": [[p, p, p, p], [m, m, m, m, n]],
        "C": [[p, p, p, n, n]],
        "D": [[f, f, f, n], [p, f, n]],
        "F": [[m, n, n, n]],
        "": [[]],
    }
    for letter, cases in told.items():
        for levels in cases:
            assert policy.letter(levels) == letter, levels


def test_what_counts_is_what_was_released_unless_the_policy_names_it(small):
    of = policies.objectives
    assert of(Policy(), small, ["01-sums"]) == ("sum.add", "sum.double")
    assert of(Policy(), small, []) == tuple(small.objectives)
    assert of(Policy(), small, ["other"]) == tuple(small.objectives)
    assert of(Policy(counts=("sum.mean", "02-halves")), small, ["01-sums"]) == ("sum.half", "sum.mean")


def with_grades(folder: ClassFolder, toml: str) -> Path:
    file = folder.path / "class.toml"
    file.write_text(file.read_text(encoding="utf-8") + toml, encoding="utf-8")
    return file


def test_an_instructors_mapping_is_read(small, classroom):
    toml = """
[grades]
counts = ["01-sums"]
keep = "proficient"
[grades.points]
Familiar = 5
Proficient = 8
Mastered = 10
[grades.letters]
merit = { Mastered = 0.5 }
pass = { Proficient = 0.5 }
not-yet = {}
"""
    policy = policies.read(with_grades(classroom, toml), small)
    assert policy.keep is Level.PROFICIENT
    assert policy.sum([Level.MASTERED, Level.FAMILIAR]) == 15
    assert [policy.letter([level]) for level in Level] == ["not-yet", "not-yet", "not-yet", "pass", "merit"]


@pytest.mark.parametrize(
    ("toml", "told"),
    [
        ("[grades]\nkeeps = 1", "found 'keeps'; expected one of counts, keep, points, letters"),
        (
            "[grades]\nkeep = 'Perfect'",
            "grades.keep: found 'Perfect'; expected one of Not started, Attempted",
        ),
        ("[grades]\ncounts = ['9']", "grades.counts: found '9'; expected one of 01-sums"),
        ("[grades]\ncounts = []", "grades.counts: found []"),
        ("[grades.points]\nFamiliar = -1", "grades.points.Familiar: found -1; expected a number from 0 on"),
        ("[grades.points]\nFamiliar = 9", "expected no level to be worth less than one below it"),
        ("[grades.points]\nMastered = 0\nProficient = 0\nFamiliar = 0", "nothing is worth anything"),
        (
            "[grades.letters]\nA = { Proficient = 90 }",
            "grades.letters.A.Proficient: found 90; expected a share",
        ),
        ("[grades.letters]\nA = 0.9", "grades.letters.A: found 0.9; expected a table"),
    ],
)
def test_a_mapping_that_cannot_be_is_told_with_its_place(small, classroom, toml, told):
    with pytest.raises(ClassError) as refused:
        policies.read(with_grades(classroom, f"\n{toml}\n"), small)
    assert told in str(refused.value)
    assert "class.toml" in str(refused.value)


def cli(*words: object) -> tuple[str, str]:
    done = run.invoke(app, [str(word) for word in words], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout, done.stderr


def rows_of(path: Path) -> list[list[str]]:
    return list(csv.reader(io.StringIO(path.read_bytes().decode("utf-8"))))


def test_canvas_gets_the_columns_and_the_points_row_that_its_import_documents(classroom, tmp_path):
    decide(classroom, "s002", "02-halves", "excuse", "was ill")
    file = tmp_path / "canvas.csv"
    cli("gradebook", "--class", classroom.path, "--format", "canvas", "--to", file)
    head, possible, *rows = rows_of(file)
    assert head[:5] == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section"]
    assert head[5:] == ["01-sums Sums", "02-halves Halves", "03-means The middle"]
    assert possible[0].strip() == "Points Possible"
    assert possible[1:] == ["", "", "", "", "8", "4", "4"]
    assert [row[0] for row in rows[:2]] == ["Lovelace, Ada", "du Châtelet, Émilie"]
    assert [row[3] for row in rows] == [f"s{n:03d}" for n in range(1, 11)]
    assert rows[1][6] == "EX"
    points = [float(cell) for row in rows for cell in row[5:] if cell != "EX"]
    assert sum(points) > 0
    assert all(
        0 <= float(cell) <= most
        for row in rows
        for cell, most in zip(row[5:], (8, 4, 4), strict=True)
        if cell != "EX"
    )
    cli(
        "gradebook",
        "--class",
        classroom.path,
        "--format",
        "canvas",
        "--by",
        "course",
        "--letters",
        "--to",
        file,
    )
    head, _, *rows = rows_of(file)
    assert head[5:] == ["Small sums"]
    assert {row[5] for row in rows} <= set("ABCDF")


def test_moodle_gets_its_students_by_any_of_the_fields_it_maps_and_nothing_for_the_excused(
    classroom, tmp_path
):
    decide(classroom, "s002", "02-halves", "excuse", "was ill")
    file = tmp_path / "moodle.csv"
    cli("gradebook", "--class", classroom.path, "--format", "moodle", "--by", "objective", "--to", file)
    head, *rows = rows_of(file)
    assert head[:5] == ["First name", "Last name", "Username", "ID number", "Email address"]
    assert head[5:] == ["sum.add", "sum.double", "sum.half", "sum.mean"]
    assert rows[0][:5] == ["Ada", "Lovelace", "s001", "s001", "s001@school.example"]
    assert rows[1][7] == ""
    assert all(len(row) == len(head) for row in rows)


def test_only_what_was_witnessed_is_graded_unless_the_instructor_says_otherwise(classroom):
    told = json.loads(cli("gradebook", "--class", classroom.path, "--json")[0])
    assert told["evidence"] == "witnessed"
    points = {each["student"]: each["points"] for each in told["students"]}
    assert max(points[f"s{n:03d}"] for n in range(1, 6)) > 0
    assert {points[f"s{n:03d}"] for n in range(6, 11)} == {0}
    trusting = json.loads(cli("gradebook", "--class", classroom.path, "--self-reported", "--json")[0])
    assert trusting["evidence"] == "all"
    assert max(each["points"] for each in trusting["students"][5:]) > 0
    toml = classroom.path / "class.toml"
    toml.write_text(toml.read_text().replace("# trust_self_reported = false", "trust_self_reported = true"))
    assert json.loads(cli("gradebook", "--class", classroom.path, "--json")[0]) == trusting
    assert json.loads(cli("gradebook", "--class", classroom.path, "--witnessed", "--json")[0]) == told


def test_a_table_on_the_terminal_says_what_it_counts(classroom):
    said, _ = cli("gradebook", "--class", classroom.path)
    assert "Ada Lovelace" in said
    assert "Only what the class witnessed counts" in said


def test_a_student_who_has_not_begun_is_in_the_table(classroom):
    with classroom.roster.open("a", encoding="utf-8") as file:
        file.write("s099,New,Comer,,\n")
    told = json.loads(cli("gradebook", "--class", classroom.path, "--json")[0])
    assert told["students"][-1]["student"] == "s099"
    assert told["students"][-1]["points"] == 0
    assert told["students"][-1]["letter"] == "F"


# nbgrader ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def released(small: Course, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A class with nbgrader's gradebook, made once."""
    from courseware.grading.nbgraders import open_gradebook

    folder = class_folder.create(tmp_path_factory.mktemp("nbgrader") / "class", small, by_path=True)
    with open_gradebook(folder) as book:
        book.update_or_create_assignment("01-sums")
    return folder.path


def test_nbgrader_has_the_levels_as_an_assignment_that_its_own_export_writes(classroom, released, tmp_path):
    shutil.copy(released / "gradebook.db", classroom.path / "gradebook.db")
    said = cli("gradebook", "--class", classroom.path, "--nbgrader", "--json")
    told = {each["student"]: each for each in json.loads(said[0])["students"]}
    command = [sys.executable, "-m", "nbgrader", "export", "--to", str(tmp_path / "grades.csv")]
    subprocess.run(command, cwd=classroom.path, check=True, capture_output=True)
    with (tmp_path / "grades.csv").open(encoding="utf-8") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == "mastery"]
    assert {row["student_id"]: float(row["score"]) for row in rows} == {
        s: each["points"] for s, each in told.items()
    }
    assert {float(row["max_score"]) for row in rows} == {16.0}


def test_in_nbgrader_a_kept_grade_stays_and_a_persons_score_stays(classroom, released):
    from courseware.grading.nbgraders import open_gradebook

    shutil.copy(released / "gradebook.db", classroom.path / "gradebook.db")
    cli("gradebook", "--class", classroom.path, "--nbgrader")
    with open_gradebook(classroom) as book:
        before = {s.student.id: s.score for s in book.assignment_submissions("mastery")}
        grade = book.find_grade("sum_add", "mastery", "mastery", "s007")
        grade.manual_score = 2.5
        book.db.commit()
    best = max(before, key=before.__getitem__)
    assert before[best] > 4
    toml = classroom.path / "class.toml"  # later the gate asks for more
    strict = '[mastery]\nthresholds = { "sum.add" = 0.9989, "sum.double" = 0.9989 }'
    text = toml.read_text().replace("[mastery]", strict)
    toml.write_text(text)
    cli("gradebook", "--class", classroom.path, "--nbgrader")
    with open_gradebook(classroom) as book:
        after = {s.student.id: s.score for s in book.assignment_submissions("mastery")}
    assert after.pop("s007") == 2.5
    assert all(after[student] >= before[student] for student in after)
    assert after[best] == before[best]


def test_without_a_gradebook_it_says_what_makes_one(classroom):
    done = run.invoke(app, ["gradebook", "--class", str(classroom.path), "--nbgrader"])
    assert isinstance(done.exception, ClassError)
    assert "class release" in str(done.exception)
