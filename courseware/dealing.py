"""Dealing: which variant of which item is open for what a page asks for, and the next one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from courseware import telling
from courseware.course import Course
from courseware.draw import seed_of
from courseware.events import Event, Source, new_id
from courseware.history import History
from courseware.items import DIFFICULTY, Item, Question, fingerprint
from courseware.mastery import choosing, placement, review
from courseware.mastery.fold import Variant, VariantKey
from courseware.mastery.levels import SESSION_GAP
from courseware.tutor import PLACEMENT, REVIEW, NotFound, Round

FRESH_TRIES: Final = 20
"""How many seeds are tried for a variant that this learner has not seen."""
NOTHING_DUE: Final = "Nothing is due for review now."
NOT_PLACING: Final = "No placement has begun. It starts from the progress card."


@dataclass(frozen=True, slots=True, kw_only=True)
class Dealt:
    """The open variant of a target: its item, the `asked` event, its question, how it stands."""

    item: Item
    asked: Event
    question: Question
    variant: Variant

    @property
    def objective(self) -> str:
        """The objective that it was dealt for."""
        return str(self.asked.detail.get("objective") or self.item.objectives[0])


class Dealer:
    """Deals variants to one learner. A target is an item, an objective, a lesson, REVIEW or PLACEMENT."""

    def __init__(self, history: History) -> None:
        self._history = history
        self._course: Course = history.course
        self._needs = {o.id: o.needs for o in self._course.objectives.values()}
        self._question = lru_cache(maxsize=256)(self._make_question)

    def knows(self, target: str) -> bool:
        """Whether there is an item, an objective or a lesson of this name, or it is a round."""
        lessons = (lesson.id for lesson in self._course.lessons)
        named = target in self._course.items or target in self._course.objectives
        return named or target in (REVIEW, PLACEMENT) or target in lessons

    def find(self, target: str) -> None:
        """Raise NotFound, with near names, if there is nothing of this name."""
        if not self.knows(target):
            raise NotFound(self._not_found(target))

    def current(self, target: str) -> Dealt:
        """The open variant of a target; a first one is dealt if there is none.

        Raises NotFound for an unknown name, a review with nothing due, a placement that never began.
        """
        self.find(target)
        now = self._left(target)
        return self.next(target, id=new_id()) if now is None else now

    def next(self, target: str, *, id: str) -> Dealt:
        """Deal the next variant for a target."""
        fold = self._history.fold
        source: Source = "check"
        if target in self._course.items:
            return self._deal(target, self._course.items[target], id=id)
        if target == REVIEW:
            chosen, source = self.next_review(), "review"
            if chosen is None:
                raise NotFound(NOTHING_DUE)
        elif target == PLACEMENT:
            chosen, source = self.next_placement(left=True), "placement"
            if chosen is None:
                raise NotFound(NOT_PLACING)
        elif target in self._course.objectives:
            chosen = target
        else:
            teaches = self._course.lesson(target).teaches
            chosen = choosing.next_objective(teaches, self._needs, fold, self._history.now())
        return self._deal(target, self._item_for(chosen, target), id=id, objective=chosen, source=source)

    def next_review(self) -> str | None:
        """The objective to review next in this sitting; None when that is all."""
        fold = self._history.fold
        done = [str(fold.variants[key].asked.detail.get("objective")) for key in fold.reviewing]
        if len(done) >= telling.MOST_REVIEWS:
            return None
        homes = {o: lesson.id for lesson in self._course.lessons for o in lesson.teaches}
        return choosing.next_review(homes.__getitem__, fold, self._history.now(), skip=done)

    def next_placement(self, *, left: bool) -> str | None:
        """The objective that the open placement asks about next; None when it is over.

        `left`: an unanswered last question counts as one that the learner has not learned yet.
        """
        fold = self._history.fold
        if fold.placement is None or fold.placement.over:
            return None
        asked = placement.questions(fold.placement, fold.variants, left=left)
        return placement.next_objective(fold.placement.scope, self._needs, asked, fold.placement.prior)

    def placed(self, *, left: bool) -> tuple[str, ...]:
        """What the open placement has found to be known so far."""
        fold = self._history.fold
        assert fold.placement is not None
        asked = placement.questions(fold.placement, fold.variants, left=left)
        return placement.found(fold.placement.scope, self._needs, asked, fold.placement.prior)

    def round_of(self, now: Dealt) -> Round:
        """The round that a variant belongs to."""
        fold = self._history.fold
        if now.asked.source == "placement":
            placing = fold.placement
            assert placing is not None
            return Round(
                kind="placement",
                number=len(placing.asked),
                most=placement.limit(len(placing.scope)),
                over=placing.over,
                told=telling.placed(placing) if placing.over else "",
            )
        over = now.variant.answers > 0 and self.next_review() is None
        done = {fold.variants[key].asked.detail.get("objective") for key in fold.reviewing}
        left = sum(objective not in done for objective in self._due())
        number = max(1, len(fold.reviewing))
        return Round(
            kind="review",
            number=number,
            most=min(telling.MOST_REVIEWS, number + left),
            over=over,
            told=telling.REVIEWED if over else "",
        )

    def _left(self, target: str) -> Dealt | None:
        """The variant that was dealt for this target last, as it was left, if it is still the one to show."""
        fold = self._history.fold
        asked = fold.current.get(target)
        if asked is None:
            return None
        newest = fold.current.get(asked.item or "", asked)
        if target not in (REVIEW, PLACEMENT):
            return self.dealt(newest)  # a learner has one open variant an item, whichever target dealt it
        now = self.dealt(asked)
        if now is None or newest.id != asked.id:
            return None
        if target == PLACEMENT:
            began = fold.placement is not None and bool(fold.placement.asked)
            return now if began else None
        last = now.variant.last
        recent = last is not None and self._history.now() - last.at <= SESSION_GAP
        return now if recent or (last is None and now.objective in self._due()) else None

    def _due(self) -> list[str]:
        fold = self._history.fold
        return review.due(fold.reviews, fold.standings, fold.rules, self._history.now())

    def dealt(self, asked: Event) -> Dealt | None:
        """What an `asked` event is about; None if its item is gone or has a newer version."""
        item = self._course.items.get(asked.item or "")
        if item is None or item.version != asked.item_version or asked.seed is None:
            return None
        question = self._question(item.id, item.version, asked.seed)
        return Dealt(
            item=item, asked=asked, question=question, variant=self._history.fold.variants[key_of(asked)]
        )

    def _item_for(self, objective: str, target: str) -> Item:
        items = self._course.items_for(objective)
        if not items:
            raise NotFound(f"The objective {objective!r} has no items yet.")
        fold, parameters = self._history.fold, self._course.parameters
        return choosing.next_item(objective, items, self._needs, fold, parameters, target=target)

    def _make_question(self, item_id: str, version: int, seed: int) -> Question:
        item = self._course.item(item_id, version)
        assert item is not None
        return item.question(seed, self._course.data)

    def _not_found(self, target: str) -> str:
        from difflib import get_close_matches

        names = [*self._course.items, *self._course.objectives]
        near = get_close_matches(target, names, n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"This course has: {', '.join(names)}."
        return f"There is no item or objective called {target!r} in “{self._course.title}”. {hint}"

    def _deal(
        self, target: str, item: Item, *, id: str, objective: str | None = None, source: Source = "check"
    ) -> Dealt:
        """Deal the next variant of an item: one with another question than any dealt before, if there is."""
        history = self._history
        before = [e for e in history.fold.asked.get(item.id, []) if e.item_version == item.version]
        seen = {event.fingerprint for event in before}
        first = 1 + max((_number(event) for event in before), default=-1)
        for n in range(first, first + FRESH_TRIES):
            seed = seed_of(history.learner, self._course.id, item.id, item.version, n)
            question = self._question(item.id, item.version, seed)
            if fingerprint(question) not in seen:
                break
        given = {name: telling.shown(value) for name, value in question.given.items()}
        detail = {"n": n, "target": target, "prompt": question.prompt_text, "given": given}
        event = history.event(
            "asked",
            id=id,
            lesson=self._course.home(item.id).id,
            item=item.id,
            item_version=item.version,
            seed=seed,
            fingerprint=fingerprint(question),
            objectives=item.objectives,
            format=question.answer.kind,
            open=question.answer.open,
            guess=question.answer.guess,
            difficulty=self._course.parameters.difficulty_of(item.id, DIFFICULTY[item.difficulty]),
            source=source,
            detail=detail if objective is None else detail | {"objective": objective},
        )
        history.append(event)
        now = self.dealt(event)
        assert now is not None
        return now


def key_of(asked: Event) -> VariantKey:
    """The variant that an `asked` event is about."""
    assert asked.item is not None
    assert asked.item_version is not None
    assert asked.seed is not None
    return asked.item, asked.item_version, asked.seed


def _number(asked: Event) -> int:
    n = asked.detail.get("n")
    return n if isinstance(n, int) else -1
