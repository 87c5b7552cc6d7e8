"""A class of the pandas course, with a simulated term behind it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import cycle
from pathlib import Path

import pytest

from courseware.course import Course, bundled, load_course
from courseware.draw import seed_of
from courseware.events import Event
from courseware.grading import class_folder, roster
from courseware.grading.evidence import self_reported
from courseware.grading.roster import Person
from courseware.items import Question
from courseware.log import open_log
from courseware.simulate import classroom
from courseware.simulate.classroom import Troubles, item_ids
from courseware.simulate.worlds import World

NAMES = "Ada Ben Cleo Dan Eve Finn Gia Hugo Ida Jon Kim Leo Mia Noa Oto Pia Quin Ria Sam Tia Uma Vic Wes Xia"
SCRIPT = "<script>document.title='taken over'</script><img src=x onerror=\"document.title='taken over'\">"
"""What somebody answers who would like to see whether it runs."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Real:
    """What a made-up objective and its items stand for in the course."""

    objective: str
    lesson: str
    items: Sequence[tuple[str, int, Question]]


def real(course: Course, made: Course) -> Mapping[str, Real]:
    names = [o for o in course.objectives if len(course.items_for(o)) >= 2]
    found = {}
    for stand_in, name in zip(made.objectives, names, strict=False):
        items = [i for i in course.items_for(name) if i.objectives == (name,)][:5]
        told = [
            (i.id, i.version, i.question(seed_of("x", course.id, i.id, i.version, 0), course.data))
            for i in items
        ]
        if told:
            home = course.home(told[0][0]).id
            found[stand_in] = Real(objective=name, lesson=home, items=told)
    return found


def turned(events: Sequence[Event], course: Course, stands_for: Mapping[str, Real]) -> Iterator[Event]:
    """The events of a made-up class as if they were of this course."""
    for event in events:
        of = stands_for.get(event.objectives[0])
        if of is None:
            continue
        places = dict(zip(item_ids(event.objectives[0]), cycle(of.items), strict=False))
        item, version, question = places[event.item or ""]
        more: dict[str, object] = {}
        if event.kind == "asked":
            more["detail"] = {"prompt": question.prompt_text}
        if event.kind == "answer":
            right = (event.score or 0) >= 1
            known = (
                question.mistakes[hash(event.seed) % len(question.mistakes)] if question.mistakes else None
            )
            more["response"] = question.right if right or known is None else known.response
            more["mistake"] = None if right or known is None or event.mistake is None else known.key
            if not right and event.mistake is None:
                more["response"] = SCRIPT
        told = replace(
            event, course=course.id, course_version=course.version, objectives=(of.objective,), item=item,
            item_version=version, lesson=of.lesson, **more,
        )  # type: ignore[arg-type]  # fmt: skip
        yield self_reported(told)


def make_class(folder: Path, learners: int = 26, *, objectives: int = 8, days: float = 30) -> Path:
    """A class in a folder: a roster, a plan, and the events of its learners' first weeks."""
    course, made = load_course(bundled() / "pandas", sound=True), classroom.course(objectives)
    stands_for = real(course, made)
    troubles = Troubles(
        stuck={1: "step.01", 4: "step.02", 7: "step.01"},
        gaming=frozenset({2}),
        leaves={5: 9.0, 9: 6.0},
        wrong_key=frozenset({item_ids("step.01")[0]}),
    )
    lives = list(
        classroom.classroom(made, world=World.GRADED, seed=4, learners=learners, days=days, troubles=troubles)
    )
    where = class_folder.create(folder, course)
    names = NAMES.split()
    people = [
        Person(
            student=f"s{n:03d}",
            first_name=names[n % len(names)],
            last_name=f"Nr {n:03d}",
            learner=life.learner,
        )
        for n, life in enumerate(lives)
    ]
    people.append(Person(student="late", first_name="Lou", last_name="Late"))
    roster.write(where.roster, people)
    lessons = [lesson.id for lesson in course.lessons]
    with (folder / class_folder.FILE).open("a", encoding="utf-8") as file:
        file.write(f'"{lessons[0]}" = 2026-01-19\n"{lessons[1]}" = 2026-02-02\n"{lessons[2]}" = 2026-02-16\n')
    log = open_log(folder / "class.sqlite")
    log.append([event for life in lives for event in turned(life.events, course, stands_for)])
    log.close()
    return folder


@pytest.fixture(scope="session")
def pandas_class(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_class(tmp_path_factory.mktemp("insights") / "autumn")
