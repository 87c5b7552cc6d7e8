"""An assignment as courses set them: eight questions on tables and functions, and answers to each."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping
from typing import Any, Final

Cell = dict[str, Any]


def _data() -> str:
    chance = random.Random(7)
    rows = ["species,island,mass,bill,year"]
    for _ in range(400):
        species = chance.choice(["Adelie", "Gentoo", "Chinstrap"])
        island = chance.choice(["Dream", "Biscoe", "Torgersen"])
        mass = "" if chance.random() < 0.03 else chance.randrange(2800, 6300, 50)
        rows.append(
            f"{species},{island},{mass},{chance.uniform(32, 60):.1f},{chance.choice([2007, 2008, 2009])}"
        )
    return "\n".join(rows) + "\n"


DATA: Final[Mapping[str, str]] = {"birds.csv": _data()}

QUESTIONS: Final[Mapping[str, tuple[str, str, str]]] = {
    "heavy": (
        "Rows of birds heavier than a limit.",
        "def heavy(table, limit):\n    return table[table['mass'] > limit]",
        "assert len(heavy(birds, 5000)) < len(birds)\nassert heavy(birds, 5000)['mass'].min() > 5000",
    ),
    "mean": (
        "Mean mass by species, as a Series.",
        "mean_mass = birds.groupby('species')['mass'].mean()",
        "assert list(mean_mass.index) == ['Adelie', 'Chinstrap', 'Gentoo']\n"
        "assert abs(mean_mass['Gentoo'] - birds[birds.species == 'Gentoo'].mass.mean()) < 1e-9",
    ),
    "top": (
        "The n birds with the longest bills.",
        "def longest(table, n):\n    return table.sort_values('bill', ascending=False).head(n)",
        "assert len(longest(birds, 4)) == 4\nassert longest(birds, 4)['bill'].is_monotonic_decreasing\n"
        "assert longest(birds, 1)['bill'].iloc[0] == birds['bill'].max()",
    ),
    "missing": (
        "How many masses are missing?",
        "how_many = int(birds['mass'].isna().sum())",
        "assert isinstance(how_many, int)\nassert how_many == birds['mass'].isna().sum()",
    ),
    "years": (
        "Counts by island (rows) and year (columns).",
        "counts = birds.pivot_table(index='island', columns='year', values='bill', aggfunc='count')",
        "assert counts.shape == (3, 3)\nassert counts.to_numpy().sum() == len(birds)",
    ),
    "fizz": (
        "A list of the numbers below n that 3 or 5 divides.",
        "def divisible(n):\n    return [x for x in range(1, n) if x % 3 == 0 or x % 5 == 0]",
        "assert divisible(10) == [3, 5, 6, 9]\nassert sum(divisible(1000)) == 233168",
    ),
    "words": (
        "How often does each word occur? A dict.",
        "def occurrences(text):\n    found = {}\n    for word in text.lower().split():\n"
        "        found[word] = found.get(word, 0) + 1\n    return found",
        "assert occurrences('a b a') == {'a': 2, 'b': 1}\nassert occurrences('') == {}\n"
        "assert occurrences('A a')['a'] == 2",
    ),
    "join": (
        "Birds with the area of their islands (a table `areas` is given).",
        "def with_area(table, areas):\n    return table.merge(areas, on='island')",
        "areas = pd.DataFrame({'island': ['Dream', 'Biscoe'], 'area': [3, 5]})\n"
        "joined = with_area(birds, areas)\nassert set(joined.columns) == {*birds.columns, 'area'}\n"
        "assert len(joined) == birds['island'].isin(['Dream', 'Biscoe']).sum()",
    ),
}

VARIANTS: Final[Mapping[str, tuple[str, ...]]] = {
    "heavy": (
        QUESTIONS["heavy"][1],
        "def heavy(table, limit):\n    return table[table['mass'] >= limit]",
        "def heavy(table, limit):\n    table[table['mass'] > limit]",
        "def heavy(table, limit):\n    return table[table['weight'] > limit]",
    ),
    "mean": (
        QUESTIONS["mean"][1],
        "mean_mass = birds.groupby('species')['mass'].median()",
        "mean_mass = birds['mass'].mean()",
    ),
    "top": (
        QUESTIONS["top"][1],
        "def longest(table, n):\n    return table.sort_values('bill').head(n)",
        "def longest(table, n)\n    return table",
    ),
    "missing": (QUESTIONS["missing"][1], "how_many = birds['mass'].isna()", "how_many = 0"),
    "years": (
        QUESTIONS["years"][1],
        "counts = birds.groupby('island')['year'].count()",
        "counts = birds.pivot_table(index='year', columns='island', values='mass', aggfunc='mean')",
    ),
    "fizz": (
        QUESTIONS["fizz"][1],
        "def divisible(n):\n    return [x for x in range(n) if x % 3 == 0 or x % 5 == 0]",
        "def divisible(n):\n    return [x for x in range(1, n) if x % 15 == 0]",
        "def divisible(n):\n    return 1 / 0",
    ),
    "words": (
        QUESTIONS["words"][1],
        "def occurrences(text):\n    import warnings\n    warnings.warn('slow')\n"
        "    words = text.lower().split()\n    return {w: words.count(w) for w in words}",
        "def occurrences(text):\n    return {w: text.count(w) for w in text.split()}",
    ),
    "join": (
        QUESTIONS["join"][1],
        "def with_area(table, areas):\n    return table.merge(areas, on='island', how='left')",
        "def with_area(table, areas):\n    return pd.concat([table, areas])",
    ),
}
"""The right answer, then others. The second one of `words` is right and warns: nbgrader gives 0 for that."""


def CELLS() -> Iterator[Cell]:  # noqa: N802 - it stands for the assignment's cells
    yield _markdown("# Week 3: tables and functions")
    yield _code("import pandas as pd\n\nbirds = pd.read_csv('data/birds.csv')\nbirds.head()")
    for name, (task, solution, tests) in QUESTIONS.items():
        yield _markdown(f"## {task}")
        yield _code(f"### BEGIN SOLUTION\n{solution}\n### END SOLUTION", name, grade=False)
        yield _code(tests, f"{name}-test", grade=True)


def _markdown(text: str) -> Cell:
    return {"cell_type": "markdown", "id": f"m{abs(hash(text)) % 10**8}", "metadata": {}, "source": text}


def _code(source: str, name: str = "", *, grade: bool = False) -> Cell:
    metadata: dict[str, Any] = {}
    if name:
        marks = {"schema_version": 3, "grade_id": name, "grade": grade, "solution": not grade}
        marks |= {"locked": grade, "task": False}
        metadata["nbgrader"] = {**marks, "points": 1} if grade else marks
    return {"cell_type": "code", "id": name or "setup", "metadata": metadata, "source": source, "outputs": [],
            "execution_count": None}  # fmt: skip
