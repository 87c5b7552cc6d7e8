"""Finds out how a notebook's tests can run: by running them on the solution, in both ways."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from courseware.grading.assignment import TrustedNotebook
from courseware.grading.engine.job import ENDED, Job, Run
from courseware.grading.engine.launch import Launcher
from courseware.grading.engine.pool import run_one
from courseware.grading.rebuild import rebuild
from courseware.grading.verdict import guard, proxies
from courseware.grading.verdict.interface import of_notebook
from courseware.grading.verdict.profile import Fallback, Profile
from courseware.grading.verdict.stepping import steps_of

TRIES: Final = 5
MENDS: Final[Sequence[tuple[str, str]]] = (
    (guard.TEXT, "Have the submission make a value or a function of the text, and test that."),
    (guard.BYTES, "Have the submission hand over the value itself, or write it as JSON or CSV."),
    (guard.PROGRAM, "Test what a function returns or a file holds, without another program."),
    (proxies.COPIES, "Build a second object in the same way, instead of copying one."),
    ("hands an object of the type", "Hand over plain data or a function. A class that the submission has to "
     "know belongs into a locked cell, or into a file beside the notebook."),
    ("which is no data", "Have the submission give lists, numbers, text, tables or functions; or test what a "
     "method of the object returns."),
    ("ran too long", "Give the solution less to do, or the class more seconds for a cell."),
)  # fmt: skip
OTHERWISE: Final = (
    "Write it with plain calls and comparisons: call the submission's functions, compare what they return, "
    "leave its classes as they are."
)
BROKEN: Final = "the solution in the source does not pass it"
MEND_BROKEN: Final = "Put a solution into the source notebook that passes, and release again."
UNSURE: Final = "it passes beside the solution, but not apart from it ({says})"


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A notebook's profile, and what its author should know: tests that the solution (or a variant that
    should be right) does not pass; those that a wrong one passes."""

    profile: Profile
    broken: Mapping[str, str]
    unfair: tuple[str, ...] = ()
    blind: tuple[str, ...] = ()


Notebook = Mapping[str, Any]


class Reference:
    """Runs notebooks of the instructor's through an engine, as submissions run."""

    def __init__(self, launcher: Launcher, trusted: TrustedNotebook, job: Job) -> None:
        self._launcher, self._trusted, self._job = launcher, trusted, job

    def find(self, source: Notebook, right: Iterable[Notebook] = (), wrong: Iterable[Notebook] = ()) -> Found:
        """The profile by the source, loosened by variants known to be right."""
        profile = of_notebook(source)
        beside = self.run(source, None)
        broken = {name: says for name, says in beside.items() if says is not None}
        profile = replace(
            profile, fallbacks={name: Fallback(why=BROKEN, mend=MEND_BROKEN) for name in broken}
        )
        profile, learned = self._settled(profile, source, broken)
        rights = list(right)
        for variant in rights:
            run = self._verified(variant, profile)
            learned = {
                cell: learned.get(cell, frozenset()) | keys
                for cell, keys in {**dict.fromkeys(learned, frozenset()), **run[1]}.items()
            }
        profile = replace(
            profile, sites={cell: tuple(sorted(keys)) for cell, keys in sorted(learned.items())}
        )
        profile = self._confirmed(profile, source, broken)
        unfair = tuple(
            f"{name}: {says}"
            for variant in rights
            for name, says in self._verified(variant, profile)[0].items()
            if says is not None and name not in broken
        )
        return Found(profile=profile, broken=broken, unfair=unfair, blind=self._blind(profile, wrong))

    def _settled(
        self, profile: Profile, source: Notebook, broken: Mapping[str, str]
    ) -> tuple[Profile, dict[str, frozenset[str]]]:
        """Tests that do not pass apart from the solution, though they do beside it, are fallbacks."""
        for _ in range(TRIES):
            verdicts, learned = self._verified(source, profile)
            found = {
                n: s
                for n, s in verdicts.items()
                if s is not None and n not in broken and n not in profile.fallbacks
            }
            if not found:
                break
            first = next(iter(found)) if len(found) > 1 else None
            new = {
                name: _fallback(says)
                for name, says in found.items()
                if first is None or name == first or _plain(says)
            }
            profile = replace(profile, fallbacks={**profile.fallbacks, **new})
        else:
            new = {name: _fallback(UNSURE.format(says="")) for name in verdicts if name not in broken}
            profile = replace(profile, fallbacks={**new, **profile.fallbacks})
        return profile, learned

    def _confirmed(self, profile: Profile, source: Notebook, broken: Mapping[str, str]) -> Profile:
        verdicts, _ = self._verified(source, profile)
        more = {n: _fallback(s) for n, s in verdicts.items() if s is not None and n not in broken}
        return replace(profile, fallbacks={**more, **profile.fallbacks})

    def _blind(self, profile: Profile, wrong: Iterable[Notebook]) -> tuple[str, ...]:
        passed = []
        for number, variant in enumerate(wrong, start=1):
            verdicts, _ = self._verified(variant, profile)
            if verdicts and all(says is None for says in verdicts.values()):
                passed.append(f"the wrong solution {number}")
        return tuple(passed)

    def _verified(
        self, notebook: Notebook, profile: Profile
    ) -> tuple[dict[str, str | None], dict[str, frozenset[str]]]:
        made: dict[str, frozenset[str]] = {}
        return self.run(notebook, profile, made), made

    def run(
        self, notebook: Notebook, profile: Profile | None, learned: dict[str, frozenset[str]] | None = None
    ) -> dict[str, str | None]:
        """For each test: None if it passes, else what it says."""
        made = rebuild(self._trusted, notebook)
        steps = steps_of(made)
        told = None if profile is None else profile.told()
        run: Run = run_one(self._launcher, 0, replace(self._job, steps=tuple(steps), profile=told))
        if learned is not None:
            learned.update({cell: frozenset(keys) for cell, keys in run.learned.items()})
        verdicts: dict[str, str | None] = {}
        for number, step in enumerate(steps):
            if step.test:
                done = run.steps.get(number)
                ended = run.why or ENDED[run.end]
                verdicts[step.name] = (
                    ended if done is None else None if done.ok else done.says or "It does not hold."
                )
        return verdicts


def _plain(says: str) -> bool:
    """Whether a test failed for a reason of its own, not because an earlier one could not run."""
    return any(sign in says for sign, _ in MENDS)


def _fallback(says: str) -> Fallback:
    mend = next((text for sign, text in MENDS if sign in says), OTHERWISE)
    known = any(sign in says for sign, _ in MENDS)
    return Fallback(why=says if known else UNSURE.format(says=says), mend=mend)
