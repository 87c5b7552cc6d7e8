"""Sentences for a learner whose code came to no value: what happened, why, and one next step."""

from __future__ import annotations

from typing import Final

from checkers.code import last_value
from checkers.message import Message
from checkers.run import NOTHING, Made, Raised

LONGEST: Final = 160
"""So much of Python's own words is quoted, in characters."""

TIME_OUT: Final = (
    "Your code ran until its time was up, and was stopped. Often a `while` whose condition never becomes "
    "False, or far more steps than planned. Look at what changes from one round to the next."
)
STRANGE: Final = (
    "Your code ran, and what it made is a `{type}`, which cannot be taken over to be checked. End the cell "
    "with plain data: a number, a text, a list or a table."
)
PRINTS: Final = (
    "Your code ran, and ends with `print(…)`, which shows something but makes no value. End it with the "
    "expression itself, without `print`."
)
NONE: Final = (
    "Your code ran, and its last line gives `None`. Methods that change a thing in place, like `.sort()` "
    "or those with `inplace=True`, give nothing back. End with the name of the thing that they changed."
)
ENDS_WITH: Final = (
    "Your code ran, and ends with `{word}`, which leaves no value to check. Add a last line with the "
    "expression or the name that holds your answer."
)
NO_VALUE: Final = (
    "Your code ran, and left no value to check. End it with the expression or the name that holds your "
    "answer."
)

EXPLAINED: Final[dict[str, tuple[str, str]]] = {
    "NameError": (
        "name-error",
        "{where} uses the name `{name}`, and nothing has that name yet. Check its spelling, or run the "
        "line that makes it first, here in the same code.",
    ),
    "UnboundLocalError": (
        "unbound-local",
        "{where} reads `{name}` before it has a value inside this function. A name that a function assigns "
        "belongs to the function: give it a first value there, or pass it in.",
    ),
    "SyntaxError": (
        "syntax-error",
        "Python cannot read your code: {says}. Look at {line} and at the end of the line before it.",
    ),
    "KeyError": (
        "key-error",
        "{where} asks for {says}, and there is no key or column of that name. Names have to match exactly, "
        "capitals and spaces too. Look at the names there are.",
    ),
    "TypeError": (
        "type-error",
        "{where} uses a value in a way that its type does not allow. Python says: {says}. Look at the type "
        "of each value in that line.",
    ),
    "AttributeError": (
        "attribute-error",
        "{where} asks for something that the value does not have. Python says: {says}. Check the spelling "
        "after the dot, and the type of what stands before it.",
    ),
    "ValueError": (
        "value-error",
        "{where} has values of the right type, and one of them cannot be used there. Python says: {says}. "
        "Look at the value that goes in.",
    ),
    "IndexError": (
        "index-error",
        "{where} asks for a place that is not there: {says}. Places count from 0, so the last one is the "
        "length minus 1. Check how long it is at that point.",
    ),
    "ZeroDivisionError": (
        "zero-division",
        "{where} divides by zero. Look at what the divisor is there, and for which input it becomes 0.",
    ),
    "FileNotFoundError": (
        "file-not-found",
        "{where} opens a file that is not there. Python says: {says}. Check folder and spelling; the data "
        "of this course are in `data/`.",
    ),
    "RecursionError": (
        "recursion",
        "{where} calls itself again and again without an end. A function that calls itself needs a case "
        "that answers at once, and each call has to come nearer to it.",
    ),
    "ImportError": (
        "import-error",
        "{where} imports something that the module does not have. Python says: {says}. Check its spelling.",
    ),
    "ModuleNotFoundError": (
        "module-not-found",
        "{where} imports `{name}`, and no module of that name is installed here. Check its spelling.",
    ),
    "AssertionError": (
        "assertion",
        "{where} is an `assert` whose condition does not hold. Look at the values that it compares.",
    ),
    "MemoryError": (
        "memory",
        "{where} needs more memory than there is. Look for a list or a table that grows with each round.",
    ),
    "SystemExit": ("exit", "{where} ends the whole program. Take `exit()` out: the code ends by itself."),
    "NoInput": (
        "input",
        "{where} asks for typing, and nobody is there to type while code is checked. Put the value into a "
        "variable instead.",
    ),
    "ProcessEnded": (
        "ended",
        "Your code ended the Python that ran it. Take out what stops the whole program, or look for a "
        "calculation that needs more memory than there is.",
    ),
}

OTHER: Final = (
    "exception",
    "{where} stopped with {type}. Python says: {says}. Look at the values in that line.",
)

NEAR: Final[dict[str, str]] = {
    "NameError": "{where} uses the name `{name}`, and nothing has that name. There is `{near}`: did you "
    "mean that?",
    "KeyError": "{where} asks for {says}, and there is no such name. There is `{near}`: did you mean that?",
    "AttributeError": "{where} asks for `.{name}`, which that value does not have. It has `.{near}`: did "
    "you mean that?",
    "ModuleNotFoundError": "{where} imports `{name}`, and there is no module of that name. There is "
    "`{near}`: did you mean that?",
}

CLUES: Final[tuple[tuple[str, str, str, str], ...]] = (
    # type, words in what Python says, key, template
    (
        "ValueError",
        "truth value of a",
        "ambiguous-truth",
        "{where} puts a whole column where Python wants a single True or False. `and`, `or`, `not` and "
        "`if` cannot decide row by row. Join conditions with `&` or `|`, each in parentheses: `(a > 1) & "
        "(b < 2)`.",
    ),
    (
        "TypeError",
        "operand type(s) for &",
        "parentheses",
        "{where} joins conditions with `&`, and `&` comes before `>` and `==`. Put each condition into "
        "parentheses of its own: `(a > 1) & (b < 2)`.",
    ),
    (
        "TypeError",
        "Cannot perform 'r",
        "parentheses",
        "{where} joins conditions with `&` or `|`, and these come before `>` and `==`. Put each condition "
        "into parentheses of its own: `(a > 1) & (b < 2)`.",
    ),
    (
        "TypeError",
        "not callable",
        "not-callable",
        "{where} calls something that is not a function: {says}. Take the parentheses away, or look "
        "whether a name of yours hides the function that you mean.",
    ),
    (
        "TypeError",
        "positional argument",
        "arguments",
        "{where} calls a function with another number of arguments than it takes. Python says: {says}. "
        "Compare the call with the line that defines it.",
    ),
    (
        "AttributeError",
        "'builtin_function_or_method' object",
        "function-itself",
        "{where} works with a function itself, and not with what it gives back. Behind its name `()` is "
        "missing, there or where it was stored.",
    ),
    *(
        (
            "TypeError",
            f"'{kind}' object is not subscriptable",
            "square-brackets",
            "{where} puts square brackets behind the name of a function or method. A call takes round ones. "
            "Is what stands in them meant for the call, or is `()` missing before them?",
        )
        for kind in ("builtin_function_or_method", "function", "method")
    ),
    (
        "TypeError",
        "'builtin_function_or_method'",
        "function-itself",
        "{where} works with a function itself, and not with what it gives back. Behind its name `()` is "
        "missing, there or where it was stored.",
    ),
    (
        "TypeError",
        "'int' object is not iterable",
        "number-for-run",
        "{where} takes a whole number where Python wants something with elements. To count, use `range(…)`; "
        "to put one value into a list, `append`.",
    ),
    (
        "TypeError",
        "can only concatenate",
        "types-joined",
        "{where} joins two things that do not go together. Python says: {says}. A list takes a list, a text "
        "takes a text: put one value in `[…]`, or a number in `str(…)`.",
    ),
    (
        "TypeError",
        "not supported between",
        "types-compared",
        "{where} compares two things that have no order between them. Python says: {says}. Which of the two "
        "is not what you meant: a text for a number, or the whole for one part of it?",
    ),
    (
        "AttributeError",
        "'NoneType' object",
        "attribute-of-none",
        "{where} asks `None` for something. A step before gave nothing back: `print(…)`, `.sort()` and "
        "`inplace=True` do that, and a function without `return`. Look at where that value comes from.",
    ),
    (
        "TypeError",
        "'NoneType'",
        "none-used",
        "{where} works with `None`. A step before gave nothing back: `print(…)`, `.sort()` and "
        "`inplace=True` do that, and a function without `return`. Look at where that value comes from.",
    ),
)

TUPLE_KEY: Final = (
    "{where} asks for one column named {says}. To take several columns, put their names into a list: two "
    "pairs of brackets, `[[…, …]]`."
)


def explain(made: Made, source: str = "") -> Message:
    """Why a run came to no value, in a sentence or two.

    With the `source` it can also say what the last line would have to be. The key is stable:
    one for each kind of exception, "time-out", "strange", "prints", "none", "no-value".
    """
    if made.timed_out:
        return Message(key="time-out", template=TIME_OUT)
    if made.raised is not None:
        return explain_raised(made.raised)
    if made.strange is not None:
        return Message(key="strange", template=STRANGE, params={"type": quoted(made.strange)})
    last = last_value(source)
    if last.prints or (made.value is NOTHING and made.output and not source):
        return Message(key="prints", template=PRINTS)
    if made.value is None and last.kind != "nothing":
        return Message(key="none", template=NONE)
    if last.kind == "nothing" and last.text:
        return Message(key="no-value", template=ENDS_WITH, params={"word": last.text})
    return Message(key="no-value", template=NO_VALUE)


def explain_raised(raised: Raised) -> Message:
    """An exception, in a sentence or two."""
    params: dict[str, object] = {
        "where": f"Line {raised.line}" if raised.line else "Your code",
        "line": f"line {raised.line}" if raised.line else "the last lines",
        "type": raised.type,
        "name": quoted(raised.name or "?"),
        "near": quoted(raised.near or ""),
        "says": quoted(raised.text) or "nothing more",
    }
    key, template = _template(raised)
    return Message(
        key=key, template=template, params={k: v for k, v in params.items() if f"{{{k}}}" in template}
    )


def _template(raised: Raised) -> tuple[str, str]:
    kind = "SyntaxError" if raised.type in ("IndentationError", "TabError") else raised.type
    for type_name, words, key, template in CLUES:
        if type_name == kind and words in raised.text:
            return key, template
    if kind == "KeyError" and raised.text.startswith("('"):
        return "key-tuple", TUPLE_KEY
    key, template = EXPLAINED.get(kind, OTHER)
    if raised.near and kind in NEAR:
        return key, NEAR[kind]
    if "{name}" in template and not raised.name:
        return OTHER if kind not in EXPLAINED else (key, OTHER[1])
    return key, template


def quoted(text: str, most: int = LONGEST) -> str:
    """Foreign words on one line, short enough to quote, without the backtick that would end a code span."""
    line = " ".join(text.split()).replace("`", "'")
    line = line if len(line) <= most else line[: most - 1] + "…"
    return line.rstrip(".")
