"""How what a call gave differs from what it should give."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any, Final, cast

from checkers.alike import alike, is_plain
from checkers.explain import explain_raised, quoted
from checkers.kinds import kind_of, plain
from checkers.message import Message
from checkers.run import NOTHING, Made

NUMBER_TYPES: Final = (int, float)
LONGEST: Final = 80

GIVES: Final = "`{call}` gives `{yours}`; expected is `{expected}`. "

STOPS: Final = "For `{call}` your function stops with {type}. "
RAISES: Final = (
    "`{call}` has to raise `{expected}`, and your function gives `{yours}`. Check the argument first, and "
    "`raise` where it cannot be used."
)
ENDLESS: Final = (
    "For `{call}` your function did not come to an end in time, and was stopped. Look at its loop or its "
    "call of itself: what changes from one round to the next, and what ends it?"
)
STRANGE: Final = (
    "`{call}` gives {kind}, and expected is `{expected}`. Return plain data: a list made of it, for instance."
)
PRINTED: Final = (
    "`{call}` shows the right thing with `print` and returns nothing, so nobody can work with it. Replace "
    "`print(…)` by `return …`."
)
IN_PLACE: Final = (
    "`{call}` changes the argument itself and returns `None`; expected is that it returns `{expected}`. "
    "Add a `return`, and work on a copy."
)
NO_RETURN: Final = (
    "`{call}` gives `None`; expected is `{expected}`. A function gives back only what it returns: there is "
    "no `return` with a value in it yet."
)
SOME_RETURN: Final = (
    "`{call}` gives `None`; expected is `{expected}`. For this call your function comes to its end without "
    "a `return`. Which branch does it take, and what should that give back?"
)
SHOULD_BE_NONE: Final = (
    "`{call}` gives `{yours}`, and should give nothing back (`None`). Look at what is returned."
)
PRINTS_OTHER: Final = (
    "`{call}` prints `{yours}`; expected is `{expected}`. Compare the two letter by letter, spaces and "
    "line ends too."
)
ARGUMENT: Final = (
    "`{call}` has to change its argument to `{expected}`; afterwards it is `{yours}`. Change the list "
    "itself, with an index or a method, not only the name."
)
TYPE: Final = (
    GIVES + "The content fits, the type does not: yours is {kind}, expected is {kind_expected}. Convert it."
)
OTHER_TYPE: Final = (
    GIVES + "Yours is {kind}, expected is {kind_expected}. Look at what each `return` gives back."
)
ORDER: Final = (
    GIVES + "The right elements are there, in another order. Look at how they are sorted or collected."
)
REVERSED: Final = GIVES + "The right elements are there, the other way round. Look at where new ones are put."
DUPLICATES: Final = (
    GIVES + "Each element is right, some are there too often or too rarely. Look at when one is added."
)
LACKS_LAST: Final = GIVES + "The last one is missing. Look at where your loop or slice ends."
LACKS_FIRST: Final = GIVES + "The first one is missing. Look at where your loop or slice begins."
ONE_MORE: Final = GIVES + "It begins right, and goes on too long. Look at where your loop or slice ends."
BEGINS_RIGHT: Final = (
    GIVES + "It begins right, and ends too early. Look at a `return` or `break` that comes too soon."
)
EMPTY: Final = GIVES + "It is empty. Look at whether the line that adds an element is reached for this call."
NOT_CASE: Final = GIVES + "They differ only in capitals or spaces. Compare them letter by letter."
NEGATED: Final = (
    GIVES
    + "It is the other way round for all calls tried. Look at the condition: is it turned, or `not` in it?"
)
TRUTH: Final = (
    GIVES
    + "Go through your conditions with these values by hand: which one decides, and is it the right one?"
)
CONSTANT: Final = (
    GIVES + "Your function gives this for all calls tried. Look at whether it uses its arguments."
)
SIGN: Final = GIVES + "The size fits, the sign does not. Look at what is subtracted from what."
OFF_BY_ONE: Final = (
    GIVES + "They are one apart. Look at where counting starts and stops: `range(n)` ends before n."
)
WHOLE: Final = GIVES + "The decimals are lost. Look for `//`, `int(…)` or `round(…)`."
START_VALUE: Final = (
    GIVES + "It stays at nothing. Look at the start value, and at whether the loop changes it."
)
OTHER: Final = (
    GIVES + "Go through your function with these values by hand, line by line: where does it go another way?"
)


def shown(value: object, most: int = LONGEST) -> str:
    """A value as Python writes it, short; plain data only (a foreign object is not asked)."""
    if not is_plain(value, 10_000):
        return kind_of(value).strip("`")
    try:
        return quoted(repr(plain(value)), most)
    except Exception:
        return "…"


def passes(made: Made, expected: Made, rel: float) -> bool:
    """Whether a call came to what it should: the same value, the same kind of exception.

    Where nothing is to be returned, what it does counts: to its arguments, or what it prints.
    """
    if expected.raised is not None:
        return made.raised is not None and made.raised.type == expected.raised.type
    if made.raised is not None or made.timed_out or made.strange is not None:
        return False
    if expected.value is None and made.value is None:
        if expected.args_after is not None:
            return alike(made.args_after, expected.args_after, rel=rel)
        return not expected.output.strip() or _lines(made.output) == _lines(expected.output)
    return alike(made.value, expected.value, rel=rel)


def _lines(output: str) -> list[str]:
    return [line.rstrip() for line in output.strip().splitlines()]


def explain_call(
    call: str, made: Made, expected: Made, *, returns: bool, others: Sequence[tuple[Made, Made]]
) -> tuple[str | None, Message]:
    """What is wrong with what a call gave: the mistake's key (None for the fallback) and the message.

    `returns`: whether the function has a ``return`` with a value at all; `others`: what every call tried
    came to, beside what it should.
    """
    key, template, more = _explained(made, expected, returns, others)
    params: dict[str, object] = {
        "call": call,
        "yours": shown(made.value),
        "expected": expected.raised.type if expected.raised else shown(expected.value),
        **more,
    }
    used = {name: value for name, value in params.items() if f"{{{name}}}" in template}
    return key, Message(key=key or "differs", template=template, params=used)


def _explained(
    made: Made, expected: Made, returns: bool, others: Sequence[tuple[Made, Made]]
) -> tuple[str | None, str, dict[str, object]]:
    if made.timed_out:
        return "endless", ENDLESS, {}
    if made.raised is not None:
        why = explain_raised(made.raised)
        return why.key, STOPS + why.template, {**why.params, "type": f"`{quoted(made.raised.type)}`"}
    if expected.raised is not None:
        return "not-raised", RAISES, {}
    if made.strange is not None or made.value is NOTHING:
        kind = f"a `{quoted(made.strange or 'nothing')}`"
        return "strange", STRANGE, {"kind": kind}
    if made.value is None:
        return _explained_none(made, expected, returns)
    if expected.value is None:
        return "not-none", SHOULD_BE_NONE, {}
    return _explained_value(made, expected, others)


def _explained_none(made: Made, expected: Made, returns: bool) -> tuple[str, str, dict[str, object]]:
    if expected.value is None:
        if expected.args_after is not None:
            after = made.args_after
            unchanged = "unchanged" if after is None else shown(after[0] if len(after) == 1 else after)
            wanted = expected.args_after
            return (
                "argument",
                ARGUMENT,
                {"yours": unchanged, "expected": shown(wanted[0] if len(wanted) == 1 else wanted)},
            )
        return (
            "prints-other",
            PRINTS_OTHER,
            {
                "yours": quoted(made.output, LONGEST),
                "expected": quoted(expected.output, LONGEST),
            },
        )
    printed = made.output.strip()
    if printed and printed.splitlines()[-1].strip() in (str(expected.value), repr(expected.value)):
        return "printed", PRINTED, {}
    if made.args_after is not None and any(alike(arg, expected.value) for arg in made.args_after):
        return "changed-in-place", IN_PLACE, {}
    return ("none-for-some", SOME_RETURN, {}) if returns else ("no-return", NO_RETURN, {})


def _explained_value(
    made: Made, expected: Made, others: Sequence[tuple[Made, Made]]
) -> tuple[str | None, str, dict[str, object]]:
    yours, wanted = plain(made.value), plain(expected.value)
    kinds: dict[str, object] = {"kind": kind_of(yours), "kind_expected": kind_of(wanted)}
    if len(others) > 2 and _constant(others):
        return "constant", CONSTANT, {}
    if type(yours) is bool and type(wanted) is bool:
        turned = len(others) > 1 and all(type(m.value) is bool and m.value is not e.value for m, e in others)
        return ("negated", NEGATED, {}) if turned else ("condition", TRUTH, {})
    if type(yours) in NUMBER_TYPES and type(wanted) in NUMBER_TYPES:
        return _explained_number(cast("float", yours), cast("float", wanted))
    if type(yours) is not type(wanted):
        same = _content(yours) is not None and alike(_content(yours), _content(wanted))
        return ("type", TYPE, kinds) if same else ("other-type", OTHER_TYPE, kinds)
    if type(yours) is str and type(wanted) is str:
        if "".join(yours.split()).casefold() == "".join(wanted.split()).casefold():
            return "capitals-or-spaces", NOT_CASE, {}
        return _explained_run(yours, wanted)
    if type(yours) in (list, tuple) and type(wanted) in (list, tuple):
        return _explained_run(cast("Sequence[object]", yours), cast("Sequence[object]", wanted))
    if isinstance(yours, dict | set | frozenset) and not yours:
        return "empty", EMPTY, {}
    return None, OTHER, {}


def _explained_number(yours: float, wanted: float) -> tuple[str | None, str, dict[str, object]]:
    if wanted and alike(yours, -wanted):
        return "sign", SIGN, {}
    if type(wanted) is int and abs(yours - wanted) == 1:
        return "off-by-one", OFF_BY_ONE, {}
    if wanted != int(wanted if abs(wanted) < 1e300 else 0) and yours in (int(wanted // 1), round(wanted)):
        return "decimals-lost", WHOLE, {}
    if yours == 0:
        return "start-value", START_VALUE, {}
    return None, OTHER, {}


def _explained_run(yours: Sequence[Any], wanted: Sequence[Any]) -> tuple[str | None, str, dict[str, object]]:
    """Texts and lists: what is missing, too much, or in another order."""
    if not yours:
        return "empty", EMPTY, {}
    if alike(yours, wanted[:-1]):
        return "lacks-last", LACKS_LAST, {}
    if alike(yours, wanted[1:]):
        return "lacks-first", LACKS_FIRST, {}
    if len(yours) < len(wanted) and alike(yours, wanted[: len(yours)]):
        return "ends-early", BEGINS_RIGHT, {}
    if len(yours) > len(wanted) and alike(yours[: len(wanted)], wanted):
        return "goes-on", ONE_MORE, {}
    if alike(yours, wanted[::-1]):
        return "reversed", REVERSED, {}
    one, two = _counted(yours), _counted(wanted)
    if one == two:
        return "order", ORDER, {}
    if set(one) == set(two):
        return "duplicates", DUPLICATES, {}
    return None, OTHER, {}


def _counted(values: Sequence[Any]) -> Counter[str]:
    return Counter(shown(value, 1000) for value in values)


def _content(value: object) -> object:
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


def _constant(others: Sequence[tuple[Made, Made]]) -> bool:
    """Whether every call gave the same, and should not have."""
    first, wanted = others[0][0].value, others[0][1].value
    return all(made.value is not NOTHING and alike(made.value, first) for made, _ in others) and not all(
        alike(expected.value, wanted) for _, expected in others
    )
