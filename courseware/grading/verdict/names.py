"""The names that a test sees: the instructor's own, and of the submission those that are its to give."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from courseware.grading.verdict.channel import Message
from courseware.grading.verdict.codec import Encoder
from courseware.grading.verdict.remote import Remote


class Names(dict[str, Any]):
    """A namespace to run tests in. `given` are asked of the submission, unless a test has bound them itself.

    `shared` are names that the submission's code may look up: what tests bind to them is told to it. Of
    nothing else does it hear. A `global` statement writes past `__setitem__`: hence the comparing.
    """

    def __init__(self, remote: Remote, given: Iterable[str], shared: Iterable[str]) -> None:
        super().__init__()
        self._remote = remote
        self._given = frozenset(given)
        self._told_of = self._given | frozenset(shared)
        self._told: dict[str, Any] = {}
        self._deleted: set[str] = set()
        self._gone: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        if dict.__contains__(self, name) or name not in self._given:
            return dict.__getitem__(self, name)
        if name in self._gone:
            raise KeyError(name)
        return self._remote.get(name)

    def __contains__(self, name: object) -> bool:
        if dict.__contains__(self, name):
            return True
        try:
            self[name]  # type: ignore[index]
        except KeyError:
            return False
        return True

    def get(self, name: str, default: Any = None) -> Any:
        try:
            return self[name]
        except KeyError:
            return default

    def __delitem__(self, name: str) -> None:
        if name in self._given:
            self[name]
            dict.pop(self, name, None)
            self._gone.add(name)
            self._deleted.add(name)
            self._told.pop(name, None)
        else:
            dict.__delitem__(self, name)

    def settled(self) -> None:
        """What is bound now is the instructor's own, and no news for the submission."""
        for name in self._given:
            dict.pop(
                self, name, None
            )  # the instructor's cells use what solutions make; tests see the submission's
        self._told.update(
            {name: dict.__getitem__(self, name) for name in self._told_of if dict.__contains__(self, name)}
        )

    def give_back(self, names: Iterable[str]) -> None:
        """The submission binds these anew: what tests bound to them is forgotten."""
        for name in self._given.intersection(names):
            dict.pop(self, name, None)
            self._told.pop(name, None)
            self._gone.discard(name)
            self._remote.forget(name)

    def tell(self, message: Message, to: Encoder) -> None:
        """Put into a message what tests bound and deleted since the last one."""
        if self._deleted:
            message["delete"] = sorted(self._deleted)
            self._deleted.clear()
        for name in self._told_of:
            if dict.__contains__(self, name):
                value = dict.__getitem__(self, name)
                if name not in self._told or self._told[name] is not value:
                    self._told[name] = value
                    self._gone.discard(name)
                    if to.can(value):  # what cannot be handed over cannot be looked up there
                        message.setdefault("bind", {})[name] = to.node(value)
