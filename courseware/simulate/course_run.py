"""A simulated learner goes through a course by the real tutor: asks, answers, takes hints, comes back."""

from __future__ import annotations

import pickle
import random
import uuid
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import repeat
from multiprocessing import get_context
from pathlib import Path
from typing import Final

from checkers.run import Job, Outcome, Runner
from courseware.course import Course, load_course
from courseware.events import Event
from courseware.items import DIFFICULTY
from courseware.local_tutor import LocalTutor
from courseware.log import Log, log_in_memory
from courseware.mastery.levels import Level
from courseware.runner import Worker
from courseware.simulate.learners import Profile, blind, wrong
from courseware.simulate.worlds import AllOrNone, Graded, Mind, World
from courseware.tutor import PLACEMENT, REVIEW, Card, NotFound, Progress

START: Final = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
LEARNT_BY_FEEDBACK: Final = 0.6
"""How often a second try at the same question goes right, once the first was told why it misses."""
UNREADABLE: Final = 4
"""So often a response that is no answer is tried anew; then the question is left."""
PARTS: Final = 4
"""Each process gets its learners in so many parts, so that progress can be seen."""
CHECKED: Final = (7, 30)
"""Days after Proficient at which it is looked whether it is still known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """What was really known of an objective when an answer was given, and the chance of a right one."""

    answer: str
    objective: str
    known: bool
    chance: float


@dataclass(slots=True, kw_only=True)
class Life:
    """One learner's way through: the events, the truth beside them, and what was kept after Proficient.

    `kept` holds P(known) so many days after each Proficient. `placed`: objectives that the placement
    skipped, `placed_wrong` those of them that were not known, `not_placed` known ones that it did not skip.
    """

    learner: str
    profile: str
    events: list[Event] = field(default_factory=list)
    truths: list[Truth] = field(default_factory=list)
    kept: dict[int, list[float]] = field(default_factory=lambda: {days: [] for days in CHECKED})
    known_at_end: set[str] = field(default_factory=set)
    placed: int = 0
    placed_wrong: int = 0
    not_placed: int = 0


class Clock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **by: float) -> None:
        self.now += timedelta(**by)


class Remembering:
    """A Runner that runs nothing twice: jobs of the same content come to the same outcome."""

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self._seen: dict[bytes, Outcome] = {}

    def run(self, job: Job) -> Outcome:
        names = {name: value for name, value in job.names.items() if name != "display"}
        try:
            key = pickle.dumps((job.source, job.given, names, job.calls, job.folder))
        except (pickle.PicklingError, AttributeError, TypeError):
            return self._runner.run(job)
        if key not in self._seen:
            self._seen[key] = self._runner.run(job)
        return self._seen[key]

    def warm(self, given: tuple[str, ...]) -> None:
        self._runner.warm(given)


class Learner:
    """One simulated learner: a mind, a profile, a tutor."""

    def __init__(
        self, course: Course, log: Log, runner: Runner, *, profile: Profile, world: World, seed: str
    ) -> None:
        self._chance = random.Random(seed)
        self._course, self._profile = course, profile
        self._clock = Clock()
        needs = {o.id: o.needs for o in course.objectives.values()}
        make = AllOrNone if world is World.ALL_OR_NONE else Graded
        self._mind: Mind = make(needs, self._chance, learns=profile.learns, prior=profile.prior)
        self.life = Life(learner=self._id(), profile=profile.name)
        self._tutor = LocalTutor(course, log, self.life.learner, clock=self._clock, runner=runner)
        self._proficient: dict[str, datetime] = {}
        self._log = log

    def live(self, sessions: int, answers: int | None = None) -> Life:
        """So many sessions, or until so many answers; every one is logged."""
        left = answers if answers is not None else 10**9
        for session in range(sessions):
            if session:
                self._away(self._chance.expovariate(1 / self._profile.gap) + 0.5)
            if left <= 0 or (session and self._chance.random() < self._profile.quits):
                break
            left -= self._sit(min(left, self._profile.answers), first=session == 0)
        self._away(max(CHECKED) + 1.0, at_end=True)
        self.life.events = [event for _, event in self._log.read(self.life.learner, self._course.id)]
        return self.life

    def _sit(self, budget: int, *, first: bool) -> int:
        """One session: placement, reviews, then lessons; the number of questions answered."""
        progress = self._tutor.open(None)
        done = 0
        if first and self._chance.random() < self._profile.places:
            done += self._place()
            progress = self._tutor.progress()
        if progress.due is not None:
            for _ in range(min(budget, progress.due.questions)):
                try:
                    card = self._tutor.ask(REVIEW)
                    if card.told is not None and card.round is not None and not card.round.over:
                        card = self._tutor.another(REVIEW, card.variant, id=self._id())
                except NotFound:
                    break
                if card.told is not None:
                    break
                self._work(card)
                done += 1
            progress = self._tutor.progress()
        while done < budget and (lesson := _unfinished(progress)) is not None:
            card = self._tutor.ask(lesson)
            if card.told is not None:
                card = self._tutor.another(lesson, card.variant, id=self._id())
            while done < budget:
                card = self._work(card)
                done += 1
                if card.opened or card.standing.level >= Level.PROFICIENT:
                    break
                card = self._tutor.another(lesson, card.variant, id=self._id())
            progress = self._tutor.progress()
        return done

    def _place(self) -> int:
        """The placement at the start of the course, and how right it was."""
        before = {o for o in self._course.objectives if self._mind.knows(o)}
        self._tutor.place(id=self._id())
        count = 0
        card = self._tutor.ask(PLACEMENT)
        while card.round is not None and not card.round.over:
            card = self._work(card, once=True)
            count += 1
            if card.round is None or card.round.over:
                break
            card = self._tutor.another(PLACEMENT, card.variant, id=self._id())
        skipped = {
            s.objective
            for lesson in self._tutor.progress().lessons
            for s in lesson.objectives
            if s.level >= 3
        }
        self.life.placed += len(skipped)
        self.life.placed_wrong += len(skipped - before)
        self.life.not_placed += len(before - skipped)
        return count

    def _work(self, card: Card, *, once: bool = False) -> Card:
        """Answer a question as this learner does; the card as it is afterwards."""
        target, objectives = card.target, self._course.items[card.item].objectives
        question = self._tutor.question(target)
        difficulty = DIFFICULTY[self._course.items[card.item].difficulty]
        likely = self._mind.chance(objectives, difficulty)
        helped = False
        profile, chance = self._profile, self._chance
        if (
            not once
            and not profile.blind
            and card.hints_left
            and likely < 0.5
            and chance.random() < profile.hints
        ):
            while card.hints_left:
                self._clock.forward(seconds=min(profile.seconds, 15) * chance.uniform(0.5, 1.5))
                card = self._tutor.hint(target, card.variant, id=self._id())
                helped = True
        counted = False
        for attempt in range(UNREADABLE):
            seconds = profile.seconds * chance.lognormvariate(0, 0.5)
            self._clock.forward(seconds=seconds)
            p = max(likely, LEARNT_BY_FEEDBACK) if counted or helped else likely
            if profile.blind:
                response: object = blind(card.ask, card.prompt.text, chance)
            elif chance.random() < p:
                response = question.right
            else:
                response = wrong(question, card.ask, card.prompt.text, chance)
            answer = self._id()
            truths = [
                Truth(
                    answer=answer, objective=o, known=self._mind.knows(o), chance=self._mind.chance([o], 0.0)
                )
                for o in objectives
            ]
            card = self._tutor.answer(target, card.variant, response, id=answer, ms=round(seconds * 1000))
            tone = None if card.told is None else card.told.tone
            if tone != "note":
                self.life.truths += truths
                counted = True
                if tone == "good" or once or attempt > 1 or chance.random() > profile.retries:
                    break
        if counted and not profile.blind:
            self._mind.practise(objectives, chance)
        if card.standing.level >= Level.PROFICIENT:
            self._proficient.setdefault(card.standing.objective, self._clock.now)
        return card

    def _away(self, days: float, *, at_end: bool = False) -> None:
        """Time passes; on its way, look at what is still known so long after Proficient."""
        for objective, since in self._proficient.items():
            for after in CHECKED:
                due = (since + timedelta(days=after) - self._clock.now) / timedelta(days=1)
                if 0 <= due < days:
                    self.life.kept[after].append(self._mind.after(objective, due))
        if at_end:
            self.life.known_at_end = {o for o in self._course.objectives if self._mind.knows(o)}
            return
        self._mind.rest(days, self._chance)
        self._clock.forward(days=days)

    def _id(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))


def _unfinished(progress: Progress) -> str | None:
    """The first open lesson with something to learn."""
    for lesson in progress.lessons:
        if lesson.open and any(o.level < Level.PROFICIENT for o in lesson.objectives):
            return lesson.lesson
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """A world, a seed, and for how long: so many sessions each, or until so many answers."""

    world: World
    seed: int
    sessions: int
    answers: int | None = None


def lives(
    course: Course, log: Log, runner: Runner, study: Study, profiles: Sequence[tuple[int, Profile]]
) -> Iterator[Life]:
    """Let learners live, one after the other. Each has a number: the same study and number, the same life."""
    remembering = Remembering(runner)
    for number, profile in profiles:
        seed = f"{study.seed}/{number}/{profile.name}"
        learner = Learner(course, log, remembering, profile=profile, world=study.world, seed=seed)
        yield learner.live(study.sessions, study.answers)


def lived(path: Path, study: Study, profiles: Sequence[tuple[int, Profile]]) -> list[Life]:
    """The lives of a few learners in the course of a folder, with a log and a worker of their own."""
    log, worker = log_in_memory(), Worker()
    try:
        return list(lives(load_course(path, sound=True), log, worker, study, profiles))
    finally:
        worker.close()
        log.close()


def side_by_side(path: Path, study: Study, profiles: Sequence[Profile], jobs: int) -> Iterator[list[Life]]:
    """All lives, a few at a time, in so many processes; in the order of the profiles."""
    numbered = list(enumerate(profiles))
    size = -(-len(numbered) // (PARTS * jobs))
    parts = [numbered[start : start + size] for start in range(0, len(numbered), size)]
    if jobs == 1:
        yield from (lived(path, study, part) for part in parts)
        return
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        yield from pool.map(lived, repeat(path), repeat(study), parts)
