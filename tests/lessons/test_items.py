"""Every item of every course proves itself: its right response, each of its mistakes, its words.

Nothing here names a course: what lies in `lessons/` is tested.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from checkers.choice import Choice, MultipleChoice
from checkers.free_text import FreeText
from checkers.message import FIELD, fill
from checkers.number import Number
from checkers.ordering import Ordering
from checkers.result import FormatError, Result
from checkers.run import Job, Outcome, Runner
from courseware.course import Course, load_course
from courseware.draw import seed_of
from courseware.items import Item, Question, fingerprint
from courseware.runner import Worker
from courseware.verdict import Bench, NoAnswer, Verdict, judge

LESSONS = Path(__file__).resolve().parents[2] / "lessons"
COURSES = {path.parent.name: load_course(path.parent) for path in sorted(LESSONS.glob("*/course.toml"))}
ITEMS = [
    pytest.param(course, item, id=f"{course.id}/{item.id}")
    for course in COURSES.values()
    for item in course.items.values()
    if not item.retired
]
OBJECTIVES = [
    pytest.param(course, objective, id=f"{course.id}/{objective}")
    for course in COURSES.values()
    for objective in course.objectives
]

JUDGED = 50
COUNTED = 100
MOST_DRAWN = 200
VARIANTS = 50
FEW_VARIANTS: dict[str, str] = {}
"""Items whose format does not allow 50 variants, each with the reason. There is none."""

CODE = re.compile(r"```python\n(.*?)```", re.DOTALL)
BANNED = re.compile(r"\b(simply|just|obviously)\b|!(?!=)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Remembered:
    """A runner that runs no job twice: each verdict runs the mistakes' code again, and so does each test."""

    worker: Runner
    seen: dict[tuple[object, ...], tuple[Job, Outcome]] = field(default_factory=dict)

    def run(self, job: Job) -> Outcome:
        values = [*job.names.values(), *(value for call in job.calls for value in call.args)]
        key = (job.source, *map(id, values))
        if key not in self.seen:
            self.seen[key] = (job, self.worker.run(job))  # holds the job, so that its ids stay its own
        return self.seen[key][1]


@pytest.fixture(scope="module")
def worker() -> Iterator[Runner]:
    made = Worker()
    yield Remembered(made)
    made.close()


@cache
def variant(course_id: str, item_id: str, n: int) -> Question:
    course = COURSES[course_id]
    item = course.items[item_id]
    return item.question(seed_of("a proof", course.id, item.id, item.version, n), course.data)


def variants(course: Course, item: Item, count: int = JUDGED) -> Iterator[Question]:
    return (variant(course.path.name, item.id, n) for n in range(count))


def bench(course: Course, worker: Runner) -> Bench:
    return Bench(runner=worker, given=course.given, folder=course.path)


def texts(item: Item, question: Question) -> Iterator[str]:
    """All that a learner may read of a variant."""
    yield from item.hints
    for template in (question.prompt, question.solution, *(m.says for m in question.mistakes)):
        yield fill(template, question.values)
    if isinstance(question.answer, Choice | MultipleChoice):
        yield from question.answer.shown


def pieces(right: object) -> list[object]:
    """What a right response is made of: ticks, blanks, partners, or itself."""
    if isinstance(right, dict) and isinstance(right.get("met"), list):
        return [right["text"]]  # a text, with what its writer finds in it
    if isinstance(right, dict):
        return [*right, *right.values()]
    return right if isinstance(right, list) else [right]


def told(verdict: Verdict) -> str:
    return verdict.feedback if isinstance(verdict, Result) else verdict.message.text


# Responses ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(("course", "item"), ITEMS)
def test_the_right_response_is_right(course, item, worker):
    for question in variants(course, item):
        verdict = judge(question, question.right, bench(course, worker)).verdict
        assert isinstance(verdict, Result), (question.right, told(verdict))
        assert verdict.correct, (question.right, told(verdict))


@pytest.mark.parametrize(("course", "item"), ITEMS)
def test_each_mistake_gets_its_own_message_and_no_other(course, item, worker):
    for question in variants(course, item):
        for mistake in question.mistakes:
            verdict = judge(question, mistake.response, bench(course, worker)).verdict
            assert isinstance(verdict, Result), (mistake.key, mistake.response, told(verdict))
            assert verdict.mistake == mistake.key, (mistake.response, verdict, question.right)
            assert [m.template for m in verdict.messages] == [mistake.says]
            assert not verdict.correct


@pytest.mark.parametrize(("course", "item"), ITEMS)
def test_the_worked_solution_holds_the_right_response(course, item, worker):
    for question in variants(course, item):
        solution = fill(question.solution, question.values)
        code = CODE.search(solution)
        if isinstance(question.answer, Ordering):
            lines = code[1].splitlines() if code else solution.split(". ")[0].split(", ")
            assert lines == question.right
        elif code:  # also where a number is asked for: the code has to come to it
            verdict = judge(question, {"code": code[1].strip()}, bench(course, worker)).verdict
            assert isinstance(verdict, Result), told(verdict)
            assert verdict.correct, told(verdict)
        else:
            for one in pieces(question.right):
                text = str(one).strip("`")
                assert text in solution or text in solution.replace(",", ""), (one, solution)


@pytest.mark.parametrize(("course", "item"), ITEMS)
def test_what_cannot_be_an_answer_is_told_and_not_counted(course, item, worker):
    question = variant(course.path.name, item.id, 0)
    for response in (None, "", "   ", [], {}, {"code": ""}, {"code": None}, [[]], "x" * 60_000, "x = ("):
        if response == "x = (" and question.answer.kind == "text":
            continue  # to a text, that is an answer
        verdict = judge(question, response, bench(course, worker)).verdict
        assert isinstance(verdict, FormatError | NoAnswer), (response, verdict)
        assert told(verdict)


@pytest.mark.parametrize(("course", "item"), ITEMS)
def test_the_code_to_begin_from_is_not_right_yet(course, item, worker):
    for question in variants(course, item, 10):
        if question.starter:
            verdict = judge(question, {"code": question.starter}, bench(course, worker)).verdict
            assert not isinstance(verdict, Result) or not verdict.correct, question.starter


# Variety -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("course", "item"), ITEMS)
def test_there_are_many_variants(course, item):
    if item.id in FEW_VARIANTS:
        pytest.skip(FEW_VARIANTS[item.id])
    seen = set()
    for question in variants(course, item, MOST_DRAWN):
        seen.add(fingerprint(question))
        if len(seen) >= VARIANTS:
            return
    pytest.fail(f"{len(seen)} different variants in {MOST_DRAWN}, expected {VARIANTS}")


@pytest.mark.parametrize(("course", "item"), ITEMS)
def test_two_or_more_mistakes_are_named_and_each_occurs_often(course, item):
    found = Counter(m.key for question in variants(course, item, COUNTED) for m in question.mistakes)
    assert len(found) >= 2
    rare = {key: count for key, count in found.items() if count < COUNTED / 5}
    assert not rare, f"of {COUNTED} variants"


@pytest.mark.parametrize(("course", "objective"), OBJECTIVES)
def test_an_objective_has_four_items_of_three_formats_one_of_them_open(course, objective):
    items = [item for item in course.items_for(objective) if not item.retired]
    answers = [variant(course.path.name, item.id, 0).answer for item in items]
    assert len(items) >= 4
    assert len({type(answer) for answer in answers}) >= 3
    assert any(answer.open for answer in answers)


@pytest.mark.parametrize("course", COURSES.values(), ids=COURSES)
def test_a_remedy_for_a_mistake_is_for_one_that_an_item_names(course):
    for lesson in course.lessons:
        for objective, key in (name.split(":") for name in lesson.remedies if ":" in name):
            items = [item for item in course.items_for(objective) if not item.retired]
            named = {m.key for item in items for q in variants(course, item, 20) for m in q.mistakes}
            assert key in named, (lesson.id, objective, key)


# Words -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("course", "item"), ITEMS)
def test_no_text_has_an_unfilled_field_or_a_word_that_hurts(course, item):
    for question in variants(course, item):
        for text in texts(item, question):
            assert not FIELD.search(CODE.sub("", text)), text
            assert not BANNED.search(text), text


@pytest.mark.parametrize(("course", "item"), ITEMS)
def test_markup_stands_in_templates_and_not_in_values(course, item):
    """Values are shown as they are: a backtick in one would be seen as a backtick."""
    for question in variants(course, item):
        marked = {name: value for name, value in question.values.items() if re.search("`|[*][*]", str(value))}
        assert not marked


@pytest.mark.parametrize(("course", "item"), ITEMS)
def test_a_message_is_short(course, item):
    for question in variants(course, item):
        for mistake in question.mistakes:
            words = fill(mistake.says, question.values).split()
            assert len(words) <= 60, (mistake.key, len(words))


@pytest.mark.parametrize(("course", "item"), ITEMS)
def test_hints_help_and_do_not_give_the_answer(course, item):
    assert len(item.hints) >= 2
    leaks = 0
    for question in variants(course, item):
        right = question.right
        if not question.answer.open or isinstance(right, list):
            continue
        if isinstance(question.answer, FreeText):
            leaks += any(right["text"] in hint for hint in item.hints)
            continue
        text = right["code"].splitlines()[-1].strip() if isinstance(right, dict) else str(right)
        leaks += any(re.search(rf"(?<!\w){re.escape(text)}(?!\w)", hint) for hint in item.hints)
    # A small number may also stand in a hint by chance; one that stands there as a rule is the answer.
    assert leaks <= (JUDGED / 5 if isinstance(question.answer, Number) else 0)
