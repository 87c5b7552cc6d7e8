"""The warm server: it imports once, then forks a process for each notebook that is to be run.

``python -P -m courseware.grading.engine.server FD``. FD is a socket to the grader. Over it come a first
message (`root`, `home`, `imports`), then commands with a job's own socket beside them; back go `ready`, and
`ended` for each job. The job itself goes from the grader to the forked process: this process never sees
it, so that none that it forks later can find another one's work.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from courseware.grading.engine import fence, frames, linux
from courseware.grading.engine.cells import run_cells
from courseware.grading.engine.layers import Layers
from courseware.grading.engine.shell import GradingShell
from courseware.grading.engine.warm import warm, warm_verdicts

MESSAGE = 60_000
TESTS = 500
"""What is added to a slot for the user that its tests run as."""


class Server:
    """The children, by their slots: 0, 1, …

    A child alone runs submission and tests. Of a pair the child runs the tests, and holds the grader's
    socket; the other one (`_submitted`) runs the submission, and holds nothing but its line to the child.
    """

    def __init__(self, grader: socket.socket, root: Path, shell: GradingShell, on: Layers) -> None:
        self._grader, self._root, self._shell, self._layers = grader, root, shell, on
        self._children: dict[int, int] = {}
        self._submitted: dict[int, int] = {}
        self._statuses: dict[int, int] = {}
        self._readable = fence.open_readable() if on.landlock else []
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC) if on.namespaces else -1

    def serve(self) -> None:
        """Until the grader is gone. Then all children end with this process."""
        woken, wake = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        while True:
            ready, _, _ = select.select([self._grader.fileno(), woken], [], [])
            if woken in ready:
                os.read(woken, 4096)
                self._reap()
            if self._grader.fileno() in ready:
                data, fds, _, _ = socket.recv_fds(self._grader, MESSAGE, 1)
                if not data:
                    break
                self._obey(json.loads(data), fds)
        for slot in list(self._children):
            self._kill(slot)

    def _kill(self, slot: int) -> None:
        for child in (self._children.get(slot), self._submitted.get(slot)):
            if child is not None:
                with suppress(ProcessLookupError):
                    os.kill(child, signal.SIGKILL)

    def _obey(self, command: dict[str, Any], fds: list[int]) -> None:
        slot = int(command["slot"])
        if "kill" in command:
            self._kill(slot)
            return
        try:
            if command["pair"]:
                self._fork_pair(slot, fds[0])
            else:
                self._children[slot] = self._fork(lambda: self._run(slot, fds[0]))
        except OSError as error:
            self._kill(slot)
            self._tell({"ended": slot, "status": 255, "why": str(error)})
        finally:
            os.close(fds[0])

    def _fork_pair(self, slot: int, fd: int) -> None:
        """The submission's process first: no test is loaded anywhere yet."""
        ours, theirs = socket.socketpair()
        with ours, theirs:
            self._submitted[slot] = self._fork(lambda: self._serve_submitted(slot, theirs.detach()))
            self._children[slot] = self._fork(lambda: self._run_tests(slot, fd, ours.detach()))

    def _fork(self, run: Callable[[], None]) -> int:
        if self._layers.namespaces:
            linux.unshare(linux.NEWPID)  # for the next child alone
        try:
            child = os.fork()
            if child == 0:
                try:
                    run()
                finally:
                    os._exit(70)
        finally:
            if self._layers.namespaces:
                linux.setns(self._own, linux.NEWPID)
        return child

    def _alone(self, *kept: int) -> None:
        """In a child: let go of all that is the server's."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        null = os.open("/dev/null", os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        for each in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
            if each not in {0, 1, 2, *kept, *self._readable}:
                with suppress(OSError):
                    os.close(each)

    def _fence(self, slot: int, told: dict[str, Any]) -> None:
        fence.fence_child(self._layers, self._root, slot, told, self._readable)
        sys.path.append(str(Path.cwd()))  # last: no file of a submission stands before a real module
        gc.enable()

    def _run(self, slot: int, fd: int) -> None:
        """Run the one job that comes by this descriptor, and end."""
        self._alone(fd)
        told, tell = _job(fd)
        try:
            self._fence(slot, _in(told, "submission"))
        except OSError as error:
            tell({"refused": str(error)})
            os._exit(71)
        run_cells(self._shell, told, tell)
        os._exit(0)

    def _serve_submitted(self, slot: int, line: int) -> None:
        """Run what the tests' process asks for, until it has ended."""
        from courseware.grading.verdict.channel import Channel  # imported by warm_verdicts already
        from courseware.grading.verdict.submitted import Submitted

        self._alone(line)
        told = frames.read(lambda most: os.read(line, most))
        if told is None:
            os._exit(0)
        self._fence(slot, told)
        Submitted(Channel(socket.socket(fileno=line)), self._shell, told["budget"]).serve()
        os._exit(0)

    def _run_tests(self, slot: int, fd: int, line: int) -> None:
        """Run the one job's tests, and have all else of it run by the submission's process."""
        from courseware.grading.verdict import profile
        from courseware.grading.verdict.channel import Channel
        from courseware.grading.verdict.tester import Tester

        self._alone(fd, line)
        told, tell = _job(fd)
        found = profile.read(told["profile"])
        assert found is not None, "a profile of another version"
        try:
            _write(
                line,
                frames.packed(
                    _in(
                        {"budget": told["budget"], "files": told["files"], "folder": told["folder"]},
                        "submission",
                    )
                ),
            )
            self._fence(slot + TESTS, _in({**told, "files": told["own"]}, "tests"))
        except OSError as error:
            tell({"refused": str(error)})
            os._exit(71)
        channel = Channel(socket.socket(fileno=line))
        Tester(channel, self._shell, told["budget"], found, told["own"]).run(told["steps"], tell)
        os._exit(0)

    def _reap(self) -> None:
        while self._children or self._submitted:
            try:
                child, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if child == 0:
                return
            self._ended(child, os.waitstatus_to_exitcode(status))

    def _ended(self, child: int, status: int) -> None:
        """A slot is free when both of its processes have ended; without the tests, the other has no use."""
        for slot in [slot for slot, known in self._submitted.items() if known == child]:
            del self._submitted[slot]
            self._statuses.setdefault(slot, status)
        for slot in [slot for slot, known in self._children.items() if known == child]:
            del self._children[slot]
            self._statuses[slot] = status or self._statuses.get(slot, 0)
            self._kill(slot)
        for slot in [slot for slot in self._statuses if slot not in self._children | self._submitted]:
            self._tell({"ended": slot, "status": self._statuses.pop(slot)})

    def _tell(self, message: dict[str, Any]) -> None:
        with suppress(OSError):  # the grader is gone: the loop will see it
            self._grader.send(json.dumps(message).encode())


def _job(fd: int) -> tuple[dict[str, Any], Callable[[dict[str, Any]], None]]:
    """The job that comes by this descriptor, and how to tell what comes of it."""
    told = frames.read(lambda most: os.read(fd, most))
    assert told is not None, "the grader has gone"
    return told, lambda value: _write(fd, frames.packed(value))


def _in(told: dict[str, Any], name: str) -> dict[str, Any]:
    folder = told["folder"]
    return told if folder is None else {**told, "folder": f"{folder}/{name}"}


def _write(fd: int, value: bytes, write: Callable[[int, memoryview], int] = os.write) -> None:
    data = memoryview(value)
    while data:
        data = data[write(fd, data) :]


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C in the terminal is the grader's to answer
    grader = socket.socket(fileno=int(sys.argv[1]))
    first = json.loads(grader.recv(MESSAGE))
    root = Path(first["root"])
    on = fence.fence_server(root)
    shell = warm(first["imports"], first["home"])
    warm_verdicts()
    server = Server(grader, root, shell, on)
    grader.send(json.dumps({"ready": asdict(on)}).encode())
    server.serve()


if __name__ == "__main__":
    main()
