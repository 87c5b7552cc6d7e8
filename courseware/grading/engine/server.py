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
from contextlib import suppress
from dataclasses import asdict
from pathlib import Path
from typing import Any

from courseware.grading.engine import fence, frames, linux
from courseware.grading.engine.cells import run_cells
from courseware.grading.engine.layers import Layers
from courseware.grading.engine.shell import GradingShell
from courseware.grading.engine.warm import warm

MESSAGE = 60_000


class Server:
    """The children, by their slots: 0, 1, …"""

    def __init__(self, grader: socket.socket, root: Path, shell: GradingShell, on: Layers) -> None:
        self._grader, self._root, self._shell, self._layers = grader, root, shell, on
        self._children: dict[int, int] = {}
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
        for child in self._children.values():
            with suppress(ProcessLookupError):
                os.kill(child, signal.SIGKILL)

    def _obey(self, command: dict[str, Any], fds: list[int]) -> None:
        slot = int(command["slot"])
        if "kill" in command:
            if slot in self._children:
                os.kill(self._children[slot], signal.SIGKILL)
            return
        try:
            self._children[slot] = self._fork(slot, fds[0])
        except OSError as error:
            self._tell({"ended": slot, "status": 255, "why": str(error)})
        finally:
            os.close(fds[0])

    def _fork(self, slot: int, fd: int) -> int:
        if self._layers.namespaces:
            linux.unshare(linux.NEWPID)  # for the next child alone
        try:
            child = os.fork()
            if child == 0:
                try:
                    self._become(slot, fd)
                finally:
                    os._exit(70)
        finally:
            if self._layers.namespaces:
                linux.setns(self._own, linux.NEWPID)
        return child

    def _become(self, slot: int, fd: int) -> None:
        """In the child: run the one job that comes by this descriptor, and end."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        os.setsid()
        null = os.open("/dev/null", os.O_RDWR)
        for standard in (0, 1, 2):
            os.dup2(null, standard)
        kept = {0, 1, 2, fd, *self._readable}
        for each in [int(path.name) for path in Path("/proc/self/fd").iterdir()]:
            if each not in kept:
                with suppress(OSError):
                    os.close(each)
        told = frames.read(lambda most: os.read(fd, most))
        assert told is not None, "the grader has gone"
        write = os.write

        def tell(value: dict[str, Any]) -> None:
            data = memoryview(frames.packed(value))
            while data:
                data = data[write(fd, data) :]

        try:
            fence.fence_child(self._layers, self._root, slot, told, self._readable)
        except OSError as error:
            tell({"refused": str(error)})
            os._exit(71)
        sys.path.append(str(Path.cwd()))  # last: no file of a submission stands before a real module
        gc.enable()
        run_cells(self._shell, told, tell)
        os._exit(0)

    def _reap(self) -> None:
        while self._children:
            try:
                child, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if child == 0:
                return
            for slot, known in list(self._children.items()):
                if known == child:
                    del self._children[slot]
                    self._tell({"ended": slot, "status": os.waitstatus_to_exitcode(status)})

    def _tell(self, message: dict[str, Any]) -> None:
        with suppress(OSError):  # the grader is gone: the loop will see it
            self._grader.send(json.dumps(message).encode())


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C in the terminal is the grader's to answer
    grader = socket.socket(fileno=int(sys.argv[1]))
    first = json.loads(grader.recv(MESSAGE))
    root = Path(first["root"])
    on = fence.fence_server(root)
    shell = warm(first["imports"], first["home"])
    server = Server(grader, root, shell, on)
    grader.send(json.dumps({"ready": asdict(on)}).encode())
    server.serve()


if __name__ == "__main__":
    main()
