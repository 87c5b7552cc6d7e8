"""``%%check item-id``: the cell below it runs as an ordinary cell in an emptied namespace, then it is judged.

The first line is taken off before IPython looks at the cell, so that output, figures and tracebacks are as
always. What the cell made goes to the tutor; the card with its feedback is shown under the cell.
"""

from __future__ import annotations

import ast
import logging
import re
import sys
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from time import monotonic
from typing import Any, Final, Protocol

from checkers.code import Last, last_value, problem
from checkers.message import Message
from checkers.run import NOTHING, Made, Raised
from courseware.events import new_id
from courseware.tutor import Card, NotFound, Stale, Told
from courseware.widgets.check import CheckWidget
from courseware.widgets.desk import sentence
from courseware.widgets.drawn import Drawn
from courseware.widgets.emptied import Emptied
from courseware.widgets.page import Page
from courseware.widgets.time_limit import TimeIsUp, TimeLimit

log = logging.getLogger("courseware.widgets")

SECONDS: Final = 10.0
HEAD: Final = re.compile(r"\A\s*%%check[ \t]+([\w.-]+)[ \t]*(?:#[^\n]*)?(?:\r?\n|\Z)")
KEEP: Final = "__courseware_keep__"

USAGE: Final = (
    "Write the name of a check behind it, as the first line of the cell: `%%check name-of-the-check`."
)
FAILED: Final = "This cell ran, and it could not be judged: {error}. Nothing was counted. Run it once more."
NOT_FIRST: Final = (
    "`%%check` has to be the first line of its cell: nothing was judged. Move it to the top, and run the "
    "cell again."
)
STOPPED: Final = "Stopped before the check was done. Run this cell again to see where it stands."
NOT_READY: Final = "The check could not be made ready: {error}. Nothing was run or counted. Run it once more."
HIDDEN_STATE: Final = Message(
    key="hidden-state",
    template="Your notebook has `{name}`; this check does not know it.\n\n{where} uses it. A check starts "
    "empty, so that an answer holds by itself and not because of cells that ran before. Make or import "
    "`{name}` in this cell, or use the names that are given.",
)
ANOTHER_VARIANT: Final = Message(
    key="moved-on",
    template="The question had moved on while the cell ran.\n\nHere is the one that is open now. Nothing was "
    "counted.",
)


class Holding(Protocol):
    """A runner that takes what a cell made for what its source comes to (runner.InKernel)."""

    def holding(self, source: str, made: Made) -> AbstractContextManager[None]: ...
    def close(self) -> None: ...


@dataclass(kw_only=True)
class _Run:
    """One ``%%check`` cell under way."""

    info: Any
    target: str
    source: str
    plain: bool
    """Whether the source is run: plain Python that can be read."""
    variant: str = ""
    said: str | None = None
    """Why nothing can be judged, as a sentence."""
    failed: Exception | None = None
    """What went wrong on our side, for whoever mends it."""
    emptied: Emptied | None = None
    limit: TimeLimit | None = None
    drawn: Drawn | None = None
    last: Last = field(default_factory=lambda: Last(kind="nothing"))
    value: object = NOTHING
    custom: tuple[Any, Any] | None = None
    """What the notebook itself does with exceptions, put back afterwards."""
    streams: tuple[Any, Any] = field(default_factory=lambda: (sys.stdout, sys.stderr))
    began: float = field(default_factory=monotonic)

    def is_of(self, result: Any) -> bool:
        """Whether a result is that of this cell, and not of one that it ran itself.

        Where IPython stumbles over a cell (an exception that cannot even be shown) it makes a result anew.
        """
        return result is None or (
            result.info.raw_cell == self.info.raw_cell
            and result.info.store_history == self.info.store_history
        )


class CheckCells:
    """``%%check`` in one notebook."""

    def __init__(
        self,
        shell: Any,
        page: Page,
        runner: Holding,
        givens: Callable[[str], Mapping[str, object]],
        *,
        seconds: float = SECONDS,
    ) -> None:
        self._shell = shell
        self._page = page
        self._runner = runner
        self._givens = givens
        self._seconds = seconds
        self._run: _Run | None = None

    def load(self) -> None:
        self._shell.input_transformers_cleanup.insert(0, self.strip)
        self._shell.events.register("pre_run_cell", self.before)
        self._shell.events.register("post_run_cell", self.after)
        self._shell.register_magic_function(_misplaced, "cell", "check")
        # Below the first line IPython takes it for a line magic of this name.
        self._shell.register_magic_function(_not_first, "line", "%check")

    def unload(self) -> None:
        self._shell.input_transformers_cleanup.remove(self.strip)
        self._shell.events.unregister("pre_run_cell", self.before)
        self._shell.events.unregister("post_run_cell", self.after)
        self._runner.close()  # or each run of the notebook's first cell would leave a process behind

    # IPython asks for this several times a cell (is it complete, is it async): the same each time.
    def strip(self, lines: list[str]) -> list[str]:
        """The cell without its first line; nothing of it where it is not plain Python."""
        text = "".join(lines)
        head = HEAD.match(text)
        if head is None:
            return lines
        if problem(_below(text, head)) is not None:
            return []
        # IPython takes empty lines at the front off, and tracebacks would count from another line.
        first = ["# a check\n"] * text[: head.end()].count("\n")
        return first + text[head.end() :].splitlines(keepends=True)

    def before(self, info: Any) -> None:
        """A cell is about to run: if it is a check, it gets the variant's names and a time limit."""
        head = HEAD.match(info.raw_cell or "")
        if head is None or self._run is not None:
            return
        source = _below(info.raw_cell, head)
        run = _Run(info=info, target=head[1], source=source, plain=problem(source) is None)
        self._run = run
        try:
            run.variant = self._page.tutor.ask(run.target).variant
            given = self._givens(run.target) if run.plain else {}
        except NotFound as unknown:
            run.said = sentence(unknown)
            given = {}
        except KeyboardInterrupt:  # the first import of what a course gives takes its time
            run.said = STOPPED
            given = {}
        except Exception as error:
            run.said, run.failed = NOT_READY.format(error=_named(error)), error
            given = {}
        if not run.plain:
            return
        if run.said is not None:
            self._skip()
            return
        names = self._shell.user_ns
        run.emptied = Emptied(names, self._shell.user_ns_hidden, given)
        run.emptied.empty()
        run.last = last_value(source)
        if run.last.kind == "expression":
            names[KEEP] = self._keep
            self._shell.ast_transformers.append(_KeepLast())
        run.drawn = Drawn(self._shell)
        run.drawn.begin()
        run.limit = TimeLimit(self._seconds, names)
        run.custom = (self._shell.custom_exceptions, getattr(self._shell, "CustomTB", None))
        self._shell.set_custom_exc((TimeIsUp,), _show_where)
        run.limit.start()

    def after(self, result: Any) -> None:
        """A cell has run: if it was a check, the notebook gets its names back and the cell is judged."""
        run = self._run
        if run is None or not run.is_of(result):
            return
        self._run = None
        made: Made | None = None
        try:
            made = self._made(run, result)
        except Exception as error:
            run.said, run.failed = FAILED.format(error=_named(error)), error
        finally:
            self._restore(run, made)
        if run.said is not None:
            _say(run.said, run.failed)
        elif made is not None or not run.plain:
            self._show(run, made)

    def _skip(self) -> None:
        """Let the cell that is about to run do nothing (a hook cannot call it off)."""
        self._shell.ast_transformers.append(_Nothing())

    def _keep(self, value: object) -> object:
        if self._run is not None:
            self._run.value = value
        return value

    def _made(self, run: _Run, result: Any) -> Made | None:
        """What the run came to; None where there is nothing to tell (not run, or stopped by the learner)."""
        if run.limit is not None:
            run.limit.stop()
        if not run.plain or run.emptied is None:
            return None
        if result is None:
            return Made(raised=Raised(type="Exception", text=""))
        error = result.error_before_exec or result.error_in_exec
        if isinstance(error, TimeIsUp) or (run.limit is not None and run.limit.passed):
            return Made(timed_out=True)
        if isinstance(error, KeyboardInterrupt):
            return None
        names = self._shell.user_ns
        if error is not None:
            from checkers.raised import raised_by

            return Made(raised=raised_by(error, _file_of(error, names), names))
        value: object = NOTHING
        if run.last.kind == "expression":
            value = NOTHING if run.last.prints and run.value is None else run.value
        elif run.last.kind == "target":
            value = eval(run.last.text, names)  # names alone, as `last_value` reads them
        drawn = run.drawn.last() if run.drawn is not None and (value is None or value is NOTHING) else None
        return Made(value=value if drawn is None else drawn)

    def _restore(self, run: _Run, made: Made | None) -> None:
        if run.limit is not None:
            run.limit.stop()
        mine = (_KeepLast, _Nothing)
        kept = [t for t in self._shell.ast_transformers if not isinstance(t, mine)]
        self._shell.ast_transformers[:] = kept
        if run.drawn is not None:
            run.drawn.end()
        if run.custom is not None:
            self._shell.custom_exceptions, self._shell.CustomTB = run.custom
        sys.stdout, sys.stderr = run.streams
        if run.emptied is not None:
            self._shell.user_ns.pop(KEEP, None)
            over = made is not None and made.raised is None and not made.timed_out
            run.emptied.refill(hand_over=over)

    def _show(self, run: _Run, made: Made | None) -> None:
        """Judge the run and show its card; an empty cell shows the card as it stands."""
        card: Card | None = None
        recorded = False
        try:
            if run.source.strip():
                card, recorded = self._judge(run, made)
        except Stale as stale:
            card = _told(stale.card, ANOTHER_VARIANT)
        except KeyboardInterrupt:
            print(STOPPED)
            return
        except Exception as error:
            _say(FAILED.format(error=_named(error)), error)
            return
        widget = CheckWidget(self._page, run.target, field=False, card=card, recorded=recorded)
        _display(widget)
        if card is not None and recorded:
            self._page.recorded(widget, card)

    def _judge(self, run: _Run, made: Made | None) -> tuple[Card, bool]:
        """The tutor's card for this run, and whether it may have been recorded."""
        tutor = self._page.tutor
        response = {"code": run.source}
        if made is None:  # not run: the tutor says why it cannot be read
            return tutor.answer(run.target, run.variant, response, id=new_id()), False
        hidden = self._hidden_name(run, made)
        if hidden is not None:
            return _told(tutor.ask(run.target), hidden), False
        took = int((monotonic() - run.began) * 1000)
        with self._runner.holding(run.source, made):
            return tutor.answer(run.target, run.variant, response, id=new_id(), ms=took), True

    def _hidden_name(self, run: _Run, made: Made) -> Message | None:
        """Where the cell leans on a name of the notebook's other cells: what to say."""
        raised = made.raised
        if raised is None or raised.type != "NameError" or run.emptied is None:
            return None
        if raised.name not in run.emptied.stash:
            return None
        where = f"Line {raised.line}" if raised.line else "The cell"
        return replace(HIDDEN_STATE, params={"name": raised.name, "where": where})


def load(
    shell: Any,
    page: Page,
    runner: Holding,
    givens: Callable[[str], Mapping[str, object]],
    *,
    seconds: float = SECONDS,
) -> CheckCells:
    """Make ``%%check`` work in a notebook. Loaded again, the newer one takes the older one's place."""
    _unload(shell)
    cells = CheckCells(shell, page, runner, givens, seconds=seconds)
    cells.load()
    return cells


def load_while_grading(shell: Any) -> None:
    """While a notebook is graded, a ``%%check`` cell says that it is passed over, and does nothing."""
    _unload(shell)

    def check(line: str, _cell: str) -> None:
        print(f"Check “{line.strip()}”: nothing is asked or recorded while the notebook is graded.")

    shell.register_magic_function(check, "cell", "check")


def _unload(shell: Any) -> None:
    for transform in list(shell.input_transformers_cleanup):
        owner = getattr(transform, "__self__", None)
        if isinstance(owner, CheckCells):
            owner.unload()


def _misplaced(_line: str, _cell: str) -> None:
    """Check the code of this cell: ``%%check name-of-the-check``, as the first line."""
    print(USAGE)


def _not_first(_line: str) -> None:
    """Check the code of this cell: ``%%check name-of-the-check``, as the first line."""
    print(NOT_FIRST)


def _below(text: str, head: re.Match[str]) -> str:
    """What is below the first line, on the lines that it has in the cell."""
    return "\n" * text[: head.end()].count("\n") + text[head.end() :]


def _told(card: Card, message: Message) -> Card:
    return replace(card, told=Told(tone="note", key=message.key, messages=(message,)))


def _say(told: str, failed: Exception | None = None) -> None:
    """Tell a sentence, and after it what went wrong on our side."""
    print(told, flush=True)
    if failed is not None:
        log.error("a check failed", exc_info=failed)


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}".rstrip(". ")


def _file_of(error: BaseException, names: Mapping[str, object]) -> str:
    """What IPython calls the cell that an exception came through."""
    traceback = error.__traceback__
    while traceback is not None:
        if traceback.tb_frame.f_globals is names:
            return traceback.tb_frame.f_code.co_filename
        traceback = traceback.tb_next
    return ""


def _show_where(shell: Any, kind: Any, error: Any, traceback: Any, tb_offset: Any = None) -> Any:  # noqa: ARG001
    """Show where the cell was when its time was up, without the frames of the alarm itself."""
    last = traceback
    while last.tb_next is not None and last.tb_next.tb_frame.f_code.co_name != TimeLimit.ring.__name__:
        last = last.tb_next
    last.tb_next = None
    lines = shell.InteractiveTB.structured_traceback(kind, error, traceback, tb_offset=1)
    shell._showtraceback(kind, error, lines)
    return lines


def _display(widget: CheckWidget) -> None:
    from IPython.display import display

    display(widget)


class _KeepLast(ast.NodeTransformer):
    """The value of the cell's last expression passes through `KEEP`: shown as always, and kept."""

    def visit_Module(self, node: ast.Module) -> ast.Module:
        match node.body:
            case [*_, ast.Expr(value=value) as last]:
                call = ast.Call(func=ast.Name(id=KEEP, ctx=ast.Load()), args=[value], keywords=[])
                last.value = ast.copy_location(call, value)
                ast.fix_missing_locations(last)
        return node


class _Nothing(ast.NodeTransformer):
    """A cell that does nothing."""

    def visit_Module(self, node: ast.Module) -> ast.Module:
        node.body = []
        return node
