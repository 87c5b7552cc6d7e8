"""Placement: what somebody knows already, found with few questions over the graph of prerequisites.

A state is a set of objectives that holds with each one all that it builds on (Doignon & Falmagne 1999).
All states start alike; each answer makes some more likely; the next question is on the objective whose
answer is expected to tell most. Nothing here decides more than: this need not be learned again.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Final

from checkers.result import RIGHT
from courseware.mastery import gate
from courseware.mastery.fold import Round, Variant, VariantKey

STATES: Final = 4096
"""So many states are weighed; of a larger graph a fixed sample."""
SURE: Final = 0.95
"""So sure of an objective is sure enough to skip it; below DOUBT it is left to be learned."""
DOUBT: Final = 0.2
TWICE: Final = 2
"""Nothing is skipped on less than so many right answers, on it or on what builds on it."""
MOST: Final = 20
"""A placement never asks more questions."""
TYPICAL: Final = gate.likelihoods(0.05, 0.0)
PASSED: Final = (0.02, 0.6)
"""P(“I have not learned this yet”) for someone who knows and for someone who does not."""


class Outcome(Enum):
    """How a question of a placement went; one that was answered with help tells nothing."""

    RIGHT = "right"
    WRONG = "wrong"
    PASSED = "passed"
    HELPED = "helped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A question of a placement: its objectives, and what was logged of it."""

    objectives: tuple[str, ...]
    guess: float
    difficulty: float
    outcome: Outcome


Needs = Mapping[str, Sequence[str]]


def chances(
    scope: Sequence[str], needs: Needs, asked: Sequence[Asked], prior: Sequence[float] = ()
) -> dict[str, float]:
    """P(known) of each objective in scope after these questions.

    `prior`: how much likelier each is known to begin with (1 where nothing is said).
    """
    bit = {objective: 1 << n for n, objective in enumerate(scope)}
    states = _states(_graph(scope, needs))
    weights = [1.0] * len(states)
    for one, times in zip(bit.values(), prior, strict=False):
        weights = [w * (times if state & one else 1.0) for w, state in zip(weights, states, strict=True)]
    for question in asked:
        if question.outcome == Outcome.HELPED:
            continue
        mask = sum(bit.get(objective, 0) for objective in question.objectives)
        yes, no = _likelihoods(question)
        weights = [
            w * (yes if state & mask == mask else no) for w, state in zip(weights, states, strict=True)
        ]
        most = max(weights)
        weights = [w / most for w in weights]
    whole = sum(weights)
    return {
        objective: sum(w for w, state in zip(weights, states, strict=True) if state & one) / whole
        for objective, one in bit.items()
    }


def next_objective(
    scope: Sequence[str], needs: Needs, asked: Sequence[Asked], prior: Sequence[float] = ()
) -> str | None:
    """The objective to ask about next; None when the placement is over."""
    if len(asked) >= limit(len(scope)):
        return None
    known = chances(scope, needs, asked, prior)
    tells = {o: information(p) for o, p in known.items() if DOUBT < p < SURE}
    if not tells:
        seen = _shown(scope, needs, asked)
        unseen = [o for o in scope if known[o] >= SURE and seen[o] < TWICE]
        return unseen[-1] if unseen else None  # the last of a course builds on most, and shows that as well
    return max(tells, key=lambda o: (round(tells[o], 9), -scope.index(o)))


def found(
    scope: Sequence[str], needs: Needs, asked: Sequence[Asked], prior: Sequence[float] = ()
) -> tuple[str, ...]:
    """The objectives that can be skipped: what is known for sure, and nothing that builds on what is not."""
    seen = _shown(scope, needs, asked)
    known = {o for o, p in chances(scope, needs, asked, prior).items() if p >= SURE and seen[o] >= TWICE}
    return tuple(o for o in scope if o in known)


def questions(round: Round, variants: Mapping[VariantKey, Variant], *, left: bool = False) -> list[Asked]:
    """How the questions of a placement went so far.

    One that was left for the next without an answer counts as not learned yet; the last one too, if `left`.
    """
    asked = []
    for number, key in enumerate(round.asked, 1):
        variant, event = variants[key], variants[key].asked
        first = variant.first
        if first is None:
            if number == len(round.asked) and not left:
                continue
            outcome = Outcome.PASSED
        elif variant.hinted_at and variant.hinted_at[0] <= first.at:
            outcome = Outcome.HELPED
        else:
            outcome = Outcome.RIGHT if (first.score or 0) >= RIGHT else Outcome.WRONG
        asked.append(
            Asked(
                objectives=event.objectives,
                guess=0.05 if event.guess is None else event.guess,
                difficulty=event.difficulty or 0.0,
                outcome=outcome,
            )
        )
    return asked


def _shown(scope: Sequence[str], needs: Needs, asked: Sequence[Asked]) -> dict[str, int]:
    """How many right answers speak for each objective: on itself, or on what builds on it."""
    below = dict(zip(scope, _graph(scope, needs), strict=True))
    rights = [o for question in asked if question.outcome == Outcome.RIGHT for o in question.objectives]
    return {
        objective: sum(o == objective or bool(below.get(o, 0) >> n & 1) for o in rights)
        for n, objective in enumerate(scope)
    }


def limit(objectives: int) -> int:
    """How many questions a placement over so many objectives asks at most."""
    return min(MOST, 4 + objectives)


def information(known: float) -> float:
    """Bits that a typical question on an objective is expected to tell, if it is known with this chance."""
    p1, p0 = TYPICAL
    return _entropy(known * p1 + (1 - known) * p0) - known * _entropy(p1) - (1 - known) * _entropy(p0)


def _likelihoods(question: Asked) -> tuple[float, float]:
    if question.outcome == Outcome.PASSED:
        return PASSED
    p1, p0 = gate.likelihoods(question.guess, question.difficulty)
    return (p1, p0) if question.outcome == Outcome.RIGHT else (1 - p1, 1 - p0)


def _entropy(p: float) -> float:
    return 0.0 if p in (0.0, 1.0) else -p * math.log2(p) - (1 - p) * math.log2(1 - p)


def _graph(scope: Sequence[str], needs: Needs) -> tuple[int, ...]:
    """For each objective the bits of those in scope that it builds on, also through ones outside."""
    place = {objective: n for n, objective in enumerate(scope)}

    def below(objective: str, seen: set[str]) -> int:
        bits = 0
        for need in needs.get(objective, ()):
            if need not in seen:
                seen.add(need)
                bits |= (1 << place[need] if need in place else 0) | below(need, seen)
        return bits

    return tuple(below(objective, set()) for objective in scope)


@lru_cache(maxsize=64)
def _states(graph: tuple[int, ...]) -> tuple[int, ...]:
    """The closed sets as bits: all of them, or a fixed sample where there are too many."""
    found = {0}
    edge = [0]
    while edge and len(found) <= STATES:
        state = edge.pop()
        for n, below in enumerate(graph):
            more = state | 1 << n
            if not state >> n & 1 and below & ~state == 0 and more not in found:
                found.add(more)
                edge.append(more)
    if len(found) <= STATES:
        return tuple(sorted(found))
    chance, whole = random.Random(0), (1 << len(graph)) - 1
    sample = {0, whole}
    while len(sample) < STATES:
        state, size = 0, chance.randrange(len(graph) + 1)
        for _ in range(size):
            ready = [n for n, below in enumerate(graph) if not state >> n & 1 and below & ~state == 0]
            state |= 1 << chance.choice(ready)
        sample.add(state)
        if len(sample) >= len(found):
            break
    return tuple(sorted(sample))
