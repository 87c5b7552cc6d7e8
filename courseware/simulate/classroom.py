"""A class's events at once, without the tutor: minds of either world answer a made-up course.

For what looks at many logs or large ones: a question takes no time here, and troubles can be planted.
Whoever wants real questions and real responses takes `course_run`.
"""

from __future__ import annotations

import random
import uuid
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final

from courseware.course import Course, build
from courseware.events import Event, Kind
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level
from courseware.parameters import Parameters
from courseware.simulate.worlds import BY_LUCK, AllOrNone, Graded, Mind, World

START: Final = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
ITEMS: Final = 5
"""Items of an objective; CLOSED of them are picked from CHOICES."""
CLOSED: Final = 2
CHOICES: Final = ("the third row", "the header", "the last column", "the row before it")
OPTIONS: Final = len(CHOICES)
QUESTIONS: Final = 16
"""So many questions a sitting."""
NAMED: Final = 0.7
"""So often a wrong answer goes one of the known ways."""
RETRIES: Final = 0.4
LEARNT_BY_FEEDBACK: Final = 0.6
PROMPT: Final = "Which of these is so, and how does the table that stands above it show that it is?"


@dataclass(frozen=True, slots=True, kw_only=True)
class Troubles:
    """What is planted. Learners by their numbers, items by their ids; `stuck` maps a learner to the objective
    that this one never learns, `leaves` to the days after which this one is gone."""

    stuck: dict[int, str] = field(default_factory=dict)
    gaming: frozenset[int] = frozenset()
    leaves: dict[int, float] = field(default_factory=dict)
    wrong_key: frozenset[str] = frozenset()
    ambiguous: frozenset[str] = frozenset()


@dataclass(slots=True, kw_only=True)
class Lived:
    """One learner's events, and beside each answer's id whether what it was about was known then."""

    learner: str
    number: int
    events: list[Event] = field(default_factory=list)
    known: dict[str, bool] = field(default_factory=dict)


def course(objectives: int = 8) -> Course:
    """A made-up course: objectives that build on each other two by two, with ITEMS items each."""
    names = [f"step.{n:02d}" for n in range(objectives)]
    rows = [
        {"id": name, "can": f"I can take step {n + 1}", "needs": [names[n - 1]] if n % 2 else []}
        for n, name in enumerate(names)
    ]
    lessons = [
        {"id": f"{n // 2 + 1:02d}-steps", "title": f"Steps {n + 1} and {n + 2}", "teaches": names[n : n + 2],
         "opens_when": [names[n - 1]] if n else []}
        for n in range(0, objectives, 2)
    ]  # fmt: skip
    raw = {"id": "made-up", "version": "1", "title": "Made up", "objectives": rows, "lessons": lessons}
    return build(Path("made-up"), raw, parameters=Parameters())


def item_ids(objective: str) -> list[str]:
    """The items of an objective; the first CLOSED are picked from options."""
    return [f"{objective.replace('.', '-')}-{n}" for n in range(ITEMS)]


def classroom(
    made: Course, *, world: World, seed: int, learners: int, days: float, troubles: Troubles | None = None
) -> Iterator[Lived]:
    """So many learners, each for so many days; the same seed gives the same class."""
    for number in range(learners):
        chance = random.Random(f"{seed}/{number}")
        yield _Sitter(made, chance, number, world, troubles or Troubles()).live(days)


class _Stuck:
    """A mind that never learns one objective."""

    def __init__(self, mind: Mind, objective: str) -> None:
        self._mind, self._objective = mind, objective

    def chance(self, objectives: Sequence[str], difficulty: float) -> float:
        return BY_LUCK if self._objective in objectives else self._mind.chance(objectives, difficulty)

    def knows(self, objective: str) -> bool:
        return objective != self._objective and self._mind.knows(objective)

    def practise(self, objectives: Sequence[str], chance: random.Random) -> None:
        self._mind.practise([o for o in objectives if o != self._objective], chance)

    def rest(self, days: float, chance: random.Random) -> None:
        self._mind.rest(days, chance)

    def after(self, objective: str, days: float) -> float:
        return 0.0 if objective == self._objective else self._mind.after(objective, days)


class _Sitter:
    """One learner, sitting by sitting."""

    def __init__(
        self, made: Course, chance: random.Random, number: int, world: World, troubles: Troubles
    ) -> None:
        self._course, self._chance, self._number, self._troubles = made, chance, number, troubles
        needs = {o.id: o.needs for o in made.objectives.values()}
        make = AllOrNone if world is World.ALL_OR_NONE else Graded
        mind: Mind = make(needs, chance, learns=chance.uniform(0.06, 0.25), prior=0.2)
        self._mind = _Stuck(mind, troubles.stuck[number]) if number in troubles.stuck else mind
        self._fold = Fold(made.rules)
        self._at = START + timedelta(days=chance.uniform(0, 2))
        self._asked = 0
        self._lived = Lived(learner=self._id(), number=number)

    def live(self, days: float) -> Lived:
        end = START + timedelta(days=min(days, self._troubles.leaves.get(self._number, days)))
        while self._at < end:
            for _ in range(QUESTIONS):
                if (chosen := self._choose()) is None:
                    break
                self._question(*chosen)
            gap = self._chance.expovariate(1 / 1.5) + 0.5
            self._mind.rest(gap, self._chance)
            self._at += timedelta(days=gap)
        return self._lived

    def _choose(self) -> tuple[str, bool] | None:
        """What is asked next: a review that is due, else what comes next in the course; None: all is done."""
        ready = []
        for objective in self._course.objectives.values():
            standing = self._fold.standing(objective.id)
            if standing.reached == Level.PROFICIENT:
                assert standing.proficient_at is not None
                if self._at - standing.proficient_at > timedelta(hours=20):
                    return objective.id, True
            elif standing.reached < Level.PROFICIENT:
                ready.append(objective.id)
        # Whoever does not get on with one thing turns to the next now and then.
        return (ready[0 if self._chance.random() < 0.8 else min(1, len(ready) - 1)], False) if ready else None

    def _question(self, objective: str, review: bool) -> None:
        chance, gaming = self._chance, self._number in self._troubles.gaming
        number = chance.randrange(ITEMS)
        item, closed = item_ids(objective)[number], number < CLOSED
        guess = 1 / OPTIONS if closed else BY_LUCK
        variant = chance.getrandbits(50) if not closed else chance.randrange(12)
        about: dict[str, Any] = {
            "item": item, "item_version": 1, "seed": self._asked * 4096 + variant % 4096,
            "fingerprint": f"{variant % 4096:04x}{number:02x}0000000000", "objectives": (objective,),
            "format": "choice" if closed else "number", "open": not closed, "guess": guess, "difficulty": 0.0,
            "source": "review" if review else "check",
            "lesson": next(e.id for e in self._course.lessons if objective in e.teaches),
        }  # fmt: skip
        self._asked += 1
        self._happens("asked", about, detail={"prompt": PROMPT})
        likely = self._mind.chance([objective], 0.0)
        hinted = gaming and chance.random() < 0.7
        for _ in range(3 if hinted else 0):
            self._at += timedelta(seconds=0.7)
            self._happens("hint", about)
        for attempt in range(2):
            ms = round(1000 * (0.9 + chance.random() / 2 if gaming else 40 * chance.lognormvariate(0, 0.5)))
            self._at += timedelta(milliseconds=ms)
            p = max(likely, LEARNT_BY_FEEDBACK) if attempt and not gaming else likely * (0.4 if gaming else 1)
            right, mistake, response = self._answer(item, closed, p)
            done = self._happens(
                "answer",
                about,
                score=1.0 if right else 0.0,
                mistake=mistake,
                response=response,
                duration_ms=ms,
            )
            self._lived.known[done.id] = self._mind.knows(objective)
            if right or chance.random() > RETRIES:
                break
        if not gaming:
            self._mind.practise([objective], chance)

    def _answer(self, item: str, closed: bool, p: float) -> tuple[bool, str | None, object]:
        """Whether it is taken for right, the mistake, and the response."""
        chance = self._chance
        meant = chance.random() < p
        picked = 0 if meant else chance.randrange(OPTIONS) if closed else chance.randrange(1, 20)
        if item in self._troubles.ambiguous and picked == 0 and chance.random() < 0.5:
            picked = 2
        response = CHOICES[picked] if closed else picked
        if item in self._troubles.wrong_key:
            return picked == 1, None if picked == 0 else "slip", response
        if picked == 0:
            return True, None, response
        mistake = ("slip", "second-answer", "mix-up")[picked % 3]
        return False, mistake if chance.random() < NAMED else None, response

    def _happens(self, kind: Kind, about: Mapping[str, Any], **more: Any) -> Event:
        whose: dict[str, Any] = {
            "learner": self._lived.learner,
            "course": self._course.id,
            "course_version": "1",
        }
        event = Event(id=self._id(), at=self._at, kind=kind, **whose, **about, **more)
        self._at += timedelta(microseconds=1)
        self._fold.add(event)
        self._lived.events.append(event)
        return event

    def _id(self) -> str:
        return str(uuid.UUID(int=self._chance.getrandbits(128), version=4))
