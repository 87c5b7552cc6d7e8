"""Guessing does not pay: neither in practice, nor in a placement begun again and again."""

from __future__ import annotations

import random
from datetime import UTC, datetime, timedelta
from statistics import median

import pytest

from courseware.events import Event, new_id
from courseware.mastery import placement
from courseware.mastery.fold import Fold
from courseware.mastery.levels import Level
from courseware.rule import Rule

START = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
OBJECTIVES = [f"o.{n}" for n in range(6)]
NEEDS = {name: OBJECTIVES[n - 1 : n] for n, name in enumerate(OBJECTIVES) if n}
ITEMS = [("one", False), ("two", False), ("three", True), ("four", True), ("five", False)]
"""Of each objective: three items with four options, two open ones."""


class Guesser:
    """Someone who picks an option by chance, and in an open field gets one in twenty right."""

    def __init__(self, seed: int, rules: dict[str, Rule]) -> None:
        self.fold = Fold(rules)
        self.at = START
        self.answers = 0
        self._chance = random.Random(seed)

    def happen(self, kind: str, **more: object) -> None:
        self.at += timedelta(seconds=10)
        event = Event(
            id=new_id(), at=self.at, learner="u", course="c", course_version="1", kind=kind, **more
        )  # fmt: skip
        assert self.fold.add(event)

    def guess(self, objective: str, source: str = "check") -> None:
        item, is_open = ITEMS[self._chance.randrange(len(ITEMS))]
        lucky = self._chance.random() < (0.05 if is_open else 0.25)
        variant = {
            "item": f"{objective}-{item}", "item_version": 1, "seed": self.answers, "open": is_open,
            "objectives": (objective,),
            "guess": 0.05 if is_open else 0.25, "difficulty": 0.0, "source": source,
        }  # fmt: skip
        self.happen("asked", **variant)
        self.happen("answer", score=float(lucky), **variant)
        self.answers += 1

    def unlocked(self) -> int:
        """How many lessons are open: each opens when the objective before is Proficient."""
        count = 0
        while count < len(OBJECTIVES) and self.fold.standing(OBJECTIVES[count]).ever_proficient:
            count += 1
        return count

    def place(self) -> None:
        """Go through a placement, or find that there is nothing more to ask."""
        self.happen("placement", detail={"do": "begin", "scope": OBJECTIVES})
        round = self.fold.placement
        assert round is not None
        scope, prior = round.scope, round.prior
        while True:
            assert self.fold.placement is not None
            asked = placement.questions(self.fold.placement, self.fold.variants)
            objective = placement.next_objective(scope, NEEDS, asked, prior)
            if objective is None:
                break
            self.guess(objective, "placement")
        known = list(placement.found(scope, NEEDS, asked, prior))
        self.happen("placement", detail={"do": "end", "known": known})


@pytest.mark.parametrize("threshold", [0.95, 0.98])
def test_of_forty_pure_guessers_the_median_unlocks_nothing_and_none_more_than_one(threshold):
    rules = {o: Rule(threshold=threshold) for o in OBJECTIVES}
    opened = []
    for seed in range(40):
        guesser = Guesser(seed, rules)
        for _ in range(200):
            guesser.guess(OBJECTIVES[min(guesser.unlocked(), len(OBJECTIVES) - 1)])
        opened.append(guesser.unlocked())
    assert median(opened) == 0
    assert max(opened) <= 1


def test_a_guesser_who_begins_the_placement_again_and_again_skips_no_more():
    rules = {o: Rule(threshold=0.98) for o in OBJECTIVES}
    opened = []
    for seed in range(40):
        guesser = Guesser(seed, rules)
        for _ in range(12):
            guesser.place()
        opened.append(guesser.unlocked())
        assert all(guesser.fold.standing(o).reached < Level.MASTERED for o in OBJECTIVES)
    assert median(opened) == 0
    assert sum(count > 1 for count in opened) <= 1
