"""First this, then that: one response before several keys, of which the first that it fails speaks."""

from __future__ import annotations

import copy
from dataclasses import dataclass, replace
from typing import Self

from checkers.checker import Checker, Shuffle, Takes
from checkers.result import FormatError, Result, refused
from checkers.run import Runner


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A response as each of the keys has read it."""

    by: tuple[object, ...]


@dataclass(frozen=True, slots=True, init=False)
class First(Checker):
    """One key after the other: ``First(Source(avoids=["sum()"])).then(Function(name="total", …))``.

    The response goes to each in turn, and the first that it does not pass tells what is missing. `credit` is
    what passing a key is worth by itself; the last key has all that is left (by default everything).
    The question looks like the last one: its control is shown, and its right answer is right.
    """

    keys: tuple[Checker, ...]
    credits: tuple[float, ...]

    def __init__(self, key: Checker, *, credit: float = 0.0) -> None:
        self._set((key,), (credit,))

    def then(self, key: Checker, *, credit: float = 0.0) -> Self:
        """The same keys, and this one after them."""
        longer = copy.copy(self)
        longer._set((*self.keys, key), (*self.credits, credit))
        return longer

    def _set(self, keys: tuple[Checker, ...], credits: tuple[float, ...]) -> None:
        for key in keys:
            if not isinstance(key, Checker):
                raise ValueError(f"First is given {key!r}; expected a checker, like Number(84)")
            if key.takes != keys[0].takes:
                raise ValueError(
                    f"First is given {type(keys[0]).__name__} and {type(key).__name__}; expected keys that "
                    "look at the same: at an answer, at the value that code makes, or at the code itself"
                )
        if not all(0 <= each < 1 for each in credits) or sum(credits[:-1]) >= 1:
            raise ValueError(f"First has credit={credits[-1]!r}; expected shares that come to less than 1")
        object.__setattr__(self, "keys", keys)
        object.__setattr__(self, "credits", credits)

    @property
    def takes(self) -> Takes:  # type: ignore[override]
        return self.keys[-1].takes

    @property
    def kind(self) -> str:  # type: ignore[override]
        return self.keys[-1].kind

    @property
    def open(self) -> bool:  # type: ignore[override]
        return any(key.open for key in self.keys)

    @property
    def guess(self) -> float:
        """A guess has to pass every key."""
        return min(key.guess for key in self.keys)

    def asks(self) -> dict[str, object]:
        return self.keys[-1].asks()

    def right(self) -> object:
        return self.keys[-1].right()

    def arranged(self, shuffle: Shuffle) -> Self:
        arranged = copy.copy(self)
        object.__setattr__(arranged, "keys", tuple(key.arranged(shuffle) for key in self.keys))
        return arranged

    def parse(self, response: object) -> object | FormatError:
        if self.takes != "answer":
            return self.keys[-1].parse(response)
        read = tuple(key.parse(response) for key in self.keys)
        return next((one for one in read if isinstance(one, FormatError)), Read(by=read))

    def respond(self, value: object) -> object | FormatError:
        return self.keys[-1].respond(value)

    def expects(self, value: object) -> FormatError | None:
        return next((error for key in self.keys if (error := key.expects(value))), None)

    def check(self, answer: object, runner: Runner | None = None) -> Result:
        each = self._each(answer)
        if isinstance(each, FormatError):
            return refused(each)
        passed = 0.0
        for key, credit, one in zip(self.keys[:-1], self.credits, each, strict=False):
            result = key.check(one, runner)
            if not result.correct:
                return replace(result, score=passed + credit * result.score, parts=())
            passed += credit
        result = self.keys[-1].check(each[-1], runner)
        return replace(result, score=passed + (1 - passed) * result.score) if passed else result

    def same(self, one: object, other: object, runner: Runner | None = None) -> bool:
        first, second = self._each(one), self._each(other)
        if isinstance(first, FormatError) or isinstance(second, FormatError):
            return False
        return all(key.same(a, b, runner) for key, a, b in zip(self.keys, first, second, strict=True))

    def _each(self, answer: object) -> tuple[object, ...] | FormatError:
        """The answer in the form that each key takes."""
        if self.takes != "answer":
            return (answer,) * len(self.keys)
        read = answer if isinstance(answer, Read) else self.parse(answer)
        if isinstance(read, Read):
            return read.by
        assert isinstance(read, FormatError)
        return read
