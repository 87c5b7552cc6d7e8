"""Where insight comes from: what is named, what lies around, and who is in it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from courseware import workspace
from courseware.course import bundled, load_course
from courseware.events import Event, new_id
from courseware.grading import class_folder
from courseware.grading.class_folder import ClassError
from courseware.grading.evidence import self_reported
from courseware.insights.source import InsightError, Source, find
from courseware.log import LogError, open_log

COURSE = "pandas"
ADA, BOB = "3f6f1f0e-0000-4000-8000-00000000000a", "3f6f1f0e-0000-4000-8000-00000000000b"


def answer(learner: str, course: str = COURSE) -> Event:
    return Event(
        id=new_id(), at=datetime.now(UTC), learner=learner, course=course, course_version="1", kind="answer",
        item="an-item", item_version=1, seed=1, objectives=("an.objective",), score=1.0, response=1,
    )  # fmt: skip


@pytest.fixture
def autumn(tmp_path: Path) -> Path:
    people = tmp_path / "people.csv"
    people.write_text(
        f"student,first_name,last_name,email,learner\nada,Ada,Lovelace,,{ADA}\nbob,,,,{BOB}\ncy,Cy,Young,,\n"
    )
    path = tmp_path / "autumn"
    class_folder.create(path, load_course(bundled() / COURSE, sound=True), people=people)
    return path


def test_a_class_brings_its_roster_its_rules_and_its_plan(autumn: Path) -> None:
    with (autumn / class_folder.FILE).open("a") as file:
        file.write('"02-select" = 2026-10-12\n')
    source = find(classroom=autumn)
    assert [source.name(ADA), source.name(BOB)] == ["Ada Lovelace", "bob"]
    assert [person.student for person in source.waiting] == ["cy"]
    assert source.plan == {"02-select": date(2026, 10, 12)}
    assert source.find_learner("ada") == source.find_learner("Ada Lovelace") == ADA
    with pytest.raises(LookupError, match="Did you mean ada"):
        source.find_learner("adda")


@pytest.mark.parametrize(
    ("line", "told", "error"),
    [
        ('"07-x" = 2026-10-12', "07-x", InsightError),
        ('"02-select" = "soon"', "a day, without quotes", ClassError),
    ],
)
def test_a_plan_that_cannot_be_read_says_so(
    autumn: Path, line: str, told: str, error: type[Exception]
) -> None:
    with (autumn / class_folder.FILE).open("a") as file:
        file.write(f"{line}\n")
    with pytest.raises(error, match=told):
        find(classroom=autumn)


def test_what_learners_told_counts_as_the_class_has_it(autumn: Path) -> None:
    source = find(classroom=autumn)
    log = source.open_log()
    log.append([answer(ADA), self_reported(answer(ADA))])
    log.close()
    assert len(source.events(ADA)) == 1
    assert len(source.events(ADA, witnessed=False)) == 2


def test_a_log_by_its_address_needs_a_course_only_if_it_has_several(tmp_path: Path) -> None:
    file = tmp_path / "log.sqlite"
    log = open_log(file)
    log.append([answer(ADA)])
    assert find(db=str(file)).course.id == COURSE
    assert find(db=f"sqlite:///{file}").learners() == [ADA]
    log.append([answer(ADA, course="other")])
    log.close()
    with pytest.raises(InsightError, match="--course"):
        find(db=str(file))
    assert find(db=str(file), course=COURSE).course.id == COURSE


def test_a_workspace_is_its_own_learners(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    space = workspace.create(tmp_path / "w", load_course(bundled() / COURSE, sound=True), name="Ada")
    source = find(folder=space.path)
    assert source.name(space.learner) == "Ada"
    (space.path / "data").mkdir()
    monkeypatch.chdir(space.path / "data")
    assert find().called == source.called


def test_nothing_is_made_by_looking(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(InsightError, match="--class DIR"):
        find()
    with pytest.raises(LogError, match="there is no log"):
        find(db=str(tmp_path / "none.sqlite"))
    with pytest.raises(InsightError, match="Name one"):
        find(db="a", folder=tmp_path)
    assert not list(tmp_path.iterdir())


def test_columns_of_a_log_come_in_pages(tmp_path: Path) -> None:
    log = open_log(tmp_path / "log.sqlite")
    log.append([answer(ADA), answer(BOB), answer(ADA, course="other"), answer(BOB)])
    first = log.columns(COURSE, ("learner",), most=2)
    rest = log.columns(COURSE, ("learner",), after=first[-1][0], most=2)
    assert [tuple(row) for row in (*first, *rest)] == [(1, ADA), (2, BOB), (4, BOB)]
    assert log.courses() == ["other", COURSE]
    log.close()


def test_a_source_can_be_asked_for_by_the_room() -> None:
    from courseware import insights

    assert insights.Source is Source
    assert insights.find is find
