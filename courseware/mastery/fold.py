"""The fold: from a learner's events, in order, to where the learner stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from checkers.result import RIGHT
from courseware.events import Event
from courseware.mastery.levels import SESSION_GAP, Evidence, Level, Standing, after
from courseware.rule import Rule

VariantKey = tuple[str, int, int]
"""Item, version, seed. A task that was handed in has neither version nor seed: 0 and -1."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Variant:
    """One variant that was dealt to a learner, as it was left.

    `answers` and `distinct_wrong` count answers; `last` is the last `answer` event, `run` the last run.
    """

    asked: Event
    hints: int = 0
    solved: bool = False
    answers: int = 0
    wrong: int = 0
    last: Event | None = None
    run: Event | None = None

    @property
    def touched(self) -> bool:
        """Whether a first answer to it would no longer be clean."""
        return bool(self.answers or self.hints or self.solved)


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """A file that was written into the workspace, and the SHA-256 of its cells' sources as written."""

    path: str
    sha256: str


NO_RULES: Final[Mapping[str, Rule]] = {}


class Fold:
    """All that follows from one learner's events in one course.

    Feed it events in the order (at, id); `add` tells whether one is late, and `Fold.of` starts over.
    Events whose id was seen change nothing.
    """

    def __init__(self, rules: Mapping[str, Rule] = NO_RULES) -> None:
        self._rules = rules
        self._seen: set[str] = set()
        self._latest: tuple[datetime, str] | None = None
        self._session = 0
        self.standings: dict[str, Standing] = {}
        self.variants: dict[VariantKey, Variant] = {}
        self.asked: dict[str, list[Event]] = {}
        """Every `asked` event of an item, in order."""
        self.current: dict[str, Event] = {}
        """The last `asked` event for each target that a page named (an item or an objective)."""
        self.unlocked: set[str] = set()
        self.written: dict[str, Written] = {}

    @classmethod
    def of(cls, events: Iterable[Event], rules: Mapping[str, Rule] = NO_RULES) -> Fold:
        """Fold events given in any order."""
        fold = cls(rules)
        for event in sorted(events, key=lambda e: (e.at, e.id)):
            fold.add(event)
        return fold

    def add(self, event: Event) -> bool:
        """Fold one more event; False, and no change, if it belongs before one that is folded already."""
        if event.id in self._seen:
            return True
        place = (event.at, event.id)
        if self._latest is not None and place < self._latest:
            return False
        if self._latest is not None and event.at - self._latest[0] > SESSION_GAP:
            self._session += 1
        self._seen.add(event.id)
        self._latest = place
        match event.kind:
            case "asked":
                self._asked(event)
            case "hint" | "solution" | "run":
                self._helped(event)
            case "answer":
                self._answered(event)
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
        return self.standings.get(objective, Standing())

    def level(self, objective: str, now: datetime) -> Level:
        return self.standing(objective).level_at(now)

    def _asked(self, event: Event) -> None:
        key = _key(event)
        if key is None:
            return
        self.variants.setdefault(key, Variant(asked=event))
        self.asked.setdefault(key[0], []).append(event)
        self.current[key[0]] = event
        if target := event.detail.get("target"):
            self.current[str(target)] = event

    def _helped(self, event: Event) -> None:
        key = _key(event)
        if key is None or key not in self.variants:
            return
        variant = self.variants[key]
        match event.kind:
            case "hint":
                variant = replace(variant, hints=variant.hints + 1)
            case "solution":
                variant = replace(variant, solved=True)
            case _:
                variant = replace(variant, run=event)
        self.variants[key] = variant

    def _answered(self, event: Event) -> None:
        key = _key(event)
        variant = None if key is None else self.variants.get(key)
        is_right = (event.score or 0) >= RIGHT
        evidence = Evidence(
            at=event.at,
            item=event.item or "",
            right=is_right,
            clean=variant is None or not variant.touched,
            open=bool(event.open),
            guess=0.05 if event.guess is None else event.guess,
            difficulty=event.difficulty or 0.0,
            objectives=max(1, len(event.objectives)),
            mistake=event.mistake,
            review=event.source == "review",
            session=self._session,
        )
        if key is not None:
            variant = variant or Variant(asked=event)
            self.variants[key] = replace(
                variant,
                answers=variant.answers + 1,
                wrong=variant.wrong + (not is_right),
                last=event,
                run=None,
            )
        for objective in event.objectives:
            self.standings[objective] = after(
                self.standing(objective), evidence, self._rules.get(objective, Rule())
            )


def _key(event: Event) -> VariantKey | None:
    if event.item is None:
        return None
    return event.item, event.item_version or 0, -1 if event.seed is None else event.seed
