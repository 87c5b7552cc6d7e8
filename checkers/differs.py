"""How what a call gave differs from what it should give."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, cast

from checkers.alike import alike
from checkers.condition import condition
from checkers.explain import explain_raised, quoted
from checkers.instead import instead
from checkers.message import Message
from checkers.relation import alone, relation
from checkers.run import NOTHING, Made
from checkers.shape import NUMBER_TYPES, shape
from checkers.show import LONGEST, shown
from checkers.tried import Evidence, Tried

Params = dict[str, object]
WEAK: Final = frozenset(
    ("true-too-often", "false-too-often", "condition", "too-large", "too-small", "one-value")
)
"""Keys that say less of a mistake than the calls on which it is made."""

GIVES: Final = "`{call}` gives `{yours}`; expected is `{expected}`. "

STOPS: Final = "For `{call}` your function stops with `{type}`. "
RAISES: Final = (
    "`{call}` has to raise `{expected}`, and your function gives `{yours}`. Check the argument first, and "
    "`raise` where it cannot be used."
)
ENDLESS: Final = (
    "For `{call}` your function did not come to an end in time, and was stopped. Look at its loop or its "
    "call of itself: what changes from one round to the next, and what ends it?"
)
STRANGE: Final = (
    "`{call}` gives a `{kind}`, and expected is `{expected}`. Return plain data: a list made of it, "
    "for instance."
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
OFF_BY_ONE: Final = (
    GIVES + "They are one apart. Look at where counting starts and stops: `range(n)` ends before n."
)
START_VALUE: Final = (
    GIVES + "It stays at nothing. Look at the start value, and at whether the loop changes it."
)
ONE_VALUE: Final = (
    GIVES + "Every wrong call gives the same. Which line gives that, and under which condition is it reached?"
)
TRUE_TOO_OFTEN: Final = (
    GIVES
    + "All wrong calls say `True`. Which of your conditions lets this one pass, and what is not asked yet?"
)
FALSE_TOO_OFTEN: Final = (
    GIVES + "All wrong calls say `False`. Which of your conditions stops this one, and does it ask too much?"
)
TOO_LARGE: Final = (
    GIVES + "All wrong results are too large. What is taken in, or done, more often than it should be?"
)
TOO_SMALL: Final = (
    GIVES + "All wrong results are too small. What is left out, or done less often than it should be?"
)
WHERE: Final = " Wrong are just the calls tried where {words}."
BETWEEN: Final = GIVES + "Go through your function with these values by hand: which line is meant for them?"
OTHER: Final = (
    GIVES + "Go through your function with these values by hand, line by line: where does it go another way?"
)


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


def explain_call(call: str, tried: Tried, evidence: Evidence, *, returns: bool) -> tuple[str | None, Message]:
    """What is wrong with what a call gave: the mistake's key (None for the fallback) and the message.

    `returns`: whether the function has a ``return`` with a value at all.
    """
    made, expected = tried.made, tried.expected
    key, template, more = _explained(tried, evidence, returns)
    params: dict[str, object] = {
        "call": call,
        "yours": shown(made.value),
        "expected": expected.raised.type if expected.raised else shown(expected.value),
        **more,
    }
    used = {name: value for name, value in params.items() if f"{{{name}}}" in template}
    return key, Message(key=key or "differs", template=template, params=used)


def _explained(tried: Tried, evidence: Evidence, returns: bool) -> tuple[str | None, str, Params]:
    made, expected = tried.made, tried.expected
    if made.timed_out:
        return "endless", ENDLESS, {}
    if made.raised is not None:
        why = explain_raised(made.raised)
        return why.key, STOPS + why.template, {**why.params, "type": quoted(made.raised.type)}
    if expected.raised is not None:
        return "not-raised", RAISES, {}
    if made.strange is not None or made.value is NOTHING:
        return "strange", STRANGE, {"kind": quoted(made.strange or "nothing")}
    if made.value is None:
        return _explained_none(made, expected, returns)
    if expected.value is None and expected.args_after is not None:
        return "not-none", SHOULD_BE_NONE, {}
    return _explained_value(tried, evidence)


def _explained_none(made: Made, expected: Made, returns: bool) -> tuple[str, str, Params]:
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


def _explained_value(tried: Tried, evidence: Evidence) -> tuple[str | None, str, Params]:
    """Two values that differ: by what all calls show where they show something, else by these two."""
    values = [t for t in evidence.calls if t.has_values]
    if len(values) > 2 and len(values) == len(evidence.calls) and _constant(values):
        return "constant", CONSTANT, {}
    if _turned(values):
        return "negated", NEGATED, {}
    where = condition(evidence)
    key, template, params = _by_all(tried, evidence) or _by_direction(tried, evidence, where is None)
    if where is None:
        return key, template, params
    if key is None:
        key, template = where.key, BETWEEN
    elif key in WEAK:
        key = where.key
    template += WHERE.replace("{words}", where.words)
    return key, template, {**params, **where.params}


def _by_all(tried: Tried, evidence: Evidence) -> tuple[str, str, Params] | None:
    found = relation(evidence) or instead(evidence) or shape(tried.yours, tried.wanted)
    if found is None:
        return None
    key, says, params = found
    return key, GIVES + says, params


def _by_direction(tried: Tried, evidence: Evidence, by_itself: bool) -> tuple[str | None, str, Params]:
    """What is left to say: to which side all wrong results miss, or nothing but the call itself."""
    yours, wanted = tried.yours, tried.wanted
    wrong = [t for t in evidence.wrong if t.has_values]
    if type(yours) is bool and type(wanted) is bool:
        if all(t.yours is True for t in wrong):
            return "true-too-often", TRUE_TOO_OFTEN, {}
        if all(t.yours is False for t in wrong):
            return "false-too-often", FALSE_TOO_OFTEN, {}
        return "condition", TRUTH, {}
    if len(wrong) > 1 and all(alike(t.yours, yours) for t in wrong):
        return ("start-value", START_VALUE, {}) if yours == 0 else ("one-value", ONE_VALUE, {})
    if not all(type(v) in NUMBER_TYPES for t in wrong for v in (t.yours, t.wanted)):
        return (by_itself and _by_itself(tried, evidence)) or (None, OTHER, {})
    pairs = [(cast("float", t.yours), cast("float", t.wanted)) for t in wrong]
    if type(wanted) is int and all(abs(a - b) == 1 for a, b in pairs):
        return "off-by-one", OFF_BY_ONE, {}
    if yours == 0:
        return "start-value", START_VALUE, {}
    if by_itself and (found := _by_itself(tried, evidence)):
        return found
    if type(wanted) is int and abs(cast("float", yours) - wanted) == 1:
        return "off-by-one", OFF_BY_ONE, {}
    if len(pairs) > 1 and all(a > b for a, b in pairs):
        return "too-large", TOO_LARGE, {}
    if len(pairs) > 1 and all(a < b for a, b in pairs):
        return "too-small", TOO_SMALL, {}
    return None, OTHER, {}


def _by_itself(tried: Tried, evidence: Evidence) -> tuple[str, str, Params] | None:
    found = alone(evidence, tried)
    return None if found is None else (found[0], GIVES + found[1], found[2])


def _turned(values: Sequence[Tried]) -> bool:
    return len(values) > 1 and all(
        type(t.yours) is bool and type(t.wanted) is bool and t.yours is not t.wanted for t in values
    )


def _constant(values: Sequence[Tried]) -> bool:
    """Whether every call gave the same, and should not have."""
    first, wanted = values[0].made.value, values[0].expected.value
    return all(alike(t.made.value, first) for t in values) and not all(
        alike(t.expected.value, wanted) for t in values
    )
