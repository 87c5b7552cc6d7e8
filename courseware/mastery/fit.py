"""A course's parameters from the answers of its learners, with the expert's values as pseudo-counts.

What a course adopts of it are item difficulties and each objective's L0, T, guess and slip
(courseware/parameters.py). Whether that is better is told on learners who were left out of the fit.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np

from courseware.mastery import elo, tracing
from courseware.mastery.attempts import Attempts, Bools, Floats
from courseware.mastery.blend import Blend
from courseware.mastery.elo import Gains, Laid, Tries
from courseware.mastery.measures import Measures
from courseware.mastery.tracing import Skills, Traces
from courseware.parameters import Parameters
from courseware.rule import Tracing

LEAST_LEARNERS: Final = 20
LEAST_TRIES: Final = 400
FOLDS: Final = 5
UNTUNED: Final = Gains(
    learner=0.4, learner_ageing=0.05, skill=0.5, skill_ageing=0.05, recent=0.0, fading=0.0, drift=0.0
)
"""The predictor's gains while learners work (design: none of them is fitted)."""
FORGET: Final = 1e-9
"""The gate forgets by time alone (it is read lower), not from one answer to the next."""
SAFE: Final = 0.45
"""The largest guess or slip that a course adopts: knowing has to help."""


class TooFewError(ValueError):
    """The log has too few first tries to learn from; the message says how many it takes."""

    def __init__(self, learners: int, tries: int) -> None:
        super().__init__(
            f"A fit needs first tries of at least {LEAST_LEARNERS} learners and {LEAST_TRIES} in all; this "
            f"log has {tries:,} of {learners:,}. Keep the parameters as they are until there are more."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """How well learners who were left out are predicted, before and after, by what is predicted with."""

    learners: int
    tries: int
    before: Mapping[str, Measures]
    after: Mapping[str, Measures]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fitted:
    """The parameters for a course, and what they are worth."""

    parameters: Parameters
    report: Report


STEPS: Final = FOLDS + 1


def fit(attempts: Attempts, now: Parameters) -> Iterator[Fitted | None]:
    """Fit to the clean answers; gives None after each step but the last of STEPS, which gives the result.

    `now` are the parameters in use. Learners are dealt to FOLDS folds by their place; each fold is
    predicted by a fit to the others. Raises TooFewError.
    """
    clean = attempts.where(attempts.clean)
    learners = len(np.unique(clean.learner))
    if learners < LEAST_LEARNERS or len(clean) < LEAST_TRIES:
        raise TooFewError(learners, len(clean))
    tries, sets = Tries.of(clean), clean.sets()[1]
    fold = np.unique(tries.learner, return_inverse=True)[1].ravel() % FOLDS
    after = {name: np.empty(len(clean)) for name in ("gate", "predictor", "blend")}
    for number in range(FOLDS):
        out = fold == number
        rest, left_out = tries.where(~out), tries.where(out)
        skills, items = _gate(rest, sets, now)
        after["gate"][out] = by_gate(left_out, skills, items)
        after["predictor"][out] = by_predictor(left_out, items[left_out.item] - _intercept(rest))
        after["blend"][out] = Blend.fitted(rest).predicted(left_out)
        yield None
    known = expert(sets, now)
    before = {
        "gate": by_gate(tries, known, tries.label),
        "predictor": by_predictor(tries, tries.label[tries.item] - now.intercept),
    }
    skills, items = _gate(tries, sets, now)
    seen = np.unique(tries.item)
    yield Fitted(
        parameters=Parameters(
            version=now.version + 1,
            intercept=_intercept(tries),
            objectives={**now.objectives, **_objectives(skills, sets)},
            difficulty={**now.difficulty, **{clean.items[n]: float(items[n]) for n in seen}},
        ),
        report=Report(
            learners=learners,
            tries=len(clean),
            before=_measured(before, clean.right),
            after=_measured(after, clean.right),
        ),
    )


def _measured(predicted: Mapping[str, Floats], right: Bools) -> dict[str, Measures]:
    return {name: Measures.of(p, right) for name, p in predicted.items()}


def expert(sets: list[tuple[str, ...]], now: Parameters) -> Skills:
    """The parameters in use as skills, one for each set of objectives (their mean)."""
    each = [[now.tracing(name) for name in names] for names in sets]

    def mean(name: str) -> Floats:
        return np.array([np.mean([getattr(t, name) for t in several]) for several in each])

    return Skills(
        start=_logit(mean("l0")),
        learn=mean("t"),
        right_known=-_logit(mean("slip")),
        right_unknown=_logit(mean("guess")),
        forget=FORGET,
    )


def _gate(tries: Tries, sets: list[tuple[str, ...]], now: Parameters) -> tuple[Skills, Floats]:
    """The gate's parameters of each set, and each item's difficulty. Ability has no part in the gate."""
    items = elo.difficulties(tries).item
    none = np.zeros(len(tries.right))
    return (
        tracing.fitted(Traces.out(tries), len(sets), none, items[tries.item], expert=expert(sets, now)),
        items,
    )


def _intercept(tries: Tries) -> float:
    """The logit of a right answer to a typical item of a typical skill."""
    return float(-elo.difficulties(tries).skill[tries.skill].mean())


def by_gate(tries: Tries, skills: Skills, items: Floats) -> Floats:
    """P(right) as the gate sees it: from what is known of the objectives and of the item alone."""
    none = np.zeros(len(tries.right))
    return elo.sigmoid(tracing.predicted(Traces.out(tries), skills, none, items[tries.item]))


def by_predictor(tries: Tries, difficulty: Floats) -> Floats:
    """P(right) as the predictor sees it while learners work, given the difficulty of each row."""
    return elo.sigmoid(elo.passed(Laid.out(tries), UNTUNED, difficulty).logit)


def _objectives(skills: Skills, sets: list[tuple[str, ...]]) -> dict[str, Tracing]:
    """Each objective's parameters: of its own items, or the mean of the sets that it is in."""
    found: dict[str, Tracing] = {}
    for objective in dict.fromkeys(name for names in sets for name in names):
        places = [n for n, names in enumerate(sets) if names == (objective,)] or [
            n for n, names in enumerate(sets) if objective in names
        ]
        found[objective] = Tracing(
            l0=_chance(elo.sigmoid(skills.start[places]), 0.999),
            t=_chance(skills.learn[places], 0.999),
            guess=_chance(elo.sigmoid(skills.right_unknown[places]), SAFE),
            slip=_chance(elo.sigmoid(-skills.right_known[places]), SAFE),
        )
    return found


def _chance(values: Floats, most: float) -> float:
    return float(np.clip(values.mean(), 0.001, most))


def _logit(p: Floats) -> Floats:
    return np.log(p / (1 - p))
