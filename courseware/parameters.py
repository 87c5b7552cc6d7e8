"""What a course takes as given of its objectives and items: how the gate starts, how hard each item is.

``parameters.toml`` beside course.toml; without one, the expert's values below. Only ``courseware fit`` writes
it, and only a new version of it moves an item's difficulty: while learners work, it stays as it is.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from courseware.rule import EXPERT, Tracing

NAME: Final = "parameters.toml"
MOST_DIFFICULT: Final = 6.0
"""The largest difficulty that makes sense, in logits to either side of typical."""
HEADER: Final = (
    "# What `courseware fit` found in the answers of earlier learners. Each objective: P(known) at the\n"
    "# start (l0), P(learning) at each first try (t), how often it goes right without knowing (guess,\n"
    "# picking from options apart) and wrong although known (slip), all on an item of typical difficulty.\n"
    "# Each item: difficulty in logits; 0 is typical.\n"
)


class ParametersError(ValueError):
    """A parameter file cannot be used: `place`, `found`, `expected` say where and why."""

    def __init__(self, place: str, found: str, expected: str) -> None:
        super().__init__(f"{NAME}, {place}: found {found}, expected {expected}")
        self.place, self.found, self.expected = place, found, expected


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameters:
    """The parameters of one course.

    `version` counts the fits from 1; 0 means that there is no file. `objectives` holds those that were
    fitted, `difficulty` (logits; 0 is typical) the items that were; others keep the expert's values.
    `intercept` is the predictor's b: the logit of a right answer to a typical item before any evidence.
    """

    version: int = 0
    intercept: float = 0.0
    objectives: Mapping[str, Tracing] = field(default_factory=dict)
    difficulty: Mapping[str, float] = field(default_factory=dict)

    def tracing(self, objective: str) -> Tracing:
        """The gate's parameters for an objective."""
        return self.objectives.get(objective, EXPERT)

    def difficulty_of(self, item: str, label: float) -> float:
        """An item's difficulty; `label` is what its author said of it (logits)."""
        return self.difficulty.get(item, label)


def read(folder: Path) -> Parameters:
    """The parameters in a course's folder; the expert's where there is no file.

    Raises ParametersError with place, found and expected.
    """
    path = folder / NAME
    if not path.is_file():
        return Parameters()
    try:
        raw = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ParametersError("the file", str(error), "TOML in UTF-8") from None
    version = raw.get("version")
    if type(version) is not int or version < 1:
        raise ParametersError("version", repr(version), "a whole number from 1")
    objectives: dict[str, Tracing] = {}
    for name, values in _table(raw, "objectives").items():
        place = f"objective {name!r}"
        known = {"l0", "t", "guess", "slip"}
        if not isinstance(values, dict) or set(values) - known:
            raise ParametersError(place, repr(values), f"a table of {', '.join(sorted(known))}")
        chances = {key: _number(value, f"{place}, {key}", 0.0, 1.0) for key, value in values.items()}
        objectives[name] = Tracing(**chances)
        if objectives[name].guess + objectives[name].slip >= 1:
            raise ParametersError(place, "guess + slip of 1 or more", "less: knowing has to help")
    return Parameters(
        version=version,
        intercept=_number(raw.get("intercept", 0.0), "intercept", -MOST_DIFFICULT, MOST_DIFFICULT),
        objectives=objectives,
        difficulty={
            name: _number(value, f"item {name!r}", -MOST_DIFFICULT, MOST_DIFFICULT)
            for name, value in _table(raw, "items").items()
        },
    )


def text(parameters: Parameters) -> str:
    """The file for these parameters: `read` gives the same ones back, to four decimals."""
    lines = [HEADER, f"version = {parameters.version}", f"intercept = {parameters.intercept:.4f}", ""]
    lines.append("[objectives]")
    for name, t in sorted(parameters.objectives.items()):
        values = f"l0 = {t.l0:.4f}, t = {t.t:.4f}, guess = {t.guess:.4f}, slip = {t.slip:.4f}"
        lines.append(f'"{name}" = {{ {values} }}')
    lines += ["", "[items]"]
    lines += [f'"{name}" = {value:.4f}' for name, value in sorted(parameters.difficulty.items())]
    return "\n".join(lines) + "\n"


def _table(raw: Mapping[str, Any], key: str) -> Mapping[str, Any]:
    table = raw.get(key, {})
    if not isinstance(table, dict):
        raise ParametersError(key, repr(table), "a table")
    return table


def _number(value: object, place: str, low: float, high: float) -> float:
    if not isinstance(value, int | float) or isinstance(value, bool) or not math.isfinite(value):
        raise ParametersError(place, repr(value), "a number")
    if not low < value < high:
        raise ParametersError(place, repr(value), f"a number between {low:g} and {high:g}")
    return float(value)
