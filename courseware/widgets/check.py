"""The check: a widget that shows one card of a tutor and passes on what the learner does with it."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Mapping

import anywidget
import traitlets

from courseware.remote_tutor import in_app
from courseware.tutor import Card, Progress
from courseware.widgets import front
from courseware.widgets.desk import Desk
from courseware.widgets.page import Page


class CheckWidget(anywidget.AnyWidget):
    """One check on a page.

    Made empty and at once; what it shows comes with the page's first hello. The kernel writes `view`
    and never reads it back: the page acts by messages, and each is answered. Any thread may deliver them.
    `field` False leaves the code field out (the cell above is the field); `card` is shown from the start,
    and with `recorded` the page is told with its hello that something was recorded to come to it.
    """

    _esm = front.module("check")
    _css = front.style()
    view = traitlets.Dict().tag(sync=True)

    def __init__(
        self,
        page: Page,
        target: str,
        *,
        field: bool = True,
        card: Card | None = None,
        recorded: bool = False,
    ) -> None:
        super().__init__()
        self._page = page
        self._field = field
        self._key = uuid.uuid4().hex
        self._desk = Desk(page, target, self._draw)
        self._to_tell = recorded
        self._lock = threading.RLock()
        self.on_msg(self._hear)
        page.join(self)
        if card is not None:
            self._desk.show(card)
        elif in_app():
            self.view = {"target": target}  # the page may have its card already

    def set_state(self, sync_data: object) -> None:
        """Nothing that a page sends sets a trait: what it may do, it does by messages."""

    def follow(self, card: Card, progress: Progress) -> None:
        """Another widget or cell recorded something: show what it changes here."""
        with self._lock:
            shown = self._desk.card
            if shown is None:
                return
            if card.item == shown.item:
                self._desk.show(self._page.tutor.ask(self._desk.target))
                return
            from courseware.widgets.view import meter

            for lesson in progress.lessons:
                for standing in lesson.objectives:
                    if standing.objective == shown.standing.objective:
                        self.view = {**self.view, "meter": meter(standing)}
                        return

    def _draw(self, card: Card) -> None:
        from courseware.widgets.view import check_view  # Markdown and all it needs, at the first card

        self.view = check_view(card, self._page, key=self._key, field=self._field)

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        """A message of the page: do it, answer it, then let the other widgets follow."""
        if not isinstance(content, Mapping):
            return
        if content.get("do") == "script":
            self.send({"re": content.get("id"), "ok": True}, buffers=[front.shared("check").text.encode()])
            return
        if content.get("do") == "font":
            self.send({"re": content.get("id"), "ok": True}, buffers=[front.maths_font()])
            return
        with self._lock:
            answer, recorded = self._desk.hear(content)
            if answer["ok"] and (recorded is not None or self._to_tell):
                answer["recorded"] = self._desk.record()
                self._to_tell = False
            self.send(answer)
        if recorded is not None:
            self._page.recorded(self, recorded)
