"""Code in a process of its own: what comes back, and what ends it."""

import datetime
import os
import subprocess
import sys
import time
from collections import Counter, OrderedDict, deque
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd
import pytest

from checkers import carry
from checkers.alike import alike
from checkers.process import Process, Subprocess
from checkers.run import NOTHING, Call, Job, Raised


def made(worker, source, **more):
    return worker.run(Job(source=source, **more)).made


@pytest.mark.parametrize(
    ("source", "value"),
    [
        ("1 + 1", 2),
        ("x = 3", 3),
        ("x = y = 3", 3),
        ("x = 3\nx += 1", 4),
        ("a, (b, *c) = 1, (2, 3)", (1, (2, [3]))),
        ("x: int = 5", 5),
        ("d = {}\nd['k'] = 1", {"k": 1}),
        ("d = {}\nd['k'] = d['l'] = 1\nd", {"k": 1, "l": 1}),
        ("None", None),
        ("print('a')", NOTHING),
        ("for n in range(3): pass", NOTHING),
        ("def f(): pass", NOTHING),
        ("import math", NOTHING),
        ("", NOTHING),
        ("__name__", "__main__"),
        ("from dataclasses import dataclass\n@dataclass\nclass A:\n    n: 'int'\nA(3).n", 3),
    ],
)
def test_the_value_is_that_of_the_last_expression_or_of_what_the_last_line_assigns(worker, source, value):
    assert made(worker, source).value == value


@pytest.mark.parametrize(
    ("source", "raised"),
    [
        (
            "\n\nprnt(3)",
            Raised(type="NameError", text="name 'prnt' is not defined", line=3, name="prnt", near="print"),
        ),
        (
            "def f():\n    return 1 / 0\n\nf()",
            Raised(type="ZeroDivisionError", text="division by zero", line=2),
        ),
        ("x = 1\nx +", Raised(type="SyntaxError", text="invalid syntax", line=2)),
        (
            "{'species': 1}\nd = {'species': 1}\nd['spcies']",
            Raised(type="KeyError", text="'spcies'", line=3, near="species"),
        ),
        (
            "[].apend(1)",
            Raised(
                type="AttributeError",
                text="'list' object has no attribute 'apend'",
                line=1,
                name="apend",
                near="append",
            ),
        ),
        (
            "import pandsa",
            Raised(
                type="ModuleNotFoundError",
                text="No module named 'pandsa'",
                line=1,
                name="pandsa",
                near="pandas",
            ),
        ),
        ("import sys\nsys.exit('bye')", Raised(type="SystemExit", text="bye", line=2)),
        (
            "input('name?')",
            Raised(type="NoInput", text="nobody is there to type while code is checked", line=1),
        ),
        (
            "class E(Exception):\n    def __str__(self): raise self\nraise E",
            Raised(type="E", text="", line=3),
        ),
        ("import os\nos._exit(0)", Raised(type="ProcessEnded", text="ended")),
    ],
)
def test_an_exception_comes_back_with_the_learner_s_own_line_and_a_near_name(worker, source, raised):
    assert made(worker, source).raised == raised


def test_names_are_copied_afresh_for_each_run_and_given_lines_come_before(worker):
    job = Job(source="numbers.append(math.pi)\nlen(numbers)", given=("import math",), names={"numbers": [1]})
    assert [worker.run(job).made.value for _ in range(2)] == [2, 2]
    assert made(worker, "'numbers' in globals()").value is False


def test_a_run_that_does_not_end_is_stopped_and_the_next_one_starts_afresh(worker):
    started = time.monotonic()
    assert made(worker, "while True: pass", limit=0.3).timed_out
    assert made(worker, "try:\n    while True: pass\nexcept: pass\nwhile True: pass", limit=0.3).timed_out
    assert made(worker, "1").value == 1
    assert time.monotonic() - started < 5


def test_each_call_is_told_as_it_is_made_up_to_the_one_that_hangs(worker):
    source = "def f(n):\n    print(n)\n    while n == 2: pass\n    return n"
    job = Job(source=source, calls=tuple(Call(name="f", args=(n,)) for n in range(4)), call_limit=0.3)
    outcome = worker.run(job)
    assert [(c.value, c.output, c.timed_out) for c in outcome.calls] == [
        (0, "0\n", False),
        (1, "1\n", False),
        (NOTHING, "", True),
    ]


def test_all_calls_together_have_a_limit_too(worker):
    source = "import time\ndef f():\n    time.sleep(0.2)"
    outcome = worker.run(Job(source=source, calls=(Call(name="f"),) * 10, call_limit=1, total=0.5))
    assert outcome.calls[-1].timed_out
    assert len(outcome.calls) <= 3


def test_a_call_gets_arguments_of_its_own_and_tells_how_it_left_them(worker):
    numbers = [3, 1]
    source = "def f(a):\n    a.sort()\ndef g(a):\n    return a * 2"
    calls = (
        Call(name="f", args=(numbers,)),
        Call(name="f", args=(numbers,)),
        Call(name="g", args=(numbers,)),
    )
    outcome = worker.run(Job(source=source, calls=calls))
    assert [c.args_after for c in outcome.calls] == [([1, 3],), ([1, 3],), None]
    assert numbers == [3, 1]


def test_a_name_that_is_not_there_is_told_for_the_call(worker):
    (call,) = worker.run(Job(source="x = 1", calls=(Call(name="f"),))).calls
    assert call.raised is not None
    assert (call.raised.type, call.raised.name) == ("NameError", "f")


@pytest.mark.parametrize(
    ("source", "strange"),
    [
        ("lambda: 1", "function"),
        ("(n for n in [])", "generator"),
        ("class A: pass\nA()", "A"),
        ("class A: pass\n[A()]", "A"),
        ("len", "len"),
        ("import os\nos.system", "system"),
        ("import sys\nsys", "module"),
        ("class A:\n    def __reduce__(self): return (eval, ('1',))\nA()", "eval"),
        ("class A:\n    def __reduce__(self): raise SystemExit\nA()", "A"),
        ("class A(int): pass\nA(3)", "A"),
        ("x = []\nfor _ in range(100_000): x = [x]\nx", "list"),
    ],
)
def test_what_is_not_plain_data_does_not_come_back(worker, source, strange):
    came = made(worker, source)
    assert came.value is NOTHING
    assert came.strange is not None
    assert came.strange.endswith(strange)


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        10**40,
        1.5,
        1j,
        "é",
        b"x",
        [1, [2]],
        (1,),
        {"a": {2}},
        frozenset([1]),
        range(3),
        slice(1, 2),
        bytearray(b"a"),
        Counter("aab"),
        OrderedDict(a=1),
        deque([1]),
        Decimal("1.10"),
        Fraction(1, 3),
        datetime.date(2020, 1, 1),
        datetime.timedelta(1),
        datetime.datetime(2020, 1, 1, tzinfo=ZoneInfo("Europe/Berlin")),
        datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC),
        np.float64(1.5),
        np.int32(3),
        np.bool_(True),
        np.arange(4).reshape(2, 2).T,
        np.array(["a", None], dtype=object),
        np.datetime64("2020"),
        pd.DataFrame({"a": [1, None], "b": ["x", None], "c": pd.to_datetime(["2020", None])}),
        pd.Series([1, None], dtype="Int64"),
        pd.Series(["u", "v"], dtype="category"),
        pd.Series(["u", None], dtype="string"),
        pd.date_range("2020", periods=2, tz="Europe/Berlin"),
        pd.MultiIndex.from_tuples([(1, "a")]),
        pd.Timestamp("2020", tz="UTC"),
        pd.Timedelta("1D"),
        pd.NaT,
        pd.NA,
        pd.Period("2020"),
        pd.interval_range(0, 3),
        pd.DataFrame({"a": [1]}, index=pd.RangeIndex(1)).groupby("a").sum(),
    ],
)
def test_plain_data_arrays_and_tables_come_back_as_they_were(worker, value):
    came = made(worker, "value", names={"value": value}).value
    assert type(came) is type(value)
    assert alike(came, value) or value == came or repr(came) == repr(value)


def test_a_pickle_that_opens_files_or_calls_functions_is_not_read():
    for forged in (
        b"cos\nsystem\n(S'true'\ntR.",
        b"cpandas\nread_pickle\n(S'x'\ntR.",
        b"cpandas\nHDFStore\n(S'x'\ntR.",
        b"cnumpy\nmemmap\n(S'x'\ntR.",
    ):
        with pytest.raises(carry.Refused):
            carry.loads(forged)


def test_printed_output_is_kept_up_to_a_limit_and_never_mixed_with_what_is_told(worker):
    assert made(worker, "print('a'); print('b', flush=True); 3").output == "a\nb\n"
    assert len(made(worker, "print('x' * 10**6)").output) == 20_000
    assert made(worker, "import os\nos.write(1, b'noise'); os.write(2, b'noise'); 3").value == 3
    assert made(worker, "import sys\nsys.stdout.write('\\ud800'); sys.stdin.read()").value == ""


def test_no_run_leaves_anything_behind_for_the_next(worker, tmp_path):
    (tmp_path / "data.txt").write_text("42")
    spoil = (
        "import builtins, os, sys, random\nbuiltins.spoilt = 1\nbuiltins.sum = None\nos.environ['SPOILT'] "
        "= '1'\n"
        "sys.path.insert(0, 'x')\nsys.setrecursionlimit(50_000)\nsys.stdout = None\nopen('data.txt').read()"
    )
    assert made(worker, spoil, folder=str(tmp_path)).value == "42"
    look = (
        "import os, sys\n"
        "('spoilt' in dir(__builtins__), sum([1]), 'SPOILT' in os.environ, 'x' in sys.path, "
        "sys.getrecursionlimit())"
    )
    assert made(worker, look).value == (False, 1, False, False, 1000)
    assert made(worker, "import os\nos.getcwd()").value != str(tmp_path)
    assert (
        made(
            worker, "import threading, time\nthreading.Thread(target=time.sleep, args=(60,)).start()\n1"
        ).value
        == 1
    )
    assert made(worker, "import threading\nthreading.active_count()").value == 2


def test_chance_is_the_same_in_every_run(worker):
    source = "import random\nrandom.random(), list({'a', 'b', 'c', 'd'})"
    assert made(worker, source).value == made(Subprocess(), source).value


def test_deep_recursion_is_an_exception_and_not_an_end(worker):
    raised = made(worker, "def f(n):\n    return f(n + 1)\nf(0)").raised
    assert raised is not None
    assert (raised.type, raised.line) == ("RecursionError", 2)


def test_given_names_that_cannot_be_carried_are_the_author_s_error(worker):
    with pytest.raises(TypeError, match="plain data"):
        worker.run(Job(source="1", names={"f": lambda: 1}))
    assert made(worker, "1").value == 1


def test_a_process_ends_with_the_one_that_started_it():
    parent = (
        "import sys\nfrom checkers.process import Process\nfrom checkers.run import Job\nimport "
        "threading, time, os\n"
        "process = Process()\nprint(process._child.pid, flush=True)\n"
        "threading.Thread(target=process.run, args=(Job(source='while True: pass', limit=60),), "
        "daemon=True).start()\n"
        "time.sleep(0.5)\nos._exit(1)"
    )
    told = subprocess.run([sys.executable, "-P", "-c", parent], capture_output=True, text=True, check=False)
    pid = int(told.stdout)
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and _runs(pid):
        time.sleep(0.05)
    assert not _runs(pid)


def _runs(pid: int) -> bool:
    if sys.platform == "win32":
        look = ["tasklist", "/FI", f"PID eq {pid}"]
        return str(pid) in subprocess.run(look, capture_output=True, text=True, check=True).stdout
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    stat = Path(f"/proc/{pid}/stat")
    return not (stat.exists() and ") Z " in stat.read_text())  # a zombie has ended


def test_a_process_that_is_closed_twice_or_killed_from_outside_is_no_trouble():
    process = Process()
    process.close()
    process.close()
    assert not process.alive
    process = Process()
    process._child.kill()
    assert process.run(Job(source="1")).made.raised == Raised(type="ProcessEnded", text="ended")
    assert not process.alive
