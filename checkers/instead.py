"""What a function's results would be right for: the list without its last element, the number one less …"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from checkers.alike import alike
from checkers.tried import Evidence, Tried

MOST: Final = 8
"""So many wrong calls, and so many right ones, are looked at."""


@dataclass(frozen=True, slots=True)
class _Other:
    """Another argument in the place of the one given."""

    key: str
    says: str
    of: Callable[[Any], object]


OF_RUN: Final = (
    _Other(
        "misses-last",
        "`{name}` without its last element. Look at where your loop or slice ends.",
        lambda a: a[:-1],
    ),
    _Other(
        "misses-first",
        "`{name}` without its first element. Look at where your loop or slice begins.",
        lambda a: a[1:],
    ),
    _Other(
        "first-only",
        "the first element of `{name}` alone. What ends your loop in its first round?",
        lambda a: a[:1],
    ),
    _Other(
        "last-only",
        "the last element of `{name}` alone. Look at what each round keeps of the rounds before.",
        lambda a: a[-1:],
    ),
    _Other(
        "misses-ends",
        "`{name}` without its first and last element. Look at where it starts and ends.",
        lambda a: a[1:-1],
    ),
    _Other(
        "first-half",
        "the first half of `{name}`. Look at how far your loop goes.",
        lambda a: a[: len(a) // 2],
    ),
    _Other(
        "every-second", "every second element of `{name}`. Look at how your loop steps on.", lambda a: a[::2]
    ),
    _Other(
        "every-second",
        "every second element of `{name}`, from the second on. Look at how it steps on.",
        lambda a: a[1::2],
    ),
    _Other("other-way-round", "`{name}` the other way round. Look at where you begin.", lambda a: a[::-1]),
    _Other(
        "nothing-taken-in",
        "an empty `{name}`. Look at whether the loop runs, and what it does.",
        lambda a: a[:0],
    ),
)
OF_LIST: Final = (
    _Other(
        "without-repeats",
        "`{name}` without what is there twice. Look at what is left out.",
        lambda a: list(dict.fromkeys(a)),
    ),
    _Other(
        "absolute",
        "the sizes of `{name}` without their signs. Look for `abs`.",
        lambda a: [abs(x) for x in a],
    ),
    _Other(
        "turned-signs",
        "`{name}` with all signs turned. Look at which way round you compare.",
        lambda a: [-x for x in a],
    ),
)
OF_TEXT: Final = (
    _Other("case-matters", "`{name}` in small letters only. Look at how capitals are treated.", str.lower),
    _Other(
        "case-matters", "`{name}` in capital letters only. Look at how small letters are treated.", str.upper
    ),
    _Other(
        "spaces-left-out",
        "`{name}` without its spaces. Look at where they are left out.",
        lambda a: a.replace(" ", ""),
    ),
    _Other(
        "letters-only",
        "the letters of `{name}` alone. Look at how other signs are treated.",
        lambda a: "".join(c for c in a if c.isalpha()),
    ),
    _Other(
        "small-letters-only",
        "the small letters of `{name}` alone. Look at how capitals are treated.",
        lambda a: "".join(c for c in a if not c.isupper()),
    ),
    _Other(
        "capitals-only",
        "the capitals of `{name}` alone. Look at how small letters are treated.",
        lambda a: "".join(c for c in a if not c.islower()),
    ),
)
OF_NUMBER: Final = (
    _Other(
        "one-less", "`{name} - 1`. Look at where counting ends: `range(n)` ends before n.", lambda a: a - 1
    ),
    _Other("one-more", "`{name} + 1`. Look at where counting starts and ends.", lambda a: a + 1),
    _Other("two-less", "`{name} - 2`. Look at where counting starts and ends.", lambda a: a - 2),
    _Other("two-more", "`{name} + 2`. Look at where counting starts and ends.", lambda a: a + 2),
    _Other("turned-sign", "`-{name}`. Look at which way round it counts.", lambda a: -a),
    _Other("as-if-zero", "0 in place of `{name}`. Look at whether `{name}` is used.", lambda _: 0),
    _Other("as-if-one", "1 in place of `{name}`. Look at whether `{name}` is used.", lambda _: 1),
    _Other("doubled", "twice `{name}`. Look at what is done twice.", lambda a: a * 2),
    _Other("halved", "half of `{name}`. Look at what is done half as often.", lambda a: a // 2),
    _Other(
        "last-digit-lost", "`{name}` without its last digit. Look at when your loop ends.", lambda a: a // 10
    ),
    _Other(
        "last-digit-only",
        "the last digit of `{name}` alone. Look at whether your loop goes on.",
        lambda a: a % 10,
    ),
)
WHOLE: Final = "In every call tried, yours is what would be right for "


def instead(evidence: Evidence) -> tuple[str, str, dict[str, object]] | None:
    """The other arguments for which all results tried would be right, if there are such.

    It has to explain every wrong call that is looked at, and must not speak against a right one.
    """
    if evidence.ask is None:
        return None
    wrong, right = list(evidence.wrong[:MOST]), _spread(evidence.right, MOST)
    if not wrong or not all(t.has_values and t.made.value is not None for t in wrong):
        return None
    ways = [way for way in _ways(evidence, wrong) if all(way.of(t) is not None for t in wrong)]
    asked = [(way, t, args) for way in ways for t in (*wrong, *right) if (args := way.of(t)) is not None]
    if not asked:
        return None
    made = evidence.ask([args for _, _, args in asked])
    fits: dict[int, bool] = {}
    for (way, t, _), m in zip(asked, made, strict=False):
        holds = not m.raised and m.strange is None and alike(t.made.value, m.value)
        fits[id(way)] = fits.get(id(way), True) and (holds or (t.good and m.raised is not None))
    if len(made) < len(asked):
        fits[id(asked[len(made)][0])] = False
    truth = any(type(t.yours) is bool for t in wrong)  # two wrong truths agree too easily
    for way in ways:
        if fits.get(id(way), False) and len(wrong) + len(right) > 2 and len(wrong) > 2 * truth:
            return way.key, WHOLE + way.says, way.params
    return None


@dataclass(frozen=True, slots=True, eq=False)
class _Way:
    key: str
    says: str
    params: dict[str, object]
    of: Callable[[Tried], tuple[object, ...] | None]


def _ways(evidence: Evidence, wrong: Sequence[Tried]) -> list[_Way]:
    ways = []
    first = wrong[0].args
    if len(first) == 2 and type(first[0]) is type(first[1]):
        names = {"name": evidence.name(0), "other": evidence.name(1)}
        says = "`{name}` and `{other}` exchanged. Look at which of the two stands where."
        ways.append(_Way("exchanged", says, dict(names), lambda t: t.args[::-1]))
    for place, value in enumerate(first):
        for kinds, table in (
            ((list, tuple, str), OF_RUN),
            ((list,), OF_LIST),
            ((str,), OF_TEXT),
            ((int,), OF_NUMBER),
        ):
            if type(value) in kinds:
                for o in table:
                    says = o.says.replace("element", "letter") if type(value) is str else o.says
                    ways.append(_Way(o.key, says, {"name": evidence.name(place)}, _at(place, kinds, o.of)))
    return ways


def _at(
    place: int, kinds: tuple[type, ...], of: Callable[[Any], object]
) -> Callable[[Tried], tuple[object, ...] | None]:
    def other(tried: Tried) -> tuple[object, ...] | None:
        if place >= len(tried.args) or type(tried.args[place]) not in kinds:
            return None
        try:
            return (*tried.args[:place], of(tried.args[place]), *tried.args[place + 1 :])
        except Exception:
            return None

    return other


def _spread(calls: Sequence[Tried], most: int) -> list[Tried]:
    step = max(1, len(calls) // most)
    return list(calls[::step][:most])
