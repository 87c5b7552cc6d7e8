"""Checks of lesson 1: read a file into a table, its shape, its columns, and the kinds of data in them.

Tables are pieces of the penguins and of Seattle's weather. Hints speak of other tables (trees, songs,
books), so that none gives an answer away.
"""

import csv
import io

import pandas as pd

from checkers import (
    Choice,
    FillIn,
    Frame,
    Function,
    Matching,
    MultipleChoice,
    Number,
    Ordering,
    Text,
)
from courseware.items import Mistake, Question, item

# What each column holds, in words, and the one that is easily taken for it.
COLUMNS = {
    "penguins": {
        "species": ("the species", "island"),
        "island": ("the island", "species"),
        "bill_length_mm": ("the length of the bill", "bill_depth_mm"),
        "bill_depth_mm": ("the depth of the bill", "bill_length_mm"),
        "flipper_length_mm": ("the length of the flipper", "bill_length_mm"),
        "body_mass_g": ("the body mass", "flipper_length_mm"),
        "sex": ("the sex", "species"),
        "year": ("the year", "body_mass_g"),
    },
    "seattle": {
        "date": ("the date", "weather"),
        "precipitation": ("the precipitation", "temp_max"),
        "temp_max": ("the highest temperature of the day", "temp_min"),
        "temp_min": ("the lowest temperature of the day", "temp_max"),
        "wind": ("the wind speed", "weather"),
        "weather": ("the kind of weather", "wind"),
    },
}
NUMBERS = {
    "penguins": ["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g", "year"],
    "seattle": ["precipitation", "temp_max", "temp_min", "wind"],
}
FILES = ["rivers", "bridges", "recipes", "stations", "planets", "harbours", "concerts", "museums", "lakes"]
MORE_FILES = ["islands", "bakeries", "ferries", "orchards", "theatres", "valleys"]
FOLDERS = ["data", "files", "tables", "raw", "downloads"]


def printed(table):
    """A table as pandas prints it: labels at the left, columns right-aligned, one decimal."""

    def word(value):
        if isinstance(value, float):
            return "NaN" if value != value else f"{value:.1f}"
        return str(value)

    columns = [["", *map(str, table.index)]]
    columns += [[name, *map(word, table[name].tolist())] for name in table.columns]
    wide = [max(map(len, column)) for column in columns]
    return "\n".join(
        "  ".join(cell.rjust(width) for cell, width in zip(row, wide, strict=True)).rstrip()
        for row in zip(*columns, strict=True)
    )


def some_columns(draw, name, count):
    """So many columns of a table, in the table's order."""
    drawn = draw.sample(list(COLUMNS[name]), count)
    return [column for column in COLUMNS[name] if column in drawn]


def piece(draw, data, name, columns, rows):
    """Some rows and columns of a table, in the table's order, labelled 0, 1, 2 … anew."""
    table = data.frame(name)
    start = draw.integers(0, len(table) - rows)
    chosen = some_columns(draw, name, columns)
    return table[chosen].iloc[start : start + rows].reset_index(drop=True)


def lines(data, name):
    """The rows of a file as text, just as they stand there."""
    with data.path(f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def as_csv(columns, rows):
    return "\n".join([",".join(columns), *(",".join(row[column] for column in columns) for row in rows)])


def distinct(right, mistakes):
    """Without the mistakes that lead to the right response, or to that of an earlier mistake."""
    taken, kept = [right], []
    for mistake in mistakes:
        if mistake.response not in taken:
            taken.append(mistake.response)
            kept.append(mistake)
    return kept


def either_quote(text):
    return (text, text.replace('"', "'"))


# ---------------------------------------------------------------- tables.read


@item(
    objective="tables.read",
    version=1,
    difficulty="easy",
    hints=[
        "Three things have to be there: a name for the table, the function that reads, and the file's "
        "path as text.",
        'For a file `trees.csv` in a folder `park` it would be `trees = pd.read_csv("park/trees.csv")`.',
    ],
)
def read_line(draw, _data):
    """Which line reads a file into a table of a given name."""
    name, folder = draw.choice(FILES), draw.choice(FOLDERS)
    path = f"{folder}/{name}.csv"
    right = f'`{name} = pd.read_csv("{path}")`'
    wrong = [
        Mistake(
            "no-quotes",
            f"`{name} = pd.read_csv({path})`",
            says="`pd.read_csv` is the function that reads. Without quotes, though, Python takes `{path}` "
            "for names of things that it should know, and stops with a `NameError`. How do you write "
            "a piece of text in Python?",
        ),
        Mistake(
            "opened-only",
            f'`{name} = open("{path}")`',
            says="`open` does find the file. It hands you lines of text, though, not rows and columns. "
            "Look for the line that has pandas read the file.",
        ),
        Mistake(
            "not-kept",
            f'`pd.read_csv("{path}")`',
            says="This line reads the file and shows the table. Nothing keeps it, though: the name "
            "`{name}` is not set. Look for the line that also gives the table its name.",
        ),
        Mistake(
            "no-pd",
            f'`{name} = read_csv("{path}")`',
            says="`read_csv` is the right function. It belongs to pandas, which goes by the name `pd` "
            "here; alone, Python does not know it. What has to stand in front of it?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="In the folder of your notebook there is the file `{path}`. After `import pandas as pd`, "
        "which line reads it into a table called `{name}`?",
        values={"name": name, "path": path},
        answer=Choice(right=right, wrong=[mistake.response for mistake in shown]),
        solution='`{name} = pd.read_csv("{path}")`. From right to left: the path of the file, in quotes '
        "because it is text; `pd.read_csv`, which reads a CSV file; and `{name} =`, which keeps "
        "the table under that name.",
        mistakes=shown,
    )


@item(
    objective="tables.read",
    version=2,
    difficulty="easy",
    hints=[
        "Say the line aloud: which tool, doing what, with which file?",
        "pandas has one function for each kind of file: `pd.read_excel` reads those of Excel, `pd.read_json` "
        'those that end in .json. The path of a file `trees.txt` in a folder `park` is `"park/trees.txt"`.',
    ],
)
def read_gap(draw, _data):
    """Fill the gap in the line that reads a file: the tool's name, or the path."""
    name, folder = draw.choice([*FILES, *MORE_FILES]), draw.choice(FOLDERS)
    path = f"{folder}/{name}.csv"
    if draw.choice(["path", "tool"]) == "path":
        right = f'"{path}"'
        return Question(
            prompt="The file `{name}.csv` lies in the folder `{folder}`, which lies beside your notebook. "
            "What has to stand in the gap?\n\n```python\n{name} = pd.read_csv(____)\n```\n\nType "
            "only what fills the gap.",
            values={"name": name, "folder": folder, "path": path},
            answer=Text(*either_quote(right), case=True),
            solution='The line is `{name} = pd.read_csv("{path}")`. In the gap stands `"{path}"`: the '
            "folder, a slash, the file, and quotes around it all, because a path is text.",
            mistakes=[
                Mistake(
                    "path-without-quotes",
                    path,
                    says="The path is right: folder, slash, file. Python would take it for names, though, "
                    "as it has no quotes. Write it as a piece of text.",
                ),
                Mistake(
                    "folder-left-out",
                    f'"{name}.csv"',
                    says="The quotes and the name of the file are right. pandas would look beside your "
                    "notebook, though, and the file lies one folder further down. How do you say "
                    "that in a path?",
                ),
            ],
        )
    return Question(
        prompt="This line should read a CSV file into a table. Which word has to stand in the gap?\n\n"
        '```python\n{name} = pd.____("{path}")\n```\n\nType only what fills the gap.',
        values={"name": name, "path": path},
        answer=Text("read_csv", case=True),
        solution='In the gap stands `read_csv`, so the line is `{name} = pd.read_csv("{path}")`. pandas '
        "has one such function for each kind of file; the name says which.",
        mistakes=[
            Mistake(
                "read-what",
                "read",
                says="Reading is what has to happen. pandas wants to know the kind of file as well: it "
                "has one function for each. Which three letters does the file's name end in?",
            ),
            Mistake(
                "open-instead",
                "open",
                says="Files are opened in Python with `open`, and pandas needs no opening first. Its "
                "function is named for what it does and for the kind of file. Which words are those?",
            ),
        ],
    )


@item(
    objective="tables.read",
    version=1,
    hints=[
        "A line can use only what the lines above it have made. Which line needs nothing at all?",
        "Making tea goes: kettle, water, cup. Here: the tool, then the table, then a look at the table. "
        "One line stays out.",
    ],
)
def read_in_order(draw, _data):
    """Put import, reading and a first look in order; one line does not belong."""
    name, folder, count = draw.choice(FILES), draw.choice(FOLDERS), draw.integers(3, 9)
    path = f"{folder}/{name}.csv"
    tool, read, look = "import pandas as pd", f'{name} = pd.read_csv("{path}")', f"{name}.head({count})"
    opened = f'{name} = open("{path}")'
    return Question(
        prompt="Put these lines in order, so that they read the file `{path}` and show its first {count} "
        "rows. One line does not belong.",
        values={"path": path, "count": count, "name": name},
        answer=Ordering([tool, read, look], distractors=[opened], indent=False),
        solution="```python\nimport pandas as pd\n{name} = "
        'pd.read_csv("{path}")\n{name}.head({count})\n```\n\nThe second line uses `pd`, so the '
        "import comes first; the third uses `{name}`, so reading comes before looking. `open` "
        "stays out: it gives lines of text, not a table.",
        mistakes=[
            Mistake(
                "read-before-import",
                [read, tool, look],
                says="The look at the table comes last: right. The line that reads uses the name `pd`, "
                "though, and at that point nothing has made it. Which line does?",
            ),
            Mistake(
                "look-before-read",
                [tool, look, read],
                says="The import comes first: right. Then you look at `{name}` before it is there. Which "
                "line makes `{name}`?",
            ),
            Mistake(
                "opened-only",
                [tool, opened, look],
                says="The order is right: tool, file, look. `open` hands you lines of text, though, and "
                "these have no `head`. Take the line that makes a table.",
            ),
        ],
    )


@item(
    objective="tables.read",
    version=2,
    hints=[
        "Two steps: read the file into a name, then ask that name for the rows at its beginning or end.",
        "`head(…)` takes rows from the beginning, `tail(…)` from the end. The number in brackets says how "
        "many.",
        'With another file: `trees = pd.read_csv("park/trees.csv")`, then on the next line `trees.head(11)`.',
    ],
)
def read_file(draw, data):
    """Write the code that reads one of the course's files and gives its first or last rows."""
    name, end = draw.choice(["penguins", "seattle"]), draw.choice(["head", "tail"])
    count = draw.choice([2, 3, 4, *range(6, 41)])
    other = "tail" if end == "head" else "head"
    table = data.frame(name)
    expected = getattr(table, end)(count)
    read = f'{name} = pd.read_csv("data/{name}.csv")'
    return Question(
        prompt="Read the file `data/{name}.csv` into a table and let your last line give its **{which} "
        "{count} rows**.",
        values={
            "name": name,
            "end": end,
            "count": count,
            "which": {"head": "first", "tail": "last"}[end],
            "side": {"head": "beginning", "tail": "end"}[end],
            "wrong_side": {"head": "end", "tail": "beginning"}[end],
        },
        answer=Frame(expected),
        right=f"{read}\n{name}.{end}({count})",
        solution='```python\n{name} = pd.read_csv("data/{name}.csv")\n{name}.{end}({count})\n```\n\nThe '
        "first line reads the file and keeps the table. The second asks it for {count} rows from "
        "the {side}.",
        mistakes=[
            Mistake(
                "whole-table",
                f"{read}\n{name}",
                says="The file is read: that part works. Your last line gives the whole table, though, "
                "where the task wants its {which} {count} rows. Which method takes rows from the "
                "{side}?",
            ),
            Mistake(
                "number-left-out",
                f"{read}\n{name}.{end}()",
                says="`{end}` is the right method. Without a number it gives five rows, and the task "
                "wants {count}. Where does the number go?",
            ),
            Mistake(
                "other-end",
                f"{read}\n{name}.{other}({count})",
                says="You read the file and took {count} rows. They come from the {wrong_side} of the "
                "table, though. Which method looks at the {side}?",
            ),
        ],
    )


@item(
    objective="tables.read",
    version=1,
    hints=[
        "What does `pd.read_csv` make of the very first line of a file?",
        "A file with the lines `title,year`, `Yesterday,1965` and `Hallelujah,1984` becomes a table of "
        "songs. Its columns are called title and year; the two lines below are its rows.",
    ],
)
def lines_to_rows(draw, data):
    """How many rows a table has that is read from the few lines shown."""
    name = draw.choice(["penguins", "seattle"])
    count = draw.integers(3, 9)
    columns = some_columns(draw, name, draw.integers(2, 4))
    rows = lines(data, name)
    start = draw.integers(0, len(rows) - count)
    shown = rows[start : start + count]
    return Question(
        prompt="This is all that a file `part.csv` holds:\n\n```text\n{text}\n```\n\nHow many **rows** "
        'does `pd.read_csv("part.csv")` make of it?',
        values={"text": as_csv(columns, shown), "count": count, "all": count + 1, "last": count - 1},
        answer=Number(count),
        solution="The file has {all} lines. The first becomes the names of the columns, and each of the "
        "other {count} becomes a row: {count} rows, which pandas labels from 0 to {last}.",
        mistakes=distinct(
            count,
            [
                Mistake(
                    "header-counted",
                    count + 1,
                    says="{all} is the number of lines in the file. One of them is not data, though: look "
                    "at what the first line holds, and what pandas uses it for.",
                ),
                Mistake(
                    "last-label",
                    count - 1,
                    says="{last} is the label of the last row, as pandas counts from 0. The question is "
                    "how many rows there are: count them, with the one labelled 0.",
                ),
            ],
        ),
    )


@item(
    objective="tables.read",
    version=1,
    hints=[
        "Start where the notebook lies, and walk: which folder do you step into first, which one then?",
        "A path is text. It names each folder on the way, with a slash behind it, and the file at last.",
        "From a notebook beside a folder `park`, in which lies `2020` with `trees.csv`: "
        '`"park/2020/trees.csv"`.',
    ],
)
def path_to_file(draw, _data):
    """Fill in the path of a file that lies two folders further down."""
    name, outer = draw.choice(FILES), draw.choice(FOLDERS)
    inner = draw.choice(["2019", "2021", "2024", "spring", "autumn", "north", "south"])
    top = draw.choice(["project", "course", "report"])
    path = f"{outer}/{inner}/{name}.csv"
    tree = f"{top}/\n    notebook.ipynb\n    {outer}/\n        {inner}/\n            {name}.csv"
    return Question(
        prompt="This is how the files lie, and you work in `notebook.ipynb`:\n\n```text\n{tree}\n```\n\n"
        "Fill in what reads the CSV file.",
        values={
            "tree": tree,
            "name": name,
            "outer": outer,
            "inner": inner,
            "top": top,
            "path": path,
        },
        answer=FillIn(f"{name} = pd.read_csv(___)", [list(either_quote(f'"{path}"'))], code=True),
        solution='`{name} = pd.read_csv("{path}")`: from the notebook into `{outer}`, from there into '
        "`{inner}`, and there lies the file. The quotes say that it is text.",
        mistakes=[
            Mistake(
                "file-alone",
                [f'"{name}.csv"'],
                says="The quotes and the name of the file are right. pandas looks for it beside the "
                "notebook, "
                "though, and it lies further down. Which folders are on the way?",
            ),
            Mistake(
                "one-folder-left-out",
                [f'"{outer}/{name}.csv"'],
                says="You step into `{outer}`: that is the beginning. The file lies in a folder inside it, "
                "though. Which one?",
            ),
            Mistake(
                "from-the-top",
                [f'"{top}/{path}"'],
                says="All folders are there, in order. The notebook lies in `{top}` already, though, and a "
                "path begins where the notebook is. What has to go?",
            ),
            Mistake(
                "no-quotes",
                [path],
                says="The way is right: {outer}, {inner}, the file. Without quotes, though, Python takes it "
                "for a division of names. How do you write a piece of text?",
            ),
        ],
    )


# --------------------------------------------------------------- tables.shape


@item(
    objective="tables.shape",
    version=1,
    difficulty="easy",
    hints=[
        "Rows run across, columns run down. Which of them are asked for?",
        "The numbers at the very left are labels, not data, and they begin at 0.",
        "A list of songs with the labels 0 to 11 at the left and, above, the names title and singer has "
        "twelve rows and two columns.",
    ],
)
def shape_printed(draw, data):
    """Count the rows or columns of a small table that is shown."""
    name, ask = draw.choice(["penguins", "seattle"]), draw.choice(["rows", "columns"])
    rows, columns = draw.choice([(r, c) for r in range(3, 9) for c in range(2, 6) if abs(r - c) > 1])
    table = piece(draw, data, name, columns, rows)
    right, swapped = (rows, columns) if ask == "rows" else (columns, rows)
    mistakes = [
        Mistake(
            "swapped",
            swapped,
            says="{swapped} is the number of {other}. Rows run across, one below the other; columns run "
            "down, side by side. Count the {ask}.",
        )
    ]
    if ask == "rows":
        mistakes.append(
            Mistake(
                "last-label",
                rows - 1,
                says="The last row carries the label {last}, that is so. The labels begin at 0, though, "
                "so there is one row more than that. Count them once.",
            )
        )
    else:
        mistakes.append(
            Mistake(
                "labels-counted",
                columns + 1,
                says="You counted the numbers at the left as a column. They are the labels of the rows "
                "and have no name above them. How many columns have a name?",
            )
        )
    return Question(
        prompt="A piece of the table `{name}`:\n\n```text\n{table}\n```\n\nHow many **{ask}** does "
        "this piece have?",
        values={
            "name": name,
            "table": printed(table),
            "ask": ask,
            "right": right,
            "swapped": swapped,
            "last": rows - 1,
            "other": "columns" if ask == "rows" else "rows",
            "names": ", ".join(table.columns),
        },
        answer=Number(right),
        solution=(
            "It has {right} rows: their labels run from 0 to {last}. "
            if ask == "rows"
            else "It has {right} columns: `{names}`. "
        )
        + "The numbers at the left are labels of the rows; they are not a column.",
        mistakes=mistakes,
    )


@item(
    objective="tables.shape",
    version=1,
    difficulty="easy",
    hints=[
        "`shape` holds two numbers, always in the same order. Which comes first?",
        "A table `songs` with 20 rows and 3 columns has the shape `(20, 3)`.",
    ],
)
def shape_meaning(draw, data):
    """What the two numbers of a shape say."""
    name = draw.choice(["penguins", "seattle"])
    table = data.frame(name)
    rows = draw.integers(20, len(table) - 1)
    columns = draw.integers(2, table.shape[1])
    rows, columns = table.iloc[:rows, :columns].shape
    wrong = [
        Mistake(
            "swapped",
            f"{columns} rows and {rows} columns",
            says="Both numbers are there. They are the wrong way round, though: `shape` goes down the "
            "table first, then across. Which number counts the rows?",
        ),
        Mistake(
            "header-taken-off",
            f"{rows - 1} rows and {columns} columns, as the first row holds the names",
            says="The number of columns is right. The names of the columns are no row of the table, "
            "though, so `shape` has not counted them. Nothing has to come off.",
        ),
        Mistake(
            "from-zero",
            f"{rows + 1} rows and {columns + 1} columns, as pandas counts from 0",
            says="Labels do begin at 0. `shape` holds no labels, though, but how many there are. Read its "
            "two numbers as they stand.",
        ),
        Mistake(
            "multiplied",
            f"{rows * columns} rows in {columns} columns",
            says="{columns} columns is right. You multiplied the two numbers, which gives the number of "
            "cells. How many rows does `shape` name by itself?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    return Question(
        prompt="`part` is a piece of the table `{name}`, and `part.shape` shows `({rows}, {columns})`. "
        "What does that say of `part`?",
        values={"name": name, "rows": rows, "columns": columns},
        answer=Choice(right=f"{rows} rows and {columns} columns", wrong=[m.response for m in shown]),
        solution="{rows} rows and {columns} columns: `shape` says first how many rows, then how many "
        "columns. The names at the top and the labels at the left are counted in neither.",
        mistakes=shown,
    )


@item(
    objective="tables.shape",
    version=2,
    difficulty="hard",
    hints=[
        "`shape` holds both numbers. How do you take one thing out of a pair in Python, and at which "
        "place is it?",
        "For a pair `size = (20, 3)`, `size[0]` is 20 and `size[1]` is 3. `shape` is such a pair.",
    ],
)
def shape_expression(draw, _data):
    """Write the expression for the number of rows, or of columns."""
    name, ask = draw.choice([*FILES, *MORE_FILES]), draw.choice(["rows", "columns"])
    words = draw.choice(
        [
            "Write an expression that gives the number of {ask} of the table `{name}`, and nothing else.",
            "`{name}` is a table. Which expression gives only how many {ask} it has?",
            "You need the number of {ask} of the table `{name}` for a sum. Write the expression for that "
            "one number.",
            "Complete the line `count = …`, so that `count` is the number of {ask} of the table `{name}`. "
            "Type what stands right of the `=`.",
        ]
    )
    place = 0 if ask == "rows" else 1
    right = f"{name}.shape[{place}]"
    also = (
        [f"len({name})", f"len({name}.index)", f"{name}.shape[-2]", f"{name}.index.size"]
        if ask == "rows"
        else [f"len({name}.columns)", f"{name}.shape[-1]", f"{name}.columns.size"]
    )
    return Question(
        prompt=words,
        values={
            "name": name,
            "ask": ask,
            "place": place,
            "other": "columns" if ask == "rows" else "rows",
            "short": f"len({name})" if ask == "rows" else f"len({name}.columns)",
        },
        answer=Text(right, *also, case=True, spelling=False),
        solution="`{name}.shape[{place}]`: the shape is a pair, rows at place 0 and columns at place 1. "
        "`{short}` gives the same number.",
        mistakes=[
            Mistake(
                "both-numbers",
                f"{name}.shape",
                says="`shape` is where the number is. It gives two numbers, though, rows and columns, and "
                "the question is about one. How do you take one of a pair?",
            ),
            Mistake(
                "other-number",
                f"{name}.shape[{1 - place}]",
                says="You take one number out of `shape`, as one should. At that place stands the number "
                "of {other}, though. Which place has the {ask}?",
            ),
            Mistake(
                "called",
                f"{name}.shape()",
                says="`shape` is the right word. It is not a function, so it takes no round brackets, and "
                "it holds two numbers. Take the round brackets away, and pick the one you need.",
            ),
        ],
    )


@item(
    objective="tables.shape",
    version=1,
    hints=[
        "`head` and `tail` keep some rows. Do they take any column away?",
        "Of a table `songs` with the shape `(20, 3)`, `songs.head(4)` has the shape `(4, 3)`.",
    ],
)
def shape_of_head(draw, data):
    """The number of rows or columns of the head or tail of a table."""
    name, end = draw.choice(["penguins", "seattle"]), draw.choice(["head", "tail"])
    place, count = draw.choice([0, 1]), draw.choice([2, 3, 4, *range(10, 41)])
    table = data.frame(name)
    all_rows, all_columns = table.shape
    part = getattr(table, end)(count)
    right, swapped = int(part.shape[place]), int(part.shape[1 - place])
    return Question(
        prompt="`{name}` has {all_rows:,} rows and {all_columns} columns. What does this show?\n\n"
        "```python\nprint({name}.{end}({count}).shape[{place}])\n```",
        values={
            "name": name,
            "end": end,
            "count": count,
            "place": place,
            "all_rows": all_rows,
            "all_columns": all_columns,
            "right": right,
            "swapped": swapped,
            "asked": ["rows", "columns"][place],
            "other": ["columns", "rows"][place],
        },
        answer=Number(right),
        solution="`{name}.{end}({count})` is a table of {count} rows, and it keeps all {all_columns} "
        "columns. Place {place} of its shape is the number of {asked}: {right}.",
        mistakes=[
            Mistake(
                "swapped",
                swapped,
                says="{swapped} is one of the two numbers in the shape of that piece. It is the number of "
                "{other}, though. What stands at place {place} of a shape?",
            ),
            Mistake(
                "whole-table",
                all_rows,
                says="{all_rows:,} is the number of rows of the whole table. The line looks at "
                "`{name}.{end}({count})`, though: how big is that piece, and what does `[{place}]` "
                "take of its shape?",
            ),
        ],
    )


@item(
    objective="tables.shape",
    version=1,
    difficulty="hard",
    hints=[
        "Inside the function the table has the name that stands in the brackets of `def`. What is its shape?",
        "`return` hands a value back to whoever called; `print` only shows it.",
        "For a pair `size = (20, 3)`, `size[0]` is 20 and `size[1]` is 3; a shape is such a pair. A "
        "function for twice the length of a list would end with `return 2 * len(names)`.",
    ],
)
def shape_function(draw, data):
    """Write a function that gives a number about a table's size."""
    what, names, right, wrong, value, says = draw.choice(
        [
            (
                "the number of its cells (rows times columns)",
                ["cells", "count_cells", "how_many_cells", "size_of"],
                "table.shape[0] * table.shape[1]",
                "table.shape[0] + table.shape[1]",
                lambda rows, columns: rows * columns,
                "You have both numbers of the shape, and you add them. Think of a table with 20 rows of 3 "
                "cells: which calculation gives its 60 cells?",
            ),
            (
                "how many more rows than columns it has",
                ["more_rows", "rows_over", "taller_by", "surplus_rows"],
                "table.shape[0] - table.shape[1]",
                "table.shape[1] - table.shape[0]",
                lambda rows, columns: rows - columns,
                "You subtract one number of the shape from the other, as one should. A table with 20 rows "
                "and 3 columns has 17 more rows, though, and yours gives -17. Which comes first?",
            ),
            (
                "the number of its columns",
                ["width", "count_columns", "how_wide", "columns_of"],
                "table.shape[1]",
                "table.shape[0]",
                lambda _, columns: columns,
                "Your function takes one number of the shape and returns it: that works. It is the number "
                "of rows, though. At which place do the columns stand?",
            ),
            (
                "the number of its rows",
                ["height", "count_rows", "how_long", "rows_of"],
                "table.shape[0]",
                "table.shape[1]",
                lambda rows, _: rows,
                "Your function takes one number of the shape and returns it: that works. It is the number "
                "of columns, though. At which place do the rows stand?",
            ),
        ]
    )
    name = draw.choice(names)
    tables = []
    for one in ("penguins", "seattle"):
        columns = draw.integers(2, 5)
        tables.append(piece(draw, data, one, columns, draw.integers(columns + 2, 12)))
    values = [value(*table.shape) for table in tables]
    rows, columns = tables[0].shape
    return Question(
        prompt="Write a function `{name}(table)` that returns {what}. For a table of {rows} rows and "
        "{columns} columns it returns {value}.",
        values={
            "name": name,
            "what": what,
            "rows": rows,
            "columns": columns,
            "value": values[0],
            "expression": right,
        },
        answer=Function(
            name=name, examples=[((table,), value) for table, value in zip(tables, values, strict=True)]
        ),
        starter=f"def {name}(table):\n    ",
        right=f"def {name}(table):\n    return {right}",
        solution="```python\ndef {name}(table):\n    return {expression}\n```\n\n`table.shape[0]` is the "
        "number of rows, `table.shape[1]` that of the columns, and `return` hands the result "
        "back.",
        mistakes=[
            Mistake(
                "printed",
                f"def {name}(table):\n    print({right})",
                says="The calculation is right, and your function shows its result. It hands nothing "
                "back, though: who calls it gets `None`. Which word hands a value back?",
            ),
            Mistake("other-calculation", f"def {name}(table):\n    return {wrong}", says=says),
        ],
    )


@item(
    objective="tables.shape",
    version=1,
    hints=[
        "`shape` holds two numbers, rows first. Which of these lines takes one of them, and which?",
        "`len` of a table counts one thing alone. `head(4)` keeps four rows, and every column.",
        "For `songs` with the shape `(20, 3)`: `songs.shape[0]` is 20, `songs.head(4).shape` is `(4, 3)`.",
    ],
)
def match_sizes(draw, data):
    """Match lines about a table's size with what they show."""
    name, end = draw.choice(["penguins", "seattle"]), draw.choice(["head", "tail"])
    table, count = data.frame(name), draw.integers(11, 60)
    rows = draw.integers(100, len(table) - 1)
    columns = draw.integers(3, table.shape[1])
    size = draw.choice(["len(part)", "part.shape[0]"])
    pairs = {
        f"`{size}`": f"`{rows}`",
        "`part.shape[1]`": f"`{columns}`",
        f"`part.{end}({count}).shape`": f"`({count}, {columns})`",
        "`part.shape`": f"`({rows}, {columns})`",
    }
    first, second, third, fourth = pairs
    return Question(
        prompt="`part` is a piece of the table `{name}`, with **{rows} rows** and **{columns} columns**. "
        "Which line shows what?",
        values={
            "name": name,
            "rows": rows,
            "columns": columns,
            "count": count,
            "end": end,
            "pairs": "; ".join(f"{left}: {right}" for left, right in pairs.items()).replace("`", ""),
        },
        answer=Matching(pairs, distractors=[f"`{rows * columns}`", f"`({columns}, {rows})`"]),
        solution="{pairs}. Rows come first, and `{end}` changes how many there are, not the columns.",
        mistakes=[
            Mistake(
                "rows-and-columns",
                {**pairs, first: pairs[second], second: pairs[first]},
                says="The two shapes are right. The single numbers are swapped, though: which of them counts "
                "rows, and what stands at place 1 of a shape?",
            ),
            Mistake(
                "turned-round",
                {**pairs, fourth: f"`({columns}, {rows})`"},
                says="All but one fit. A shape goes down the table first, then across: which of its two "
                "numbers, {rows} and {columns}, comes first?",
            ),
            Mistake(
                "piece-for-whole",
                {**pairs, third: pairs[fourth], fourth: pairs[third]},
                says="The single numbers are right. The two shapes are swapped, though: which line is about "
                "{count} rows alone?",
            ),
        ],
    )


# ------------------------------------------------------------- tables.columns


@item(
    objective="tables.columns",
    version=1,
    difficulty="easy",
    hints=[
        "Where in the printed table do the names of the columns stand?",
        "In a list of songs with `title` and `year` at the top, *title* and *year* are columns. "
        "*Yesterday* is a value in one of them, and 0, 1, 2 at the left are labels of rows.",
    ],
)
def columns_printed(draw, data):
    """Tell the names of columns from values, labels and the table's own name."""
    name = draw.choice(["penguins", "seattle"])
    table = piece(draw, data, name, draw.integers(3, 4), 3)
    names = list(table.columns)
    cells = [str(v) for column in names for v in table[column] if isinstance(v, str)]
    value = draw.choice(cells) if cells else f"{table.iloc[0, 0]}"
    label = str(draw.integers(0, 2))
    return Question(
        prompt="A piece of the table `{name}`:\n\n```text\n{table}\n```\n\nWhich of these are names of "
        "**columns** in it? Tick all.",
        values={
            "name": name,
            "table": printed(table),
            "names": ", ".join(names),
            "first": names[0],
            "value": value,
            "label": label,
        },
        answer=MultipleChoice(
            right=[f"`{c}`" for c in names], wrong=[f"`{value}`", f"`{label}`", f"`{name}`"]
        ),
        solution="`{names}`: the names stand in the top line. `{value}` is a value inside the table, "
        "`{label}` the label of a row, and `{name}` the name of the table itself.",
        mistakes=[
            Mistake(
                "value-ticked",
                [*(f"`{c}`" for c in names), f"`{value}`"],
                says="You found every column. `{value}` is not one of them: it stands inside the table, "
                "below a name. Keep to the line at the top.",
            ),
            Mistake(
                "first-left-out",
                [f"`{c}`" for c in names[1:]],
                says="All that you ticked are columns. `{first}` is one as well, like any other: the "
                "labels of the rows are the numbers further left, which have no name.",
            ),
            Mistake(
                "label-ticked",
                [*(f"`{c}`" for c in names), f"`{label}`"],
                says="You found every column. `{label}` stands at the left, though: it is the label of a "
                "row, a way to name a line. Columns are named at the top.",
            ),
        ],
    )


@item(
    objective="tables.columns",
    version=1,
    hints=[
        "`columns` is a row of names. At which number does Python begin to count?",
        "If `songs.columns` holds title, singer, minutes and label, then `songs.columns[1]` is singer.",
    ],
)
def column_at_place(draw, data):
    """Which name stands at a place of `columns`."""
    name = draw.choice(["penguins", "seattle"])
    names = draw.sample(list(COLUMNS[name]), draw.integers(4, 5))
    place = draw.integers(1, len(names) - 2)
    table = data.frame(name)[names].iloc[[draw.integers(0, 200)]].reset_index(drop=True)
    value = printed(table[[names[place]]]).split()[-1]
    return Question(
        prompt="A piece of the table `{name}` is called `part` and begins like "
        "this:\n\n```text\n{table}\n```\n\nWhat does `print(part.columns[{place}])` show?",
        values={
            "name": name,
            "table": printed(table),
            "place": place,
            "right": names[place],
            "before": names[place - 1],
            "value": value,
            "first": names[0],
        },
        answer=Text(names[place], f'"{names[place]}"', f"'{names[place]}'", case=True, spelling=False),
        solution="`{right}`. Places are counted from 0: `part.columns[0]` is `{first}`, and so on to "
        "place {place}.",
        mistakes=distinct(
            names[place],
            [
                Mistake(
                    "counted-from-one",
                    names[place - 1],
                    says="`{before}` is a name from the top line, so you looked in the right place. You "
                    "counted from 1, though. Python counts from 0: which name has place {place} then?",
                ),
                Mistake(
                    "value-below",
                    value,
                    says="You found the right column. `{value}` is a value in it, though, and `columns` "
                    "holds only the names at the top. What is the name above it?",
                ),
            ],
        ),
    )


@item(
    objective="tables.columns",
    version=1,
    difficulty="easy",
    hints=[
        "The name of a column is text, spelled as in the table, capitals and underscores too. How does "
        "Python know that something is text?",
        'The titles in a table `songs` are `songs["title"]`: square brackets, and quotes around the name.',
    ],
)
def column_lookup(draw, _data):
    """Which expression gives a column."""
    name = draw.choice(["penguins", "seattle"])
    column = draw.choice(list(COLUMNS[name]))
    phrase, near = COLUMNS[name][column]
    spelled = column.replace("_", " ") if "_" in column else column.capitalize()
    wrong = [
        Mistake(
            "no-quotes",
            f"`{name}[{column}]`",
            says="Square brackets and the right name are there. Without quotes Python looks for a "
            "variable called `{column}` and stops with a `NameError`. How do you write the name as "
            "text?",
        ),
        Mistake(
            "round-brackets",
            f'`{name}("{column}")`',
            says="The name is right and in quotes. Round brackets call a function, though, and a table is "
            "none. Which brackets look something up?",
        ),
        Mistake(
            "spelling",
            f'`{name}["{spelled}"]`',
            says="Square brackets and quotes are right. In the table the column is spelled otherwise, "
            "though, and pandas takes names to the letter. Compare with `{name}.columns`.",
        ),
        Mistake(
            "other-column",
            f'`{name}["{near}"]`',
            says="This is how one looks a column up. `{near}` holds something else, though. Which name "
            "fits “{phrase}”?",
        ),
    ]
    shown = draw.sample(wrong, 3)
    words = draw.choice(
        [
            "`{name}.columns` lists `{names}`. Which expression gives the column with **{phrase}**?",
            "The table `{name}` has the columns `{names}`. How do you look up **{phrase}**?",
            "You want to see **{phrase}** for each row of `{name}`. Its columns are `{names}`. What do you "
            "write?",
        ]
    )
    return Question(
        prompt=words,
        values={
            "name": name,
            "column": column,
            "near": near,
            "phrase": phrase,
            "names": ", ".join(COLUMNS[name]),
        },
        answer=Choice(right=f'`{name}["{column}"]`', wrong=[m.response for m in shown]),
        solution='`{name}["{column}"]`: square brackets look something up in the table, and the name '
        "stands in quotes, letter for letter as in `{name}.columns`.",
        mistakes=shown,
    )


@item(
    objective="tables.columns",
    version=2,
    hints=[
        "First find the column's name: `.columns` lists them all.",
        "Look the column up by its name in square brackets and quotes, then ask for its first values with "
        "`head`.",
        'The first 40 titles of a table `songs` are `songs["title"].head(40)`.',
    ],
)
def column_values(draw, data):
    """Write the code for the first values of a column."""
    name = draw.choice(["penguins", "seattle"])
    column = draw.choice(list(COLUMNS[name]))
    phrase, near = COLUMNS[name][column]
    count, table = draw.choice([3, 4, *range(6, 20)]), data.frame(name)
    return Question(
        prompt="The table `{name}` is there already. Give the **first {count} values** of the column that "
        "holds **{phrase}**.",
        values={"name": name, "column": column, "near": near, "phrase": phrase, "count": count},
        given={name: table},
        answer=Frame(table[column].head(count)),
        right=f'{name}["{column}"].head({count})',
        solution='```python\n{name}["{column}"].head({count})\n```\n\n`{name}["{column}"]` looks the '
        "column up by its name; `.head({count})` takes its first {count} values.",
        mistakes=[
            Mistake(
                "other-column",
                f'{name}["{near}"].head({count})',
                says="You looked a column up and took its first {count} values. `{near}` does not hold "
                "{phrase}, though. Which name in `{name}.columns` does?",
            ),
            Mistake(
                "all-columns",
                f"{name}.head({count})",
                says="{count} rows from the beginning: that is right. They still have all the columns, "
                "though. Look up the one with {phrase} first, by its name.",
            ),
            Mistake(
                "all-values",
                f'{name}["{column}"]',
                says="That is the right column. It is all of it, though, and the task wants the first "
                "{count} values. Which method takes them from the beginning?",
            ),
        ],
    )


@item(
    objective="tables.columns",
    version=1,
    hints=[
        "A `KeyError` quotes the name that pandas looked for. Compare it with the names in the table, "
        "letter by letter.",
        "Capitals, spaces and underscores all count. For a table `songs` with a column `song_title`, "
        '`songs["Song Title"]` stops and `songs["song_title"]` works.',
    ],
)
def fix_the_name(draw, data):
    """Mend a KeyError: the column's name is misspelled."""
    name = draw.choice(["penguins", "seattle"])
    column = draw.choice([c for c in COLUMNS[name] if "_" in c or name == "seattle"])
    phrase, near = COLUMNS[name][column]
    slips = [column.title(), column.upper(), column.replace("_", " "), column.replace("_", "-")]
    slip = draw.choice([s for s in slips if s != column])
    count, table = draw.choice([3, 4, 6, 7, 8, 9]), data.frame(name)
    broken = f'{name}["{slip}"].tail({count})'
    return Question(
        prompt="This should give the **last {count} values** of {phrase}. It stops with `KeyError: "
        "'{slip}'`. Mend it.\n\n```python\n{name}[\"{slip}\"].tail({count})\n```\n\nThe columns of "
        "`{name}` are `{names}`.",
        values={
            "name": name,
            "column": column,
            "near": near,
            "phrase": phrase,
            "slip": slip,
            "count": count,
            "names": ", ".join(COLUMNS[name]),
        },
        given={name: table},
        answer=Frame(table[column].tail(count)),
        starter=broken,
        right=f'{name}["{column}"].tail({count})',
        solution='```python\n{name}["{column}"].tail({count})\n```\n\nThe table has no column `{slip}`; '
        "its name is `{column}`. A name has to match letter for letter.",
        mistakes=[
            Mistake(
                "other-column",
                f'{name}["{near}"].tail({count})',
                says="The error is gone: `{near}` is a column of the table. It does not hold {phrase}, "
                "though. Which name looks most like `{slip}`?",
            ),
            Mistake(
                "column-left-out",
                f"{name}.tail({count})",
                says="Without the name there is no `KeyError`, and the rows are the right ones. Now all "
                "columns are there, though. Put the column back, spelled as in the table.",
            ),
        ],
    )


@item(
    objective="tables.columns",
    version=1,
    hints=[
        "First the column by its name, then the row by its label: where do the two meet?",
        "The labels at the left begin with 0. Which row carries the number in the second brackets?",
        'In songs labelled 0, 1, 2 with a column `year`, `songs["year"][2]` is the year of the third song.',
    ],
)
def value_in_column(draw, data):
    """What stands in a column at a label, in a table that is shown."""
    name = draw.choice(["penguins", "seattle"])
    table = data.frame(name).dropna()
    pairs = {
        "penguins": [["bill_length_mm", "bill_depth_mm"], ["flipper_length_mm", "body_mass_g"]],
        "seattle": [["temp_max", "temp_min"], ["precipitation", "wind"]],
    }[name]
    names = draw.shuffle(
        [*draw.choice(pairs), draw.choice(["year", "island"] if name == "penguins" else ["date"])]
    )
    column = draw.choice([c for c in names if c in NUMBERS[name] and c != "year"])
    near = next(c for c in names if c in NUMBERS[name] and c not in (column, "year"))
    part = table[names].iloc[draw.sample(range(len(table)), 5)].reset_index(drop=True)
    label = draw.integers(1, 4)
    right = float(part[column][label])
    return Question(
        prompt="A piece of the table `{name}` is called `part`:\n\n```text\n{table}\n```\n\nWhat does "
        '`print(part["{column}"][{label}])` show?',
        values={
            "name": name,
            "table": printed(part),
            "column": column,
            "near": near,
            "label": label,
            "right": right,
            "beside": float(part[near][label]),
            "above": float(part[column][label - 1]),
        },
        answer=Number(right),
        solution="{right}: the column `{column}`, in the row with the label {label} at its left.",
        mistakes=distinct(
            right,
            [
                Mistake(
                    "row-above",
                    float(part[column][label - 1]),
                    says="You found the column. {above} stands one row higher, though: the labels at the "
                    "left "
                    "begin with 0. Which row carries the {label}?",
                ),
                Mistake(
                    "other-column",
                    float(part[near][label]),
                    says="The row is right. {beside} stands in the column `{near}`, though. Which name is in "
                    "the brackets?",
                ),
                Mistake(
                    "label-itself",
                    float(label),
                    says="{label} is the label of the row: it says where to look. What stands in that row, "
                    "below the name `{column}`?",
                ),
            ],
        ),
    )


# --------------------------------------------------------------- tables.types

TEXT = {"species", "island", "sex", "date", "weather"}
WHOLE_WITH_GAPS = ["flipper_length_mm", "body_mass_g"]
DECIMALS = ["bill_length_mm", "bill_depth_mm"]
GAPS = [3, 271]  # the two penguins without measurements


def rows_with_gap(draw, data, count):
    """Some penguins as they stand in the file, one of them without measurements, not in the first line."""
    rows = lines(data, "penguins")
    whole = [r for r in rows if r["sex"] != "NA" and "." in r["bill_length_mm"] and "." in r["bill_depth_mm"]]
    shown = draw.sample(whole, count - 1)
    shown.insert(draw.integers(1, count - 1), rows[draw.choice(GAPS)])
    return shown


@item(
    objective="tables.types",
    version=1,
    hints=[
        "Three kinds: text, whole numbers (`int64`), numbers with decimals (`float64`). Look down one "
        "column at a time.",
        "`NA` means that a value is missing. pandas can leave a gap among decimal numbers, and not in an "
        "`int64` column: what does it do with whole numbers that have a gap?",
        "A column `pages` with 320, NA and 96 becomes 320.0, NaN and 96.0: decimal numbers with a gap.",
    ],
)
def which_type(draw, data):
    """Which column of a file gets a certain type."""
    rows = rows_with_gap(draw, data, 4)
    whole_gap, decimal = draw.choice(WHOLE_WITH_GAPS), draw.choice(DECIMALS)
    text, ask = draw.choice(["species", "island"]), draw.choice(["int64", "float64", "str"])
    kinds = {text: "str", whole_gap: "float64", decimal: "float64", "year": "int64"}
    if ask == "float64":  # one right column only: leave one of the two out
        kinds.pop(draw.choice([whole_gap, decimal]))
    right = next(column for column in kinds if kinds[column] == ask)
    columns = draw.shuffle(list(kinds))
    what = {
        "int64": "whole numbers (`int64`)",
        "float64": "decimal numbers (`float64`)",
        "str": "text",
    }[ask]
    says = {
        text: Mistake(
            "text-for-number",
            f"`{text}`",
            says="`{text}` holds words, and pandas keeps words as text. The type asked for is one of "
            "numbers. Which columns hold numbers?",
        ),
        "year": Mistake(
            "year-not-whole",
            "`year`",
            says="`year` holds a whole number in every line, and no value is missing: that makes `int64`. "
            f"The question is about {what}. Go down the other columns one by one.",
        ),
        decimal: Mistake(
            "decimals-overlooked",
            f"`{decimal}`",
            says="`{decimal}` does hold numbers. They have decimals, though, and there is a gap: that makes "
            f"`float64`. Which column holds {what}?",
        ),
        whole_gap: Mistake(
            "gap-overlooked",
            f"`{whole_gap}`",
            says="The numbers in `{whole_gap}` look whole. One is missing, though, and a column with a "
            f"gap becomes decimal numbers, `float64`. Which column holds {what}?",
        ),
    }
    return Question(
        prompt="These lines stand in a file:\n\n```text\n{text_lines}\n```\n\nAfter `pd.read_csv`, which "
        f"column holds **{what}**?",
        values={
            "text_lines": as_csv(columns, rows),
            "right": right,
            "text": text,
            "decimal": decimal,
            "whole_gap": whole_gap,
            "because": {
                "int64": "a whole number in every line, and no gap",
                "float64": "numbers, with decimals or with a gap, for which pandas needs decimal numbers",
                "str": "words, which pandas keeps as text",
            }[ask],
        },
        answer=Choice(right=f"`{right}`", wrong=[f"`{c}`" for c in columns if c != right]),
        solution="`{right}` holds " + what + ". Going down that column: {because}.",
        mistakes=[says[column] for column in columns if column != right],
    )


@item(
    objective="tables.types",
    version=1,
    difficulty="easy",
    hints=[
        "Go through the columns one by one: is there something that one could add up, or is it words?",
        "A missing value does not turn numbers into text. A slash inside a value does: then it is no "
        "number any more.",
        "In a list of books with title, pages (320, NA, 96) and printed (2019/03/05), only pages holds "
        "numbers.",
    ],
)
def which_are_numbers(draw, data):
    """Tick the columns that pandas reads as numbers."""
    name = draw.choice(["penguins", "seattle"])
    if name == "penguins":
        measured = draw.sample(["bill_length_mm", "bill_depth_mm", "flipper_length_mm", "body_mass_g"], 1)
        names = [*draw.sample(["species", "island", "sex"], 2), *measured, "year"]
        rows = rows_with_gap(draw, data, 4)
    else:
        names = ["date", "weather", *draw.sample(NUMBERS["seattle"], draw.integers(2, 3))]
        rows = draw.sample(lines(data, name), 3)
    columns = [c for c in COLUMNS[name] if c in names]
    read = pd.read_csv(io.StringIO(as_csv(columns, rows)))
    right = [c for c in columns if pd.api.types.is_numeric_dtype(read[c])]
    words = [c for c in columns if c not in right]

    def ticked(chosen):
        return [f"`{c}`" for c in columns if c in chosen]

    if name == "penguins":
        mistakes = [
            Mistake(
                "gap-left-out",
                ticked(["year"]),
                says="`year` holds numbers, that is right. So does `{gap}`: its `NA` is a missing value, "
                "which leaves a gap and does not turn the rest into text.",
            ),
            Mistake(
                "year-left-out",
                ticked(measured),
                says="`{gap}` holds numbers, gap or not: right. `year` does too: to pandas 2007 is a "
                "number like any other, even if one would rarely add years up.",
            ),
        ]
    else:
        mistakes = [
            Mistake(
                "date-ticked",
                ticked([*right, "date"]),
                says="All the columns of numbers are ticked. `date` looks like numbers, too. The slashes "
                "in it are no part of any number, though, so pandas keeps it as text.",
            ),
            Mistake(
                "everything-ticked",
                ticked(columns),
                says="The columns of numbers are among those you ticked. `weather` holds words, though, "
                "and `date` has slashes in it. Which columns are left?",
            ),
        ]
    return Question(
        prompt="These lines stand in a file:\n\n```text\n{text_lines}\n```\n\nWhich columns does "
        "`pd.read_csv` read as **numbers**? Tick all.",
        values={
            "text_lines": as_csv(columns, rows),
            "right": ", ".join(right),
            "words": ", ".join(words),
            "gap": measured[0] if name == "penguins" else "",
        },
        answer=MultipleChoice(right=[f"`{c}`" for c in right], wrong=[f"`{c}`" for c in words]),
        solution="These hold numbers: `{right}`. "
        + ("The `NA` in `{gap}` only leaves a gap. " if name == "penguins" else "")
        + "These hold text, as there is something in them that no number has: `{words}`.",
        mistakes=mistakes,
    )


@item(
    objective="tables.types",
    version=1,
    difficulty="hard",
    hints=[
        "Are there decimals in the column? Is a value missing?",
        "The `64` only says how much room a number takes. Before it stands `int` for whole numbers or "
        "`float` for numbers that may have decimals; only the second kind can leave a gap.",
        "Pages 320, 96 and 210 are whole and complete. Were one of them missing, pandas would keep the "
        "other two as 320.0 and 210.0.",
    ],
)
def name_the_type(draw, data):
    """Type the dtype that a column of numbers gets."""
    kind = draw.choice(["whole", "gap", "decimal"])
    rows = [row for row in lines(data, "penguins") if row["body_mass_g"] != "NA"]
    if kind == "decimal":
        column = draw.choice([*DECIMALS, *NUMBERS["seattle"]])
        source = lines(data, "seattle" if column in NUMBERS["seattle"] else "penguins")
        shown = draw.sample(
            [row[column] for row in source if "." in row[column] and row[column][-2:] != ".0"], 4
        )
    else:
        column = draw.choice(WHOLE_WITH_GAPS)
        shown = [row[column] for row in draw.sample(rows, 4)]
    if kind == "gap":
        shown[draw.integers(1, 3)] = "NA"
    read = pd.read_csv(io.StringIO("\n".join([column, *shown])))
    right = str(read[column].dtype)
    mistakes = {
        "whole": [
            Mistake(
                "float-for-whole",
                "float64",
                says="These are numbers, so `float64` is near. Every one of them is whole, though, and "
                "none is missing: pandas then keeps them as whole numbers. What is that type called?",
            ),
            Mistake(
                "object-for-number",
                "object",
                says="`object` is what older versions of pandas call text. Here every value is a number, "
                "though. Which type is for whole numbers?",
            ),
        ],
        "gap": [
            Mistake(
                "gap-overlooked",
                "int64",
                says="The numbers that are there are whole, right. One is missing, though, and `int64` "
                "has no way to leave a gap. Which type of number has?",
            ),
            Mistake(
                "object-for-number",
                "object",
                says="You noticed that one value is no number. `NA` stands for a missing value, though: "
                "pandas leaves a gap and keeps the numbers. Which type of number can have gaps?",
            ),
        ],
        "decimal": [
            Mistake(
                "decimals-overlooked",
                "int64",
                says="These are numbers, and none is missing. `int64` is for whole ones, though, and here "
                "are some with decimals. Which type keeps those?",
            ),
            Mistake(
                "object-for-number",
                "object",
                says="`object` is what older versions of pandas call text. Here every value is a number, "
                "though. Which type is for numbers with decimals?",
            ),
        ],
    }[kind]
    return Question(
        prompt="A file `part.csv` holds this one column:\n\n```text\n{column}\n{shown}\n```\n\nWhat does "
        '`print(part["{column}"].dtype)` show after `part = pd.read_csv("part.csv")`?',
        values={
            "column": column,
            "shown": "\n".join(shown),
            "right": right,
            "because": {
                "whole": "every value is a whole number, and none is missing",
                "gap": "one value is missing, and only decimal numbers can leave a gap, so "
                f"{shown[0]} becomes {shown[0]}.0",
                "decimal": "they are numbers, and some have decimals",
            }[kind],
        },
        answer=Text(right, spelling=False),
        solution="`{right}`: {because}.",
        mistakes=mistakes,
    )


@item(
    objective="tables.types",
    version=1,
    hints=[
        "At the right stands the type of each column. Which of the types are for numbers, and which for "
        "text?",
        "`int64` and `float64` both are numbers. `str` is text (older versions of pandas write `object` "
        "there).",
        "A list of songs with title `str`, year `int64` and minutes `float64` has two columns of numbers "
        "and one of text.",
    ],
)
def count_types(draw, _data):
    """Read off `dtypes` how many columns hold numbers, or text."""
    text = draw.sample(["species", "island", "sex"], draw.integers(1, 3))
    decimal = draw.sample([*DECIMALS, *WHOLE_WITH_GAPS], draw.integers(1, 4))
    ask = draw.choice(["numbers", "text"])
    columns = draw.shuffle([*text, *decimal, "year"])
    types = {c: "str" if c in text else "int64" if c == "year" else "float64" for c in columns}
    wide = max(map(len, columns)) + 4
    numbers = len(decimal) + 1
    right = numbers if ask == "numbers" else len(text)
    if ask == "numbers":
        mistakes = [
            Mistake(
                "only-float",
                len(decimal),
                says="{decimals} columns have the type `float64`, that is right. One more has another "
                "type that also is for numbers. Go down the list once more.",
            ),
            Mistake(
                "all-columns",
                len(columns),
                says="{all} is how many columns there are in all. Some of them hold text, though: which "
                "type is that, and how many have it?",
            ),
        ]
    else:
        mistakes = [
            Mistake(
                "year-as-text",
                len(text) + 1,
                says="You found the columns of type `str`, and took one more. `int64` stands for whole "
                "numbers, though, not for text. How many are left?",
            ),
            Mistake(
                "numbers-for-text",
                numbers,
                says="{numbers} is the number of columns that hold numbers, `int64` or `float64`. The "
                "question is how many hold text.",
            ),
        ]
    return Question(
        prompt="`part.dtypes` shows this for a piece of the penguins:\n\n```text\n{types}\n```\n\nHow "
        "many columns hold **{ask}**?",
        values={
            "types": "\n".join(c.ljust(wide) + types[c].rjust(7) for c in columns),
            "ask": ask,
            "all": len(columns),
            "numbers": numbers,
            "decimals": len(decimal),
            "words": len(text),
            "right": right,
        },
        answer=Number(right),
        solution="{right}. Numbers are `int64` (1 column) and `float64` ({decimals}), so {numbers} in "
        "all; `str` is text ({words}).",
        mistakes=distinct(right, mistakes),
    )


@item(
    objective="tables.types",
    version=1,
    difficulty="hard",
    hints=[
        "What does `+` do with two numbers in Python, and what with two pieces of text?",
        '`3 + 4` is 7. `"3" + "4"` puts the two side by side: 34.',
    ],
)
def plus_by_type(draw, data):
    """What `+` makes of two values of a column of text, or of whole numbers."""
    column, kind = draw.choice(["flipper_length_mm", "body_mass_g", "year"]), draw.choice(["text", "int64"])
    rows = [row[column] for row in lines(data, "penguins") if row[column] != "NA"]
    one, two = draw.sample(rows, 2)
    added, joined = str(int(one) + int(two)), one + two
    quoted = (joined, f'"{joined}"', f"'{joined}'")
    return Question(
        prompt="In a table `part`, the column `{column}` has the type `{type}` and begins with {one} and "
        '{two}. What does this show?\n\n```python\nprint(part["{column}"][0] + '
        'part["{column}"][1])\n```',
        values={
            "column": column,
            "type": "int64" if kind == "int64" else "str",
            "one": one,
            "two": two,
            "added": added,
            "joined": joined,
            "right": added if kind == "int64" else joined,
        },
        answer=Text(*([added] if kind == "int64" else quoted), spelling=False),
        solution="It shows `{right}`: the column holds numbers, so `+` adds them."
        if kind == "int64"
        else "It shows `{right}`: the column holds text, so `+` puts one behind the other.",
        mistakes=[
            Mistake(
                "joined-numbers",
                joined,
                says="That is what `+` does with text: one behind the other. The type says `int64`, "
                "though, so these are whole numbers. What does `+` do with numbers?",
            )
            if kind == "int64"
            else Mistake(
                "added-text",
                added,
                says="{added} would be the sum of two numbers. This column holds text, though, even if it "
                "looks like numbers. What does `+` do with two pieces of text?",
            )
        ],
    )


@item(
    objective="tables.types",
    version=1,
    hints=[
        "One column at a time: words, or numbers? If numbers: all of them whole, and none missing?",
        "A slash is no part of a number. A gap needs a type that can leave one.",
        "Of books: title is `str`, printed (1999, 2005) is `int64`, pages (320, NA, 96) is `float64`.",
    ],
)
def match_types(draw, data):
    """Match columns of a file with the types that they get."""
    gap, text = draw.choice(WHOLE_WITH_GAPS), draw.choice(["species", "island"])
    rows = [dict(row) for row in rows_with_gap(draw, data, 4)]
    days = draw.sample(lines(data, "seattle"), 4)
    for row, day in zip(rows, days, strict=True):
        row["date"] = day["date"]
    words = draw.choice([text, "date"])
    columns = draw.shuffle([words, gap, "year"])
    pairs = {f"`{words}`": "`str`", f"`{gap}`": "`float64`", "`year`": "`int64`"}
    word, gappy, year = pairs
    return Question(
        prompt="These lines stand in a file:\n\n```text\n{text}\n```\n\nWhich type does `pd.read_csv` give "
        "to each column?",
        values={
            "text": as_csv(columns, rows),
            "words": words,
            "gap": gap,
            "why": "there are slashes in it, so it is no number" if words == "date" else "it holds words",
        },
        answer=Matching(pairs, distractors=["`bool`"]),
        solution="{words}: str, as {why}. {gap}: float64, as a value is missing. year: int64, whole "
        "numbers without a gap.",
        mistakes=[
            Mistake(
                "gap-overlooked",
                {**pairs, gappy: "`int64`", year: "`float64`"},
                says="The text is right, and the other two hold numbers. They are swapped, though: in "
                "which of "
                "them is a value missing, and which type can leave a gap?",
            ),
            Mistake(
                "gap-as-text",
                {**pairs, gappy: "`str`", word: "`float64`"},
                says="`year` is right. In `{gap}` one value is missing: that leaves a gap, and the rest stay "
                "numbers. And what of `{words}`: could one add its values up?",
            ),
            Mistake(
                "year-as-text",
                {**pairs, year: "`str`", word: "`int64`"},
                says="`{gap}` is right. In `year` every value is a whole number, though, and in `{words}` "
                "none "
                "is. Which of the two is text?",
            ),
        ],
    )
