"""Why code came to no value, in words."""

import pytest

from checkers.explain import EXPLAINED, explain
from checkers.run import NOTHING, Job, Made, Raised

TABLE = "import pandas as pd\ndf = pd.DataFrame({'species': ['a'], 'mass': [1]})\n"


@pytest.mark.parametrize(
    ("source", "key", "says"),
    [
        ("prnt(1)", "name-error", "There is `print`: did you mean that?"),
        ("qwertz", "name-error", "nothing has that name yet"),
        ("def f():\n    n += 1\nn = 0\nf()", "unbound-local", "belongs to the function"),
        ("1 +", "syntax-error", "Python cannot read"),
        ("if True:\nx", "syntax-error", "line 2"),
        (TABLE + "df['Species']", "key-error", "There is `species`"),
        (TABLE + "df['island']", "key-error", "no key or column"),
        (TABLE + "df['species', 'mass']", "key-tuple", "two pairs of brackets"),
        (TABLE + "df[df.mass > 1 and df.mass < 3]", "ambiguous-truth", "`&`"),
        (TABLE + "df[df.mass > 1 & df.mass < 3]", "ambiguous-truth", "parentheses"),
        (TABLE + "df[df.species == 'a' & df.mass == 1]", "parentheses", "parentheses"),
        (TABLE + "df.hed()", "attribute-error", "It has `.head`"),
        (
            TABLE + "x = df.sort_values('mass', inplace=True)\nx.head()",
            "attribute-of-none",
            "gave nothing back",
        ),
        (TABLE + "df('mass')", "not-callable", "not a function"),
        ("[].append(1, 2)", "type-error", "Python says"),
        ("def f(a): pass\nf(1, 2)", "arguments", "another number of arguments"),
        ("'a' + 1", "types-joined", "A list takes a list"),
        ("None + 1", "none-used", "works with `None`"),
        ("int('x')", "value-error", "cannot be used there"),
        ("[1][3]", "index-error", "count from 0"),
        ("1 / 0", "zero-division", "divides by zero"),
        ("open('nowhere.csv')", "file-not-found", "`data/`"),
        ("def f(): f()\nf()", "recursion", "without an end"),
        ("from math import sinus", "import-error", "Check its spelling"),
        ("import pands", "module-not-found", "There is `pandas`"),
        ("import qwertz", "module-not-found", "no module of that name"),
        ("assert 1 == 2", "assertion", "does not hold"),
        ("exit()", "exit", "ends the whole program"),
        ("f = input\nf()", "input", "nobody is there"),
        ("raise StopIteration('so')", "exception", "StopIteration"),
        ("lambda: 1", "strange", "`function`"),
        ("print(3)", "prints", "ends with `print(…)`"),
        ("[2, 1].sort()", "none", "change a thing in place"),
        ("for n in []: pass", "no-value", "ends with `for`"),
        ("def f(): pass", "no-value", "ends with `def`"),
    ],
)
def test_each_way_to_come_to_no_value_is_explained(worker, source, key, says):
    message = explain(worker.run(Job(source=source)).made, source)
    assert message.key == key, message.text
    assert says in message.text
    assert "{" not in message.text
    assert len(message.text.split()) <= 60


def test_a_time_out_and_an_ended_process_are_explained():
    assert explain(Made(timed_out=True)).key == "time-out"
    assert explain(Made(raised=Raised(type="ProcessEnded", text="ended"))).key == "ended"


@pytest.mark.parametrize("kind", [*EXPLAINED, "Unheard"])
@pytest.mark.parametrize("text", ["", "says\n`so`", "x" * 5000, "truth value of a Series", "('a', 'b')"])
@pytest.mark.parametrize(("line", "name", "near"), [(None, None, None), (3, "a`b", None), (3, "a", "b")])
def test_every_exception_has_a_message_that_fits_on_a_card(kind, text, line, name, near):
    message = explain(Made(raised=Raised(type=kind, text=text, line=line, name=name, near=near)))
    assert "{" not in message.text
    assert len(message.text) < 500
    assert message.text.count("`") % 2 == 0


def test_without_the_source_it_still_says_what_to_do():
    assert explain(Made()).key == "no-value"
    assert explain(Made(value=NOTHING, output="3\n")).key == "prints"
