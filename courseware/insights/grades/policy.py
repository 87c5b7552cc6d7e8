"""How a class grades by mastery: the table ``[grades]`` of its class.toml.

```toml
[grades]
counts = ["01-tables", "select.rows"]   # lessons and objectives that count (default: what the class released)
keep = "Familiar"                       # from this level on what was reached is kept; "never": as it is now
[grades.points]                         # what one objective is worth at each level
Familiar = 1
Proficient = 3
Mastered = 4
[grades.letters]                        # the shares of the objectives that a letter asks for, the best first
A = { Proficient = 1.0, Mastered = 0.5 }
B = { Proficient = 0.8 }
C = { Proficient = 0.6 }
D = { Familiar = 0.6 }
F = {}
```
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from courseware.course import Course
from courseware.grading.class_folder import ClassError
from courseware.mastery.levels import Level

WORDS: Final[Mapping[str, Level]] = MappingProxyType({level.word: level for level in Level})
POINTS: Final[Mapping[Level, float]] = MappingProxyType(
    {
        Level.NOT_STARTED: 0.0,
        Level.ATTEMPTED: 0.0,
        Level.FAMILIAR: 1.0,
        Level.PROFICIENT: 3.0,
        Level.MASTERED: 4.0,
    }
)
LETTERS: Final[Mapping[str, Mapping[Level, float]]] = MappingProxyType(
    {
        "A": {Level.PROFICIENT: 1.0, Level.MASTERED: 0.5},
        "B": {Level.PROFICIENT: 0.8},
        "C": {Level.PROFICIENT: 0.6},
        "D": {Level.FAMILIAR: 0.6},
        "F": {},
    }
)
NEVER: Final = "never"
KEYS: Final = ("counts", "keep", "points", "letters")


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """How levels become grades.

    `points` of one objective at each level. `letters`, the best first, with the shares of the objectives that
    have to be at a level or above. `keep`: from this level on the highest that was ever reached counts, so
    that a later look at it never lowers a grade; None: what is reached now. `counts` names lessons and
    objectives; empty: what the class released.
    """

    points: Mapping[Level, float] = field(default_factory=lambda: POINTS)
    letters: Mapping[str, Mapping[Level, float]] = field(default_factory=lambda: LETTERS)
    keep: Level | None = Level.FAMILIAR
    counts: tuple[str, ...] = ()

    @property
    def most(self) -> float:
        """What one objective is worth at best."""
        return max(self.points.values())

    def kept(self, now: Level, best: Level) -> Level:
        """The level that is graded, by the one now and the highest that was ever reached."""
        return max(now, best) if self.keep is not None and best >= self.keep else now

    def letter(self, levels: Sequence[Level]) -> str:
        """The first letter whose shares these levels reach; "" where there are no levels to grade."""
        if not levels:
            return ""
        for letter, shares in self.letters.items():
            if all(
                sum(has >= level for has in levels) >= share * len(levels) - 1e-9
                for level, share in shares.items()
            ):
                return letter
        return ""

    def sum(self, levels: Sequence[Level]) -> float:
        """The points that these levels come to."""
        return sum(self.points[level] for level in levels)


def read(file: Path, course: Course) -> Policy:
    """The policy of a class.toml. Raises ClassError with file, place, what was found and what is expected."""
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8-sig")).get("grades", {})
    except (OSError, ValueError) as error:
        raise ClassError(f"{file} cannot be read ({type(error).__name__}: {error}).") from error
    if not isinstance(raw, dict):
        raise ClassError(f"{file}, grades: found {raw!r}; expected a table [grades].")
    if unknown := sorted(set(raw) - set(KEYS)):
        raise ClassError(f"{file}, [grades]: found {unknown[0]!r}; expected one of {', '.join(KEYS)}.")
    more: dict[str, Any] = {}
    if "points" in raw:
        more["points"] = _points(file, raw["points"])
    if "letters" in raw:
        more["letters"] = _letters(file, raw["letters"])
    if "keep" in raw:
        more["keep"] = None if raw["keep"] == NEVER else _level(file, "grades.keep", raw["keep"], also=NEVER)
    if "counts" in raw:
        more["counts"] = _counts(file, raw["counts"], course)
    return Policy(**more)


def objectives(policy: Policy, course: Course, released: Sequence[str]) -> tuple[str, ...]:
    """The objectives that count, in the course's order: those named; else of what was released; else all."""
    named = policy.counts or [lesson for lesson in released if any(e.id == lesson for e in course.lessons)]
    if not named:
        return tuple(course.objectives)
    taught = {o for lesson in course.lessons if lesson.id in named for o in lesson.teaches}
    return tuple(o for o in course.objectives if o in taught or o in named)


def _points(file: Path, raw: object) -> Mapping[Level, float]:
    table = _table(file, "grades.points", raw)
    points = dict(POINTS) | {
        _level(file, "grades.points", word): _number(file, f"grades.points.{word}", value, most=None)
        for word, value in table.items()
    }
    by_level = [points[level] for level in Level]
    if by_level != sorted(by_level):
        told = ", ".join(f"{level.word} {points[level]:g}" for level in Level)
        raise ClassError(
            f"{file}, grades.points: found {told}; expected no level to be worth less than one below it."
        )
    if points[Level.MASTERED] <= 0:
        raise ClassError(
            f"{file}, grades.points: nothing is worth anything; expected points above 0 for Mastered."
        )
    return points


def _letters(file: Path, raw: object) -> Mapping[str, Mapping[Level, float]]:
    return {
        letter: {
            _level(file, f"grades.letters.{letter}", word): _number(
                file, f"grades.letters.{letter}.{word}", share, most=1
            )
            for word, share in _table(file, f"grades.letters.{letter}", shares).items()
        }
        for letter, shares in _table(file, "grades.letters", raw).items()
    }


def _counts(file: Path, raw: object, course: Course) -> tuple[str, ...]:
    known = [*(lesson.id for lesson in course.lessons), *course.objectives]
    if not isinstance(raw, list) or not raw:
        raise ClassError(f"{file}, grades.counts: found {raw!r}; expected a list of lessons and objectives.")
    for name in raw:
        if name not in known:
            raise ClassError(f"{file}, grades.counts: found {name!r}; expected one of {', '.join(known)}.")
    return tuple(raw)


def _level(file: Path, place: str, word: object, also: str = "") -> Level:
    for known, level in WORDS.items():
        if isinstance(word, str) and word.casefold() == known.casefold():
            return level
    expected = ", ".join([*WORDS, *([also] if also else [])])
    raise ClassError(f"{file}, {place}: found {word!r}; expected one of {expected}.")


def _number(file: Path, place: str, value: object, *, most: float | None) -> float:
    known = isinstance(value, int | float) and not isinstance(value, bool) and 0 <= value <= (most or value)
    if not known:
        expected = "a number from 0 on" if most is None else f"a share from 0 to {most}"
        raise ClassError(f"{file}, {place}: found {value!r}; expected {expected}.")
    return float(value)  # type: ignore[arg-type]


def _table(file: Path, place: str, raw: object) -> Mapping[str, Any]:
    if not isinstance(raw, dict):
        raise ClassError(f"{file}, {place}: found {raw!r}; expected a table.")
    return raw
