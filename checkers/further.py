"""Further calls, made from an author's examples and like them in all that the examples have in common.

Examples alone may not tell a right function from one that was fitted to them. What is tried beyond them
has to be something that the author meant, though: so whatever holds for all values seen in one place
(sorted, without repeats, never empty, never negative, no longer word than this …), and for all pairs of
arguments (as long as the other, found in the other …), holds for the new ones as well. Invariants seen in
runs and taken as the specification: Ernst et al. 2001 (Daikon).
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise, product
from typing import Any, Final

from checkers.alike import is_plain

MOST: Final = 40
"""So many further calls are made at most."""
MOST_VALUES: Final = 60
LONGEST: Final = 2_000
"""No call is made whose arguments are longer than this as Python writes them."""
LETTERS: Final = 9
"""From so many different letters on, the others are taken to be allowed as well (not so for "ACGT")."""
RUNS: Final = (list, tuple)

Args = tuple[object, ...]
Rule = Callable[[Any], bool]
PairRule = Callable[[Any, Any], bool]


def further(examples: Sequence[Args], most: int = MOST) -> list[Args]:
    """More arguments like those of the examples, none of them given already: always the same ones."""
    found: dict[str, Args] = {}
    given = {repr(args) for args in examples if is_plain(args, 10_000)}
    for count in sorted({len(args) for args in examples}):
        alike = [args for args in examples if len(args) == count]
        for args in _made(alike) if count else ():
            text = repr(args)
            if text not in given and len(text) <= LONGEST:
                found.setdefault(text, args)
    short = sorted(found, key=lambda text: (len(text), text))
    if len(short) > most:  # the shortest are the easiest to read, and long ones tell as well
        near, far = short[: most // 4], short[most // 4 :]
        short = near + [far[i * len(far) // (most - len(near))] for i in range(most - len(near))]
    return [found[text] for text in short]


def _made(examples: Sequence[Args]) -> Iterator[Args]:
    places = [[args[i] for args in examples] for i in range(len(examples[0]))]
    pools = [_values(seen) for seen in places]
    held = [
        (i, j, rule)
        for i, j in product(range(len(places)), repeat=2)
        if i != j
        for rule in PAIRS
        if all(_holds(rule, args[i], args[j]) for args in examples)
    ]
    chance = random.Random(0).random
    for args in examples:
        for i, pool in enumerate(pools):
            for value in pool:
                new = (*args[:i], value, *args[i + 1 :])
                if all(_holds(rule, new[a], new[b]) for a, b, rule in held if i in (a, b)):
                    yield new
    for _ in range(200 if len(places) > 1 else 0):
        new = tuple(pool[int(chance() * len(pool))] for pool in pools)
        if all(_holds(rule, new[a], new[b]) for a, b, rule in held):
            yield new


def _values(seen: Sequence[Any]) -> list[object]:
    """The values seen in one place, and others that keep to what these have in common."""
    if not all(is_plain(value, 1_000) for value in seen):
        return list(seen)
    rules = [rule for rule in (*ALONE, *_bounds(seen)) if all(_holds(rule, value) for value in seen)]
    kinds = {type(value) for value in seen}
    found = {repr(value): value for value in seen}
    for kind in sorted(kinds, key=lambda kind: kind.__name__):
        own = [value for value in seen if type(value) is kind]
        for value in _tried(kind, own):
            if len(found) >= MOST_VALUES:
                break
            if type(value) is kind and all(_holds(rule, value) for rule in rules):
                found.setdefault(repr(value), value)
    return list(found.values())


def _holds(rule: Callable[..., bool], *values: object) -> bool:
    try:
        return rule(*values)
    except Exception:
        return False  # what cannot even be asked (is 3 sorted with "a"?) does not hold


def _tried(kind: type, seen: Sequence[Any]) -> Iterator[object]:
    if kind is bool:
        yield from (False, True)
    elif kind is int:
        yield from _ints(min(seen), max(seen))
    elif kind is float:
        low, high = min(seen), max(seen)
        yield from (round(low + (high - low) * part, 2) for part in (0.5, 0.25, 0.75, 0.1, 0.9))
    elif kind is str:
        yield from _texts(seen)
    elif kind in RUNS:
        yield from (kind(run) for run in _runs([list(value) for value in seen]))
    elif kind is set:
        yield from (value - {one} for value in seen for one in sorted(value, key=repr))
    elif kind is dict:
        yield from ({k: v for k, v in value.items() if k != one} for value in seen for one in value)


def _ints(low: int, high: int) -> Iterator[int]:
    """Whole numbers from `low` to `high`: all of them, or those near the ends and some between."""
    if high - low <= 40:
        yield from range(low, high + 1)
        return
    for step in range(12):
        yield from (low + step, high - step)
    yield from (number for number in range(-3, 14) if low <= number <= high)
    yield from (low + (high - low) * part // 17 for part in range(1, 17))


def _runs(seen: Sequence[list[Any]]) -> Iterator[list[Any]]:
    """Lists made of what was seen in lists: reordered, shortened, repeated, put together anew."""
    pool: dict[str, object] = {repr(one): one for value in seen for one in value}
    numbers = [one for one in pool.values() if type(one) is int]
    if len(numbers) > 1:
        pool |= {repr(one): one for one in list(_ints(min(numbers), max(numbers)))[:30]}
    ones = list(pool.values())
    if not ones:
        return
    longest = max(len(value) for value in seen)
    for value in seen:
        yield from (value[::-1], value[1:], value[:-1], value[:1], value[-1:], value[1:] + value[:1])
        yield from (value + value[:1], value[:1] + value, value + value[-1:], value + value)
        if _holds(_comparable, value):
            yield from (sorted(value), sorted(value, reverse=True))
    yield from ([one] for one in ones)
    yield from ([one, one] for one in ones[:5])
    yield from ([one, one, one] for one in ones[:2])
    rows: list[Any] = [one for one in ones if _is_run(one)]
    chance = random.Random(1).random
    for turn in range(60):
        some = ones
        if turn % 4 == 0 and rows:  # a table: rows of one length
            width = len(rows[int(chance() * len(rows))])
            some = [row for row in rows if len(row) == width]
        run = [some[int(chance() * len(some))] for _ in range(1 + int(chance() * (longest + 1)))]
        if turn % 3 == 0:
            run = list({repr(one): one for one in run}.values())
        yield sorted(run) if turn % 2 and _holds(_comparable, run) else run


def _texts(seen: Sequence[str]) -> Iterator[str]:
    """Texts made of the signs that were seen: reversed, shortened, repeated, put together anew."""
    signs = _signs(seen)
    longest = max(map(len, seen))
    for value in seen:
        yield from (value[::-1], value[1:], value[:-1], value[:1], value[-1:], value + value)
        yield from (value + value[::-1], value + value[-2::-1], value.upper(), value.lower(), value.title())
        yield " ".join(value.split(" ")[::-1])
        yield from (word for word in value.split())
        yield " ".join([*value.split(" "), value.split(" ")[0]])
    chance = random.Random(2).random
    if not signs:
        return
    yield from signs[:: max(1, len(signs) // 8)]
    for _ in range(30):
        yield "".join(signs[int(chance() * len(signs))] for _ in range(1 + int(chance() * (longest + 1))))


def _signs(seen: Sequence[str]) -> str:
    """The signs seen, in both cases if both occur; with many different letters of one kind, all of them."""
    signs = set("".join(seen))
    if any(sign.islower() for sign in signs) and any(sign.isupper() for sign in signs):
        signs |= set("".join(signs).swapcase())
    for letters in ("abcdefghijklmnopqrstuvwxyz", "ABCDEFGHIJKLMNOPQRSTUVWXYZ"):
        if len(signs & set(letters)) >= LETTERS:
            signs |= set(letters)
    return "".join(sorted(signs))


def _comparable(values: Sequence[Any]) -> bool:
    return sorted(values) is not None


# What may hold for all values seen in one place. A rule that says nothing of a kind of value holds for it.


def _is_run(value: object) -> bool:
    return type(value) in RUNS


def _same_kinds(value: Any) -> bool:
    return not _is_run(value) or len({type(one) for one in value}) <= 1


def _rising(value: Any) -> bool:
    return not _is_run(value) or all(a <= b for a, b in pairwise(value))


def _falling(value: Any) -> bool:
    return not _is_run(value) or all(a >= b for a, b in pairwise(value))


def _different(value: Any) -> bool:
    return not isinstance(value, list | tuple | str) or len({repr(one) for one in value}) == len(value)


def _different_inside(value: Any) -> bool:
    """No two of the inner lists agree in any place."""
    if not _is_run(value) or not all(_is_run(one) for one in value):
        return True
    return all(len({repr(x) for x in column}) == len(column) for column in zip(*value, strict=False))


def _as_long_inside(value: Any) -> bool:
    return not _is_run(value) or len({len(one) for one in value if hasattr(one, "__len__")}) <= 1


def _square(value: Any) -> bool:
    return not _is_run(value) or all(not _is_run(one) or len(one) == len(value) for one in value)


def _something(value: Any) -> bool:
    return not hasattr(value, "__len__") or len(value) > 0


def _two_alike(value: Any) -> bool:
    return not _different(value) or not hasattr(value, "__len__")


def _tidy(value: Any) -> bool:
    return type(value) is not str or (value == value.strip() and "  " not in value)


def _lower(value: Any) -> bool:
    return type(value) is not str or value == value.lower()


def _upper(value: Any) -> bool:
    return type(value) is not str or value == value.upper()


def _whole(value: Any) -> bool:
    return type(value) is not str or (value.isdigit() and str(int(value)) == value)


def _capitals_first(value: Any) -> bool:
    return type(value) is not str or value == value.title() or value == value.capitalize()


def _even(value: Any) -> bool:
    return type(value) is not int or value % 2 == 0


def _odd(value: Any) -> bool:
    return type(value) is not int or value % 2 == 1


def _even_length(value: Any) -> bool:
    return not hasattr(value, "__len__") or len(value) % 2 == 0


def _odd_length(value: Any) -> bool:
    return not hasattr(value, "__len__") or len(value) % 2 == 1


ALONE: Final[tuple[Rule, ...]] = (
    _same_kinds, _rising, _falling, _different, _different_inside, _as_long_inside, _square, _something,
    _two_alike, _tidy, _lower, _upper, _whole, _capitals_first, _even, _odd, _even_length, _odd_length,
)  # fmt: skip


def _bounds(seen: Sequence[Any]) -> Iterator[Rule]:
    """Limits drawn by the values seen themselves: how large, how long, of which signs, of which make."""
    lengths = [len(value) for value in seen if hasattr(value, "__len__")]
    if lengths:
        low, high = min(lengths), max(lengths) + (2 if max(lengths) > min(lengths) else 0)
        yield lambda value: not hasattr(value, "__len__") or low <= len(value) <= high
    texts = [value for value in seen if type(value) is str]
    if texts:
        signs = set(_signs(texts))
        yield lambda value: type(value) is not str or set(value) <= signs
        shapes = {_shape(text) for text in texts}
        if len(shapes) == 1 and len(texts) > 1:
            yield lambda value: type(value) is not str or _shape(value) in shapes
    inner = [len(one) for value in seen if _is_run(value) for one in value if hasattr(one, "__len__")]
    if inner and min(inner) == max(inner):
        yield lambda value: not _is_run(value) or all(len(one) == inner[0] for one in value)
    makes = {tuple(type(one) for one in value) for value in seen if _is_run(value)}
    if len(makes) == 1 and len(seen) > 1:  # a record: each place has a kind of its own
        yield lambda value: not _is_run(value) or tuple(type(one) for one in value) in makes


def _shape(text: str) -> str:
    """A text's make, with runs of one kind of sign as one: "9-9-9" for "2024-01-31"."""
    shape = ""
    for sign in text:
        kind = "9" if sign.isdigit() else "a" if sign.isalpha() else sign
        if not shape.endswith(kind):
            shape += kind
    return shape


# What may hold for two arguments of one call.


def _size(value: Any) -> Any:
    return len(value) if hasattr(value, "__len__") else value


def _is_number(value: object) -> bool:
    return type(value) in (int, float)


PAIRS: Final[tuple[PairRule, ...]] = (
    lambda a, b: bool(_is_number(a) and _is_number(b) and a < b),
    lambda a, b: bool(_is_number(a) and _is_number(b) and a <= b),
    lambda a, b: bool(type(a) is int and type(b) is int and a % b == 0),
    lambda a, b: _is_number(a) and hasattr(b, "__len__") and bool(a <= len(b)),
    lambda a, b: _is_number(a) and hasattr(b, "__len__") and bool(a < len(b)),
    lambda a, b: hasattr(a, "__len__") and hasattr(b, "__len__") and len(a) == len(b),
    lambda a, b: hasattr(a, "__len__") and hasattr(b, "__len__") and len(a) <= len(b),
    lambda a, b: hasattr(b, "__len__") and a in b,
    lambda a, b: hasattr(b, "__len__") and a not in b,
    lambda a, b: all(one in b for one in a),
    lambda a, b: bool(a) or bool(b),
    lambda a, b: type(a) is type(b),
)
