"""What a process does before any submission comes: import what submissions import, and try it once."""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import sys
from collections.abc import Iterable
from typing import Final

from courseware.grading.engine.shell import GradingShell, make_shell

FORKABLE: Final = frozenset(
    {
        "bs4", "checkers", "courseware", "IPython", "matplotlib", "networkx", "numpy", "pandas", "PIL",
        "scipy", "seaborn", "sklearn", "statsmodels", "sympy",
    }
)  # fmt: skip
"""Packages that may be imported before the process is copied: they start no thread, and hold nothing open."""
MORE: Final = {
    "checkers": ("checkers.execute",),
    "courseware": ("courseware.lesson", "courseware.widgets.cell"),
    "matplotlib": ("matplotlib.pyplot", "matplotlib_inline.backend_inline"),
    "pandas": ("pandas.testing",),
    "numpy": ("numpy.testing",),
}

TRIED: Final = (
    "1 + 1",
    "def f(x):\n    return [x / 0]\nf(3)",
    "assert 1 == 2, 'no'",
    "1 +",
    "undefined_name",
)
TRIED_PANDAS: Final = """
import io
import pandas
t = pandas.read_csv(io.StringIO("a,b,c\\n1,x,2020-01-01\\n2,y,2020-01-02\\n2,x,2020-01-03"))
t["c"] = pandas.to_datetime(t["c"])
t.groupby("b")["a"].mean(); t.sort_values("a"); t.merge(t, on="a"); t[t["a"] > 1]; t.describe(); repr(t)
t.pivot_table(index="a", values="c", aggfunc="count"); t["b"].value_counts(); t.equals(t); t.query("a > 1")
pandas.testing.assert_frame_equal(t, t)
t["nothing"]
"""


VERDICTS: Final = "courseware.grading.verdict"


def warm_verdicts() -> None:
    """Import what keeps tests apart from submissions, and carry a table across once."""
    for name in ("channel", "codec", "profile", "submitted", "tester"):
        importlib.import_module(f"{VERDICTS}.{name}")
    if "matplotlib" in sys.modules:
        importlib.import_module(f"{VERDICTS}.figures")
    if (pandas := sys.modules.get("pandas")) is not None:
        codec = importlib.import_module(f"{VERDICTS}.codec")
        times = pandas.to_datetime(["2020-01-01", "2020-01-02"])
        table = pandas.DataFrame({"a": [1, 2], "b": ["x", None], "c": times, "d": [0.5, 1]})
        for value in (table, table["b"], table["a"].to_numpy(), table.iloc[1:], [1, {"a": (2, "x")}]):
            to = codec.Encoder()
            node = to.node(value)
            codec.Decoder([bytes(each) for each in to.buffers]).value(node)
    gc.collect()
    gc.freeze()


def warm(imports: Iterable[str], folder: str) -> GradingShell:
    """The shell that submissions will run in, with these packages imported, as far as they can be.

    What IPython and matplotlib write for themselves goes into the folder.
    """
    os.environ.update(IPYTHONDIR=folder, MPLCONFIGDIR=folder)
    wanted = [name for name in dict.fromkeys(imports) if name.partition(".")[0] in FORKABLE]
    for name in wanted:
        for module in (name, *MORE.get(name, ())):
            with contextlib.suppress(ImportError):  # then the notebook hears of it
                importlib.import_module(module)
    shell = make_shell(folder)
    for source in (*TRIED, *([TRIED_PANDAS] if "pandas" in wanted else [])):
        with shell.keeping(10_000):
            shell.run_cell(source)
    shell.reset(new_session=True)
    gc.collect()
    gc.freeze()
    return shell
