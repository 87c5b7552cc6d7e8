"""What a page does with a card: each message done with a tutor, and answered."""

from __future__ import annotations

import json
import logging
import uuid
from collections.abc import Callable, Mapping
from typing import Final

from courseware.tutor import Card, NotFound, NotTaken, Stale
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


class Desk:
    """The card of one target on a page, and the acts on it. `show` draws a card.

    Whoever owns it holds a lock while `hear` works.
    """

    def __init__(self, page: Page, target: str, show: Callable[[Card], None]) -> None:
        self._page = page
        self.target = target
        self._draw = show
        self.card: Card | None = None

    def show(self, card: Card) -> None:
        self._draw(card)
        self.card = card

    def hear(self, content: Mapping[str, object]) -> tuple[Answer, Card | None]:
        """Do what a message says: the answer to it, and the card if something was recorded."""
        ref = content.get("id")
        try:
            return {"re": ref, "ok": True}, self._act(content)
        except Stale as stale:
            self.show(stale.card)
            return {"re": ref, "ok": False, "error": MOVED_ON}, None
        except (Refused, NotFound, NotTaken) as refused:
            return {"re": ref, "ok": False, "error": sentence(refused)}, None
        except Exception as error:
            log.exception("a click on the check %r failed", self.target)
            return {"re": ref, "ok": False, "error": failed(error)}, None

    def _act(self, content: Mapping[str, object]) -> Card | None:
        """Do what a message says; the card if something was recorded, None for a hello."""
        from courseware.widgets.view import VERSION

        if content.get("v") != VERSION:
            raise Refused(OTHER_VERSION)
        tutor, target, do = self._page.tutor, self.target, content.get("do")
        if do == "hello":
            self.show(tutor.ask(target))
            return None
        variant, id = content.get("variant"), uuid_of(content.get("id"))
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
        self.show(card)
        return card

    def record(self) -> dict[str, object]:
        """What the browser is told of: which objective moved, and what opened."""
        assert self.card is not None
        return {
            "lesson": self._page.lesson,
            "item": self.card.item,
            "objective": self.card.standing.objective,
            "opened": [lesson.lesson for lesson in self.card.opened],
        }


class Refused(ValueError):
    """A message that cannot be acted on; its text is for the learner."""


def failed(error: Exception) -> str:
    """What went wrong on our side, for the learner."""
    return FAILED.format(error=f"{type(error).__name__}: {error}".rstrip(". "))


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


def uuid_of(value: object) -> str | None:
    try:
        return str(uuid.UUID(str(value)))
    except ValueError:
        return None


def _milliseconds(value: object) -> int | None:
    """How long the learner took, if the page says something that can be true (up to a day)."""
    if not isinstance(value, int | float) or isinstance(value, bool) or not 0 <= value <= 86_400_000:
        return None
    return int(value)
