"""Starts the processes that run notebooks: forked from a warm server, or else each for itself."""

from __future__ import annotations

import json
import os
import queue
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from typing import Any, Final, Protocol

from courseware.grading.engine import frames
from courseware.grading.engine.environment import environment
from courseware.grading.engine.layers import NAMES, Layers

START: Final = 120.0
"""Seconds within which a server or worker has imported what it should."""
NO_FORK: Final = "this system has no such layer: a notebook has a process of its own, and limits"


class EngineError(RuntimeError):
    """No notebook can be run at all; the message says what to do."""


class Late(Exception):
    """Nothing came in time."""


class Child(Protocol):
    """One process that runs one job."""

    def send(self, told: dict[str, Any]) -> None: ...

    def next(self, within: float, most: int) -> dict[str, Any] | None:
        """The next frame; None when the process has ended. Raises Late, or ValueError for no frame."""
        ...

    def end(self) -> int:
        """End it if it has not ended; its exit status (negative: the signal's number)."""
        ...


class Launcher(Protocol):
    """What starts processes. `start` may be called from several threads, each with slots of its own.

    With `pair` the job's tests get a process of their own, where the machine can keep the two apart.
    """

    @property
    def layers(self) -> Layers: ...
    def start(self, slot: int, *, pair: bool = False) -> Child: ...
    def close(self) -> None: ...


def open_launcher(imports: Iterable[str], *, workers: int, fork: bool | None = None) -> Launcher:
    """The best launcher that this machine has. Raises EngineError if no process can be started."""
    if fork is None:
        fork = sys.platform == "linux" and os.environ.get("COURSEWARE_ENGINE") != "spawn"
    return Forking(imports) if fork else Spawning(imports, ahead=workers)


class Forking:
    """A warm server (server.py) and its children."""

    def __init__(self, imports: Iterable[str]) -> None:
        self._root = Path(tempfile.mkdtemp(prefix="courseware-grading-"))
        self._root.chmod(0o755)
        self._home = Path(tempfile.mkdtemp(prefix="courseware-warm-"))
        self._control, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        command = [sys.executable, "-P", "-m", "courseware.grading.engine.server", str(theirs.fileno())]
        self._server = subprocess.Popen(
            command,
            pass_fds=[theirs.fileno()],
            env=environment(),
            cwd="/",
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        theirs.close()
        self._ended: dict[int, queue.SimpleQueue[int]] = {}
        self._lock = threading.Lock()
        self._layers: Layers | None = None
        self._ready = threading.Event()
        self._listener = threading.Thread(target=self._listen, daemon=True, name="engine-listen")
        first = {"root": str(self._root), "home": str(self._home), "imports": list(imports)}
        self._control.send(json.dumps(first).encode())
        self._listener.start()

    @property
    def layers(self) -> Layers:
        if not self._ready.wait(START) or self._layers is None:
            self._server.kill()
            errors = self._server.stderr.read().decode(errors="replace") if self._server.stderr else ""
            self.close()
            last = errors.strip().splitlines()[-1:] or ["it said nothing"]
            raise EngineError(
                f"the grading server did not start: {last[0]}. `courseware doctor` looks into it."
            )
        return self._layers

    def start(self, slot: int, *, pair: bool = False) -> Child:
        layers = self.layers
        ours, theirs = socket.socketpair()
        ended = self._ended[slot] = queue.SimpleQueue()
        with theirs:
            try:
                with self._lock:
                    command = json.dumps({"slot": slot, "pair": pair}).encode()
                    socket.send_fds(self._control, [command], [theirs.fileno()])
            except OSError as error:
                ours.close()
                raise EngineError("the grading server has ended; start the command again") from error
        folder = None
        if not layers.tree:
            folder = self._root / f"job-{slot}"
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            for name in ("submission", "tests"):
                (folder / name).mkdir()
        return _Forked(ours, lambda: self._kill(slot), ended, folder)

    def _kill(self, slot: int) -> None:
        with suppress(OSError), self._lock:
            self._control.send(json.dumps({"slot": slot, "kill": True}).encode())

    def _listen(self) -> None:
        with suppress(OSError):
            while data := self._control.recv(60_000):
                message = json.loads(data)
                if "ready" in message:
                    self._layers = Layers(**message["ready"])
                    self._ready.set()
                elif "ended" in message:
                    self._ended[message["ended"]].put(int(message["status"]))
        self._ready.set()
        for each in list(self._ended.values()):
            each.put(255)

    def close(self) -> None:
        with suppress(OSError):
            self._control.shutdown(socket.SHUT_RDWR)
        try:
            self._server.wait(5 if self._ready.is_set() else 0.01)  # still importing: it would not hear
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._control.close()
        if self._server.stderr:
            self._server.stderr.close()
        for folder in (self._root, self._home):
            shutil.rmtree(folder, ignore_errors=True)


class _Forked:
    def __init__(
        self,
        line: socket.socket,
        kill: Callable[[], None],
        ended: queue.SimpleQueue[int],
        folder: Path | None,
    ) -> None:
        self._line, self._kill, self._ended, self._folder = line, kill, ended, folder

    def send(self, told: dict[str, Any]) -> None:
        folder = None if self._folder is None else str(self._folder)
        with suppress(OSError):  # it has ended: the next frame says so
            self._line.settimeout(30)
            self._line.sendall(frames.packed({**told, "folder": folder}))

    def next(self, within: float, most: int) -> dict[str, Any] | None:
        end = time.monotonic() + within

        def take(length: int) -> bytes:
            self._line.settimeout(max(end - time.monotonic(), 0.001))
            return self._line.recv(length)

        try:
            return frames.read(take, most)
        except TimeoutError:
            raise Late from None
        except ConnectionError:
            return None

    def end(self) -> int:
        self._kill()
        self._line.close()
        try:
            return self._ended.get(timeout=10)
        except queue.Empty:
            return 255
        finally:
            if self._folder is not None:
                shutil.rmtree(self._folder, ignore_errors=True)


class Spawning:
    """A worker (worker.py) for each notebook, started ahead."""

    def __init__(self, imports: Iterable[str], *, ahead: int) -> None:
        self._imports = list(imports)
        self._warm: queue.SimpleQueue[_Spawned] = queue.SimpleQueue()
        self._closed = False
        for _ in range(max(1, ahead)):
            self._more()

    @property
    def layers(self) -> Layers:
        return Layers(missing=dict.fromkeys(NAMES, NO_FORK))

    def _more(self) -> None:
        self._warm.put(_Spawned(self._imports))

    def start(self, slot: int, *, pair: bool = False) -> Child:  # noqa: ARG002 - a worker is one slot
        child = self._warm.get()
        if not self._closed:
            self._more()
        return child

    def close(self) -> None:
        self._closed = True
        while not self._warm.empty():
            self._warm.get().end()


class _Spawned:
    def __init__(self, imports: list[str]) -> None:
        self._folder = Path(tempfile.mkdtemp(prefix="courseware-grading-"))
        self._home = Path(tempfile.mkdtemp(prefix="courseware-warm-"))
        flags = 0
        if sys.platform == "win32":
            flags = subprocess.CREATE_NO_WINDOW
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "courseware.grading.engine.worker"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=environment(),
            cwd=self._home,
            creationflags=flags,
            start_new_session=True,
        )
        self._came: queue.Queue[dict[str, Any] | ValueError | None] = queue.Queue(64)
        self._most = frames.MOST
        threading.Thread(target=self._listen, daemon=True, name="engine-listen").start()
        self._write({"imports": imports, "home": str(self._home)})
        self._ready = False

    def _write(self, value: dict[str, Any]) -> None:
        assert self._process.stdin is not None
        with suppress(OSError):
            self._process.stdin.write(frames.packed(value))
            self._process.stdin.flush()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        pipe = self._process.stdout
        came: dict[str, Any] | ValueError | None = None
        try:
            while (came := frames.read(lambda most: os.read(pipe.fileno(), most), self._most)) is not None:
                self._came.put(came)
        except (ValueError, OSError) as error:
            came = error if isinstance(error, ValueError) else None
        self._came.put(came)

    def send(self, told: dict[str, Any]) -> None:
        if not self._ready:
            self._ready = True
            if self.next(START, frames.MOST) is None:
                self._came.put(None)
                return
        self._write({**told, "folder": str(self._folder)})

    def next(self, within: float, most: int) -> dict[str, Any] | None:
        self._most = most
        try:
            came = self._came.get(timeout=max(within, 0.001))
        except queue.Empty:
            raise Late from None
        if isinstance(came, ValueError):
            raise came
        return came

    def end(self) -> int:
        with suppress(OSError):
            self._process.kill()
        status = self._process.wait()
        for pipe in (self._process.stdin, self._process.stdout):
            if pipe is not None:
                with suppress(OSError):
                    pipe.close()
        for folder in (self._folder, self._home):
            shutil.rmtree(folder, ignore_errors=True)
        return status
