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
    "last-lost": "Your {yours} rows are right, and they are the first of {expected}: the last ones are not "
    "there. Look for what cuts them off, like `head` or a slice.",
    "first-lost": "Your {yours} rows are right, and they are the last of {expected}: the first ones are not "
    "there. Look for what cuts them off: a slice, `tail`, or counting from 1 where it starts at 0.",
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
LIST_ORDER: Final = (
    "The right values are there, in another order. Look at what the question wants them sorted by, and in "
    "which direction."
)
LENGTH: Final = (
    "You have {kind} with {yours} values, and {expected} are expected. Look at what is left out or taken "
    "twice."
)
GROUPED_BY_OTHER: Final = (
    "You have a figure for each group, and the groups are made by `{found}`; the question asks for one for "
    "each `{expected}`. Look at what stands in `groupby(…)`."
)
ONE_COLUMN_ROWS: Final = (
    "You have the right kind of thing, with {yours} values, and {expected} are expected. Look at which rows "
    "it is made from, or what it is grouped by."
)

_FACT: Final = "The columns fit. "
FOUND: Final[dict[str, str]] = {
    "described": "You have the summary that `describe()` gives, and the question asks for the values "
    "themselves. Leave that last step out.",
    "not-aggregated": "You have a value for each of {rows} rows, and {expected} are expected, one for each "
    "group. One step is missing that makes one figure of a group, or it was `transform`, which gives one "
    "for each row.",
    "made-from": "Your column `{column}` is made from `{other}` alone. Compare that with what the question "
    "says it is made from.",
    "made-from-two": "Your column `{column}` is `{one}` {sign} `{two}`. Compare that with what the "
    "question says it is made from.",
    "made-from-three": "Your column `{column}` is `{one}` {sign} `{two}`, times {factor}. Compare that with "
    "what the question says it is made from.",
    "filled-rows": _FACT + "Missing values of `{column}` have become {value} before the rows are chosen, "
    "so that they count as values. A comparison leaves missing ones out by itself: is there a `fillna` to "
    "take out?",
    "all-pass": _FACT + "Every row that has a value in `{column}` meets your condition. Compare it with "
    "the question: the column, the comparison, the value.",
    "no-rows": _FACT + "Your table has no row at all: not one meets your condition. Look at how the value "
    "in it is written, at its type, and at conditions that cannot hold together.",
    "not-filtered": _FACT + "Your table still has all {rows} rows of the one it comes from, and {expected} "
    "are asked for. A filter gives a new table: is its result what your code ends with?",
    "not-cut": _FACT + "Your table has all {rows} rows, and {expected} are asked for. `head` and `tail` "
    "keep as many as you name.",
    "or-for-and": _FACT + "Your rows are all those that meet *one* of the conditions. The question asks "
    "for those that meet all of them: `&` joins two conditions so.",
    "and-for-or": _FACT + "Your rows are those that meet all the conditions at once. The question asks for "
    "those that meet at least one: `|` joins two conditions so.",
    "condition-missing": _FACT + "Your rows go by {held} of the {all} conditions in the question. Which "
    "one is not in your code yet?",
    "one-limit-in": _FACT
    + "All conditions but one are met as asked. The rows that should not be there ({rows} "
    "in all) have {span} in `{column}`: compare what you ask of it with the question.",
    "one-limit-out": _FACT
    + "All conditions but one are as asked. The rows that are not there ({rows} in all) "
    "have {span} in `{column}`: compare what you ask of it with the question.",
    "one-condition-in": _FACT
    + "The rows that should not be there ({rows} in all) all fail the same one of the "
    "conditions and meet the others. Take one of them: which condition should have kept it out?",
    "one-condition-out": _FACT + "The rows that are not there ({rows} in all) hang on the same one of the "
    "conditions. Look for one of them: which condition should have let it in?",
    "always-the-same": "Every row that is asked for has {value} in `{column}`, and {rows} of yours have "
    "something else there. Which part of your code decides about that column?",
    "condition-turned": _FACT + "All conditions are there, and one of them is turned round: your rows fail "
    "it where they should meet it. Check each comparison by itself.",
    "and-or-mixed": _FACT + "Every condition is there, and not all are joined the way the question joins "
    "them. Look at each `&` and `|`, and at the parentheses.",
    "complement": _FACT + "Your rows are exactly those that the question leaves out. Turn the comparison "
    "round.",
    "disjoint": _FACT + "None of your rows is asked for: all of them belong to those left out. Compare "
    "your condition with the question: its direction, its column, its value.",
    "boundary-in": _FACT + "Every row that is too many ({rows} in all) has exactly {value} in `{column}`. "
    "With the limit: `>=` or `<=`; without it: `>` or `<`. Which does the question ask for?",
    "boundary-out": _FACT + "Every row that is not there ({rows} in all) has exactly {value} in "
    "`{column}`. With the limit: `>=` or `<=`; without it: `>` or `<`. Which does the question ask for?",
    "missing-in": _FACT + "Every row that is too many ({rows} in all) has a missing value in `{column}`. "
    "Leave those out: `dropna` or `notna()` can do it.",
    "missing-out": _FACT + "Every row that is not there ({rows} in all) has a missing value in `{column}`. "
    "They belong there: look for what drops them, like `dropna()`.",
    "value-in": _FACT + "Every row that should not be there ({rows} in all) has `{value}` in `{column}`. "
    "Which part of your code decides about that column?",
    "value-out": _FACT + "Every row that is not there ({rows} in all) has `{value}` in `{column}`. Which "
    "part of your code leaves them out?",
    "limit-in": _FACT + "Every row that should not be there ({rows} in all) has from {low} to {high} in "
    "`{column}`, and no row asked for has. Compare your condition on it with the question.",
    "limit-out": _FACT + "Every row that is not there ({rows} in all) has from {low} to {high} in "
    "`{column}`, and none of the others has. Which part of your code leaves them out?",
    "other-value": _FACT + "Your rows are those with `{value}` in `{column}`: the right column, and not "
    "the value that the question names.",
    "turned": _FACT + "You compare `{column}`, and the rows asked for lie on the other side of the limit. "
    "Turn the comparison round.",
    "only-equal": _FACT + "Your rows are those with exactly {value} in `{column}`. The question asks for "
    "all on one side of a limit: which comparison says that?",
    "other-condition": _FACT + "Your rows are those with {sign} {value} in `{column}`. Compare that with "
    "the question: the column, the comparison, the value.",
    "some-right": _FACT + "Of your {yours} rows {right} are right, {extra} should not be there, and {lost} "
    "are not there that should be. Take one of each, and work your condition out by hand.",
    "repeated": _FACT + "The right rows are there, {rows} of them more often than they should be. After a "
    "join, look at which key is there twice; `drop_duplicates()` keeps each row once.",
    "repeated-too": _FACT + "Rows of your table are there more than once ({rows} of them). Look for the "
    "step that takes them twice: a join, `concat`, or a filter applied to two pieces.",
    "other-end": _FACT + "You have the {which} rows of the table, and the question asks for the {asked} "
    "ones. `head` takes from the top, `tail` from the end.",
    "how-many": _FACT + "Your rows begin at the right end. You have {yours}, and {expected} are expected. "
    "Look at the number that you pass on.",
    "cut-unsorted": _FACT + "You have the {which} {rows} rows of the table as it stands. Sort it first, "
    "and use the sorted one for the next step.",
    "other-extreme": _FACT + "You have the rows with the {which} values of `{column}`: the right column, "
    "from the wrong end. Look at the direction of sorting.",
    "extreme-of-other": _FACT + "You have the rows with the {which} values of `{column}`. Compare the "
    "column that you sort by with the question.",
    "reversed": "The right rows are there, sorted the other way round. Look at the direction of sorting: "
    "`ascending=…`.",
    "sorted-by-other": "The right rows are there, and they are in the order of `{column}`. Look at what "
    "the question wants them sorted by.",
    "other-function": "The column `{column}` fits, and your result is what `{function}` gives. The "
    "question asks for another figure of it.",
    "of-other-column": "You use the right function, {function}, and your result is the one of `{column}`. "
    "Which column does the question ask about?",
    "worked-out-for": "The rows fit: those with {rows}. Your result is the `{function}` of `{column}`. "
    "Compare both, the function and the column, with the question.",
    "worked-out": "Your code works something out: your result is what `{function}` gives for `{column}`. "
    "Compare both, the function and the column, with the question.",
    "missing-as-zero": "Your mean of `{column}` counts missing values as 0. `mean()` skips them by itself: "
    "is there a `fillna(0)` to take out, or a division by all rows?",
    "ddof": "The column `{column}` fits. There are two standard deviations: divided by n (`ddof=0`, "
    "NumPy's) and by n − 1 (`ddof=1`, the one of pandas). Yours is the one, the question asks for the "
    "other.",
    "cells-for-rows": "Your number counts cells: rows times columns, which is what `size` gives for a "
    "table. `len(…)` counts rows.",
    "columns-for-rows": "Your number is how many columns the table has. Its `shape` has the rows first: "
    "`shape[0]`.",
    "counted-all": "You count every row of the table. The question asks for those that meet a condition "
    "only.",
    "counted-complement": "You count the rows that the question leaves out. Turn the comparison round.",
    "counted-none": "Your result is 0. Where rows are counted, that means that not one meets the condition: "
    "look at the value in it, at its type, and at the column that is compared.",
    "counted-or": "You count the rows that meet *one* of the conditions. All of them have to hold: `&`.",
    "counted-one": "You count the rows that meet one of the conditions by itself. Which is not in your "
    "code yet?",
    "counted-boundary": "Your count is the one that you get with the limit treated the other way: `>` "
    "leaves it out, `>=` takes it in. Which does the question ask for?",
    "rows-counted": "Your number is how many rows there are. The question asks for something else.",
    "cells-counted": "Your number is how many cells the table has, rows times columns. The question asks "
    "for something else.",
    "columns-counted": "Your number is how many columns there are. The question asks for something else.",
    "rows-all": "The `{function}` of `{column}` is what is asked for. You work it out over all rows: keep "
    "those that the question names first.",
    "rows-value": "The `{function}` of `{column}` is what is asked for. Yours is over the rows with {rows}, "
    "and the question names others.",
    "rows-complement": "The `{function}` of `{column}` is what is asked for. Yours is over the rows that "
    "the question leaves out: turn the comparison round.",
    "rows-or": "The `{function}` of `{column}` is what is asked for. Yours is over the rows that meet "
    "*one* of the conditions: `&` asks for all of them.",
    "rows-one": "The `{function}` of `{column}` is what is asked for. Yours goes by one of the conditions. "
    "Which is not in your code yet?",
    "rows-boundary": "The `{function}` of `{column}` is what is asked for. In yours the limit is treated "
    "the other way: `>` leaves it out, `>=` takes it in.",
    "missing-filled": "All values of `{column}` that are there are right. {count} missing ones have become "
    "{value}. Leave them missing: is there a `fillna` to take out?",
    "missing-left": "The values of `{column}` that were there are right, and {count} are still missing. "
    "Look for the step that fills them, and whether its result is kept.",
    "missing-made": "The values of `{column}` are right where there are any, and {count} are missing that "
    "should be there. Look for a step that loses them: a conversion, a join, labels that do not match.",
    "filled-otherwise": "The values of `{column}` that were there are right. Where one was missing you "
    "have {value}. Look at what the question wants there instead.",
    "sign": "Your values of `{column}` have the right size and the opposite sign. Look at the order of the "
    "subtraction.",
    "rounded": "Your values of `{column}` are the right ones, rounded. Leave them as they come.",
    "cut-off": "Your values of `{column}` are the right ones without what stands behind the point. `/` "
    "divides, `//` cuts off.",
    "factor": "Every value of `{column}` is {factor} times the one asked for. Look at what you multiply or "
    "divide by.",
    "offset": "Every value of `{column}` is off by the same: {offset}. Look for something that is added or "
    "taken away once too often.",
    "taken-from": "Your column `{column}` holds the values of `{other}`. Look at which column goes into it.",
    "spelling": "Your values of `{column}` are right but for capitals or spaces. Texts have to match "
    "exactly.",
}
