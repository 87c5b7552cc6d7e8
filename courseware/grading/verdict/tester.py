"""The process of the tests: it runs what is the instructor's, and asks the submission's process for the rest.

A test passes only if its own lines ran to their end here.
"""

from __future__ import annotations

import random
import re
import sys
import types
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from courseware.grading.engine.cells import ran
from courseware.grading.engine.shell import GradingShell
from courseware.grading.verdict.channel import Channel, Message
from courseware.grading.verdict.codec import CodecError, Encoder
from courseware.grading.verdict.files import Files
from courseware.grading.verdict.guard import Guard
from courseware.grading.verdict.names import Names
from courseware.grading.verdict.profile import Profile
from courseware.grading.verdict.remote import Remote
from courseware.grading.verdict.sites import Sites

Tell = Callable[[dict[str, Any]], None]
SPARE: Final = 0.6
"""Seconds that a test has beyond a submission's limit, to say so."""
FIGURES: Final = re.compile(r"\bplt\b|matplotlib|\bax(es)?\b|\bfig(ure)?\b")
FILES: Final = re.compile(r"open\(|read_|exists|Path\b|load|listdir|glob|is_file|os\.path")
LOST: Final = "the submission's process cannot be asked any more: {why}"
OWN_WORD: Final = "rests on the submission's own =="


class Tester:
    """One notebook's run."""

    def __init__(
        self,
        channel: Channel,
        shell: GradingShell,
        budget: Mapping[str, Any],
        profile: Profile,
        given: Mapping[str, Any],
    ) -> None:
        self._shell, self._profile = shell, profile
        self._seconds = float(budget["cell_seconds"])
        self._most = int(budget["cell_output_bytes"])
        self._left = int(budget["output_bytes"])
        self.sites = Sites(profile.sites, profile.names)
        self.remote = Remote(channel, self.sites)
        self._names = Names(self.remote, profile.names, profile.shared)
        self._names.update(
            {name: value for name, value in shell.user_ns.items() if name not in profile.names}
        )
        shell.user_ns = self._names
        self._guard = Guard(self.remote.refusals)
        self._files = Files(self.remote, given)
        self._seeds: list[tuple[str, Any]] = []
        self._texts: list[str] = []
        self._begun: set[str] = set()
        self._figures: Mapping[int, int] | None = None
        self.remote.prefix = self._prefix
        _watch_seeds(self._seeds)
        sys.modules["__main__"] = _Main(self._names)

    def run(self, steps: list[Any], tell: Tell) -> None:
        """Run all steps in order, and tell of each."""
        for number, (source, test, name, ours) in enumerate(steps):
            tell({"begin": number})
            if ours:
                self._own_cells(name)
            if test and name not in self._profile.fallbacks:
                ended, verified = self._test(name, source), True
            else:
                ended, verified = self._over_there(source, test=test, name=name), False
                if ours and not test:
                    self._run_own(source)
            tell({"end": number, **ended, "verified": verified})
            if (gone := self.remote.gone) is not None:
                tell({"lost": gone.end})
                return
        tell({"done": True, "learned": {cell: sorted(keys) for cell, keys in self.sites.learned.items()}})

    # ---- cells -----------------------------------------------------------------------------------------

    def _over_there(self, source: str, *, test: bool, name: str) -> dict[str, Any]:
        """A cell that runs in the submission's process: its own, or a test that has to be there."""
        told = None
        with _swallowed():
            self.sites.begin(name)
            told = self.remote.run_cell(source, test, self._seconds, SPARE)
        self._names.give_back(self._profile.binds.get(name, ()))
        if told is None:
            return _failed(LOST.format(why=self.remote.gone or "it says nothing"))
        known = ("ok", "outputs", "error", "says", "assertions", "seconds")
        return {key: told.get(key) for key in known}

    def _own_cells(self, name: str) -> None:
        """The instructor's unmarked cells before this one, of which tests need what they make."""
        if name in self._begun:
            return
        self._begun.add(name)
        for source in self._profile.own.get(name, ()):
            self._run_own(source)

    def _run_own(self, source: str) -> None:
        """A cell of the instructor's, here as well as over there."""
        self._texts.append(source)
        self.sites.begin("")
        ran(self._shell, source, False, self._seconds, 0)
        self._names.settled()

    def _test(self, name: str, source: str) -> dict[str, Any]:
        remote = self.remote
        remote.begin(name, self._seconds)
        figures = FIGURES.search(source) is not None
        self._figures = None
        self._files.watching = FILES.search(source) is not None
        with _swallowed():
            self._look(figures=figures)
        remote.after_call = lambda: self._look(figures=figures)
        self._texts.append(source)
        with self._guard.watching(*self._texts, self._shell.transform_cell(source)):
            ended, size = ran(self._shell, source, True, self._seconds + SPARE, min(self._most, self._left))
        self._left = max(0, self._left - size)
        if remote.gone is not None:
            return _failed(LOST.format(why=remote.gone), ended)
        if remote.refusals:
            return _failed(remote.refusals[0], ended)
        return {**ended, "leaned": remote.leaned}

    def _look(self, *, figures: bool) -> None:
        """After a call: what it wrote and drew, if the test looks at such things."""
        if self._files.watching:
            self._files.take()
        if figures:
            try:
                _draw(self.remote.figures())
            except CodecError as error:
                raise self.remote.broken(str(error)) from None
            self._figures = _standing()

    def _prefix(self, message: Message, to: Encoder) -> None:
        """What happened here that the submission's code may have to know."""
        self._names.tell(message, to)
        if self._seeds:
            message["seed"] = [[whose, to.node(value)] for whose, value in self._seeds]
            self._seeds.clear()
        if self._figures is not None:
            from courseware.grading.verdict import figures

            now = figures.standing()
            told = figures.undone(self._figures, now)
            if any(told.values()):
                message["figures"] = told
            self._figures = now
        if files := self._files.news():
            message["files"] = {name: to.buffer(data) for name, data in files.items()}


def _failed(why: str, ended: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """A test that does not hold for a reason that is none of its own assertions."""
    told = {"outputs": [], "assertions": [], "seconds": 0.0, **(ended or {}), "ok": False}
    if ended is None or ended["ok"] or ended["error"] in ("Refused", "Gone"):
        told |= {"error": "Refused", "says": why}
        if told["assertions"] and all(holds for _, holds, _ in told["assertions"]):
            told["assertions"] = [[line, False, why] for line, _, _ in told["assertions"]]
        else:
            told["assertions"] = [
                [line, holds, why if says.startswith(("Refused:", "Gone:")) else says]
                for line, holds, says in told["assertions"]
            ]
    return told


@contextmanager
def _swallowed() -> Iterator[None]:
    """What goes wrong is kept by the remote, and told from there."""
    from courseware.grading.verdict.refusal import Gone, Refused

    try:
        yield
    except (Gone, Refused, Exception):
        return


def _draw(described: Any) -> None:
    if described:
        from courseware.grading.verdict import figures

        figures.draw(described)


def _standing() -> Mapping[int, int]:
    from courseware.grading.verdict import figures

    return figures.standing()


def _watch_seeds(seeds: list[tuple[str, Any]]) -> None:
    """Have the submission's random numbers begin where a test says that they should."""

    def watched(module: Any, whose: str) -> None:
        seed = module.seed

        def set_seed(*given: Any, **named: Any) -> Any:
            if given:
                seeds.append((whose, given[0]))
            return seed(*given, **named)

        module.seed = set_seed

    watched(random, "random")
    if "numpy" in sys.modules:
        watched(sys.modules["numpy"].random, "numpy")


class _Main(types.ModuleType):
    """`__main__`, for tests that look there."""

    def __init__(self, names: Names) -> None:
        super().__init__("__main__")
        self.__dict__["_names"] = names

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["_names"][name]
        except KeyError:
            raise AttributeError(name) from None
