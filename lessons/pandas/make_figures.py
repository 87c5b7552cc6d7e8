"""Draws the figures of the lessons from the course's data, as SVG that follows light and dark themes.

Example: python make_figures.py
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

HERE = Path(__file__).resolve().parent / "data"
INK, SOFT, BLUE, ORANGE = "#6b7280", "#9ca3af", "#2f7ed8", "#d9730d"


def text(x: float, y: float, words: str, colour: str = INK, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:.0f}" y="{y:.0f}" fill="{colour}" font-size="14" text-anchor="{anchor}">{words}</text>'
    )


def line(x: float, y: float, to_x: float, to_y: float, colour: str = INK, wide: float = 1.5) -> str:
    ends = f'x1="{x:.0f}" y1="{y:.0f}" x2="{to_x:.0f}" y2="{to_y:.0f}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{wide}"/>'


def write(name: str, width: int, height: int, marks: list[str]) -> None:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" font-family="sans-serif">'
    )
    (HERE / f"{name}.svg").write_text("\n".join([head, *marks, "</svg>\n"]), encoding="utf-8")


def delays() -> None:
    """A histogram of arrival delays from -60 to 180 minutes, with mean and median."""
    delay = pd.read_csv(HERE / "flights.csv")["arr_delay"].dropna()
    step, low, high = 10, -60, 180
    counts = [int(((delay >= at) & (delay < at + step)).sum()) for at in range(low, high, step)]

    def across(minutes: float) -> float:
        return 40 + 560 * (minutes - low) / (high - low)

    marks = []
    for n, count in enumerate(counts):
        tall = 200 * count / max(counts)
        left = across(low + n * step)
        marks.append(
            f'<rect x="{left:.1f}" y="{240 - tall:.1f}" width="{560 / len(counts) - 1.5:.1f}" '
            f'height="{tall:.1f}" fill="{SOFT}"/>'
        )
    marks.append(line(40, 240, 600, 240))
    marks += [text(across(at), 258, f"{at}".replace("-", "−")) for at in range(low, high + 1, 60)]
    marks.append(text(320, 278, "minutes late at arrival"))
    for value, word, colour, top in [
        (delay.median(), "median", BLUE, 24),
        (delay.mean(), "mean", ORANGE, 44),
    ]:
        marks.append(line(across(value), top + 4, across(value), 240, colour, 2.5))
        marks.append(
            text(across(value) + 6, top + 10, f"{word} {value:.0f}".replace("-", "−"), colour, "start")
        )
    write("delays", 640, 288, marks)


def groups() -> None:
    """Six flights, put on a heap for each carrier, and one number for each heap."""
    rows = [("UA", 4), ("DL", -3), ("UA", 10), ("B6", 6), ("DL", 7), ("B6", 0)]
    colours = {"UA": BLUE, "DL": ORANGE, "B6": "#2e9e5b"}

    def cell(x: int, y: int, carrier: str, number: str) -> list[str]:
        colour = colours[carrier]
        box = f'<rect x="{x}" y="{y}" width="110" height="26" rx="4" fill="none" stroke="{colour}"/>'
        return [box, text(x + 28, y + 18, carrier, colour), text(x + 98, y + 18, number, INK, "end")]

    marks = [
        text(65, 20, "the table"),
        text(285, 20, "a heap for each"),
        text(505, 20, "one number for each"),
    ]
    for n, (carrier, delay) in enumerate(rows):
        marks += cell(10, 34 + 32 * n, carrier, f"{delay}".replace("-", "−"))
    for n, carrier in enumerate(colours):
        mine = [delay for name, delay in rows if name == carrier]
        top = 34 + 68 * n
        for k, delay in enumerate(mine):
            marks += cell(230, top + 28 * k, carrier, f"{delay}".replace("-", "−"))
        marks += cell(450, top + 14, carrier, f"{sum(mine) / len(mine):g}")
        marks += [line(128, top + 27, 222, top + 27, SOFT), text(218, top + 32, "›", SOFT)]
        marks += [line(348, top + 27, 442, top + 27, SOFT), text(438, top + 32, "›", SOFT)]
    write("groups", 600, 240, marks)


def merge() -> None:
    """Four flights, three airlines, and a line from each flight to the airline of its code."""
    flights = [("UA", "BOS"), ("DL", "ATL"), ("UA", "DEN"), ("B6", "MCO")]
    airlines = [("B6", "JetBlue Airways"), ("DL", "Delta Air Lines"), ("UA", "United Air Lines")]
    colours = {"UA": BLUE, "DL": ORANGE, "B6": "#2e9e5b"}
    marks = [text(80, 20, "flights"), text(430, 20, "airlines")]
    places = {code: 66 + 42 * n for n, (code, _) in enumerate(airlines)}
    for n, (code, dest) in enumerate(flights):
        middle, colour = 45 + 42 * n, colours[code]
        marks.append(
            f'<rect x="10" y="{middle - 15}" width="140" height="30" rx="4" fill="none" stroke="{colour}"/>'
        )
        marks += [text(40, middle + 5, code, colour), text(110, middle + 5, dest)]
        marks.append(line(152, middle, 318, places[code], colour))
    for code, name in airlines:
        middle, colour = places[code], colours[code]
        marks.append(
            f'<rect x="320" y="{middle - 15}" width="220" height="30" rx="4" fill="none" stroke="{colour}"/>'
        )
        marks += [text(350, middle + 5, code, colour), text(450, middle + 5, name)]
    write("merge", 560, 200, marks)


def turned() -> None:
    """A wide table of two countries in two years, and the same four numbers in a long one."""
    table = pd.read_csv(HERE / "gapminder.csv")
    countries, years = ["Chile", "Kenya"], [1952, 2007]
    mine = table[table["country"].isin(countries) & table["year"].isin(years)]
    number = {(c, y): f"{v}" for c, y, v in mine[["country", "year", "life_exp"]].itertuples(index=False)}
    colours = {1952: BLUE, 2007: ORANGE}
    marks = [text(110, 20, "wide"), text(445, 20, "long")]
    for k, year in enumerate(years):
        marks.append(text(120 + 70 * k, 52, str(year), colours[year]))
    for n, country in enumerate(countries):
        marks.append(text(70, 92 + 40 * n, country, INK, "end"))
        marks += [
            text(120 + 70 * k, 92 + 40 * n, number[country, y], colours[y]) for k, y in enumerate(years)
        ]
    marks += [line(10, 64, 230, 64, SOFT), line(250, 90, 300, 90, SOFT), text(275, 80, "melt")]
    marks += [line(250, 130, 300, 130, SOFT), text(275, 150, "pivot")]
    marks += [text(302, 95, "›"), text(248, 135, "‹")]
    for k, word in enumerate(["country", "year", "life_exp"]):
        marks.append(text(370 + 80 * k, 52, word))
    marks.append(line(330, 64, 570, 64, SOFT))
    for n, (year, country) in enumerate((y, c) for y in years for c in countries):
        words = [country, str(year), number[country, year]]
        tones = [INK, colours[year], colours[year]]
        marks += [text(370 + 80 * k, 88 + 28 * n, words[k], tones[k]) for k in range(3)]
    write("turned", 590, 190, marks)


def rolling() -> None:
    """A dot for the highest temperature of each day of 2014 in Seattle, and the mean of 30 days as a line."""
    table = pd.read_csv(HERE / "seattle.csv")
    smooth = table["temp_max"].rolling(30).mean()
    here = table["date"].str.startswith("2014")
    days, means = table["temp_max"][here].tolist(), smooth[here].tolist()

    def place(n: int, degrees: float) -> tuple[float, float]:
        return 50 + 560 * n / 365, 230 - 5.5 * degrees

    marks = [line(50, 230, 610, 230, SOFT), text(50, 20, "°C")]
    marks += [text(40, place(0, at)[1] + 5, str(at), INK, "end") for at in (0, 10, 20, 30)]
    names = ["January", "April", "July", "October"]
    marks += [text(place(91 * k, 0)[0] + 20, 250, name) for k, name in enumerate(names)]
    places = [place(n, degrees) for n, degrees in enumerate(days)]
    marks += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="2" fill="{SOFT}"/>' for x, y in places]
    path = " ".join("{:.1f},{:.1f}".format(*place(n, mean)) for n, mean in enumerate(means))
    marks.append(f'<polyline points="{path}" fill="none" stroke="{ORANGE}" stroke-width="3"/>')
    write("rolling", 630, 262, marks)


if __name__ == "__main__":
    rolling()
    turned()
    merge()
    delays()
    groups()
