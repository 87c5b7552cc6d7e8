"""The shape of the difference between two values: what is missing, too much, in another place or order."""

from __future__ import annotations

import difflib
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Final, cast

from checkers.alike import alike
from checkers.explain import quoted
from checkers.kinds import kind_of, plain
from checkers.show import shown

NUMBER_TYPES: Final = (int, float)

TYPE: Final = "The content fits, the type does not: yours is {kind}, expected is {kind_expected}. Convert it."
OTHER_TYPE: Final = "Yours is {kind}, expected is {kind_expected}. Look at what each `return` gives back."
ORDER: Final = "The right elements are there, in another order. Look at how they are sorted or collected."
NOT_SORTED: Final = (
    "The right elements are there, not all in their order yet. Look at which two are compared, and how often."
)
SWAPPED: Final = "Two elements have changed places, the rest fits. Look at which are compared and exchanged."
REVERSED: Final = "The right elements are there, the other way round. Look at where new ones are put."
DUPLICATES: Final = (
    "Each element is right, some are there too often or too rarely. Look at when one is added."
)
LACKS_LAST: Final = "The last one is missing. Look at where your loop or slice ends."
LACKS_FIRST: Final = "The first one is missing. Look at where your loop or slice begins."
LACKS: Final = (
    "What is there is right, and `{missing}` is missing. Look at the condition under which it is taken in."
)
EXTRA: Final = (
    "All that is expected is there, and `{extra}` as well. Look at the condition under which it is taken in."
)
GOES_ON: Final = "It begins right, and goes on too long. Look at where your loop or slice ends."
EARLY: Final = "It begins right, and ends too early. Look at a `return` or `break` that comes too soon."
ENDS_RIGHT: Final = "It ends right, and there is too much before. Look at the start value."
EMPTY: Final = "It is empty. Look at whether the line that adds an element is reached for this call."
NOT_CASE: Final = "They differ only in capitals or spaces. Compare them letter by letter."
NESTED: Final = "There are lists inside that should not be there. Look at `append` where `extend` is meant."
PLACE: Final = "They differ at place {place} alone (counting from 0). What does your function do there?"
FROM_PLACE: Final = (
    "Up to place {place} they agree (counting from 0); from there on they differ. What is special there?"
)
EVERYWHERE: Final = (
    "The length fits, and the element at place 0 differs already: `{yours_there}` for `{there}`."
)
INSIDE: Final = "Look at the element inside. "
ONLY: Final = "The length fits, what is in it does not. Which of your lines made `{yours_there}` of it?"
ALL_APART: Final = "Each element is {apart} too {side}. Look at what is added or subtracted for each."
SHORTER: Final = (
    "The length differs, too: yours {length}, expected {length_expected}. When is something added?"
)
KEYS_MISSING: Final = "The key `{missing}` is missing. Look at when a key is put in."
KEYS_EXTRA: Final = "The key `{extra}` should not be there. Look at what is taken as a key."
KEYS_OTHER: Final = "The keys differ: `{extra}` stands for `{missing}`. Look at how the key is made."
COUNTS_LESS: Final = (
    "The keys are right, values are too small. Look at the first value of a key, and what is added."
)
COUNTS_MORE: Final = (
    "The keys are right, values are too large. Look at the first value of a key, and what is added."
)
VALUES: Final = "The keys are right; the value of `{at}` is not. Look at how a value is made."
DECIMALS: Final = "The decimals are lost. Look for `//`, `int(…)` or `round(…)`."
WITH_DECIMALS: Final = (
    "It should be a whole number. Look at the division: `//` leaves the rest out, `/` keeps it."
)
NOT_FINITE: Final = "That is no number to count with. Look at a start value that stays, or at a division."
NOTHING: Final = (
    "Nothing (`None`) is expected for this call. Look at what is returned, and under which condition."
)
HUGE: Final = 1e300

Params = dict[str, object]
Found = tuple[str, str, Params]


def shape(yours: object, wanted: object) -> Found | None:
    """The key of a difference, what is said of it, and its parameters; None where it has no known shape."""
    yours, wanted = plain(yours), plain(wanted)
    if type(yours) in NUMBER_TYPES and type(wanted) in NUMBER_TYPES:
        return _numbers(cast("float", yours), cast("float", wanted))
    if wanted is None:
        return "not-none", NOTHING, {}
    if type(yours) is not type(wanted):
        if isinstance(yours, dict) and isinstance(wanted, dict):
            return _dicts(yours, wanted)
        kinds: Params = {"kind": kind_of(yours), "kind_expected": kind_of(wanted)}
        same = content(yours) is not None and alike(content(yours), content(wanted))
        return ("type", TYPE, kinds) if same else ("other-type", OTHER_TYPE, kinds)
    if type(yours) is str and type(wanted) is str:
        if "".join(yours.split()).casefold() == "".join(wanted.split()).casefold():
            return "capitals-or-spaces", NOT_CASE, {}
        return _runs(yours, wanted)
    if type(yours) in (list, tuple):
        return _runs(cast("Sequence[object]", yours), cast("Sequence[object]", wanted))
    if isinstance(yours, dict) and isinstance(wanted, dict):
        return _dicts(yours, wanted)
    if isinstance(yours, set | frozenset) and isinstance(wanted, set | frozenset):
        return _runs(sorted(yours, key=repr), sorted(wanted, key=repr))
    return None


def _numbers(yours: float, wanted: float) -> Found | None:
    if not (abs(yours) < HUGE and abs(wanted) < HUGE):  # infinite, or not a number
        return ("not-finite", NOT_FINITE, {}) if type(yours) is float and not abs(yours) < HUGE else None
    if wanted != int(wanted) and yours in (int(wanted // 1), round(wanted)):
        return "decimals-lost", DECIMALS, {}
    if type(wanted) is int and type(yours) is float and int(yours) == wanted:
        return "decimals-kept", WITH_DECIMALS, {}
    return None


def _runs(yours: Sequence[Any], wanted: Sequence[Any]) -> Found | None:
    """Texts and lists: what is missing, too much, or in another order."""
    if not yours:
        return "empty", EMPTY, {}
    if not wanted:
        return "not-empty", "Nothing is expected here. Look at when something is added.", {}
    if alike(yours, wanted[:-1]):
        return "lacks-last", LACKS_LAST, {}
    if alike(yours, wanted[1:]):
        return "lacks-first", LACKS_FIRST, {}
    if len(yours) < len(wanted) and alike(yours, wanted[: len(yours)]):
        return "ends-early", EARLY, {}
    if len(yours) > len(wanted) and alike(yours[: len(wanted)], wanted):
        return "goes-on", GOES_ON, {}
    if len(yours) > len(wanted) and alike(yours[-len(wanted) :], wanted):
        return "starts-early", ENDS_RIGHT, {}
    if alike(yours, wanted[::-1]):
        return "reversed", REVERSED, {}
    return _elements(yours, wanted) or _by_place(yours, wanted)


def _elements(yours: Sequence[Any], wanted: Sequence[Any]) -> Found | None:
    one, two = _counted(yours), _counted(wanted)
    if one == two:
        off = [n for n, (a, b) in enumerate(zip(yours, wanted, strict=True)) if not alike(a, b)]
        if len(off) == 2 and len(yours) > 2:
            return "swapped-places", SWAPPED, {}
        if _sorted(wanted) and len(wanted) > 2:
            return "not-sorted", NOT_SORTED, {}
        return "order", ORDER, {}
    if any(type(a) is list for a in yours) and not any(type(b) is list for b in wanted):
        return "lists-left", NESTED, {}
    if set(one) == set(two) and not isinstance(yours, str):
        return "duplicates", DUPLICATES, {}
    if not one - two and _inside(yours, wanted):
        return "lacks", LACKS, {"missing": quoted(", ".join((two - one).elements()), 40)}
    if not two - one and _inside(wanted, yours):
        return "extra", EXTRA, {"extra": quoted(", ".join((one - two).elements()), 40)}
    return None


def _by_place(yours: Sequence[Any], wanted: Sequence[Any]) -> Found | None:
    off = [n for n, (a, b) in enumerate(zip(yours, wanted, strict=False)) if not alike(a, b)]
    if len(yours) == len(wanted):
        if len(off) == 1 and len(yours) > 1:
            return "one-place", PLACE, {"place": off[0]}
        apart = {
            b - a if type(a) in NUMBER_TYPES and type(b) in NUMBER_TYPES else None
            for a, b in zip(wanted, yours, strict=True)
        }
        if len(apart) == 1 and None not in apart:
            by = cast("float", apart.pop())
            return "elements-apart", ALL_APART, {"apart": abs(by), "side": "large" if by > 0 else "small"}
        if off and off[0] > 0:
            return "from-place", FROM_PLACE, {"place": off[0]}
        if len(yours) > 1:
            there = {"yours_there": shown(yours[0], 30), "there": shown(wanted[0], 30)}
            return "first-place", EVERYWHERE, cast("Params", there)
        inside = shape(yours[0], wanted[0]) if not isinstance(yours, str) else None
        if inside is not None and inside[0] not in ("first-place", "length"):
            return inside[0], INSIDE + inside[1], inside[2]
        return "one-element-other", ONLY, {"yours_there": shown(yours[0], 30), "there": shown(wanted[0], 30)}
    lengths: Params = {"length": len(yours), "length_expected": len(wanted)}
    if off and off[0] > 0:
        return "from-place", FROM_PLACE + " " + SHORTER, {"place": off[0], **lengths}
    return "length", SHORTER, lengths


def _inside(part: Sequence[Any], whole: Sequence[Any]) -> bool:
    """Whether all of `part` is in `whole`, in the same order."""
    rest = iter([shown(one, 1000) for one in whole])
    return all(shown(one, 1000) in rest for one in part)


def _dicts(yours: Mapping[Any, Any], wanted: Mapping[Any, Any]) -> Found | None:
    if not yours:
        return "empty", EMPTY, {}
    missing = [k for k in wanted if k not in yours]
    extra = [k for k in yours if k not in wanted]
    if missing and extra:
        near = difflib.get_close_matches(str(missing[0]), [str(k) for k in extra], 1, 0)
        other = near[0] if near else str(extra[0])
        return "keys", KEYS_OTHER, {"missing": shown(missing[0], 30), "extra": quoted(other, 30)}
    if missing:
        return "keys-missing", KEYS_MISSING, {"missing": shown(missing[0], 30)}
    if extra:
        return "keys-extra", KEYS_EXTRA, {"extra": shown(extra[0], 30)}
    off = [k for k in wanted if not alike(yours[k], wanted[k])]
    pairs = [(yours[k], wanted[k]) for k in off]
    if all(type(a) in NUMBER_TYPES and type(b) in NUMBER_TYPES for a, b in pairs) and off:
        if all(a < b for a, b in pairs):
            return "counts-small", COUNTS_LESS, {}
        if all(a > b for a, b in pairs):
            return "counts-large", COUNTS_MORE, {}
    return ("values", VALUES, {"at": shown(off[0], 30)}) if off else None


def _counted(values: Sequence[Any]) -> Counter[str]:
    return Counter(shown(value, 1000) for value in values)


def _sorted(values: Sequence[Any]) -> bool:
    try:
        return sorted(values) == list(values) or sorted(values, reverse=True) == list(values)
    except Exception:
        return False


def content(value: object) -> object:
    """What a value holds, whatever its type: list for list-likes, the number that a text spells."""
    if isinstance(value, list | tuple):
        return list(value)
    if isinstance(value, set | frozenset):
        return sorted(map(repr, value))
    if isinstance(value, str):
        return value.strip()
    if type(value) in (*NUMBER_TYPES, bool):
        return str(value)
    return None
