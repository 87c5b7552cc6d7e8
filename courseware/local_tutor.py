"""The tutor on the learner's own machine: items, log, mastery and workspace behind the one door."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from checkers.code import is_code
from checkers.result import FormatError, Result
from checkers.run import Runner
from courseware import handing, offering, telling
from courseware.clock import Clock
from courseware.course import Course, LessonEntry
from courseware.dealing import Dealer, Dealt, key_of
from courseware.events import Event, is_id, new_id
from courseware.handing import Counter
from courseware.history import TICK, History
from courseware.items import Question
from courseware.log import Log
from courseware.mastery.fold import Fold, Written, way
from courseware.tutor import (
    PLACEMENT,
    REVIEW,
    Card,
    NotFound,
    NotTaken,
    Progress,
    Receipt,
    Stale,
    Task,
    Told,
)
from courseware.verdict import Bench, Judged, NoAnswer, judge, plain
from courseware.workspace import Workspace

WRONG_BEFORE_SOLUTION: Final = 2
WAYS_BEFORE_HELP: Final = 3
"""So many different wrong answers bring the first step of a key's help, each further one the next."""
NO_COUNTER: Final = "Nothing can be handed in from here. Open the lesson's notebook, and hand in from there."
PREVIEW_ONLY: Final = "This is a preview: nothing is handed in, and nothing is kept."


class LocalTutor:
    """A `Tutor` over a course, a log and a learner. Safe to call from any thread; see Tutor for the promises.

    `workspace`: where notebooks are written when a lesson opens; without one nothing is written.
    `preview`: every lesson counts as open (an author looks at the course). `counter`: where graded tasks are
    handed in; without one they cannot be.
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
        counter: Counter | None = None,
    ) -> None:
        self.course = course
        self.learner = learner
        self._clock = clock
        self._history = History(course, log, learner, clock)
        self._dealer = Dealer(self._history)
        self._workspace = workspace
        self._preview = preview
        self._counter = None if preview else counter
        folder = workspace.path if workspace is not None else course.path
        self._bench = Bench(runner=runner, given=course.given, folder=folder)
        self._lock = threading.RLock()

    # The Tutor ----------------------------------------------------------------------------------

    def open(self, lesson: str | None) -> Progress:
        with self._lock:
            self._history.refresh()
            if self._workspace is not None:
                self._workspace.put_data(self.course)
            self._unlock_and_write()
            return self._progress(lesson)

    def ask(self, target: str) -> Card:
        with self._lock:
            self._history.refresh()
            return self._card(target, self._current(target))

    def answer(self, target: str, variant: str, response: object, *, id: str, ms: int | None = None) -> Card:
        _check_id(id)
        with self._lock:
            self._history.refresh()
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
            self._history.refresh()
            if self._history.has(id):
                return self._card(target, self._current(target))
            now = replace(now, variant=self._fold.variants[key_of(now.asked)])
            return self._record(target, now, judged, response, id=id, ms=ms)

    def hint(self, target: str, variant: str, *, id: str) -> Card:
        with self._lock:
            now = self._act(target, variant, id)
            if now is not None and now.variant.hints < len(now.item.hints):
                self._history.append(
                    self._history.about(now.asked, "hint", id=id, detail={"number": now.variant.hints + 1})
                )
            return self._card(target, self._current(target))

    def solution(self, target: str, variant: str, *, id: str) -> Card:
        with self._lock:
            now = self._act(target, variant, id)
            if now is not None and self._card(target, now).may_solve and not now.variant.solved:
                self._history.append(self._history.about(now.asked, "solution", id=id))
            return self._card(target, self._current(target))

    def another(self, target: str, variant: str, *, id: str) -> Card:
        with self._lock:
            now = self._act(target, variant, id)
            if now is None:
                return self._card(target, self._current(target))
            opened: Sequence[str] = ()
            if target == PLACEMENT and self._dealer.next_placement(left=True) is None:
                opened = self._end_placement(left=True)
            if target in (REVIEW, PLACEMENT) and self._dealer.round_of(now).over:
                return self._card(target, self._current(target), opened=opened)
            return self._card(target, self._dealer.next(target, id=id))

    def place(self, lesson: str | None = None, *, id: str) -> Progress:
        _check_id(id)
        entry = None if lesson is None else self._entry(lesson)
        with self._lock:
            self._history.refresh()
            scope = telling.scope_of(self.course, self._fold, entry)
            if not self._history.has(id) and scope:
                detail = {"do": "begin", "scope": list(scope)}
                self._history.append(self._history.event("placement", id=id, lesson=lesson, detail=detail))
                if self._is_placed():
                    self._end_placement()
            return self._progress(lesson)

    def leave(self, *, id: str) -> Progress:
        _check_id(id)
        with self._lock:
            self._history.refresh()
            if self._fold.placement is not None and not self._fold.placement.over:
                self._end_placement(id=id)
            return self._progress(None)

    def hand_in(self, lesson: str, notebook: str, *, id: str) -> Receipt:
        _check_id(id)
        entry = self._entry(lesson)
        with self._lock:
            self._history.refresh()
            if (before := self._handed(id)) is not None:
                return before
            if self._counter is None:
                raise NotTaken(NO_COUNTER if not self._preview else PREVIEW_ONLY)
            if not telling.is_open(entry, self._fold):
                raise NotFound(f"The lesson {lesson} is not open yet: there is nothing to hand in.")
            at, events = self._history.now(), tuple(self._history.events)
        # Grading takes a second: checks go on meanwhile.
        handed = self._counter.take(lesson, notebook, at=at, history=events)
        with self._lock:
            self._history.refresh()
            if (before := self._handed(id)) is not None:
                return before
            now = self._history.now()
            receipt = replace(handed.receipt, at=now.isoformat())
            detail = {"receipt": handing.kept(receipt)}
            self._history.append(
                self._history.event("handed-in", id=id, lesson=lesson, source="nbgrader", detail=detail),
                *(replace(answer, at=now) for answer in handed.answers),
            )
            time = self._clock()
            opened = tuple(
                telling.lesson_card(self.course, self._fold, self.course.lesson(name), time)
                for name in self._unlock_and_write()
            )
            return replace(receipt, opened=opened)

    def warm(self, lesson: str) -> None:
        """A hand-in is to come soon: make ready for it in the background."""
        if self._counter is not None:
            self._counter.warm(lesson)

    def progress(self, lesson: str | None = None) -> Progress:
        with self._lock:
            self._history.refresh()
            return self._progress(lesson)

    def restore(self, lesson: str) -> Written:
        """Write a lesson's notebook again (see Workspace.restore). The lesson must be open."""
        entry = self._entry(lesson)
        with self._lock:
            self._history.refresh()
            if self._workspace is None or not telling.is_open(entry, self._fold):
                raise NotFound(f"The lesson {lesson} is not open yet: there is nothing to restore.")
            wrote = self._workspace.restore(self.course, entry)
            self._history.append(self._wrote(wrote))
            return wrote

    def outdated(self) -> list[str]:
        """The lessons whose notebook was written from an older version of the course."""
        with self._lock:
            self._history.refresh()
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
            self._history.refresh()
            question = self._current(target).question
        names: dict[str, object] = {}
        exec("\n".join(self.course.given), names)  # the author's own lines, from the installed course
        names.pop("__builtins__", None)
        return names | {name: copy.deepcopy(value) for name, value in question.given.items()}

    def question(self, target: str) -> Question:
        """The question of the open variant, with its key: for simulated learners, never for a screen."""
        with self._lock:
            self._history.refresh()
            return self._current(target).question

    def knows(self, target: str) -> bool:
        """Whether there is an item, an objective or a lesson of this name."""
        return self._dealer.knows(target)

    def find(self, target: str) -> None:
        """Raise NotFound, with near names, if there is no item, objective or lesson of this name."""
        self._dealer.find(target)

    # Acting on the open variant -----------------------------------------------------------------

    @property
    def _events(self) -> list[Event]:
        return self._history.events

    @property
    def _log(self) -> Log:
        return self._history.log

    @property
    def _fold(self) -> Fold:
        return self._history.fold

    def _current(self, target: str) -> Dealt:
        return self._dealer.current(target)

    def _at(self, target: str, variant: str, id: str) -> Dealt | None:
        """The open variant that an act names; None if the act was recorded before (a resent click)."""
        now = self._current(target)
        if self._history.has(id):
            return None
        if now.asked.id != variant:
            raise Stale(self._card(target, now))
        return now

    def _act(self, target: str, variant: str, id: str) -> Dealt | None:
        _check_id(id)
        self._history.refresh()
        return self._at(target, variant, id)

    # Recording ----------------------------------------------------------------------------------

    def _record(
        self, target: str, now: Dealt, judged: Judged, response: object, *, id: str, ms: int | None
    ) -> Card:
        verdict = judged.verdict
        if isinstance(verdict, FormatError) and not verdict.begun:
            return self._card(target, now, told=telling.note(verdict.message), response=response)
        code = response["code"] if isinstance(response, Mapping) and is_code(response) else None
        if isinstance(verdict, NoAnswer | FormatError):
            detail = {"message": verdict.message.to_json()}
            self._history.append(
                self._history.about(now.asked, "run", id=id, response=response, duration_ms=ms, detail=detail)
            )
            return self._card(target, self._current(target))
        detail = {"result": telling.said(verdict, now.variant).to_json()}
        if code is not None and judged.response != response:
            detail["code"] = code
        answer = self._history.about(
            now.asked,
            "answer",
            id=id,
            response=judged.response,
            score=verdict.score,
            mistake=verdict.mistake,
            duration_ms=ms,
            detail=detail,
        )
        self._history.append(answer, *self._help_after(now, answer, verdict))
        if now.asked.source == "placement" and self._is_placed():
            opened = self._end_placement()
        else:
            opened = self._unlock_and_write()
        return self._card(target, self._current(target), opened=opened)

    def _help_after(self, now: Dealt, answer: Event, verdict: Result) -> list[Event]:
        """The hint that comes unasked with a wrong answer: a step of the key's help."""
        ways, helps = now.variant.ways | {way(answer.response)}, now.question.answer.helps
        step = min(len(ways) - WAYS_BEFORE_HELP + 1, len(helps))
        if verdict.correct or step <= now.variant.helps:
            return []
        detail = {"help": step, "message": helps[step - 1].to_json()}
        hint = self._history.about(now.asked, "hint", id=new_id(), detail=detail)
        return [replace(hint, at=answer.at + TICK)]

    def _is_placed(self) -> bool:
        """Whether the placement under way has found what it looked for."""
        placing = self._fold.placement
        is_open = placing is not None and not placing.over
        return is_open and self._dealer.next_placement(left=False) is None

    def _end_placement(self, *, id: str | None = None, left: bool = False) -> list[str]:
        """End the placement with what it has found; the ids of the lessons that this opens."""
        placing = self._fold.placement
        assert placing is not None
        detail = {"do": "end", "known": list(self._dealer.placed(left=left))}
        self._history.append(self._history.event("placement", id=id, lesson=placing.lesson, detail=detail))
        return self._unlock_and_write()

    def _unlock_and_write(self) -> list[str]:
        """Log the lessons whose gate has opened and write the notebooks that are due; the new ones' ids."""
        opened = [
            lesson.id
            for lesson in self.course.lessons
            if not telling.is_open(lesson, self._fold) and telling.may_open(lesson, self._fold)
        ]
        for lesson in opened:
            self._history.append(self._history.event("unlocked", lesson=lesson))
        if self._workspace is not None:
            due = [e for e in self.course.lessons if not self._preview and telling.is_open(e, self._fold)]
            beside = list(offering.wanted(self.course, self._fold, self._clock()))
            for wrote in self._workspace.sync(self.course, due, self._fold.written, beside):
                self._history.append(self._wrote(wrote))
        return opened

    def _wrote(self, wrote: Written) -> Event:
        return self._history.event("wrote", detail={"path": wrote.path, "sha256": wrote.sha256})

    # Telling ------------------------------------------------------------------------------------

    def _entry(self, lesson: str) -> LessonEntry:
        try:
            return self.course.lesson(lesson)
        except LookupError as error:
            raise NotFound(*error.args) from None

    def _progress(self, lesson: str | None) -> Progress:
        if lesson is not None:
            self._entry(lesson)
        progress = telling.progress_of(self.course, self._fold, lesson, self._clock(), preview=self._preview)
        return progress if lesson is None else replace(progress, task=self._task(lesson))

    def _task(self, lesson: str) -> Task | None:
        """The lesson's graded task, with what was handed in last."""
        task = None if self._counter is None else self._counter.task(lesson)
        if task is None:
            return None
        handed = [e for e in reversed(self._events) if e.kind == "handed-in"]
        own = (handing.read(e.detail.get("receipt")) for e in handed if e.lesson == lesson)
        last = next((receipt for receipt in own if receipt), None)
        return replace(task, last=last, notice="" if handed else task.notice)

    def _handed(self, id: str) -> Receipt | None:
        """The receipt of a hand-in that was taken before (a resent click)."""
        event = self._log.find(id)
        return None if event is None else handing.read(event.detail.get("receipt"))

    def _card(
        self,
        target: str,
        now: Dealt,
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
        objective = target if target in self.course.objectives else now.objective
        failed = now.asked.source == "review" and 0 < variant.answers == variant.wrong
        offers = offering.on_card(self.course, self._fold, objective, time, failed_review=failed)
        in_round = target in (REVIEW, PLACEMENT)
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
            may_solve=_may_solve(now) or any(offer.kind == "example" for offer in offers),
            solution=question.message("solution", question.solution) if variant.solved else None,
            response=response,
            told=told,
            standing=telling.standing_of(self.course, self._fold, objective, time),
            opened=tuple(
                telling.lesson_card(self.course, self._fold, self.course.lesson(name), time)
                for name in opened
            ),
            round=self._dealer.round_of(now) if in_round else None,
            offers=offers,
        )


def _check_id(id: str) -> None:
    if not is_id(id):
        raise ValueError(f"an act's id is a UUID made at the click, not {id!r}")


def _may_solve(now: Dealt) -> bool:
    return now.variant.wrong >= WRONG_BEFORE_SOLUTION or 0 < len(now.item.hints) <= now.variant.hints
