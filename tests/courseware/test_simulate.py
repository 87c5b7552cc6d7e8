"""Simulated learners use the real tutor, and what is reported of them follows from what was so."""

from __future__ import annotations

import csv
import json
import random
from pathlib import Path

import pytest
from typer.testing import CliRunner

from checkers import Choice, Number, Ordering
from checkers.result import FormatError
from courseware.cli import app
from courseware.course import load_course
from courseware.items import Mistake, Question
from courseware.log import log_in_memory, open_log
from courseware.simulate.course_run import Life, Remembering, Study, lives, side_by_side
from courseware.simulate.learners import GUESSER, PROFILES, Profile, blind, dealt, wrong
from courseware.simulate.report import report
from courseware.simulate.worlds import AllOrNone, Graded, World, ordered

NEEDS = {"c.c": ("b.b",), "b.b": ("a.a",), "a.a": ()}
PANDAS = Path(__file__).resolve().parents[2] / "lessons" / "pandas"
SURE = Profile(name="sure", share=1.0, prior=1.0, hints=0.0, places=0.0)


def live(course, worker, profiles, **more) -> list[Life]:
    log = log_in_memory()
    try:
        study = Study(**{"world": World.ALL_OR_NONE, "seed": 3, "sessions": 4} | more)
        return list(lives(course, log, worker, study, list(enumerate(profiles))))
    finally:
        log.close()


def responses(every: list[Life]) -> list[tuple[object, ...]]:
    return [
        (e.kind, e.item, e.seed, json.dumps(e.response), e.score, e.at) for life in every for e in life.events
    ]


@pytest.fixture
def tiny(make_course):
    return load_course(make_course())


@pytest.mark.parametrize("world", World)
def test_the_same_seed_gives_the_same_lives_and_another_gives_others(tiny, worker, world):
    once, again, other = (
        responses(live(tiny, worker, dealt(4, PROFILES), seed=seed, world=world)) for seed in (1, 1, 2)
    )
    assert once == again
    assert once != other


def test_two_processes_come_to_the_same_lives_as_one(tiny):
    study = Study(world=World.ALL_OR_NONE, seed=3, sessions=1)
    profiles = dealt(6, PROFILES)
    one, two = (
        [life for some in side_by_side(tiny.path, study, profiles, jobs) for life in some] for jobs in (1, 2)
    )
    assert responses(one) == responses(two)
    assert len(one) == 6


def test_who_knows_everything_gets_through_and_mastery_is_never_false(tiny, worker):
    told = report(tiny, live(tiny, worker, [SURE] * 3, sessions=6))
    assert told.reached == {"01-sums": 3, "02-halves": 3}
    assert told.unreachable == []
    assert told.false_mastery == 0.0
    assert told.tries["sum.add"] is not None
    assert told.over_practice is not None


def test_who_knows_nothing_and_learns_nothing_is_never_proficient(tiny, worker):
    blank = Profile(name="blank", share=1.0, learns=0.0, prior=0.0, hints=0.0, places=0.0, retries=0.0)
    told = report(tiny, live(tiny, worker, [blank] * 4, sessions=3))
    assert told.unreachable == ["02-halves"]
    assert told.spinning_recall == 1.0
    assert told.spinning_precision == 1.0


def test_the_truth_beside_the_log_names_its_answers(tiny, worker):
    (life,) = live(tiny, worker, [PROFILES[0]])
    answers = {event.id for event in life.events if event.kind == "answer"}
    assert {truth.answer for truth in life.truths} == answers


def test_a_mind_knows_at_the_start_only_what_it_has_the_grounds_for():
    for seed in range(60):
        mind = AllOrNone(NEEDS, random.Random(seed), learns=0.1, prior=0.5)
        assert mind.knows("b.b") <= mind.knows("a.a")
        assert mind.knows("c.c") <= mind.knows("b.b")
    assert ordered(NEEDS) == ["a.a", "b.b", "c.c"]


@pytest.mark.parametrize("make", [AllOrNone, Graded])
def test_practice_helps_and_rest_takes_away(make):
    def known(practice: int, days: float) -> int:
        count = 0
        for seed in range(200):
            chance = random.Random(seed)
            mind = make(NEEDS, chance, learns=0.14)
            for _ in range(practice):
                mind.practise(["a.a"], chance)
            mind.rest(days, chance)
            count += mind.knows("a.a")
        return count

    assert known(0, 0) < known(8, 0) < known(40, 0)
    assert known(8, 300) < known(8, 0)


def test_what_is_picked_blindly_is_right_as_often_as_there_are_choices():
    key = Choice(right="a", wrong=["b", "c", "d"])
    question = Question(prompt="?", answer=key, solution="a")
    chance = random.Random(0)
    picked = [wrong(question, key.asks(), "?", chance) for _ in range(2000)]
    assert picked.count("a") / 2000 == pytest.approx(0.25, abs=0.04)


def test_blind_answers_can_be_read():
    chance = random.Random(1)
    for key in (Choice(right="a", wrong=["b"]), Number(3), Ordering(["x = 1", "y = 2"])):
        for _ in range(30):
            assert not isinstance(key.parse(blind(key.asks(), "Of 12, how many?", chance)), FormatError)
    question = Question(
        prompt="?", answer=Number(3), solution="3", mistakes=[Mistake("twice", 6, says="Half of that.")]
    )
    named = [wrong(question, question.answer.asks(), "?", chance) for _ in range(400)]
    assert named.count(6) > 200


def test_a_runner_that_remembers_runs_equal_jobs_once(worker):
    from checkers.run import Job

    runs = []

    class Counting:
        def run(self, job):
            runs.append(job)
            return worker.run(job)

        def warm(self, given):
            worker.warm(given)

    remembering = Remembering(Counting())
    first = remembering.run(Job(source="a + 1", names={"a": 1}))
    assert remembering.run(Job(source="a + 1", names={"a": 1})) == first
    assert remembering.run(Job(source="a + 1", names={"a": 2})).made.value == 3
    assert len(runs) == 2


def test_all_shares_of_profiles_come_to_all_learners():
    for count in (1, 7, 40, 200):
        assert len(dealt(count, PROFILES)) == count
    assert {p.name for p in dealt(40, PROFILES)} == {p.name for p in PROFILES}


def test_guessing_does_not_pay_in_the_course_that_comes_with_it(worker):
    """The figure for 200 guessers stands in docs/mastery.md; it takes minutes."""
    course = load_course(PANDAS)
    every = live(course, worker, [GUESSER] * 3, sessions=60, answers=60)
    assert report(course, every).unlocks["guessing"] == (0.0, 0)


def test_the_command_writes_the_log_and_the_truth_beside_it(make_course, tmp_path):
    course = make_course()
    command = ["simulate", str(course), "--learners", "3", "--sessions", "2", "--json"]
    run = CliRunner().invoke(app, [*command, "--world", "graded", "--save", str(tmp_path / "out")])
    assert run.exit_code == 0, run.output
    data = json.loads(run.stdout)
    assert data["world"] == "graded"
    assert data["learners"] == 3
    log = open_log(tmp_path / "out" / "events.sqlite")
    learners = log.learners("tiny")
    answers = [e.id for u in learners for _, e in log.read(u, "tiny") if e.kind == "answer"]
    log.close()
    with (tmp_path / "out" / "truth.csv").open(encoding="utf-8", newline="") as file:
        assert {row["answer"] for row in csv.DictReader(file)} == set(answers)
    assert len(answers) == data["answers"]
