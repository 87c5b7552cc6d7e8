"""What Frame says of a value that is not the one asked for."""

from __future__ import annotations

from typing import Final

NO_VALUE: Final = (
    "Your code ends with {kind}, and the question asks for {asked}. End it with the expression that makes it."
)
NOT_CALLED: Final = (
    "Your code ends with {kind}: it is named and not called. Put `()` behind it to get its result."
)
FOREIGN: Final = (
    "Your code ends with {kind}, a type that is not checked here. Turn it into plain data or into a pandas "
    "table first."
)
FOREIGN_CELL: Final = (
    "Your table has a cell that holds {kind}, which is not checked here. Keep plain values in cells."
)

MASK: Final = (
    "Your condition stands: one True or False for each row. The question asks for the rows themselves. Put "
    "the condition into the brackets of the table: `df[condition]`."
)
SERIES_FOR_FRAME: Final = (
    "You have a single column (a Series), and the question asks for a table. Two pairs of brackets keep it "
    "a table, even with one column: `df[[…]]`."
)
FRAME_FOR_SERIES: Final = (
    "You have a table (a DataFrame), and the question asks for a single column, a Series. One pair of "
    "brackets takes the column out: `df[…]`."
)
TO_REDUCE: Final = (
    "You have {kind}, and the question asks for {asked}. One step is missing that makes one value of many: "
    "which method adds up, counts or picks?"
)
COUNT_MASK: Final = (
    "Your condition stands: one True or False for each row. The question asks for {asked}. `sum()` counts "
    "the rows in which it is True."
)
REDUCED: Final = (
    "You have {kind}, a single value, and the question asks for {asked}. Look for the step that works all "
    "of it out to one value, and leave it out."
)
OTHER_KIND: Final = (
    "You have {kind}, and the question asks for {asked}. Look at what the last step of your code gives back."
)
NEAR_COLUMN: Final = (
    "There is a column `{found}` where `{expected}` is asked for. Names have to match exactly, capitals "
    "and spaces too. Rename it."
)
MISSING_COLUMNS: Final = (
    "Your table is there, and `{missing}` is missing from its columns. Add what is missing to the columns "
    "that you select."
)
EXTRA_COLUMNS: Final = (
    "All columns that are asked for are there, and `{extra}` as well. Select only those that the question "
    "names."
)
OTHER_COLUMNS: Final = (
    "Your columns are not those asked for: `{missing}` is missing, `{extra}` is too many. Compare your "
    "selection with the question."
)
COLUMN_ORDER: Final = "The right columns are there, in another order. The question asks for: `{order}`."
COLUMN_NAME: Final = (
    "The values are right. The column's name is `{found}`, and the question asks for `{expected}`. Rename it."
)
TOO_MANY: Final = (
    "The columns fit. Your table has {yours} rows, and {expected} are expected: your condition lets too "
    "many through, or one is missing. Look at rows that should not be there."
)
TOO_FEW: Final = (
    "The columns fit. Your table has {yours} rows, and {expected} are expected: your condition leaves too "
    "many out. Look at a row that should be there: which condition drops it?"
)
ROWS: Final[dict[str, str]] = {
    "missing-kept": "The right rows are there, and with them rows with missing values. Leave those out: "
    "`dropna()` does it.",
    "missing-dropped": "What you have is right, and the rows with missing values are gone. They belong "
    "there: look for what drops them, like `dropna()`.",
    "duplicates-kept": "The right rows are there, some of them more than once. Keep each once: "
    "`drop_duplicates()` does it. After a join, look at which key is there twice.",
    "duplicates-dropped": "What you have is right, and each row is there only once. Equal rows belong "
    "there as often as they occur: look for what drops them.",
    "first-rows": "Your table begins with the right {expected} rows, and goes on with rows that should not "
    "be there. What sets these apart: a condition, or that only the first ones are asked for?",
}
REVERSED: Final = (
    "The right rows are there, the other way round. Look at the direction of sorting: `ascending=…`."
)
UNSORTED: Final = (
    "The right rows are there, in another order. Look at what the question wants them sorted by."
)
DTYPE: Final = (
    "The values of `{column}` look right, and they are stored as {found}, not as {expected}. Convert the "
    "column."
)
DTYPE_EXACT: Final = (
    "The values of `{column}` are right, and its dtype is `{found}`, not `{expected}`. Convert it: "
    "`astype(…)`."
)
INDEX: Final = (
    "The values are right, the row labels (the index) are not. Look at `set_index`, `reset_index` and "
    "`sort_index`."
)
SAME_SHAPE: Final = "Rows and columns fit. {count:,} values differ, all in `{column}`. The first of them:\n\n"
SAME_SHAPE_MORE: Final = (
    "Rows and columns fit. {count:,} values differ, in {columns} columns. The first of them:\n\n"
)
HEAD: Final = "| row | column | yours | expected |\n|---|---|---|---|\n"
OTHER_VALUE: Final = (
    "You have the right kind of value, {kind}, and it is not the one asked for. Check each step on a few "
    "rows by hand."
)
ARRAY_SHAPE: Final = (
    "You have an array of shape {yours}, and {expected} is expected. Look at what is left out, or along "
    "which axis it is worked out."
)
LEVELS: Final = (
    "Your labels have {yours} levels, and {expected} are expected. Look at what the table is grouped or "
    "indexed by."
)
LENGTH: Final = (
    "You have {kind} with {yours} values, and {expected} are expected. Look at what is left out or taken "
    "twice."
)
