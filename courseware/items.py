"""Items: seeded generators of questions.

An author writes one function that draws a variant and returns a `Question`; the `item` decorator
says which objective it shows and which hints help. Ids, seeds, scoring and screens follow.
"""

from __future__ import annotations

import functools
import hashlib
import inspect
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeGuard

from checkers.checker import Checker
from checkers.message import FIELD, Message, fill
from courseware.draw import Draw

if TYPE_CHECKING:
    import pandas as pd

Difficulty = Literal["easy", "typical", "hard"]
DIFFICULTY: Final[Mapping[Difficulty, float]] = {"easy": -0.7, "typical": 0.0, "hard": 0.7}


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """What is wrong with how an item is declared; it is told with all else that a course needs mended."""

    found: str
    expected: str
    mend: str


class ItemError(ValueError):
    """An author's mistake in an item: names the item, what was found, what was expected, and the mend."""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A known wrong way.

    `key` names it (lower case with hyphens), `response` is what it leads to in this variant
    (JSON, as a learner would give it; ``{"code": …}`` for code), `says` is the message that helps:
    what was done, why it misses, one next step. At most 60 words; may use the question's values.
    """

    key: str
    response: object
    says: str = field(kw_only=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """One variant of an item.

    `prompt`, `solution` and the mistakes' messages are Markdown templates over `values`.
    `answer` is the key. `given` are the names that code starts with; `starter` is shown in the
    field to begin from. `right` is a model response; code items must give one, as source text.
    """

    prompt: str
    answer: Checker
    solution: str
    values: Mapping[str, object] = field(default_factory=dict)
    mistakes: Sequence[Mistake] = ()
    given: Mapping[str, object] = field(default_factory=dict)
    starter: str = ""
    right: object = None

    def __post_init__(self) -> None:
        if self.right is None:
            object.__setattr__(self, "right", self.answer.right())
        elif isinstance(self.right, str) and self.answer.takes != "answer":
            object.__setattr__(self, "right", {"code": self.right})
        if self.right is None:
            raise ItemError(
                f"a question that is answered with code needs a model answer: right='…' "
                f"(prompt: {self.prompt[:60]!r})"
            )
        told = [
            replace(m, response={"code": m.response})
            if self.answer.takes != "answer" and isinstance(m.response, str)
            else m
            for m in self.mistakes
        ]
        object.__setattr__(self, "mistakes", tuple(told))

    @property
    def prompt_text(self) -> str:
        return fill(self.prompt, self.values)

    def message(self, key: str, template: str) -> Message:
        """A message over this question's values (only those that the template uses)."""
        used = {match[1] for match in FIELD.finditer(template)}
        return Message(key=key, template=template, params={k: v for k, v in self.values.items() if k in used})


class Data(Protocol):
    """What an item may read: the course's data files."""

    def frame(self, name: str) -> pd.DataFrame:
        """The table ``data/<name>.csv``, freshly copied."""

    def path(self, name: str) -> Path:
        """Where ``data/<name>`` lies."""


class DataFolder:
    """The data files of one course. Tables are read once; whoever asks gets a copy of their own."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: Callable[[str], pd.DataFrame] = functools.cache(self._load)

    def _load(self, name: str) -> pd.DataFrame:
        import pandas as pd  # only items that use tables pay for it

        return pd.read_csv(self.path(f"{name}.csv"))

    def frame(self, name: str) -> pd.DataFrame:
        return self._read(name).copy()

    def path(self, name: str) -> Path:
        path = self._folder / name
        if not path.is_file():
            raise ItemError(
                f"there is no data file {name!r} in {self._folder}; it has "
                + ", ".join(sorted(p.name for p in self._folder.glob("*")))
            )
        return path


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """A seeded generator of questions for one or more objectives."""

    id: str
    objectives: tuple[str, ...]
    version: int
    difficulty: Difficulty
    hints: tuple[str, ...]
    make: Callable[[Draw, Data], Question]
    retired: bool = False
    """A retired item stays answerable in old notebooks and is never chosen."""
    faults: tuple[Fault, ...] = ()
    """What its author has to mend in the decorator; a course with one does not load."""

    def question(self, seed: int, data: Data) -> Question:
        """The variant for this seed: the same for the same seed, always and everywhere."""
        draw = Draw(seed)
        try:
            made = self.make(draw, data)
        except ItemError:
            raise
        except Exception as error:
            raise ItemError(
                f"item {self.id!r} raised {type(error).__name__} for seed {seed}: {error}"
            ) from error
        if not isinstance(made, Question):
            raise ItemError(
                f"item {self.id!r} returned {type(made).__name__}, not a Question: end it with "
                "`return Question(…)`"
            )
        # Arranged by a draw of its own, so that an author who draws once more changes no order.
        return replace(made, answer=made.answer.arranged(Draw(seed ^ 0x5EED).shuffle))


def item(
    *,
    objective: str | Sequence[str] = (),
    version: int | None = None,
    hints: Sequence[str] = (),
    difficulty: Difficulty = "typical",
    retired: bool = False,
) -> Callable[[Callable[[Draw, Data], Question]], Item]:
    """Make an item of a function ``(draw, data) -> Question``.

    The item's id is the function's name with hyphens. `objective` (one, or several) and `version` must be
    given; raise the version whenever any variant changes.
    """

    def wrap(make: Callable[[Draw, Data], Question]) -> Item:
        return Item(
            id=make.__name__.replace("_", "-"),
            objectives=(objective,) if isinstance(objective, str) else tuple(objective),
            version=version if _whole(version) else 1,
            difficulty=difficulty if difficulty in DIFFICULTY else "typical",
            hints=(hints,) if isinstance(hints, str) else tuple(hints),
            make=make,
            retired=retired,
            faults=tuple(_faults(make, objective, version, hints, difficulty)),
        )

    return wrap


def _whole(version: object) -> TypeGuard[int]:
    return type(version) is int and version >= 1


def _faults(
    make: Callable[[Draw, Data], Question],
    objective: object,
    version: object,
    hints: object,
    difficulty: object,
) -> Iterator[Fault]:
    if not objective:
        yield Fault(
            found="no objective",
            expected="the objective that it shows",
            mend="write @item(objective='…', …)",
        )
    if not _whole(version):
        found = "no version" if version is None else f"version={version!r}"
        yield Fault(found=found, expected="a whole number from 1", mend="write @item(version=1, …)")
    if isinstance(hints, str):
        yield Fault(found="hints in one text", expected="a list of hints", mend="write hints=['…', '…']")
    if difficulty not in DIFFICULTY:
        yield Fault(
            found=f"difficulty={difficulty!r}",
            expected=f"one of {', '.join(DIFFICULTY)}",
            mend="correct the word, or leave it out",
        )
    if len(inspect.signature(make).parameters) != 2:
        names = ", ".join(inspect.signature(make).parameters)
        yield Fault(
            found=f"def {make.__name__}({names})",
            expected="a function of draw and data",
            mend=f"write `def {make.__name__}(draw, data):`",
        )


def fingerprint(question: Question) -> str:
    """SHA-256 (first 16 hex digits) over what is asked, the right response and the mistakes."""
    seen = {
        "prompt": question.prompt_text,
        "asks": question.answer.asks(),
        "starter": question.starter,
        "right": question.right,
        "mistakes": [[m.key, m.response] for m in question.mistakes],
    }
    text = json.dumps(seen, sort_keys=True, ensure_ascii=False, default=str)
    return hashlib.sha256(text.encode()).hexdigest()[:16]
