"""The progress: where the learner stands on each objective and why, and what opens the next lesson."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Mapping
from typing import Final

import anywidget
import traitlets

from courseware.tutor import PLACEMENT, REVIEW, Card, NotFound, NotTaken, Progress, Receipt
from courseware.widgets import front
from courseware.widgets.desk import (
    OTHER_VERSION,
    UNREADABLE,
    Answer,
    Desk,
    Refused,
    failed,
    sentence,
    uuid_of,
)
from courseware.widgets.page import Page

log = logging.getLogger("courseware.widgets")

TASK: Final = "task"
NOT_FROM_HERE: Final = (
    "Nothing can be handed in from this notebook. Open the lesson's own notebook, and hand in from there."
)


class ProgressWidget(anywidget.AnyWidget):
    """Progress on a page. Made empty; filled at the page's first hello; it follows what checks record.

    A review or a placement goes on in it: `card` is then the question that it is at. `only`: show no more
    than the placement (for the page of a first lesson), or the graded task: then it is handed in as soon as
    the page has drawn it, but for a first time where something travels: what does is shown, and waits.
    """

    _esm = front.module("progress")
    _css = front.style()
    view = traitlets.Dict().tag(sync=True)
    card = traitlets.Dict().tag(sync=True)

    def __init__(self, page: Page, *, only: str | None = None) -> None:
        super().__init__()
        self._page = page
        self._only = only
        self._key = uuid.uuid4().hex
        self._desk: Desk | None = None
        self._begins = only == TASK
        self._lock = threading.RLock()
        self.on_msg(self._hear)
        page.join(self)

    def set_state(self, sync_data: object) -> None:
        """Nothing that a page sends sets a trait."""

    def follow(self, _card: Card | None, progress: Progress) -> None:
        """Something was recorded: show where that leads."""
        with self._lock:
            if self.view:
                self._show(progress)

    def _show(self, progress: Progress) -> None:
        from courseware.widgets.view import progress_view

        view = progress_view(progress, self._page, key=self._key)
        round_of = None if self._desk is None else self._desk.target
        noticed = progress.task is not None and progress.task.notice
        begins = self._begins and not noticed  # what travels is read first, and the button pressed
        self.view = {**view, "only": self._only, "round": round_of, "begins": begins}

    def _draw(self, card: Card) -> None:
        from courseware.widgets.view import check_view

        self.card = check_view(card, self._page, key=f"{self._key}-card")

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, Mapping):
            return
        if content.get("do") == "script":
            self.send({"re": content.get("id"), "ok": True}, buffers=[front.shared("progress").text.encode()])
            return
        if content.get("do") == "font":
            self.send({"re": content.get("id"), "ok": True}, buffers=[front.maths_font()])
            return
        answer: Answer
        recorded: Card | None = None
        if content.get("do") == "hand-in":
            self._hand_in(content)
            return
        with self._lock:
            try:
                if content.get("part") == "card" and self._desk is not None:
                    answer, recorded = self._desk.hear(content)
                    if recorded is not None:
                        answer["recorded"] = self._desk.record()
                else:
                    self._act(content)
                    answer = {"re": content.get("id"), "ok": True}
                if recorded is not None:
                    self._show(self._page.tutor.progress(self._page.lesson))
            except (Refused, NotFound, NotTaken) as refused:
                answer = {"re": content.get("id"), "ok": False, "error": sentence(refused)}
            except Exception as error:
                log.exception("the progress could not be shown")
                answer = {"re": content.get("id"), "ok": False, "error": failed(error)}
            self.send(answer)
        if recorded is not None:
            self._page.recorded(self, recorded)

    def _hand_in(self, content: Mapping[str, object]) -> None:
        """Hand in the lesson's graded task. It takes a second: the lock is not held meanwhile."""
        receipt: Receipt | None = None
        answer: Answer = {"re": content.get("id"), "ok": True}
        try:
            receipt = self.hand_in(saving=content.get("saving") is True, id=uuid_of(content.get("id")))
            opened = [lesson.lesson for lesson in receipt.opened]
            answer["recorded"] = {"lesson": receipt.lesson, "opened": opened}
        except (Refused, NotFound, NotTaken) as refused:
            answer = {"re": content.get("id"), "ok": False, "error": sentence(refused)}
        except Exception as error:
            log.exception("the task could not be handed in")
            answer = {"re": content.get("id"), "ok": False, "error": failed(error)}
        self.send(answer)
        if receipt is not None:
            self._page.recorded(self, None)

    def hand_in(self, *, saving: bool, id: str | None) -> Receipt:
        """Hand in what is saved (`saving`: a page saves it now), and show what came of it."""
        lesson, file = self._page.lesson, self._page.file
        if lesson is None or file is None or id is None:
            raise Refused(NOT_FROM_HERE)
        receipt = self._page.tutor.hand_in(lesson, file.read(saving=saving), id=id)
        with self._lock:
            self._begins = False
            self._show(self._page.tutor.progress(lesson))
        return receipt

    def _act(self, content: Mapping[str, object]) -> None:
        """Do what a message of the page says, and show what follows."""
        from courseware.widgets.view import VERSION

        if content.get("v") != VERSION:
            raise Refused(OTHER_VERSION)
        tutor, lesson = self._page.tutor, self._page.lesson
        id = uuid_of(content.get("id"))
        match content.get("do"):
            case "hello":
                progress = tutor.progress(lesson)
                if self._desk is None and progress.placing is not None and progress.placing.open:
                    self._begin(PLACEMENT)  # as it was left
            case "review":
                self._begin(REVIEW)
            case "place" if id is not None:
                named = content.get("lesson")
                tutor.place(named if isinstance(named, str) else None, id=id)
                self._begin(PLACEMENT)
            case "leave" if id is not None:
                tutor.leave(id=id)
                self._desk = None
            case "close":
                self._desk = None
            case "saving" if self._page.file is not None:
                self._page.file.about_to_save()
                self._begins = False
                return
            case _:
                raise Refused(UNREADABLE)
        self._show(tutor.progress(lesson))

    def _begin(self, target: str) -> None:
        desk = Desk(self._page, target, self._draw)
        desk.show(self._page.tutor.ask(target))
        self._desk = desk
