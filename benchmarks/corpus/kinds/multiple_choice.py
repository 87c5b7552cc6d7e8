"""Every other set of options of every question."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from corpus.told import Told, judged

from checkers import MultipleChoice

QUESTIONS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    "change in place": (("list", "dict", "set"), ("tuple", "str")),
    "even": (("2", "10", "0"), ("7", "15")),
    "equal to one half": (("2/4", "0.5", "50 %"), ("1/4", "0.05")),
    "robust": (("median", "quartiles"), ("mean", "range", "standard deviation")),
    "primes": (("2", "3", "5"), ("1", "9")),
    "true when x is 3": (("x > 2", "x == 3", "x <= 3"), ("x < 3", "x != 3")),
    "gives one number": (("`df.size`", "`len(df)`"), ("`df.shape`", "`df.head()`")),
    "units of energy": (("J", "kWh"), ("W", "N", "Pa")),
    "rhombus": (("four equal sides", "opposite angles equal"), ("four right angles",)),
}


def corpus(only: str | None) -> Iterator[Told]:
    for name, (rights, wrong) in QUESTIONS.items():
        if only not in (None, name):
            continue
        key = MultipleChoice(right=rights, wrong=wrong)
        for order in itertools.islice(itertools.permutations(rights), 4):
            yield judged("multiple_choice", name, key, list(order), right=True)
            yield judged("multiple_choice", name, key, [f" {order[0]} ", *order], right=True)
        options = (*rights, *wrong)
        for count in range(1, len(options) + 1):
            for picked in itertools.combinations(options, count):
                if set(picked) != set(rights):
                    yield judged("multiple_choice", name, key, list(picked), f"{count} picked")
