"""Plots of three real tables: right drawing code written in several ways, changed by one slip each.

A slip is a systematic edit (another column, method, aggregate, filter, order …) of any right program of a
question. What comes out counts as wrong if its picture, drawn by matplotlib, differs from that of the program
it was made of; edits that raise, draw nothing or draw the same picture are left out.
"""

# ruff: noqa: E501 - programs stand here as they are written

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
import pandas as pd
from corpus.told import Told, told
from matplotlib import pyplot as plt

from checkers import Plot
from checkers.plot import Look

DATA = Path(__file__).resolve().parents[3] / "lessons" / "pandas" / "data"
CHANGED = 2
"""So many right programs of each question are changed, the first ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A plot to draw, what counts besides its data, and right programs."""

    name: str
    looks: tuple[Look, ...] = ("scales",)
    programs: tuple[str, ...]


LAND = 'lands[lands.country == "Norway"]'
LATE = "lands[lands.year == 2007]"
QUESTIONS = (
    Asked(
        name="mass by wing",
        programs=(
            'birds.plot.scatter(x="flipper_length_mm", y="body_mass_g")',
            "plt.scatter(birds.flipper_length_mm, birds.body_mass_g)",
            'plt.plot(birds["flipper_length_mm"], birds["body_mass_g"], "o")',
            'birds.dropna(subset="body_mass_g").plot(x="flipper_length_mm", y="body_mass_g", kind="scatter", c="red")',
            "fig, ax = plt.subplots()\nax.scatter(birds.flipper_length_mm, birds.body_mass_g, s=5, alpha=0.5)",
            'birds.sample(frac=1, random_state=1).plot("flipper_length_mm", "body_mass_g", style=".")',
            'for _, part in birds.groupby("species"):\n    plt.scatter(part.flipper_length_mm, part.body_mass_g)',
        ),
    ),
    Asked(
        name="temperatures of a year",
        programs=(
            'plt.plot(pd.to_datetime(days.date)[:365], days.temp_max[:365], label="max")',
            'days.assign(date=pd.to_datetime(days.date)).head(365).plot(x="date", y="temp_max")',
            "d = days.head(365)\nfig, ax = plt.subplots(figsize=(8, 3))\n"
            'ax.plot(pd.to_datetime(d.date), d.temp_max, "--", color="k")\nax.grid()',
            "days.temp_max.set_axis(pd.to_datetime(days.date)).iloc[:365].plot()",
        ),
    ),
    Asked(
        name="mean mass of each species",
        programs=(
            'birds.groupby("species").body_mass_g.mean().plot.bar()',
            'means = birds.groupby("species")["body_mass_g"].mean()\nplt.bar(means.index, means)',
            'means = birds.groupby("species").body_mass_g.mean().reset_index()\n'
            'means.plot(kind="bar", x="species", y="body_mass_g", legend=False)',
            'birds.pivot_table(index="species", values="body_mass_g").plot.bar(rot=0, color="teal")',
            'means = birds.groupby("species").body_mass_g.mean().sort_values()\nfig, ax = plt.subplots()\n'
            'ax.bar(means.index, means.values, width=0.5)\nax.set_ylabel("g")',
            "names = sorted(birds.species.unique())\n"
            "plt.bar(range(3), [birds.body_mass_g[birds.species == n].mean() for n in names])\n"
            "plt.xticks(range(3), names)",
        ),
    ),
    Asked(
        name="birds on each island",
        programs=(
            "birds.island.value_counts().plot.barh()",
            'counts = birds.groupby("island").size()\nplt.barh(counts.index, counts)',
            'birds.groupby("island").size().plot(kind="barh")',
            "counts = birds.island.value_counts()\nfig, ax = plt.subplots()\n"
            "ax.barh(range(len(counts)), counts.values)\nax.set_yticks(range(len(counts)), counts.index)",
        ),
    ),
    Asked(
        name="histogram of masses",
        programs=(
            "birds.body_mass_g.plot.hist(bins=20)",
            "plt.hist(birds.body_mass_g.dropna(), bins=20)",
            "birds.body_mass_g.hist(bins=20, grid=False)",
            'plt.hist(birds.body_mass_g, bins=20, histtype="step")',
            "counts, edges = np.histogram(birds.body_mass_g.dropna(), bins=20)\nplt.stairs(counts, edges, fill=True)",
            "m = birds.body_mass_g\nplt.hist(m, np.linspace(m.min(), m.max(), 21), edgecolor='white')",
        ),
    ),
    Asked(
        name="boxes of mass",
        programs=(
            'birds.boxplot("body_mass_g", by="species")',
            "groups = dict(list(birds.dropna(subset='body_mass_g').groupby('species').body_mass_g))\n"
            "plt.boxplot(list(groups.values()), tick_labels=list(groups))",
            "fig, ax = plt.subplots()\nnames = sorted(birds.species.unique())\n"
            "ax.boxplot([birds.body_mass_g[birds.species == n].dropna() for n in names], patch_artist=True)\n"
            "ax.set_xticklabels(names)",
            'birds.pivot(columns="species", values="body_mass_g").plot.box()',
        ),
    ),
    Asked(
        name="two lines",
        looks=("legend",),
        programs=(
            'days.head(31).plot(y=["temp_max", "temp_min"])',
            'plt.plot(days.temp_max[:31], label="temp_max")\nplt.plot(days.temp_min[:31], label="temp_min")\n'
            "plt.legend()",
            'd = days[["temp_min", "temp_max"]].iloc[:31]\nd.plot(style=["-", "--"])',
            'fig, ax = plt.subplots()\nfor name in ["temp_min", "temp_max"]:\n'
            '    ax.plot(range(31), days[name].head(31), label=name)\nax.legend(loc="best")',
        ),
    ),
    Asked(
        name="species on islands, stacked",
        programs=(
            "pd.crosstab(birds.island, birds.species).plot.bar(stacked=True)",
            'birds.groupby(["island", "species"]).size().unstack(fill_value=0).plot(kind="bar", stacked=True)',
            "t = pd.crosstab(birds.island, birds.species)\nbelow = np.zeros(3)\nfor name in t.columns:\n"
            "    plt.bar(t.index, t[name], bottom=below, label=name)\n    below += t[name].to_numpy()",
        ),
    ),
    Asked(
        name="wealth and life",
        looks=("scales", "labels"),
        programs=(
            f'{LATE}.plot.scatter("gdp_per_person", "life_exp", logx=True, xlabel="GDP", ylabel="Years")',
            f'late = {LATE}\nplt.scatter(late.gdp_per_person, late.life_exp)\nplt.xscale("log")\n'
            'plt.xlabel("GDP")\nplt.ylabel("Years")',
            f'late = {LATE}\nfig, ax = plt.subplots()\nax.plot(late.gdp_per_person, late.life_exp, "o")\n'
            'ax.set(xscale="log", xlabel="gdp", ylabel="years")',
            f'late = {LATE}\nplt.semilogx(late.gdp_per_person, late.life_exp, ".")\n'
            'plt.xlabel("GDP")\nplt.ylabel("Years")',
        ),
    ),
    Asked(
        name="one land over time",
        looks=("title", "limits"),
        programs=(
            f'{LAND}.plot(x="year", y="life_exp", title="Norway", xlim=(1950, 2010), ylim=(70, 82))',
            f'land = {LAND}\nplt.plot(land.year, land.life_exp)\nplt.title("Norway")\n'
            "plt.xlim(1950, 2010)\nplt.ylim(70, 82)",
            f'land = {LAND}\nfig, ax = plt.subplots()\nax.plot(land.year, land.life_exp, "o-")\n'
            'ax.set(title="Norway", xlim=(1950, 2010), ylim=(70, 82))',
            f'{LAND}.set_index("year").life_exp.plot()\nplt.axis((1950, 2010, 70, 82))\nplt.suptitle("Norway")',
        ),
    ),
    Asked(
        name="species apart",
        looks=("legend",),
        programs=(
            'for name, part in birds.groupby("species"):\n'
            "    plt.scatter(part.bill_length_mm, part.bill_depth_mm, label=name)\nplt.legend()",
            'fig, ax = plt.subplots()\nfor name in ["Gentoo", "Adelie", "Chinstrap"]:\n'
            '    part = birds[birds.species == name]\n    part.plot.scatter("bill_length_mm", "bill_depth_mm", '
            "ax=ax, label=name)",
            'fig, ax = plt.subplots()\nfor name, part in birds.dropna(subset="bill_depth_mm").groupby("species"):\n'
            '    ax.plot(part.bill_length_mm, part.bill_depth_mm, "x", label=name)\nax.legend(title="species")',
        ),
    ),
    Asked(
        name="weather as a pie",
        programs=(
            "days.weather.value_counts().plot.pie()",
            "counts = days.weather.value_counts()\nplt.pie(counts, labels=counts.index)",
            'days.groupby("weather").size().plot(kind="pie", startangle=90)',
            'counts = days.groupby("weather").date.count()\n'
            'plt.pie(counts, labels=counts.index, autopct="%.0f%%", counterclock=False)',
        ),
    ),
    Asked(
        name="the five largest",
        looks=("order",),
        programs=(
            f'{LATE}.nlargest(5, "population").plot.bar(x="country", y="population")',
            f'top = {LATE}.sort_values("population", ascending=False).head(5)\nplt.bar(top.country, top.population)',
            f'{LATE}.set_index("country").population.sort_values(ascending=False)[:5].plot.bar()',
        ),
    ),
    Asked(
        name="mean rain of each month",
        programs=(
            "month = pd.to_datetime(days.date).dt.month\ndays.groupby(month).precipitation.mean().plot()",
            "rain = days.groupby(pd.to_datetime(days.date).dt.month).precipitation.mean()\n"
            "plt.plot(rain.index, rain)",
            "rain = days.precipitation.groupby(days.date.str[5:7].astype(int)).mean()\n"
            'fig, ax = plt.subplots()\nax.plot(rain.index, rain.values, marker="o")\nax.set_xticks(range(1, 13))',
            'days.assign(m=days.date.str[5:7].astype(int)).pivot_table(index="m", values="precipitation").plot()',
        ),
    ),
    Asked(
        name="two plots",
        programs=(
            "fig, (a, b) = plt.subplots(1, 2)\na.hist(birds.bill_length_mm, bins=12)\n"
            "b.scatter(birds.bill_length_mm, birds.bill_depth_mm)",
            "fig, axes = plt.subplots(2)\nbirds.bill_length_mm.plot.hist(bins=12, ax=axes[0])\n"
            'birds.plot.scatter("bill_length_mm", "bill_depth_mm", ax=axes[1])',
        ),
    ),
)
SLIPS: tuple[tuple[str, str, str], ...] = (
    ("another kind", r"\.scatter\(", ".plot("),
    ("another kind", r"plt\.plot\(", "plt.scatter("),
    ("another kind", r"\.bar\(", ".barh("),
    ("another kind", r"\.barh\(", ".bar("),
    ("another kind", r"plot\.bar\(", "plot("),
    ("another kind", r"plot\.barh\(", "plot.pie("),
    ("another kind", r"\.plot\(\)", ".plot.bar()"),
    ("another kind", r"\.plot\(\)", ".plot.barh()"),
    ("another kind", r"\.plot\(\)", ".plot.hist()"),
    ("another kind", r"plot\.pie\(", "plot.bar("),
    ("another kind", r"plt\.pie\(counts.*", "plt.bar(counts.index, counts)"),
    ("another kind", r"plot\.hist\(bins=20\)", "plot()"),
    ("another kind", r"plot\.hist\(bins=20\)", "plot.box()"),
    ("another kind", r"plt\.hist\((.*?), bins=20\)", r"plt.plot(\1)"),
    ("another kind", r'"o"\)', '"-")'),
    ("another kind", r"\.plot\.scatter\(", ".plot.line("),
    ("another kind", r"\.boxplot\(", ".hist("),
    ("axes exchanged", r'\(x="(\w+)", y="(\w+)"', r'(x="\2", y="\1"'),
    ("axes exchanged", r'scatter\("(\w+)", "(\w+)"', r'scatter("\2", "\1"'),
    ("axes exchanged", r"(plt|ax)\.(scatter|plot|bar|semilogx)\(([\w.]+), ([\w.]+)", r"\1.\2(\4, \3"),
    ("one column only", r"plt\.plot\(([\w.]+), ([\w.]+)", r"plt.plot(\2"),
    ("not filtered", r"lands\[lands\.\w+ == [^\]]+\]", "lands"),
    ("other rows", r"== 2007", "== 1952"),
    ("other rows", r"== 2007", ">= 2002"),
    ("other rows", r'"Norway"\]', '"Sweden"]'),
    ("other rows", r"head\(365\)|\[:365\]", "tail(365)"),
    ("other rows", r"\[:365\]", "[:366]"),
    ("other rows", r"head\(365\)", "head(360)"),
    ("other rows", r"head\(31\)", "head(30)"),
    ("other rows", r"head\(31\)", "head(32)"),
    ("other rows", r"\[:31\]", "[1:31]"),
    ("other rows", r"^days\.", "days[::-1]."),
    ("other rows", r"\bbirds\b", "birds.head(100)"),
    ("other rows", r"\bbirds\b", 'birds[birds.sex == "male"]'),
    ("other rows", r"\bbirds\b", "birds.dropna()"),
    ("other rows", r"\bdays\b", "days.iloc[1:]"),
    ("other rows", r"nlargest\(5", "nlargest(4"),
    ("other rows", r"nlargest", "nsmallest"),
    ("other rows", r"head\(5\)", "head(6)"),
    ("other rows", r"\[:5\]", "[:10]"),
    ("missing as zero", r"\bbirds\b", "birds.fillna(0)"),
    ("median for mean", r"\bmean\(\)", "median()"),
    ("sum for mean", r"\bmean\(\)", "sum()"),
    ("count for mean", r"\bmean\(\)", "count()"),
    ("max for mean", r"\bmean\(\)", "max()"),
    ("mean of all", r"\.mean\(\)", ".mean().cumsum()"),
    ("sum for count", r'\.size\(\)', ".body_mass_g.sum()"),
    ("unique for count", r'\.size\(\)', ".body_mass_g.nunique()"),
    ("count of another", r"\.size\(\)", ".sex.count()"),
    ("shares", r"value_counts\(\)", "value_counts(normalize=True)"),
    ("percentages", r"value_counts\(\)", "value_counts(normalize=True).mul(100)"),
    ("not grouped", r'\.groupby\("species"\)\.body_mass_g\.mean\(\)', ".body_mass_g"),
    ("not grouped", r'\.groupby\("species"\)\["body_mass_g"\]\.mean\(\)', '.set_index("species").body_mass_g'),
    ("grouped by another", r'groupby\("species"\)', 'groupby("island")'),
    ("grouped by another", r'groupby\("island"\)', 'groupby("species")'),
    ("grouped by another", r'by="species"', 'by="island"'),
    ("grouped by another", r'index="species"', 'index="sex"'),
    ("grouped by another", r"\.dt\.month", ".dt.year"),
    ("grouped by another", r"crosstab\(birds\.island, birds\.species\)", "crosstab(birds.species, birds.island)"),
    ("grouped by another", r"crosstab\(birds\.island, birds\.species\)", "crosstab(birds.island, birds.sex)"),
    ("not stacked", r", stacked=True", ""),
    ("not stacked", r"stacked=True", "stacked=False"),
    ("not stacked", r", bottom=below", ""),
    ("bins", r"bins=20", "bins=10"),
    ("bins", r"bins=20", "bins=40"),
    ("bins", r", bins=20|bins=20", ""),
    ("bins", r"bins=12", "bins=13"),
    ("bins", r"bins=20", "bins=20, range=(0, 7000)"),
    ("density", r"bins=(20|12)", r"bins=\1, density=True"),
    ("cumulative", r"bins=(20|12)", r"bins=\1, cumulative=True"),
    ("a mark less", r'y=\["temp_max", "temp_min"\]', 'y=["temp_max"]'),
    ("a mark less", r"plt\.plot\(days\.temp_min.*\n", ""),
    ("a mark less", r'\["temp_min", "temp_max"\]', '["temp_max"]'),
    ("a mark less", r'\["Gentoo", "Adelie", "Chinstrap"\]', '["Gentoo", "Adelie"]'),
    ("a mark less", r"\nb\.scatter.*", ""),
    ("a mark more", r'y=\["temp_max", "temp_min"\]', 'y=["temp_max", "temp_min", "wind"]'),
    ("a mark more", r"\nplt\.legend\(\)", '\nplt.plot(days.wind[:31], label="wind")\nplt.legend()'),
    ("the same twice", r'\["temp_min", "temp_max"\]', '["temp_max", "temp_max"]'),
    ("the same twice", r"days\.temp_min\[", "days.temp_max["),
    ("plots exchanged", r"\(a, b\)", "(b, a)"),
    ("plots exchanged", r"axes\[(.)\](.*\n.*)axes\[(.)\]", r"axes[\3]\2axes[\1]"),
    ("all in one plot", r"axes\[1\]", "axes[0]"),
    ("all in one plot", r"\nb\.", "\na."),
    ("groups not apart", r"for name, part in birds.*\n    ", "part = birds; name = 'birds'\n"),
    ("no legend", r"\n(plt|ax)\.legend\(.*\)", ""),
    ("no labels", r", label=name|, label=\"temp_\w+\"", ""),
    ("labels exchanged", r'label="temp_max"', 'label="temp_min"'),
    ("other names", r"label=name", "label=name[:3]"),
    ("no scale", r", logx=True", ""),
    ("no scale", r'\nplt\.xscale\("log"\)', ""),
    ("other scale", r"logx", "logy"),
    ("other scale", r"logx", "loglog"),
    ("other scale", r"xscale", "yscale"),
    ("logarithm drawn", r"plt\.scatter\(late\.gdp_per_person", "plt.scatter(np.log10(late.gdp_per_person)"),
    ("no label", r', xlabel="GDP"|\nplt\.xlabel\("GDP"\)', ""),
    ("no label", r', ylabel="Years"|\nplt\.ylabel\("Years"\)', ""),
    ("other label", r'"Years"', '"life_exp"'),
    ("misspelled label", r'"Years"', '"Yeras"'),
    ("labels exchanged", r'(xlabel\W+)"GDP"(.*\W+ylabel\W+)"Years"', r'\1"Years"\2"GDP"'),
    ("no title", r', title="Norway"|\nplt\.title\("Norway"\)|title="Norway", ', ""),
    ("other title", r'title(\(|=)"Norway"', r'title\1"Sweden"'),
    ("no limits", r", xlim=\(1950, 2010\)|\nplt\.xlim\(1950, 2010\)", ""),
    ("no limits", r", ylim=\(70, 82\)|\nplt\.ylim\(70, 82\)", ""),
    ("other limits", r"70, 82", "0, 82"),
    ("other limits", r"1950, 2010", "1950, 2007"),
    ("not sorted", r'\.sort_values\("population", ascending=False\)\.head', ".head"),
    ("sorted the other way", r"ascending=False", "ascending=True"),
    ("sorted the other way", r"\[:5\]", "[:5][::-1]"),
    ("sorted by name", r"\.plot\.bar\(x=", ".sort_values('country').plot.bar(x="),
    ("sorted by another", r"nlargest\(5, \"population\"\)", 'nlargest(5, "gdp_per_person")'),
    ("sorted by the value", r"days\.head\(31\)", 'days.head(31).sort_values("temp_max", ignore_index=True)'),
    ("values unlike names", r"plt\.bar\(means\.index, means\)", "plt.bar(means.index, means[::-1])"),
    ("values unlike names", r"plt\.barh\(counts\.index, counts\)", "plt.barh(counts.index, counts.sort_values())"),
    ("values unlike names", r"labels=counts\.index", "labels=sorted(counts.index)[::-1]"),
    ("names missing", r", labels=counts\.index", ""),
    ("names missing", r"\nplt\.xticks.*|\nax\.set_yticks.*|\nax\.set_xticklabels.*", ""),
    ("names missing", r"plt\.bar\((means|top)\.\w+, ", r"plt.bar(range(len(\1)), "),
    ("names missing", r"plt\.barh\(counts\.index", "plt.barh(range(3)"),
    ("names missing", r"tick_labels=list\(groups\)", "tick_labels=None"),
    ("names shortened", r"birds\.groupby\(\"species\"\)", "birds.groupby(birds.species.str[:3])"),
    ("unit", r"body_mass_g\.mean\(\)", "body_mass_g.mean() / 1000"),
    ("unit", r"days\.temp_max\[", "(days.temp_max * 1.8 + 32)["),
    ("rounded", r"mean\(\)", "mean().round(-3)"),
    ("rounded", r"mean\(\)", "mean().round()"),
    ("differences", r"\.mean\(\)\.plot\(\)", ".mean().diff().plot()"),
    ("drawn twice", r"\A((?:.|\n)*)\Z", r"\1\n\1"),
    ("empty", r"\A(?:.|\n)*\Z", "plt.subplots()"),
)  # fmt: skip
COLUMNS = {
    "flipper_length_mm": ("bill_length_mm",),
    "body_mass_g": ("bill_length_mm", "flipper_length_mm"),
    "bill_length_mm": ("flipper_length_mm",),
    "bill_depth_mm": ("body_mass_g",),
    "temp_max": ("wind",),
    "precipitation": ("wind", "temp_max"),
    "life_exp": ("population",),
    "gdp_per_person": ("population",),
    "population": ("life_exp", "gdp_per_person"),
    "country": ("continent",),
    "weather": ("wind",),
    "island": ("species", "sex"),
}


def corpus(only: str | None) -> Iterator[Told]:
    """Every program, right and changed, as `Plot` judges what it draws."""
    mpl.use("Agg")
    tables = {
        "birds": pd.read_csv(DATA / "penguins.csv"),
        "days": pd.read_csv(DATA / "seattle.csv"),
        "lands": pd.read_csv(DATA / "gapminder.csv"),
    }
    for asked in QUESTIONS:
        if only and asked.name != only:
            continue
        _, first = drawn(asked.programs[0], tables)
        key, seen = Plot(first, looks=asked.looks), set(asked.programs)
        for program in asked.programs:
            yield told("plot", asked.name, program, "", True, key.check(drawn(program, tables)[1]))
        for program in asked.programs[:CHANGED]:
            picture, _ = drawn(program, tables)
            for slip, source in slips(program):
                if source in seen:
                    continue
                seen.add(source)
                try:
                    other, figure = drawn(source, tables)
                except Exception:
                    continue  # explained by checkers.explain, and not this checker's subject
                if other is not None and not np.array_equal(picture, other):
                    yield told("plot", asked.name, source, slip, False, key.check(figure))
    plt.close("all")


def drawn(source: str, tables: dict[str, pd.DataFrame]) -> tuple[Any, Any]:
    """The picture that source draws, and its figure; None and None where it draws none."""
    plt.close("all")
    names = {"plt": plt, "pd": pd, "np": np, **{name: table.copy() for name, table in tables.items()}}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        exec(source, names)
        if not plt.get_fignums():
            return None, None
        figure: Any = plt.gcf()
        figure.set_dpi(40)
        figure.canvas.draw()
    return np.asarray(figure.canvas.buffer_rgba()).copy(), figure


def slips(program: str) -> Iterator[tuple[str, str]]:
    """The program with one thing changed, each with a word for what."""
    for name, pattern, instead in SLIPS:
        for place in re.finditer(pattern, program):
            yield name, program[: place.start()] + place.expand(instead) + program[place.end() :]
    for name, others in COLUMNS.items():
        for other in others:
            yield "wrong column", re.sub(rf"\b{name}\b", other, program)
            for place in re.finditer(rf"\b{name}\b", program):
                yield "wrong column", program[: place.start()] + other + program[place.end() :]
