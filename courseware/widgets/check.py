"""The check: a widget that shows one card of a tutor and passes on what the learner does with it."""

from __future__ import annotations

import json
import logging
import threading
import uuid
from collections.abc import Mapping
from typing import Final

import anywidget
import traitlets

from courseware.tutor import Card, NotFound, Progress, Stale
from courseware.widgets import front
from courseware.widgets.page import Page

log = logging.getLogger("courseware.widgets")

LONGEST: Final = 64_000
"""The longest response that is passed on, in characters of JSON."""

MOVED_ON: Final = "This question had moved on in another window. Here is the one that is open now."
OTHER_VERSION: Final = "This page is of another version than the notebook's kernel. Reload the page to go on."
TOO_LONG: Final = "Your answer is longer than a check can take. Shorten it, then check again."
UNREADABLE: Final = "The notebook's kernel could not read that click. Reload the page to go on."
FAILED: Final = (
    "The notebook's kernel could not do that: {error}. Nothing was lost. Run this cell to try again; "
    "if it stays so, show this line to whoever runs the course."
)

Answer = dict[str, object]


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
        self._target = target
        self._field = field
        self._key = uuid.uuid4().hex
        self._card: Card | None = None
        self._to_tell = recorded
        self._lock = threading.RLock()
        self.on_msg(self._hear)
        page.join(self)
        if card is not None:
            self._show(card)

    def set_state(self, sync_data: object) -> None:
        """Nothing that a page sends sets a trait: what it may do, it does by messages."""

    def follow(self, card: Card, progress: Progress) -> None:
        """Another widget or cell recorded something: show what it changes here."""
        with self._lock:
            if self._card is None:
                return
            if card.item == self._card.item:
                self._show(self._page.tutor.ask(self._target))
                return
            from courseware.widgets.view import meter

            for lesson in progress.lessons:
                for standing in lesson.objectives:
                    if standing.objective == self._card.standing.objective:
                        self.view = {**self.view, "meter": meter(standing)}
                        return

    def _show(self, card: Card) -> None:
        from courseware.widgets.view import check_view  # Markdown and all it needs, at the first card

        self.view = check_view(card, self._page, key=self._key, field=self._field)
        self._card = card

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        """A message of the page: do it, answer it, then let the other widgets follow."""
        if not isinstance(content, Mapping):
            return
        ref = content.get("id")
        recorded: Card | None = None
        if content.get("do") == "font":
            self.send({"re": ref, "ok": True}, buffers=[front.maths_font()])
            return
        if content.get("do") == "script":
            self.send({"re": ref, "ok": True}, buffers=[front.shared("check").text.encode()])
            return
        with self._lock:
            answer: Answer
            try:
                recorded = self._act(content)
                answer = {"re": ref, "ok": True}
                if recorded is not None or self._to_tell:
                    answer["recorded"] = self._record()
                    self._to_tell = False
            except Stale as stale:
                self._show(stale.card)
                answer = {"re": ref, "ok": False, "error": MOVED_ON}
            except (Refused, NotFound) as refused:
                answer = {"re": ref, "ok": False, "error": sentence(refused)}
            except Exception as error:
                log.exception("a click on the check %r failed", self._target)
                told = FAILED.format(error=f"{type(error).__name__}: {error}".rstrip(". "))
                answer = {"re": ref, "ok": False, "error": told}
            self.send(answer)
        if recorded is not None:
            self._page.recorded(self, recorded)

    def _act(self, content: Mapping[str, object]) -> Card | None:
        """Do what a message says; the card if something was recorded, None for a hello."""
        from courseware.widgets.view import VERSION

        if content.get("v") != VERSION:
            raise Refused(OTHER_VERSION)
        tutor, target, do = self._page.tutor, self._target, content.get("do")
        if do == "hello":
            self._show(tutor.ask(target))
            return None
        variant, id = content.get("variant"), _uuid(content.get("id"))
        if not isinstance(variant, str) or id is None:
            raise Refused(UNREADABLE)
        match do:
            case "answer":
                response = readable(content.get("response"))
                card = tutor.answer(target, variant, response, id=id, ms=_milliseconds(content.get("ms")))
            case "hint":
                card = tutor.hint(target, variant, id=id)
            case "solution":
                card = tutor.solution(target, variant, id=id)
            case "another":
                card = tutor.another(target, variant, id=id)
            case _:
                raise Refused(UNREADABLE)
        self._show(card)
        return card

    def _record(self) -> dict[str, object]:
        """What the browser is told of: which objective moved, and what opened."""
        assert self._card is not None
        return {
            "lesson": self._page.lesson,
            "item": self._card.item,
            "objective": self._card.standing.objective,
            "opened": [lesson.lesson for lesson in self._card.opened],
        }


class Refused(ValueError):
    """A message that cannot be acted on; its text is for the learner."""


def sentence(error: Exception) -> str:
    """What an exception says, as a sentence (a LookupError's own text is in quotes)."""
    said = str(error.args[0]) if error.args else str(error)
    said = said[:1].upper() + said[1:]
    return said if said.endswith((".", "?")) else f"{said}."


def readable(response: object) -> object:
    """A response as the page sent it, without halves of characters, which no log could hold."""
    text = json.dumps(response, ensure_ascii=False)
    if len(text) > LONGEST:
        raise Refused(TOO_LONG)
    return json.loads(text.encode("utf-8", "replace").decode("utf-8"))


def _uuid(value: object) -> str | None:
    try:
        return str(uuid.UUID(str(value)))
    except ValueError:
        return None


def _milliseconds(value: object) -> int | None:
    """How long the learner took, if the page says something that can be true (up to a day)."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 86_400_000:
        return None
    return int(value)
