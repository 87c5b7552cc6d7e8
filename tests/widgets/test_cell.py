"""``%%check`` in a real kernel: an ordinary cell in an emptied namespace, judged afterwards."""

from __future__ import annotations

import re
import textwrap
import uuid
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from jupyter_client.manager import start_new_kernel

READY = """
import ipywidgets
from pathlib import Path
from courseware import workspace as _workspace
from courseware.clock import system_clock as _clock
from courseware.course import load_course as _load_course
from courseware.local_tutor import LocalTutor as _LocalTutor
from courseware import runner as _runners
from courseware.widgets import cell as _cell
from courseware.widgets.page import Page as _Page
_worker = _runners.Worker()
"""
LESSON = """
_course = _load_course(Path({course!r}))
_space = _workspace.create(Path({work!r}), _course, by_path=True)
_runner = _runners.InKernel(_worker)
_log = _space.open_log()
_tutor = _LocalTutor(_course, _log, _space.learner, clock=_clock(), runner=_runner, workspace=_space)
_tutor.open(None)
_page = _Page(lambda: _tutor, lesson="01-add", folder="")
_cells = _cell.load(get_ipython(), _page, _runner, _tutor.givens, seconds={seconds})
"""


@dataclass
class Ran:
    """What one cell left: printed text, shown data, the exception, the checks under it."""

    text: str
    shown: list[dict]
    error: dict | None
    checks: list[dict]

    @property
    def check(self) -> dict:
        (view,) = self.checks
        return view

    @property
    def told(self) -> str | None:
        return self.check["feedback"] and self.check["feedback"]["key"]


class Notebook:
    """A kernel and the notebook on it."""

    def __init__(self, client) -> None:
        self._client = client

    def run(self, code: str) -> Ran:
        code = textwrap.dedent(code).lstrip("\n")
        text, shown, errors, models = [], [], [], []

        def hear(message):
            kind, content = message["msg_type"], message["content"]
            if kind == "stream":
                text.append(content["text"])
            elif kind in ("display_data", "execute_result"):
                view = content["data"].get("application/vnd.jupyter.widget-view+json")
                shown.append(content["data"])
                if view:
                    models.append(view["model_id"])
            elif kind == "error":
                errors.append(content)

        self._client.execute_interactive(code, output_hook=hear, timeout=60, allow_stdin=False)
        views = []
        for model in models:
            # What the page would do when the widget is shown.
            hello = {"v": 1, "do": "hello", "id": str(uuid.uuid4())}
            widget = f"__import__('ipywidgets').widgets.widget._instances[{model!r}]"
            views.append(
                self.value(f"({widget}.view or {widget}._handle_custom_msg({hello!r}, []) or {widget}.view)")
            )
        return Ran("".join(text), shown, errors[0] if errors else None, views)

    def value(self, expression: str):
        """The value of an expression in the notebook."""
        reply = self._client.execute_interactive(
            "", silent=True, user_expressions={"it": expression}, output_hook=lambda _: None, timeout=60
        )
        told = reply["content"]["user_expressions"]["it"]
        assert told["status"] == "ok", told
        return eval(told["data"]["text/plain"])

    def kinds(self) -> list[str]:
        return self.value("[e.kind for e in _tutor._events if e.kind in ('answer', 'run')]")

    def numbers(self, target: str = "two-numbers") -> tuple[int, int]:
        a, b = re.findall(r"\d+", self.value(f"_tutor.ask({target!r}).prompt.text"))
        return int(a), int(b)


@pytest.fixture(scope="module")
def kernel() -> Iterator[Notebook]:
    manager, client = start_new_kernel(kernel_name="python3")
    notebook = Notebook(client)
    try:
        assert notebook.run(READY).error is None
        yield notebook
    finally:
        notebook.run("_worker.close()")
        client.stop_channels()
        manager.shutdown_kernel(now=True)


@pytest.fixture
def notebook(kernel, course_folder, tmp_path) -> Notebook:
    """A notebook of a new learner."""
    made = LESSON.format(course=str(course_folder), work=str(tmp_path / "work"), seconds=10)
    assert kernel.run(made).error is None
    return kernel


def test_a_right_cell_is_an_answer_and_its_card_is_shown_without_the_field(notebook):
    a, b = notebook.numbers()
    ran = notebook.run(f"""
        %%check two-numbers
        total = {a} + {b}
        total
    """)
    assert ran.error is None
    assert ran.check["feedback"]["tone"] == "good"
    assert ran.check["field"] is False
    assert ran.shown[0]["text/plain"] == str(a + b)
    assert notebook.kinds() == ["answer"]


def test_a_wrong_cell_is_told_its_mistake(notebook):
    a, b = notebook.numbers()
    assert notebook.run(f"%%check two-numbers\n{a} - {b}").told == "minus"
    assert notebook.kinds() == ["answer"]


@pytest.mark.parametrize("ending", ["answer = {}", "answer: int = {}", "answer = 0\nanswer += {}", "{};"])
def test_the_value_is_that_of_the_last_line(notebook, ending):
    a, b = notebook.numbers()
    ran = notebook.run("%%check two-numbers\n" + ending.format(a + b))
    assert ran.check["feedback"]["tone"] == "good"


def test_a_cell_starts_empty_but_for_what_is_given(notebook):
    notebook.run("secret = 1")
    ran = notebook.run("""
        %%check two-numbers
        print(sorted(n for n in globals() if not n.startswith("_") and n not in ("In", "Out", "exit", "quit",
                     "get_ipython", "open")))
        math.floor(numbers[0]) + numbers[1]
    """)
    assert ran.text == "['math', 'numbers']\n"
    assert ran.check["feedback"]["tone"] == "good"


def test_names_of_a_cell_that_ran_are_handed_to_the_notebook(notebook):
    notebook.run("kept = 'notebook'\nchanged = 'notebook'\nnumbers = 'notebook'")
    notebook.run("""
        %%check two-numbers
        changed = new = 'cell'
        list = [1]
        def twice(x):
            return x * len(new)
        numbers[0] = 0
        1
    """)
    assert notebook.value("(kept, changed, new, twice(2), numbers)") == (
        "notebook",
        "cell",
        "cell",
        8,
        "notebook",
    )
    assert notebook.value("list('ab')") == ["a", "b"]
    assert notebook.value("'__courseware_keep__' in globals()") is False


def test_what_is_given_is_copied_afresh_each_run(notebook):
    for _ in range(2):
        ran = notebook.run("%%check two-numbers\nnumbers.append(0)\nlen(numbers)")
        assert ran.shown[0]["text/plain"] == "3"


def test_names_of_a_cell_that_raised_are_not_handed_over(notebook):
    notebook.run("kept = 'notebook'")
    ran = notebook.run("%%check two-numbers\nkept = 'cell'\n1 / 0")
    assert ran.error["ename"] == "ZeroDivisionError"
    assert ran.told == "zero-division"
    assert notebook.value("kept") == "notebook"
    assert notebook.kinds() == ["run"]


def test_a_name_error_is_a_run_and_its_line_is_the_cells_own(notebook):
    ran = notebook.run("%%check two-numbers\nx = 1\nnumbres[0] + x")
    assert ran.error["ename"] == "NameError"
    assert ran.told == "name-error"
    assert "Line 3" in ran.check["feedback"]["title_html"] + ran.check["feedback"]["html"]
    assert ran.check["feedback"]["tone"] == "note"
    assert notebook.kinds() == ["run"]
    assert any("----> 3" in re.sub(r"\x1b\[[0-9;]*m", "", line) for line in ran.error["traceback"])


def test_leaning_on_a_name_of_the_notebook_is_told_and_not_logged(notebook):
    notebook.run("secret_total = 1")
    ran = notebook.run("%%check two-numbers\nsecret_total")
    assert ran.told == "hidden-state"
    assert "<code>secret_total</code>" in ran.check["feedback"]["title_html"]
    assert notebook.kinds() == []
    assert notebook.value("secret_total") == 1


@pytest.mark.parametrize(
    "loop", ["while True: pass", "while True:\n    try:\n        x = 1\n    except: pass"]
)
def test_a_cell_is_stopped_when_its_time_is_up(notebook, loop):
    notebook.run("_cells._seconds = 0.4")
    ran = notebook.run(f"%%check two-numbers\nfound = 1\n{loop}")
    assert ran.error["ename"] == "TimeIsUp"
    assert not any("time_limit.py" in line for line in ran.error["traceback"])
    assert ran.told == "time-out"
    assert notebook.kinds() == ["run"]
    assert notebook.value("'found' in globals()") is False
    assert notebook.run("import time; time.sleep(0.6); 'on'").shown[0]["text/plain"] == "'on'"


@pytest.mark.parametrize(
    ("below", "key"),
    [
        ("%time 1", "magic"),
        ("!echo 1", "magic"),
        ("x = !echo 1", "magic"),
        ("import asyncio\nawait asyncio.sleep(0)", "await"),
        ("input()", "input"),
        ("total = (1 +", "syntax"),
        ("# nothing yet", "blank"),
    ],
)
def test_what_is_not_plain_python_is_told_and_neither_run_nor_logged(notebook, below, key):
    ran = notebook.run(
        f"%%check two-numbers\nprint('ran')\n{below}" if key != "blank" else f"%%check two-numbers\n{below}"
    )
    assert ran.told == key
    assert (ran.text, ran.error) == ("", None)
    assert notebook.kinds() == []


@pytest.mark.parametrize("cell", ["%%check two-numbers", "%%check two-numbers  # the first\n\n"])
def test_nothing_below_shows_the_card(notebook, cell):
    ran = notebook.run(cell)
    assert ran.check["item"] == "two-numbers"
    assert ran.check["feedback"] is None
    assert notebook.kinds() == []


def test_an_unknown_check_is_told_with_near_names_and_nothing_runs(notebook):
    ran = notebook.run("%%check two-number\nprint('ran')\nleft = 1\n1")
    assert "two-numbers" in ran.text
    assert "ran" not in ran.text.split()
    assert (ran.error, ran.checks, ran.shown) == (None, [], [])
    assert notebook.value("'left' in globals()") is False
    assert notebook.run("1 + 1").shown[0]["text/plain"] == "2"


def test_the_magic_without_a_name_says_how_it_is_written(notebook):
    assert "%%check name-of-the-check" in notebook.run("%%check\n1").text


def test_code_checked_again_unchanged_is_not_counted_again(notebook):
    a, _ = notebook.numbers()
    notebook.run(f"%%check two-numbers\n{a}")
    assert notebook.run(f"%%check two-numbers\n{a}").told == "same-code"
    assert notebook.kinds() == ["answer"]


def test_output_is_shown_as_in_any_cell(notebook):
    ran = notebook.run("""
        %%check two-numbers
        from IPython.display import HTML, display
        display(HTML("<b>one</b>"))
        print("two")
        HTML("<b>three</b>")
    """)
    assert [data.get("text/html") for data in ran.shown] == ["<b>one</b>", "<b>three</b>", None]
    assert ran.text == "two\n"


def test_a_last_line_that_is_quiet_or_only_prints_shows_nothing_more(notebook):
    assert len(notebook.run("%%check two-numbers\n1;").shown) == 1
    ran = notebook.run("%%check two-numbers\nprint(2)")
    assert (ran.text, ran.told) == ("2\n", "prints")


def test_history_goes_on_across_checks(notebook):
    notebook.run("%%check two-numbers\n41")
    assert notebook.value("_") == 41


def test_the_stop_button_stops_a_check_and_records_nothing(notebook):
    ran = notebook.run("%%check two-numbers\nimport signal\nsignal.raise_signal(signal.SIGINT)\n1")
    assert ran.error["ename"] == "KeyboardInterrupt"
    assert ran.checks == []
    assert notebook.kinds() == []


def test_a_check_on_the_page_follows_the_cell(notebook):
    a, b = notebook.numbers()
    notebook.run(
        "from courseware.widgets.check import CheckWidget\nabove = CheckWidget(_page, 'two-numbers')"
    )
    notebook.run(f"above._handle_custom_msg({ {'v': 1, 'do': 'hello', 'id': str(uuid.uuid4())}!r}, [])")
    notebook.run(f"%%check two-numbers\n{a} - {b}")
    assert notebook.value("above.view['feedback']['key']") == "minus"
    assert notebook.value("above.view['field']") is True


def test_a_tutor_that_fails_is_told_and_the_notebook_goes_on(notebook):
    notebook.run("kept = 1\ndef _fail(*a, **k): raise OSError('the disk is full')\n_tutor.answer = _fail")
    ran = notebook.run("%%check two-numbers\n1")
    assert "OSError: the disk is full" in ran.text
    assert ran.error is None
    notebook.run("_tutor.ask = _fail")
    ran = notebook.run("%%check two-numbers\nprint('ran')")
    assert "OSError: the disk is full" in ran.text
    assert "ran\n" not in ran.text
    assert notebook.run("kept").shown[0]["text/plain"] == "1"


def test_ordinary_cells_and_other_magics_are_left_alone(notebook):
    assert notebook.run("print('%%check two-numbers')").text == "%%check two-numbers\n"
    assert notebook.run("x = 'a'\n%time y = 1\nx").shown[0]["text/plain"] == "'a'"
    assert notebook.run("import asyncio\nawait asyncio.sleep(0)\n3").shown[0]["text/plain"] == "3"


def test_loading_again_replaces_what_was_loaded(notebook):
    notebook.run("_cell.load(get_ipython(), _page, _runner, _tutor.givens)")
    loaded = "[t for t in get_ipython().input_transformers_cleanup if 'CheckCells' in repr(t)]"
    assert notebook.value(f"len({loaded})") == 1
    a, b = notebook.numbers()
    assert len(notebook.run(f"%%check two-numbers\n{a + b}").checks) == 1
    assert notebook.kinds() == ["answer"]


def test_loading_again_leaves_no_process_of_before_behind(notebook):
    notebook.run("from checkers.run import Job\n_runner.run(Job(source='1'))")
    assert notebook.value("_worker._process.alive")
    notebook.run("_cell.load(get_ipython(), _page, _runner, _tutor.givens)")
    assert notebook.value("_worker._process") is None


def test_while_grading_a_check_says_that_it_is_passed_over(notebook):
    notebook.run("_cell.load_while_grading(get_ipython())")
    ran = notebook.run("%%check two-numbers\nprint('ran')")
    assert "while the notebook is graded" in ran.text
    assert (ran.error, ran.checks) == (None, [])


def test_lines_may_end_as_on_windows(notebook):
    a, b = notebook.numbers()
    ran = notebook.run(f"%%check two-numbers\r\ntotal = {a}\r\ntotal + {b}\r\n")
    assert ran.check["feedback"]["tone"] == "good"


def test_below_other_lines_it_says_where_it_has_to_be(notebook):
    ran = notebook.run("# my try\n%%check two-numbers\n1")
    assert "has to be the first line" in ran.text
    assert ran.checks == []


@pytest.mark.parametrize(
    "harm",
    [
        "globals().clear()",
        "open = exit = In = Out = get_ipython = 5",
        "del In, Out, get_ipython",
        "import builtins\nbuiltins.sum = None\nbuiltins.neu = 1\ndel builtins.max",
        "import io, sys\nsys.stdout = io.StringIO()",
    ],
)
def test_whatever_a_cell_does_to_its_surroundings_the_notebook_is_as_it_was(notebook, harm):
    a, b = notebook.numbers()
    notebook.run("kept = 4")
    ran = notebook.run(f"%%check two-numbers\n{harm}\nfound = {a + b}")
    assert ran.check["feedback"]["tone"] == "good"
    after = notebook.run(
        "print(kept, found, sum([1, 2]), max(1, 2), callable(open), len(In) > 1, _)\nOut and 1"
    )
    assert after.text.startswith(f"4 {a + b} 3 2 True True")
    assert after.shown[0]["text/plain"] == "1"
    assert notebook.run("neu").error["ename"] == "NameError"


def test_an_exception_that_cannot_even_be_shown_leaves_the_notebook_its_names(notebook):
    notebook.run("kept = 4")
    ran = notebook.run("""
        %%check two-numbers
        class Odd(BaseException):
            def __str__(self):
                raise ValueError
        raise Odd
    """)
    assert ran.check["feedback"]["tone"] == "note"
    assert notebook.run("kept").shown[0]["text/plain"] == "4"
    assert notebook.kinds() == ["run"]


@pytest.mark.parametrize("at", ["_cells._givens", "_tutor.answer"])
def test_stopped_before_or_after_it_ran_a_check_says_so_and_records_nothing(notebook, at):
    notebook.run("import signal\nkept = 4\ndef _stop(*a, **k): signal.raise_signal(signal.SIGINT)")
    notebook.run(f"{at} = _stop")
    name = f"made_with_{at.partition('.')[2]}"
    ran = notebook.run(f"%%check two-numbers\n{name} = 1\n1")
    assert "Stopped before the check was done" in ran.text
    assert (ran.error, ran.checks, notebook.kinds()) == (None, [], [])
    assert notebook.run("kept").shown[0]["text/plain"] == "4"
    assert notebook.value(f"{name!r} in globals()") is (at == "_tutor.answer")


def test_what_failed_on_our_side_comes_after_the_sentence_that_says_what_to_do(notebook):
    notebook.run("def _fail(*a, **k): raise OSError('the disk is full')\n_tutor.answer = _fail")
    text = notebook.run("%%check two-numbers\n1").text
    assert text.index("Run it once more") < text.index("Traceback")
