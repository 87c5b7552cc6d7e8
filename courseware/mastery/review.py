"""Reviews: when an objective that was Proficient is due again, by FSRS (py-fsrs), per learner and objective.

The fold keeps the ratings; the schedule follows from them alone (no fuzzing, a stated card id), so that it
is the same wherever it is computed. fsrs is imported only once there is a rating.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import IntEnum
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Final

from courseware.mastery.levels import Level, Standing
from courseware.rule import Rule

if TYPE_CHECKING:
    from fsrs import Scheduler

NEXT_DAY: Final = timedelta(days=1)
EARLY: Final = timedelta(hours=16)
"""What was skipped by a placement is looked at sooner."""
SLACK: Final = timedelta(hours=4)
"""Due on a day means from four hours before that time of day on: nobody waits for a minute of the clock."""
MOST_DAYS: Final = 180
CARD: Final = 1
"""An id for the card: one that is stated, since fsrs waits a millisecond to make one up."""
SURE: Final = 0.98


class Rating(IntEnum):
    """What a review's first question says of how well it was remembered."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Rated:
    """One review: when, how it went, in which sitting, on which variant (item, version, seed)."""

    at: datetime
    rating: Rating
    session: int
    variant: tuple[str, int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviews:
    """The reviews of one objective since it was first Proficient (`placed`: skipped by a placement)."""

    since: datetime
    placed: bool = False
    ratings: tuple[Rated, ...] = ()


def rated(
    reviews: Reviews,
    at: datetime,
    *,
    variant: tuple[str, int, int],
    session: int,
    right: bool,
    clean: bool,
    first: bool,
    hard: bool,
    known: float,
) -> Reviews:
    """The reviews after one more answer to a review question.

    The first question of a sitting rates: wrong is Again (Hard, if put right on another try), right with
    help Hard, right and clean Good, and on a hard variant by someone who was sure Easy.
    """
    before = reviews.ratings[-1] if reviews.ratings else None
    if before is not None and before.session == session:
        if before.variant == variant and right and before.rating == Rating.AGAIN:
            return replace(reviews, ratings=(*reviews.ratings[:-1], replace(before, rating=Rating.HARD)))
        return reviews
    if not first:
        return reviews  # left unanswered in an earlier sitting, and answered there already
    if not right:
        rating = Rating.AGAIN
    elif not clean:
        rating = Rating.HARD
    else:
        rating = Rating.EASY if hard and known >= SURE else Rating.GOOD
    now = Rated(at=at, rating=rating, session=session, variant=variant)
    return replace(reviews, ratings=(*reviews.ratings, now))


def due_at(reviews: Reviews, rule: Rule) -> datetime:
    """When an objective is due: the day after it was Proficient, then as FSRS says."""
    if reviews.ratings:
        return _scheduled(tuple((r.at, int(r.rating)) for r in reviews.ratings))
    if not rule.later_session:
        return reviews.since + SLACK
    return reviews.since + (EARLY if reviews.placed else NEXT_DAY)


def is_due(reviews: Reviews, standing: Standing, rule: Rule, now: datetime) -> bool:
    """Whether an objective should be looked at now. What has fallen below Proficient is practised instead."""
    return standing.reached >= Level.PROFICIENT and due_at(reviews, rule) - SLACK <= now


def due(
    reviews: Mapping[str, Reviews],
    standings: Mapping[str, Standing],
    rules: Mapping[str, Rule],
    now: datetime,
) -> list[str]:
    """The objectives that are due, the longest due first."""
    found = [
        (due_at(each, rules[objective]), objective)
        for objective, each in reviews.items()
        if objective in rules and is_due(each, standings[objective], rules[objective], now)
    ]
    return [objective for _, objective in sorted(found)]


@lru_cache(maxsize=4096)
def _scheduled(ratings: tuple[tuple[datetime, int], ...]) -> datetime:
    import fsrs  # with the first rating: no notebook waits for it before

    scheduler, card = _scheduler(), fsrs.Card(card_id=CARD)
    for at, rating in ratings:
        card, _ = scheduler.review_card(card, fsrs.Rating(rating), review_datetime=at)
    return card.due


@cache
def _scheduler() -> Scheduler:
    import fsrs

    return fsrs.Scheduler(
        learning_steps=(), relearning_steps=(), enable_fuzzing=False, maximum_interval=MOST_DAYS
    )
