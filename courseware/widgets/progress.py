"""The progress: where the learner stands on each objective and why, and what opens the next lesson."""

from __future__ import annotations

import logging
import threading
import uuid
from collections.abc import Mapping

import anywidget
import traitlets

from courseware.tutor import Card, NotFound, Progress
from courseware.widgets import front
from courseware.widgets.check import FAILED, OTHER_VERSION, sentence
from courseware.widgets.page import Page

log = logging.getLogger("courseware.widgets")


class ProgressWidget(anywidget.AnyWidget):
    """Progress on a page. Made empty; filled at the page's first hello; it follows what checks record."""

    _esm = front.module("progress")
    _css = front.style()
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, page: Page) -> None:
        super().__init__()
        self._page = page
        self._key = uuid.uuid4().hex
        self._lock = threading.RLock()
        self.on_msg(self._hear)
        page.join(self)

    def set_state(self, sync_data: object) -> None:
        """Nothing that a page sends sets a trait."""

    def follow(self, _card: Card, progress: Progress) -> None:
        """Something was recorded: show where that leads."""
        with self._lock:
            if self.view:
                self._show(progress)

    def _show(self, progress: Progress) -> None:
        from courseware.widgets.view import progress_view

        self.view = progress_view(progress, self._page, key=self._key)

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, Mapping):
            return
        if content.get("do") == "script":
            self.send({"re": content.get("id"), "ok": True}, buffers=[front.shared("progress").text.encode()])
            return
        from courseware.widgets.view import VERSION

        answer: dict[str, object] = {"re": content.get("id"), "ok": True}
        with self._lock:
            try:
                if content.get("v") == VERSION:
                    self._show(self._page.tutor.progress(self._page.lesson))
                else:
                    answer |= {"ok": False, "error": OTHER_VERSION}
            except NotFound as unknown:
                answer |= {"ok": False, "error": sentence(unknown)}
            except Exception as error:
                log.exception("the progress could not be shown")
                told = FAILED.format(error=f"{type(error).__name__}: {error}".rstrip(". "))
                answer |= {"ok": False, "error": told}
            self.send(answer)
