"""A notebook's namespace, emptied for one cell and filled again afterwards."""

from __future__ import annotations

import builtins
import re
from collections.abc import Mapping, MutableMapping
from typing import Final

_HISTORY: Final = re.compile(r"_+|_i+|_i?\d+")
"""IPython's own: the last outputs and inputs."""


class Emptied:
    """The same dict without the learner's names: functions made meanwhile keep it as their globals.

    `hidden` are the names that IPython itself put there; they stay.
    """

    def __init__(
        self, names: MutableMapping[str, object], hidden: Mapping[str, object], given: Mapping[str, object]
    ) -> None:
        self._names = names
        self._hidden = frozenset(hidden)
        self._given = dict(given)
        self._own = {name: value for name, value in names.items() if name in self._hidden}
        self._built_in = dict(vars(builtins))
        self.stash = {name: value for name, value in names.items() if name not in self._hidden}

    def empty(self) -> None:
        """Take the notebook's names away and put in what is given."""
        for name in self.stash:
            del self._names[name]
        self._names.update(self._given)

    def refill(self, *, hand_over: bool) -> None:
        """Put the notebook's names back; with `hand_over` the cell's own names come on top of them.

        IPython's own names and Python's built-in ones are as they were, whatever the cell did to them.
        """
        shared = vars(builtins)
        for name in [name for name in shared if name not in self._built_in]:
            del shared[name]
        shared.update(self._built_in)
        made = self.made()
        history = {name: value for name, value in self._names.items() if _HISTORY.fullmatch(name)}
        for name in [name for name in self._names if name not in self._hidden]:
            del self._names[name]
        self._names.update(self.stash)
        self._names.update(self._own | history)
        if hand_over:
            self._names.update(made)

    def made(self) -> dict[str, object]:
        """What the cell made: not what it was given, nothing private, and nothing that hides a built-in."""
        return {
            name: value
            for name, value in self._names.items()
            if name not in self._hidden
            and not name.startswith("_")
            and not hasattr(builtins, name)
            and not (name in self._given and value is self._given[name])
        }
