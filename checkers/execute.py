"""The process that runs a learner's code: jobs come in on stdin, what they came to goes out on stdout.

Started by `checkers.process` as ``python -P -m checkers.execute``. Both pipes carry frames: eight bytes of
length, then a pickle. It needs the standard library only, and ends when its parent does (stdin ends).
For each job it sends {"is": "begun"} once imports and given names are there (the clock starts), then
{"is": "made", …} for the source and for each call as it is done, then {"is": "done"}.
"""

from __future__ import annotations

import ast
import builtins
import io
import linecache
import os
import pickle
import queue
import random
import struct
import sys
import threading
import types
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from typing import BinaryIO, Final

from checkers import carry, figure
from checkers.code import last_value
from checkers.raised import raised_by
from checkers.run import NOTHING, Call, Job

HEADER: Final = struct.Struct(">Q")
SOURCE: Final = "<answer>"
GIVEN: Final = "<given>"
HEAVY: Final = ("numpy", "pandas", "matplotlib.pyplot", "scipy", "sympy", "sklearn", "seaborn", "altair")
MOST_OUTPUT: Final = 20_000
"""Characters of printed output that are kept."""

Frame = dict[str, object]
Send = Callable[[Frame], None]


class NoInput(EOFError):
    """Code asked for typing while nobody is there."""


class Printed(io.StringIO):
    """What code prints, up to MOST_OUTPUT characters."""

    def write(self, text: str, /) -> int:
        room = MOST_OUTPUT - self.tell()
        if room > 0:
            super().write(text[:room])
        return len(text)

    @property
    def text(self) -> str:
        return self.getvalue().encode("utf-8", "replace").decode()


def frame(data: bytes) -> bytes:
    return HEADER.pack(len(data)) + data


def read_frame(pipe: BinaryIO) -> bytes | None:
    """The next frame; None when the other side is gone."""
    head = pipe.read(HEADER.size)
    if len(head) < HEADER.size:
        return None
    (size,) = HEADER.unpack(head)
    data = pipe.read(size)
    return data if len(data) == size else None


def main() -> None:
    came = os.fdopen(os.dup(0), "rb")
    goes = os.fdopen(os.dup(1), "wb")
    _close_doors()
    figure.without_screens()
    jobs: queue.SimpleQueue[bytes] = queue.SimpleQueue()

    def listen() -> None:
        while (data := read_frame(came)) is not None:
            jobs.put(data)
        os._exit(0)  # the parent is gone: whatever runs here has nobody to tell

    def send(message: Frame) -> None:
        goes.write(frame(carry.dumps(message)))
        goes.flush()

    threading.Thread(target=listen, daemon=True).start()
    while True:
        serve(pickle.loads(jobs.get()), send)


def _close_doors() -> None:
    """Code that reads or writes the file descriptors themselves meets nothing: the pipes are ours."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for door in (0, 1, 2):
        os.dup2(nothing, door)
    os.close(nothing)


def serve(job: Job, send: Send) -> None:
    """Run one job and send what it comes to."""
    threads = threading.active_count()
    with _as_before(job.folder):
        module = types.ModuleType("__main__")
        sys.modules["__main__"] = module  # so that the learner's own classes can be found by name
        names = module.__dict__
        names.update(job.names)
        try:
            _load(job.source)
            for line in job.given:
                exec(compile(line, GIVEN, "exec", dont_inherit=True), names)
        except BaseException as error:
            send({"is": "begun"})
            send({"is": "made", "raised": _told(error, names)})
        else:
            send({"is": "begun"})
            made = _observed(lambda: figure.drawn_by(_run(job.source, names)), names)
            send(made)
            if "raised" not in made:
                for call in job.calls:
                    send(_called(call, names))
    # Threads that code left behind would run into the next job: then this process has to go.
    send({"is": "done", "spoiled": threading.active_count() > threads})


def _load(source: str) -> None:
    """Import the large libraries that source uses: nobody's time limit is for a first import."""
    for name in HEAVY:
        if name in source and name not in sys.modules:
            with suppress(Exception):
                import_module(name)


def _run(source: str, names: dict[str, object]) -> object:
    """Run source; the value of its last line by the rule of `last_value`."""
    linecache.cache[SOURCE] = (len(source), None, source.splitlines(keepends=True), SOURCE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        tree = ast.parse(source, SOURCE)
        last = last_value(tree)
        ending = None
        if last.kind == "expression":
            expression = tree.body.pop()
            assert isinstance(expression, ast.Expr)
            ending = compile(ast.Expression(expression.value), SOURCE, "eval", dont_inherit=True)
        code = compile(tree, SOURCE, "exec", dont_inherit=True)
    exec(code, names)
    if ending is not None:
        value = eval(ending, names)
        return NOTHING if last.prints and value is None else value
    return eval(last.text, names) if last.kind == "target" else NOTHING


def _called(call: Call, names: dict[str, object]) -> Frame:
    """Make one call with arguments of its own; say how they are afterwards if it changed them."""
    if call.name not in names:
        text = f"name '{call.name}' is not defined"
        return {"is": "made", "raised": ("NameError", text, None, call.name, None)}
    function = names[call.name]
    args, kwargs = pickle.loads(carry.dumps((call.args, dict(call.kwargs))))
    before = carry.dumps(args)
    made = _observed(lambda: function(*args, **kwargs), names)  # type: ignore[operator]
    try:
        after = carry.dumps(args)
        if after != before:
            made["after"] = after
    except BaseException:
        made["after"] = None  # changed into something that cannot be carried
    return made


def _observed(act: Callable[[], object], names: dict[str, object]) -> Frame:
    """What an act comes to: value or exception, and what it printed."""
    printed, made = Printed(), Frame({"is": "made"})
    sys.stdout, sys.stderr = printed, io.StringIO()
    try:
        value = act()
        if value is not NOTHING:
            made |= _carried(value)
    except BaseException as error:
        made["raised"] = _told(error, names)
    finally:
        sys.stdout, sys.stderr = sys.__stdout__, sys.__stderr__
    made["output"] = printed.text
    return made


def _carried(value: object) -> Frame:
    try:
        return {"value": carry.dumps(value)}
    except BaseException:
        return {"strange": type(value).__name__}


def _told(error: BaseException, names: dict[str, object]) -> tuple[object, ...]:
    raised = raised_by(error, SOURCE, names)
    return (raised.type, raised.text, raised.line, raised.name, raised.near)


def _no_input(*_: object) -> str:
    raise NoInput("nobody is there to type while code is checked")


@contextmanager
def _as_before(folder: str | None) -> Iterator[None]:
    """Chance seeded, in the folder, without a keyboard; afterwards all that jobs share is as it was."""
    home, built_in, environment = os.getcwd(), dict(vars(builtins)), dict(os.environ)  # noqa: PTH109
    path, deep, own = list(sys.path), sys.getrecursionlimit(), sys.modules["__main__"]
    random.seed(0)
    if "numpy.random" in sys.modules:
        sys.modules["numpy.random"].seed(0)
    builtins.input = _no_input
    sys.stdin = io.StringIO()
    if folder is not None:
        os.chdir(folder)
    try:
        yield
    finally:
        figure.forget()
        shared = vars(builtins)
        shared.update(built_in)
        for name in [name for name in shared if name not in built_in]:
            del shared[name]
        sys.path[:], sys.modules["__main__"] = path, own
        sys.setrecursionlimit(deep)
        os.environ.clear()
        os.environ.update(environment)
        os.chdir(home)


if __name__ == "__main__":
    main()
