"""The dashboard in a notebook: one panel a cell, over the tables of a class.

from courseware.insights.dashboard import Dashboard
board = Dashboard()          # of `courseware insights`, or the class you are in
board.needs()
"""

from __future__ import annotations

import json
import logging
import os
import threading
from collections.abc import Callable, Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import anywidget
import traitlets

from courseware.clock import Clock, system_clock
from courseware.insights import class_view, close_view
from courseware.insights.class_view import View
from courseware.insights.source import Source, find
from courseware.insights.tables import Tables, load
from courseware.widgets import front

FROM: Final = "COURSEWARE_INSIGHTS"
"""The environment variable that says which source `courseware insights` was started with, as JSON."""
VERSION: Final = 1
FAILED: Final = "This could not be shown ({error}). Reload the page; if it stays, tell whoever set this up."
NOT_HERE: Final = "This notebook has no panel for that: add a cell with `board.{kind}()`."
STATE: Final = frozenset({
    "all", "text", "lesson", "objective", "level", "needy", "by", "down", "page", "chosen",
})  # fmt: skip
"""What a page may change of what a panel shows."""
BUILD: Final[Mapping[str, Callable[[Tables, Mapping[str, Any]], View]]] = {
    "needs": class_view.needs_view,
    "heat_map": class_view.heat_view,
    "progress": class_view.progress_view,
    "pace": class_view.pace_view,
    "groups": class_view.groups_view,
    "objectives": close_view.objectives_view,
    "items": close_view.items_view,
    "learner": close_view.learner_view,
}

log = logging.getLogger("courseware.insights")


class Dashboard:
    """A class (or one learner's workspace) to look at. Each method gives a panel to show in a cell.

    Without a `source` it is the one that `courseware insights` was started with, or the class or workspace
    that this notebook lies in. Raises InsightError with what to do where there is none.
    """

    def __init__(self, source: Source | None = None, *, clock: Clock | None = None) -> None:
        self.source = source if source is not None else _named()
        self._clock = clock or system_clock()
        self._tables: Tables | None = None
        self._panels: dict[str, Panel] = {}
        self._lock = threading.RLock()

    @property
    def tables(self) -> Tables:
        """Where everybody stands: read when first asked for, and brought up to date by `refresh`."""
        with self._lock:
            if self._tables is None:
                self.refresh()
            assert self._tables is not None
            return self._tables

    def refresh(self) -> None:
        """Take in what has come into the log since."""
        with self._lock:
            self._tables = load(self.source, clock=self._clock())

    def needs(self) -> Panel:
        """Who needs somebody now, why, and what to do."""
        return self._panel("needs")

    def heat_map(self) -> Panel:
        """Learners by objectives: levels, to sort and to filter."""
        return self._panel("heat_map")

    def progress(self) -> Panel:
        """How far the class is, week by week."""
        return self._panel("progress")

    def pace(self) -> Panel:
        """Lesson by lesson, beside the plan in class.toml."""
        return self._panel("pace")

    def groups(self) -> Panel:
        """Who could work on the same objective tomorrow."""
        return self._panel("groups")

    def objectives(self) -> Panel:
        """How hard each objective is, what goes wrong, and which message helped."""
        return self._panel("objectives")

    def items(self) -> Panel:
        """How each item does, the oddest first."""
        return self._panel("items")

    def learner(self) -> Panel:
        """One learner: every level with its evidence, and the answers behind it."""
        return self._panel("learner")

    def view(self, kind: str, state: Mapping[str, Any]) -> View:
        """What a panel of this kind shows."""
        with self._lock:
            return BUILD[kind](self.tables, state)

    def open(self, kind: str, state: Mapping[str, Any]) -> bool:
        """Show something in the panel of a kind, and bring it to view; False where the notebook has none."""
        panel = self._panels.get(kind)
        if panel is None:
            return False
        panel.show(state, focus=True)
        return True

    def _panel(self, kind: str) -> Panel:
        panel = Panel(self, kind)
        self._panels[kind] = panel
        return panel


class Panel(anywidget.AnyWidget):
    """One panel of a dashboard. The page sends what to sort, filter and open; Python says what to show."""

    _esm = front.script(("dom.js",)) + "\n" + (files(__package__) / "static" / "panel.js").read_text("utf-8")
    _css = front.look() + "\n" + (files(__package__) / "static" / "panel.css").read_text("utf-8")
    view = traitlets.Dict().tag(sync=True)

    def __init__(self, board: Dashboard, kind: str) -> None:
        super().__init__()
        self._board, self._kind = board, kind
        self._state: dict[str, Any] = {}
        self._focus = 0
        self.on_msg(self._hear)

    def set_state(self, sync_data: object) -> None:
        """Nothing that a page sends sets a trait."""

    def show(self, state: Mapping[str, Any], *, focus: bool = False) -> None:
        """Show it as it is after these changes."""
        self._state.update({key: value for key, value in state.items() if key in STATE})
        self._focus += focus
        view = self._board.view(self._kind, self._state)
        self.view = {"v": VERSION, "panel": self._kind, "focus": self._focus, **view}

    def _hear(self, _widget: object, content: object, _buffers: object) -> None:
        if not isinstance(content, Mapping):
            return
        answer: dict[str, Any] = {"re": content.get("id"), "ok": True}
        try:
            changes = content.get("state")
            state = changes if isinstance(changes, Mapping) else {}
            match content.get("do"):
                case "hello" if not self.view:
                    self.show({})
                case "change":
                    self.show(state, focus="chosen" in state)
                case "refresh":
                    self._board.refresh()
                    self.show({})
                case "open":
                    kind = str(content.get("what"))
                    if kind not in BUILD or not self._board.open(kind, state):
                        answer |= {"ok": False, "error": NOT_HERE.format(kind=kind)}
        except Exception as error:
            log.exception("a panel could not be shown")
            answer |= {"ok": False, "error": FAILED.format(error=f"{type(error).__name__}: {error}")}
        self.send(answer)


def _named() -> Source:
    told = os.environ.get(FROM)
    if not told:
        return find()
    given = json.loads(told)
    return find(
        course=given.get("course"),
        db=given.get("db"),
        classroom=Path(given["class"]) if given.get("class") else None,
        folder=Path(given["dir"]) if given.get("dir") else None,
    )
