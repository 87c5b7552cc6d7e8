"""Units of measurement, by pint; it is loaded when a unit other than the one asked for has to be read."""

from __future__ import annotations

import functools
import re
from typing import Any, Final

WRITTEN: Final = re.compile(r"[A-Za-zµμ°Ω%·*/^⁻²³¹ ()0-9.-]{1,30}")
LONG_POWER: Final = re.compile(r"\d{3}|\*\*\s*\*|\^\s*\d\d")


class UnknownUnit(ValueError):
    """Nobody knows a unit of that name."""


class OtherDimension(ValueError):
    """The unit measures something else: `dimension` says what, in words."""

    def __init__(self, dimension: str) -> None:
        super().__init__(dimension)
        self.dimension = dimension


@functools.cache
def _registry() -> Any:
    import pint

    return pint.UnitRegistry(cache_folder=None)


def convert(value: float, unit: str, to: str) -> float:
    """`value` of `unit` as a number of `to`. Raises UnknownUnit, OtherDimension.

    One thousandth of a kilogram in g: ``convert(0.001, "kg", "g") == 1.0``.
    """
    if _clean(unit) == _clean(to):
        return value
    if not WRITTEN.fullmatch(unit) or LONG_POWER.search(unit):
        raise UnknownUnit(unit)
    registry = _registry()
    try:
        theirs = registry.parse_units(_clean(unit))
    except Exception:
        raise UnknownUnit(unit) from None  # pint raises half a dozen kinds for what it cannot read
    ours = registry.parse_units(_clean(to))
    if theirs.dimensionality != ours.dimensionality:
        raise OtherDimension(_dimension(theirs))
    return float(registry.Quantity(value, theirs).to(ours).magnitude)


def known(unit: str) -> bool:
    """Whether a unit has a meaning."""
    try:
        convert(1.0, unit, "dimensionless")
    except OtherDimension:
        return True
    except UnknownUnit:
        return False
    return True


def _clean(unit: str) -> str:
    written = unit.strip().replace("μ", "µ").replace("·", "*").replace("²", "^2").replace("³", "^3")
    return {"°C": "degC", "°F": "degF", "°": "deg", "%": "percent"}.get(written, written)


def _dimension(unit: Any) -> str:
    names = {
        "[length]": "a length",
        "[mass]": "a mass",
        "[time]": "a time",
        "[temperature]": "a temperature",
        "[length] ** 2": "an area",
        "[length] ** 3": "a volume",
        "[length] / [time]": "a speed",
        "dimensionless": "a number without a unit",
    }
    return names.get(str(unit.dimensionality), "another quantity")
