"""What Plot says of a plot that is not the one asked for."""

from __future__ import annotations

from typing import Final

NO_PLOT: Final = (
    "Your code ends with {kind}, and the question asks for a plot. End it with the line that draws, or "
    "with the axes that it drew on."
)
EMPTY: Final = (
    "There is a plot, and nothing is drawn in it. Call the method that draws, with the data, on these axes."
)
SEVERAL: Final = (
    "There is a plot. Your figure has {yours} with something drawn in them, and {expected} are asked for."
    " Look at which axes each mark goes to."
)
PLOTS_EXCHANGED: Final = (
    "Every plot that is asked for is there; they stand in other places of the figure. Look at which axes "
    "each is drawn on."
)

KIND: Final = (
    "The data are right; you drew {yours}, and the question asks for {expected}. Keep the data and change"
    " the method that draws."
)
OTHER_PLOT: Final = (
    "You drew {yours}, and the question asks for {expected}. Change the method that draws, then look at "
    "the data that go into it."
)
FLAT: Final = (
    "The data are right; you drew {yours}, and the question asks for {expected}. Which method turns them:"
    " the one with an `h` behind its name, or the one without?"
)
SWAPPED: Final = (
    "The data are right, and the axes are exchanged: what belongs on the x axis is on the y axis. Look at"
    " which column comes first."
)
MISSING_MARK: Final = (
    "What you drew fits: {yours} of {expected} marks. What is missing: {what}. Draw it on the same axes."
)
EXTRA_MARK: Final = (
    "What is asked for is drawn, and more besides: {yours} marks instead of {expected}. Take out what the"
    " question does not ask for."
)
NOT_GROUPED: Final = (
    "All points are there, and they all look alike; {expected} groups are to be told apart. Draw each "
    "group for itself, with its own label."
)
ONE_LINE: Final = (
    "All values are there, in one line that jumps from group to group; {expected} lines are asked for. "
    "Draw a line for each group."
)
JOINED_OTHERWISE: Final = (
    "All points of your line are right; it joins them in another order. Sort the table by the column on "
    "the x axis before you draw."
)
ROWS_MISSING: Final = (
    "What you drew is right: {yours} values. The question asks for {expected}. Look at which rows are left "
    "out on the way to the plot."
)
ROWS_EXTRA: Final = (
    "All that is asked for is drawn, and more: {yours} values instead of {expected}. Look at which rows "
    "should be left out before you draw."
)
ROWS_OTHER: Final = (
    "{good} of your {yours} values belong into this plot, the others do not, and some are missing. Look at "
    "which rows you draw."
)
BEYOND: Final = (
    "A plot of the right kind; all that you drew lies to the {side} of what is asked for. Look at which rows "
    "you draw: first or last, and in which order?"
)
HOW_MANY: Final = (
    "Your plot is of the right kind, with {yours} values, and {expected} are expected. Look at which rows"
    " you draw."
)
BROKEN_PAIRS: Final = (
    "The values on both axes are right, and they do not belong together as you drew them: one column has "
    "another order than the other. Take both from the same table, sorted once."
)
ROW_NUMBER: Final = (
    "The values on the y axis are right; the x axis has the number of each row instead of the column "
    "asked for. Give both columns, first the one for the x axis."
)
ON_X: Final = (
    "The values on the y axis are right, those on the x axis are not. Look at which column goes there, "
    "and whether it is sorted."
)
ON_Y: Final = (
    "The values on the x axis are right, those on the y axis are not. Look at which column goes there, "
    "and how it is worked out."
)
X_IS_Y: Final = (
    "The right kind of plot; what belongs on the y axis is on the x axis. Move that column, and put the "
    "one that is missing in its place."
)
Y_IS_X: Final = (
    "The right kind of plot; what belongs on the x axis is on the y axis. Move that column, and put the "
    "one that is missing in its place."
)
NAMED_WRONG: Final = (
    "The shape fits, and the {axis} axis names its places otherwise. Look at which column gives the "
    "names, and whether it has the same order as the values."
)
OTHER_DATA: Final = (
    "Your plot is of the right kind, and its values are not those asked for. Look at the columns and at "
    "the rows that you draw."
)

BARS_ON_TOP: Final = (
    "The kind fits. You drew {bars} bars at {places} places, one on top of the other, so that only the "
    "longest is seen. Bring the data to one value for each place first: `groupby`."
)
NAMES_MISSING: Final = (
    "The values are right; nothing says which is whose: they are numbered instead of named. Give the "
    "names as the first argument, or as the index."
)
NAMES_EXCHANGED: Final = (
    "The values are right, and they stand at the wrong names. Names and values have different orders: "
    "take both from the same table."
)
NAMES_OTHER: Final = (
    "The values are right, and the names below are others: `{yours}`, say. Look at which column the names"
    " come from, and how they are written."
)
PLACES_MISSING: Final = (
    "What is there fits: {yours} of {expected} places. Look at which rows or groups were left out before "
    "you drew."
)
PLACES_MISSING_OTHERS: Final = (
    "{yours} of the {expected} places asked for are there, and some values differ too. Look at which rows"
    " go in before you draw."
)
PLACES_EXTRA: Final = (
    "Everything asked for is there, and more besides: `{extra}`, say. Look at which rows or groups should"
    " be left out."
)
PLACES_OTHER: Final = (
    "The kind fits. Your places are named `{yours}` and so on, which is another column than the question "
    "asks for. Look at what you group by, or give as the first column."
)
ORDER: Final = (
    "All of it is right but for the order from one end to the other. Sort the data before you draw: "
    "`sort_values` or `sort_index`."
)
STACKED: Final = (
    "The lengths fit. You stacked them, and the question asks for each to start at zero. Look for "
    "`stacked` or `bottom`."
)
NOT_STACKED: Final = (
    "The lengths fit. Each of yours starts at the same height, and the question asks for them to be "
    "stacked. Use `stacked=True`, or `bottom=` with what lies below."
)
BASES: Final = (
    "The lengths fit; some start at another height. Look at what is given as `bottom`: all that lies below."
)
LENGTHS: Final = (
    "The places on the axis are right, the values are not. Look at which column they come from, and how "
    "they are worked out: counted, added up, averaged?"
)

TIMES: Final = (
    "The shape fits: each of your values is {factor} times the one asked for. Look for a step that "
    "multiplies or divides: a unit, a percentage, a share."
)
SHARES: Final = (
    "The shape fits: yours are shares of the whole, and the values themselves are asked for. Look for "
    "`normalize`, `density`, or a division by the sum."
)
NOT_SHARES: Final = (
    "The shape fits: yours are the values themselves, and shares of the whole are asked for. Divide by "
    "the sum, or look at `normalize` and `density`."
)
SHIFTED: Final = (
    "The shape fits: each of your values is {by} away from the one asked for. Look for a step that adds "
    "or takes away the same from all."
)
NEGATED: Final = "The sizes fit; all signs are turned. Look at which way round you subtract."
CUMULATED: Final = (
    "Your values are added up along the way; each for itself is asked for. Look for `cumsum` or `cumulative`."
)
NOT_CUMULATED: Final = (
    "You drew each value for itself; what they add up to along the way is asked for. Look at `cumsum` or "
    "`cumulative`."
)
LOGGED: Final = (
    "Your values are logarithms of those asked for. Draw the values themselves; if a logarithmic axis is "
    "asked for, `set_yscale` makes it."
)
ROUNDED: Final = "Your values are those asked for, rounded. Round nothing before you draw."
BACKWARDS: Final = (
    "The values are right, from the other end: what comes last should come first. Look at how the table "
    "is sorted."
)
SOME: Final = (
    "{good} of {all} values are right, on both axes; the others are not. Look at what is special about "
    "those rows: missing values, or the ends?"
)

BINS: Final = "A histogram it is, with {yours} bars, and {expected} are asked for. Look at `bins`."
COUNTED: Final = (
    "A histogram with the right number of bars. It counts {yours} values, and {expected} are expected. "
    "Look at which rows go in."
)
EDGES: Final = (
    "A histogram of as many values as asked for; its bars go from {low} to {high}, which is not as asked."
    " Look at the column, and at `bins` and `range`."
)
EDGES_ALONE: Final = (
    "A histogram with the right number of bars; they go from {low} to {high}, which is not as asked. Look"
    " at the column, and at `bins` and `range`."
)
WHISKERS: Final = (
    "The boxes are right; how far their whiskers go is not. Look at `whis`, or leave it as it is by default."
)
OUTLIERS: Final = (
    "The boxes and whiskers are right; beyond them are {yours} single points, and {expected} are expected. "
    "Look at which rows go in, and at `showfliers`."
)
BOXES: Final = (
    "The boxes stand at the right names; {count} of them have other quartiles than asked for. Look at "
    "which column and which rows go in."
)
SHAPE_OF_GRID: Final = (
    "Your picture has {yours} cells in all, and {expected} are asked for. Look at the table that it is "
    "made of."
)

NO_LABEL: Final = (
    "What you drew is right. The {axis} axis has no label yet: `set_{axis}label(…)` or `plt.{axis}label(…)`."
)
LABELS_EXCHANGED: Final = (
    "What you drew is right. The labels of the two axes are exchanged: look at which values each axis shows."
)
OTHER_LABEL: Final = (
    "What you drew is right. The {axis} axis is labelled `{yours}`. Compare that with the label that the "
    "question asks for."
)
NEAR_LABEL: Final = (
    "What you drew is right. The label of the {axis} axis, `{yours}`, is all but the one asked for. "
    "Compare both letter by letter."
)
NO_TITLE: Final = "What you drew is right. It has no title yet: `set_title(…)` or `plt.title(…)`."
OTHER_TITLE: Final = (
    "What you drew is right. Its title is `{yours}`. Compare that with the one that the question asks for."
)
NEAR_TITLE: Final = (
    "What you drew is right. Its title, `{yours}`, is all but the one asked for. Compare both letter by "
    "letter."
)
SCALE: Final = (
    "What you drew is right. The {axis} axis has a `{yours}` scale, and a `{expected}` one is asked for: "
    "`set_{axis}scale(…)`."
)
LIMITS: Final = (
    "What you drew is right. The {axis} axis goes from {low} to {high}. Compare that with the limits in "
    "the question: `set_{axis}lim(…)`."
)
NO_LEGEND: Final = (
    "What you drew is right. There is no legend yet: give each mark a `label=…` and call `legend()`."
)
OTHER_LEGEND: Final = (
    "What you drew is right. The legend says `{yours}`. Compare that with the names that the question "
    "asks for."
)
LEGEND_EXCHANGED: Final = (
    "What you drew is right, and so are the names in the legend; they stand at the wrong marks. Look at "
    "which `label` goes with which data."
)
