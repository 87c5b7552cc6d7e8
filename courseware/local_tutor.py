"""The tutor on the learner's own machine: items, log, mastery and workspace behind the one door."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any, Final

from checkers.code import is_code
from checkers.result import FormatError, Result
from checkers.run import Runner
from courseware import telling
from courseware.clock import Clock
from courseware.course import Course, LessonEntry
from courseware.draw import seed_of
from courseware.events import Event, Kind, is_id, new_id
from courseware.items import DIFFICULTY, Item, Question, fingerprint
from courseware.log import Log
from courseware.mastery.fold import Fold, Variant, VariantKey, Written, way
from courseware.tutor import Card, NotFound, Progress, Stale, Told
from courseware.verdict import Bench, Judged, NoAnswer, judge, plain
from courseware.workspace import Workspace

WRONG_BEFORE_SOLUTION: Final = 2
WAYS_BEFORE_HELP: Final = 3
"""So many different wrong answers bring the first step of a key's help, each further one the next."""
FRESH_TRIES: Final = 20
"""How many seeds are tried for a variant that this learner has not seen."""
TICK: Final = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Open:
    """The open variant of a target: its item, the `asked` event, its question, how it stands."""

    item: Item
    asked: Event
    question: Question
    variant: Variant


class LocalTutor:
    """A `Tutor` over a course, a log and a learner. Safe to call from any thread; see Tutor for the promises.

    `workspace`: where notebooks are written when a lesson opens; without one nothing is written.
    `preview`: every lesson counts as open (an author looks at the course).
    """

    def __init__(
        self,
        course: Course,
        log: Log,
        learner: str,
        *,
        clock: Clock,
        runner: Runner,
        workspace: Workspace | None = None,
        preview: bool = False,
    ) -> None:
        self.course = course
        self.learner = learner
        self._log = log
        self._clock = clock
        self._workspace = workspace
        self._preview = preview
        folder = workspace.path if workspace is not None else course.path
        self._bench = Bench(runner=runner, given=course.given, folder=folder)
        self._lock = threading.RLock()
        self._events: list[Event] = []
        self._place = 0
        self._fold = Fold(course.rules, course.parameters.intercept)
        self._question = lru_cache(maxsize=256)(self._make_question)

    # The Tutor ----------------------------------------------------------------------------------

    def open(self, lesson: str | None) -> Progress:
        with self._lock:
            self._refresh()
            if self._workspace is not None:
                self._workspace.put_data(self.course)
            self._unlock_and_write()
            return self._progress(lesson)

    def ask(self, target: str) -> Card:
        with self._lock:
            self._refresh()
            return self._card(target, self._current(target))

    def answer(self, target: str, variant: str, response: object, *, id: str, ms: int | None = None) -> Card:
        _check_id(id)
        with self._lock:
            self._refresh()
            now = self._at(target, variant, id)
            if now is None:
                return self._card(target, self._current(target))
            try:
                response, size = plain(response)
            except (TypeError, ValueError, RecursionError):
                return self._card(target, now, told=telling.note(telling.UNREADABLE))
            if told := telling.nothing_new(now.question, now.variant, response, size):
                return self._card(target, now, told=told, response=response)
        # Judging may take seconds (it may run code): other checks go on meanwhile.
        judged = judge(now.question, response, self._bench)
        with self._lock:
            self._refresh()
            if self._log.find(id) is not None:
                return self._card(target, self._current(target))
            now = replace(now, variant=self._fold.variants[_key(now.asked)])
            return self._record(target, now, judged, response, id=id, ms=ms)

    def hint(self, target: str, variant: str, *, id: str) -> Card:
        with self._lock:
            now = self._act(target, variant, id)
            if now is not None and now.variant.hints < len(now.item.hints):
                self._append(self._about(now, "hint", id=id, detail={"number": now.variant.hints + 1}))
            return self._card(target, self._current(target))

    def solution(self, target: str, variant: str, *, id: str) -> Card:
        with self._lock:
            now = self._act(target, variant, id)
            if now is not None and _may_solve(now) and not now.variant.solved:
                self._append(self._about(now, "solution", id=id))
            return self._card(target, self._current(target))

    def another(self, target: str, variant: str, *, id: str) -> Card:
        with self._lock:
            now = self._act(target, variant, id)
            if now is None:
                return self._card(target, self._current(target))
            item = now.item if target in self.course.items else self._next_item(target)
            return self._card(target, self._deal(target, item, id=id))

    def progress(self, lesson: str | None = None) -> Progress:
        with self._lock:
            self._refresh()
            return self._progress(lesson)

    def restore(self, lesson: str) -> Written:
        """Write a lesson's notebook again (see Workspace.restore). The lesson must be open."""
        entry = self._entry(lesson)
        with self._lock:
            self._refresh()
            if self._workspace is None or not telling.is_open(entry, self._fold):
                raise NotFound(f"The lesson {lesson} is not open yet: there is nothing to restore.")
            wrote = self._workspace.restore(self.course, entry)
            self._append(self._wrote(wrote))
            return wrote

    def outdated(self) -> list[str]:
        """The lessons whose notebook was written from an older version of the course."""
        with self._lock:
            self._refresh()
            if self._workspace is None:
                return []
            return [
                lesson.id
                for lesson in self.course.lessons
                if lesson.notebook in self._fold.written
                and self._workspace.is_older(self.course, lesson, self._fold.written)
            ]

    # For %%check cells in the same process ------------------------------------------------------

    def givens(self, target: str) -> dict[str, object]:
        """What the open variant's code starts with: the course's imports run, the question's names copied."""
        import copy

        with self._lock:
            self._refresh()
            question = self._current(target).question
        names: dict[str, object] = {}
        exec("\n".join(self.course.given), names)  # the author's own lines, from the installed course
        names.pop("__builtins__", None)
        return names | {name: copy.deepcopy(value) for name, value in question.given.items()}

    def knows(self, target: str) -> bool:
        """Whether there is an item or an objective of this name."""
        return target in self.course.items or target in self.course.objectives

    def find(self, target: str) -> None:
        """Raise NotFound, with near names, if there is no item or objective of this name."""
        if not self.knows(target):
            raise NotFound(self._not_found(target))

    # Reading the log ----------------------------------------------------------------------------

    def _refresh(self) -> None:
        """Fold what has come into the log since: from this kernel, another one, or a hand-in."""
        in_order = True
        for place, event in self._log.read(self.learner, self.course.id, self._place):
            self._events.append(event)
            self._place = place
            in_order = in_order and self._fold.add(event)
        if not in_order:
            self._fold = Fold.of(self._events, self.course.rules, self.course.parameters.intercept)

    def _append(self, *events: Event) -> None:
        self._log.append(events)
        self._refresh()

    def _now(self) -> datetime:
        """The time, past every event so far (clocks of some systems tick slowly, or are put back)."""
        now = self._clock()
        latest = self._fold.latest
        return now if latest is None or now > latest else latest + TICK

    # The open variant ---------------------------------------------------------------------------

    def _make_question(self, item_id: str, version: int, seed: int) -> Question:
        item = self.course.item(item_id, version)
        assert item is not None
        return item.question(seed, self.course.data)

    def _open(self, asked: Event) -> _Open | None:
        """What an `asked` event is about; None if its item is gone or has a newer version."""
        item = self.course.items.get(asked.item or "")
        if item is None or item.version != asked.item_version or asked.seed is None:
            return None
        question = self._question(item.id, item.version, asked.seed)
        return _Open(
            item=item,
            asked=asked,
            question=question,
            variant=self._fold.variants[_key(asked)],
        )

    def _current(self, target: str) -> _Open:
        """The open variant of an item or objective; a first one is dealt if there is none."""
        self.find(target)
        asked = self._fold.current.get(target)
        now = None if asked is None else self._open(self._newest(asked))
        if now is not None:
            return now
        item = self.course.items.get(target) or self._next_item(target)
        return self._deal(target, item, id=new_id())

    def _newest(self, asked: Event) -> Event:
        """A learner has one open variant an item, whichever target dealt it."""
        return self._fold.current.get(asked.item or "", asked)

    def _not_found(self, target: str) -> str:
        from difflib import get_close_matches

        names = [*self.course.items, *self.course.objectives]
        near = get_close_matches(target, names, n=3)
        hint = f"Did you mean {' or '.join(near)}?" if near else f"This course has: {', '.join(names)}."
        return f"There is no item or objective called {target!r} in “{self.course.title}”. {hint}"

    def _next_item(self, objective: str) -> Item:
        """The item to ask next for an objective: seldom asked; another one, in another format, than last."""
        items = self.course.items_for(objective)
        if not items:
            raise NotFound(f"The objective {objective!r} has no items yet.")
        last = self._fold.current.get(objective)

        def order(item: Item) -> tuple[int, bool, bool, int]:
            dealt = self._fold.asked.get(item.id, [])
            same = last is not None and last.item == item.id
            alike = last is not None and bool(dealt) and dealt[-1].format == last.format
            return (len(dealt) + same, same, alike, items.index(item))

        return min(items, key=order)

    def _deal(self, target: str, item: Item, *, id: str) -> _Open:
        """Deal the next variant of an item: one with another question than any dealt before, if there is."""
        dealt = [e for e in self._fold.asked.get(item.id, []) if e.item_version == item.version]
        seen = {event.fingerprint for event in dealt}
        first = 1 + max((_number(event) for event in dealt), default=-1)
        for n in range(first, first + FRESH_TRIES):
            seed = seed_of(self.learner, self.course.id, item.id, item.version, n)
            question = self._question(item.id, item.version, seed)
            if fingerprint(question) not in seen:
                break
        given = {name: telling.shown(value) for name, value in question.given.items()}
        event = self._event(
            "asked",
            id=id,
            lesson=self.course.home(item.id).id,
            item=item.id,
            item_version=item.version,
            seed=seed,
            fingerprint=fingerprint(question),
            objectives=item.objectives,
            format=question.answer.kind,
            open=question.answer.open,
            guess=question.answer.guess,
            difficulty=DIFFICULTY[item.difficulty],
            source="check",
            detail={"n": n, "target": target, "prompt": question.prompt_text, "given": given},
        )
        self._append(event)
        dealt_now = self._open(event)
        assert dealt_now is not None
        return dealt_now

    def _at(self, target: str, variant: str, id: str) -> _Open | None:
        """The open variant that an act names; None if the act was recorded before (a resent click)."""
        now = self._current(target)
        if self._log.find(id) is not None:
            return None
        if now.asked.id != variant:
            raise Stale(self._card(target, now))
        return now

    def _act(self, target: str, variant: str, id: str) -> _Open | None:
        _check_id(id)
        self._refresh()
        return self._at(target, variant, id)

    # Recording ----------------------------------------------------------------------------------

    def _event(self, kind: Kind, *, id: str | None = None, at: datetime | None = None, **more: Any) -> Event:
        return Event(
            id=id or new_id(),
            at=at or self._now(),
            learner=self.learner,
            course=self.course.id,
            course_version=self.course.version,
            kind=kind,
            **more,
        )

    def _about(self, now: _Open, kind: Kind, *, id: str, **more: Any) -> Event:
        """An event on the open variant, with what was logged of it when it was asked."""
        asked = replace(now.asked, id=id, at=self._now(), kind=kind, detail={})
        return replace(asked, course_version=self.course.version, **more)

    def _record(
        self, target: str, now: _Open, judged: Judged, response: object, *, id: str, ms: int | None
    ) -> Card:
        verdict = judged.verdict
        if isinstance(verdict, FormatError) and not verdict.begun:
            return self._card(target, now, told=telling.note(verdict.message), response=response)
        code = response["code"] if isinstance(response, Mapping) and is_code(response) else None
        if isinstance(verdict, NoAnswer | FormatError):
            detail = {"message": verdict.message.to_json()}
            self._append(self._about(now, "run", id=id, response=response, duration_ms=ms, detail=detail))
            return self._card(target, self._current(target))
        detail = {"result": telling.said(verdict, now.variant).to_json()}
        if code is not None and judged.response != response:
            detail["code"] = code
        answer = self._about(
            now,
            "answer",
            id=id,
            response=judged.response,
            score=verdict.score,
            mistake=verdict.mistake,
            duration_ms=ms,
            detail=detail,
        )
        self._append(answer, *self._help_after(now, answer, verdict))
        opened = self._unlock_and_write()
        return self._card(target, self._current(target), opened=opened)

    def _help_after(self, now: _Open, answer: Event, verdict: Result) -> list[Event]:
        """The hint that comes unasked with a wrong answer: a step of the key's help."""
        ways, helps = now.variant.ways | {way(answer.response)}, now.question.answer.helps
        step = min(len(ways) - WAYS_BEFORE_HELP + 1, len(helps))
        if verdict.correct or step <= now.variant.helps:
            return []
        detail = {"help": step, "message": helps[step - 1].to_json()}
        return [replace(self._about(now, "hint", id=new_id(), detail=detail), at=answer.at + TICK)]

    def _unlock_and_write(self) -> list[str]:
        """Log the lessons whose gate has opened and write the notebooks that are due; the new ones' ids."""
        opened = [
            lesson.id
            for lesson in self.course.lessons
            if not telling.is_open(lesson, self._fold) and telling.may_open(lesson, self._fold)
        ]
        for lesson in opened:
            self._append(self._event("unlocked", lesson=lesson))
        if self._workspace is not None:
            due = [e for e in self.course.lessons if not self._preview and telling.is_open(e, self._fold)]
            for wrote in self._workspace.sync(self.course, due, self._fold.written):
                self._append(self._wrote(wrote))
        return opened

    def _wrote(self, wrote: Written) -> Event:
        return self._event("wrote", detail={"path": wrote.path, "sha256": wrote.sha256})

    # Telling ------------------------------------------------------------------------------------

    def _entry(self, lesson: str) -> LessonEntry:
        try:
            return self.course.lesson(lesson)
        except LookupError as error:
            raise NotFound(*error.args) from None

    def _progress(self, lesson: str | None) -> Progress:
        if lesson is not None:
            self._entry(lesson)
        return telling.progress_of(self.course, self._fold, lesson, self._clock(), preview=self._preview)

    def _card(
        self,
        target: str,
        now: _Open,
        *,
        told: Told | None = None,
        response: object = None,
        opened: Sequence[str] = (),
    ) -> Card:
        question, variant, time = now.question, now.variant, self._clock()
        last = variant.run or variant.last
        if told is None and last is not None:
            told = telling.told_of(last)
            response = last.response
            if "code" in last.detail:
                response = {"code": last.detail["code"]}
        objective = target if target in self.course.objectives else now.item.objectives[0]
        hints = tuple(
            question.message(f"hint-{number}", text) for number, text in enumerate(now.item.hints, 1)
        )
        ask = dict(question.answer.helped(variant.helps).asks())
        if ask["kind"] == "code":
            self._bench.runner.warm(self.course.given)
            ask["starter"] = question.starter
            ask["given"] = {name: telling.shown(value) for name, value in question.given.items()}
        return Card(
            target=target,
            item=now.item.id,
            variant=now.asked.id,
            prompt=question.message("prompt", question.prompt),
            ask=ask,
            hints=hints[: variant.hints],
            hints_left=max(0, len(hints) - variant.hints),
            may_solve=_may_solve(now),
            solution=question.message("solution", question.solution) if variant.solved else None,
            response=response,
            told=told,
            standing=telling.standing_of(self.course, self._fold, objective, time),
            opened=tuple(
                telling.lesson_card(self.course, self._fold, self.course.lesson(name), time)
                for name in opened
            ),
        )


def _key(asked: Event) -> VariantKey:
    assert asked.item is not None
    assert asked.item_version is not None
    assert asked.seed is not None
    return asked.item, asked.item_version, asked.seed


def _check_id(id: str) -> None:
    if not is_id(id):
        raise ValueError(f"an act's id is a UUID made at the click, not {id!r}")


def _may_solve(now: _Open) -> bool:
    return now.variant.wrong >= WRONG_BEFORE_SOLUTION or 0 < len(now.item.hints) <= now.variant.hints


def _number(asked: Event) -> int:
    n = asked.detail.get("n")
    return n if isinstance(n, int) else -1
