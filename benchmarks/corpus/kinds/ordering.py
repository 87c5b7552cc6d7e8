"""Programs and other sequences whose lines are moved, left out, doubled, indented, or taken from elsewhere.

Which orders are right is written here for each, apart from the checker.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from corpus.told import Told, judged

from checkers import Ordering


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    name: str
    lines: Sequence[str]
    distractors: Sequence[str] = ()
    before: Mapping[int, Sequence[int]] | None = None
    others: Sequence[Sequence[int]] = ()
    """Other right orders: the places of the lines."""
    indent: bool = True
    right: list[list[str]] = field(init=False)

    def __post_init__(self) -> None:
        orders = [range(len(self.lines)), *self.others]
        object.__setattr__(self, "right", [[self.lines[n] for n in order] for order in orders])


QUESTIONS = (
    Asked(
        name="sum of a list",
        lines=["total = 0", "for n in numbers:", "    total += n", "print(total)"],
        distractors=["total = n", "for n in total:"],
    ),
    Asked(
        name="largest",
        lines=[
            "def largest(numbers):",
            "    best = numbers[0]",
            "    for n in numbers:",
            "        if n > best:",
            "            best = n",
            "    return best",
        ],
        distractors=["    best = 0", "        return n"],
    ),
    Asked(
        name="heavy penguins",
        lines=[
            "import pandas as pd",
            "df = pd.read_csv('p.csv')",
            "heavy = df[df.mass > 4000]",
            "len(heavy)",
        ],
        distractors=["len(df)"],
    ),
    Asked(
        name="two that do not depend",
        lines=["width = 3", "height = 4", "area = width * height", "print(area)"],
        before={2: [0, 1], 3: [0, 1, 2]},
        others=[[1, 0, 2, 3]],
    ),
    Asked(
        name="count words",
        lines=[
            "counts = {}",
            "for word in words:",
            "    if word not in counts:",
            "        counts[word] = 0",
            "    counts[word] += 1",
        ],
        distractors=["    counts[word] = 1"],
    ),
    Asked(
        name="adding fractions",
        lines=["Find a common denominator.", "Widen both fractions.", "Add above the line.", "Shorten."],
        distractors=["Add below the line."],
        indent=False,
    ),
    Asked(
        name="an experiment",
        lines=["Ask a question.", "Guess what comes out.", "Plan the trial.", "Carry it out.", "Compare."],
        indent=False,
    ),
)


def corpus(only: str | None) -> Iterator[Told]:
    for asked in QUESTIONS:
        if only in (None, asked.name):
            yield from _of(asked)


def _of(asked: Asked) -> Iterator[Told]:
    key = Ordering(asked.lines, distractors=asked.distractors, before=asked.before, indent=asked.indent)
    lines, name = list(asked.lines), asked.name
    flat = [line.strip() for line in lines]
    for right in asked.right:
        yield judged("ordering", name, key, right, right=True)
        yield judged("ordering", name, key, [line.replace("    ", "\t") for line in right], right=True)
        yield judged("ordering", name, key, [f"{line}  " for line in right], right=True)
        yield judged("ordering", name, key, [line.replace("    ", "   ") for line in right], right=True)
        yield judged("ordering", name, key, [f"{line}\t" for line in right], right=True)
        if not asked.indent:
            yield judged("ordering", name, key, [f"    {line}" for line in right], right=True)
            yield judged("ordering", name, key, tuple(right), right=True)
    orders = [("turned round", lines[::-1]), ("last first", [lines[-1], *lines[:-1]])]
    orders += [("first last", [*lines[1:], lines[0]])]
    for n in range(len(lines)):
        orders += [("one left out", lines[:n] + lines[n + 1 :])]
        orders += [("one twice", [*lines[: n + 1], *lines[n:]])]
        for other in range(n + 1, len(lines)):
            swapped = list(lines)
            swapped[n], swapped[other] = lines[other], lines[n]
            orders += [("two swapped", swapped)]
        for extra in asked.distractors:
            orders += [("one too many", [*lines[:n], extra, *lines[n:]])]
            orders += [("one instead", [*lines[:n], extra, *lines[n + 1 :]])]
        if asked.indent:
            orders += [("further in", [*lines[:n], "    " + lines[n], *lines[n + 1 :]])]
            if lines[n] != flat[n]:
                orders += [("further out", [*lines[:n], lines[n][4:], *lines[n + 1 :]])]
    if asked.indent and flat != lines:
        orders += [("all flat", flat)]
    for slip, placed in orders:
        if placed not in asked.right:
            yield judged("ordering", name, key, placed, slip)
