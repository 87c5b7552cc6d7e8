"""The fold: from a learner's events, in order, to where the learner stands."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from checkers.result import RIGHT
from courseware.events import Event, last_judged, regrade_of
from courseware.mastery import rules as gate_rules
from courseware.mastery.levels import (
    EXPERT,
    SESSION_GAP,
    Evidence,
    Level,
    Standing,
    after,
    at_start,
    likelihood,
    proficient,
)
from courseware.mastery.predictor import Predictor
from courseware.mastery.review import Reviews, rated
from courseware.rule import Rule

VariantKey = tuple[str, int, int]
"""Item, version, seed. A task that was handed in has neither version nor seed: 0 and -1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One variant that was dealt to a learner, as it was left.

    `answers` and `wrong` count answers; `first` and `last` are such events, `run` is the last run;
    `hinted_at` says when the hints were taken. `helps` are the steps of help that came unasked, `ways` the
    wrong responses, each once.
    """

    asked: Event
    hints: int = 0
    solved: bool = False
    answers: int = 0
    wrong: int = 0
    first: Event | None = None
    last: Event | None = None
    run: Event | None = None
    hinted_at: tuple[datetime, ...] = ()
    helps: int = 0
    ways: frozenset[str] = frozenset()

    @property
    def touched(self) -> bool:
        """Whether a first answer to it would no longer be clean."""
        return bool(self.answers or self.hints or self.helps or self.solved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that was written into the workspace, and the SHA-256 of its cells' sources as written."""

    path: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """A placement as far as it went: over which objectives, for which lesson (None: the course).

    `asked` are its variants in order; `known` what it found, once it is `over`. `prior`: how much more
    likely each objective of the scope was known by earlier first tries. One that is begun again in the same
    sitting (`session`) goes on: starting anew would make a lucky guess likely.
    """

    scope: tuple[str, ...]
    lesson: str | None = None
    asked: tuple[VariantKey, ...] = ()
    known: tuple[str, ...] = ()
    over: bool = False
    prior: tuple[float, ...] = ()
    session: int = 0


NO_RULES: Final[Mapping[str, Rule]] = {}
HARD: Final = 0.35
"""From this difficulty on (logits) a variant counts as a hard one."""


class Fold:
    """All that follows from one learner's events in one course.

    Feed it events in the order (at, id); `add` tells whether one is late, and `Fold.of` starts over.
    Events whose id was seen change nothing.
    """

    def __init__(self, rules: Mapping[str, Rule] = NO_RULES, intercept: float = 0.0) -> None:
        self.rules = rules
        self.session = 0
        """How many sittings came before this one (one ends after half an hour without an event)."""
        self.away = timedelta()
        """How long nothing had happened before this sitting."""
        self.predictor = Predictor(intercept)
        self.reviews: dict[str, Reviews] = {}
        """The reviews of each objective that was ever Proficient."""
        self.placement: Round | None = None
        """The last placement, open or over."""
        self.reviewing: list[VariantKey] = []
        """The review questions of this sitting."""
        self._seen: set[str] = set()
        self._graded: dict[tuple[str | None, object], int] = {}
        """How often each attempt was graded again, of those that a class graded."""
        self._latest: tuple[datetime, str] | None = None
        self.standings: dict[str, Standing] = {}
        self.variants: dict[VariantKey, Variant] = {}
        self.asked: dict[str, list[Event]] = {}
        """Every `asked` event of an item, in order."""
        self.current: dict[str, Event] = {}
        """The last `asked` event for each target that a page named (an item or an objective)."""
        self.unlocked: set[str] = set()
        self.written: dict[str, Written] = {}

    @classmethod
    def of(
        cls, events: Iterable[Event], rules: Mapping[str, Rule] = NO_RULES, intercept: float = 0.0
    ) -> Fold:
        """Fold events given in any order; of an attempt that was graded again, the last grading."""
        fold = cls(rules, intercept)
        for event in sorted(last_judged(events), key=lambda e: (e.at, e.id)):
            fold.add(event)
        return fold

    def add(self, event: Event) -> bool:
        """Fold one more event; False, and no change, if it belongs before one that is folded already, or
        in the place of one."""
        if event.id in self._seen:
            return True
        place = (event.at, event.id)
        if self._latest is not None and place < self._latest:
            return False
        if attempt := event.detail.get("attempt"):
            graded, times = (event.item, attempt), regrade_of(event)
            if times > self._graded.setdefault(graded, times):
                return False
            if times < self._graded[graded]:
                return True
        if self._latest is not None and event.at - self._latest[0] > SESSION_GAP:
            self.session += 1
            self.away = event.at - self._latest[0]
            self.reviewing = []
        self._seen.add(event.id)
        self._latest = place
        match event.kind:
            case "asked":
                self._asked(event)
            case "hint" | "solution" | "run":
                self._helped(event)
            case "answer":
                self._answered(event)
            case "placement":
                self._placed(event)
            case "unlocked" if event.lesson is not None:
                self.unlocked.add(event.lesson)
            case "wrote":
                path = str(event.detail["path"])
                self.written[path] = Written(path=path, sha256=str(event.detail["sha256"]))
        return True

    @property
    def latest(self) -> datetime | None:
        """The time of the last event folded."""
        return None if self._latest is None else self._latest[0]

    def standing(self, objective: str) -> Standing:
        return self.standings.get(objective) or at_start(self.rule(objective))

    def rule(self, objective: str) -> Rule:
        return self.rules.get(objective, EXPERT)

    def level(self, objective: str, now: datetime) -> Level:
        return self.standing(objective).level_at(now, self.rule(objective))

    def _asked(self, event: Event) -> None:
        key = _key(event)
        if key is None:
            return
        self.variants.setdefault(key, Variant(asked=event))
        self.asked.setdefault(key[0], []).append(event)
        self.current[key[0]] = event
        if target := event.detail.get("target"):
            self.current[str(target)] = event
        if event.source == "review":
            self.reviewing.append(key)
        if event.source == "placement" and self.placement is not None and not self.placement.over:
            self.placement = replace(self.placement, asked=(*self.placement.asked, key))

    def _helped(self, event: Event) -> None:
        key = _key(event)
        if key is None or key not in self.variants:
            return
        variant = self.variants[key]
        match event.kind:
            case "hint" if isinstance(step := event.detail.get("help"), int):
                variant = replace(variant, helps=max(step, variant.helps))
            case "hint":
                variant = replace(variant, hints=variant.hints + 1, hinted_at=(*variant.hinted_at, event.at))
            case "solution":
                variant = replace(variant, solved=True)
            case _:
                variant = replace(variant, run=event)
        self.variants[key] = variant

    def _answered(self, event: Event) -> None:
        key = _key(event)
        variant = None if key is None else self.variants.get(key)
        is_right = (event.score or 0) >= RIGHT
        clean = variant is None or not variant.touched
        first = variant is None or variant.answers == 0
        about = None if variant is None else variant.asked.detail.get("objective")
        if key is not None:
            variant = variant or Variant(asked=event)
            self.variants[key] = replace(
                variant,
                answers=variant.answers + 1,
                wrong=variant.wrong + (not is_right),
                first=variant.first or event,
                last=event,
                run=None,
                ways=variant.ways if is_right else variant.ways | {way(event.response)},
            )
        for objective in event.objectives:
            is_review = event.source == "review" and about in (None, objective)
            before = self.standing(objective)
            evidence = Evidence(
                at=event.at,
                item=event.item or "",
                right=is_right,
                clean=clean,
                open=bool(event.open),
                guess=0.05 if event.guess is None else event.guess,
                difficulty=event.difficulty or 0.0,
                objectives=max(1, len(event.objectives)),
                mistake=event.mistake,
                review=is_review,
                session=self.session,
            )
            standing = after(before, evidence, self.rule(objective), first=first)
            self.standings[objective] = standing
            if is_review and key is not None and objective in self.reviews:
                self.reviews[objective] = rated(
                    self.reviews[objective],
                    event.at,
                    variant=key,
                    session=self.session,
                    right=is_right,
                    clean=clean,
                    first=first,
                    hard=evidence.difficulty >= HARD,
                    known=before.known,
                )
            if standing.ever_proficient and objective not in self.reviews:
                self.reviews[objective] = Reviews(since=event.at)
        if clean and event.objectives:
            self.predictor.learn(event.objectives, event.difficulty or 0.0, is_right)

    def _placed(self, event: Event) -> None:
        """A placement begins, or ends with what it found: that is Proficient from now on, and due early."""
        detail = event.detail
        if detail.get("do") == "begin":
            scope, last = _names(detail.get("scope")), self.placement
            if last is not None and (last.lesson, last.session) == (event.lesson, self.session):
                self.placement = replace(last, over=False)
                return
            prior = tuple(likelihood(self.standing(o)) for o in scope)
            self.placement = Round(scope=scope, lesson=event.lesson, prior=prior, session=self.session)
        elif detail.get("do") == "end":
            known = _names(detail.get("known"))
            now = self.placement or Round(scope=known, lesson=event.lesson)
            self.placement = replace(now, known=known, over=True)
            for objective in known:
                standing = self.standing(objective)
                if standing.reached >= Level.PROFICIENT:
                    continue
                least = gate_rules.of(self.rule(objective)).threshold
                standing = standing._replace(known=max(standing.known, min(least, 0.999)))
                self.standings[objective] = proficient(standing, event.at, self.session, placed=True)
                self.reviews.setdefault(objective, Reviews(since=event.at, placed=True))


def _names(value: object) -> tuple[str, ...]:
    return tuple(str(name) for name in value) if isinstance(value, list | tuple) else ()


def way(response: object) -> str:
    """A response as text: the same one for the same response."""
    return json.dumps(response, sort_keys=True, ensure_ascii=False)


def _key(event: Event) -> VariantKey | None:
    if event.item is None:
        return None
    return event.item, event.item_version or 0, -1 if event.seed is None else event.seed
