"""The IPython that cells run in: it keeps what they show, as nbformat has it, up to a limit."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any, Final

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from traitlets import Type
from traitlets.config import Config

CUT: Final = "\n… the rest of the output was left out …\n"


class Kept:
    """The outputs of one cell, in order. Past `limit` bytes nothing more is kept."""

    def __init__(self, limit: int) -> None:
        self.outputs: list[dict[str, Any]] = []
        self._left = limit
        self._cut = False

    def stream(self, name: str, text: str) -> None:
        text = self._within(text)
        last = self.outputs[-1] if self.outputs else None
        if last is not None and last["output_type"] == "stream" and last["name"] == name:
            last["parts"].append(text)
        elif text:
            self.outputs.append({"output_type": "stream", "name": name, "parts": [text]})

    def show(self, kind: str, data: Mapping[str, Any], metadata: object, **more: Any) -> None:
        size = sum(len(value) if isinstance(value, str | bytes) else 1_000 for value in data.values())
        if size > self._left:
            self.stream("stdout", CUT if not self._cut else "")
            self._cut = True
            return
        self._left -= size
        shown = {"output_type": kind, "data": dict(data), "metadata": metadata or {}, **more}
        self.outputs.append(shown)

    def clear(self) -> None:
        self.outputs.clear()

    def done(self) -> list[dict[str, Any]]:
        for output in self.outputs:
            if "parts" in output:
                output["text"] = "".join(output.pop("parts"))
        return self.outputs

    def _within(self, text: str) -> str:
        if self._cut:
            return ""
        if len(text) > self._left:
            self._cut = True
            return text[: self._left] + CUT
        self._left -= len(text)
        return text


class _Stream(io.TextIOBase):
    """Standard output or error of a cell."""

    def __init__(self, name: str, kept: Kept) -> None:
        self._name, self._kept = name, kept

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return "utf-8"

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text).__name__}")
        self._kept.stream(self._name, text)
        return len(text)


class _Publisher(DisplayPublisher):  # type: ignore[misc]
    def publish(self, data: Any, metadata: Any = None, **_: Any) -> None:
        self.shell.kept.show("display_data", data, metadata)

    def clear_output(self, wait: bool = False) -> None:  # noqa: ARG002 - IPython's signature
        self.shell.kept.clear()


class _Hook(DisplayHook):  # type: ignore[misc]
    """What a cell's last line comes to."""

    def write_output_prompt(self) -> None: ...

    def write_format_data(self, format_dict: Any, md_dict: Any = None) -> None:
        self.shell.kept.show("execute_result", format_dict, md_dict, execution_count=None)

    def finish_displayhook(self) -> None: ...


class GradingShell(InteractiveShell):  # type: ignore[misc]
    """IPython without a terminal, a history on disk, or anyone to ask."""

    displayhook_class = Type(_Hook)
    display_pub_class = Type(_Publisher)
    kept: Kept

    @property
    def user_global_ns(self) -> Any:
        """Where cells run is where their names are, also if that is a namespace of another kind."""
        return self.user_ns

    def _showtraceback(self, etype: Any, evalue: Any, stb: list[str]) -> None:
        says = "" if evalue is None else _told(evalue)
        self.kept.outputs.append(
            {"output_type": "error", "ename": etype.__name__, "evalue": says, "traceback": _lines(stb)}
        )

    def ask_exit(self) -> None:
        raise SystemExit("the notebook asked to end")

    @contextmanager
    def keeping(self, limit: int) -> Iterator[Kept]:
        """Keep what is shown until the end."""
        self.kept = Kept(limit)
        before = sys.stdout, sys.stderr
        sys.stdout, sys.stderr = _Stream("stdout", self.kept), _Stream("stderr", self.kept)
        try:
            yield self.kept
        finally:
            sys.stdout, sys.stderr = before


def make_shell(ipython_dir: str) -> GradingShell:
    """The one shell of this process."""
    config = Config()
    config.HistoryManager.enabled = False
    config.HistoryManager.hist_file = ":memory:"
    config.InteractiveShell.colors = "nocolor"
    config.InteractiveShell.xmode = "Plain"  # the others take longer than most cells
    config.InteractiveShell.ipython_dir = ipython_dir
    shell: GradingShell = GradingShell.instance(config=config)
    shell.kept = Kept(0)
    shell.system = _no_programs
    shell.system_raw = shell.system_piped = _no_programs
    return shell


def _no_programs(command: str) -> None:  # noqa: ARG001
    raise PermissionError("no other program can be run while a notebook is graded")


def _told(error: BaseException) -> str:
    try:
        return str(error)[:10_000]
    except BaseException as worse:
        return f"<{type(error).__name__}, which cannot be shown: {type(worse).__name__}>"


def _lines(traceback: object) -> list[str]:
    if isinstance(traceback, str):
        return [traceback[:20_000]]
    lines = [str(line)[:5_000] for line in traceback] if isinstance(traceback, list) else []
    return lines if len(lines) <= 60 else [*lines[:30], "… left out …", *lines[-30:]]
