"""Kernels that are copied from a warm process: there in a tenth of a second, and small.

Where the system cannot fork, or the warm process has ended, a kernel is started as always.
"""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Final

from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager

LAUNCHER: Final = "ipykernel_launcher"
NO_HISTORY: Final = "--HistoryManager.enabled=False"
"""Nobody types into these kernels: a history is a file and a thread for nothing."""
SMALL: Final = {"MALLOC_ARENA_MAX": "2", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""No threads before there are copies, and memory that copies share."""
ANSWER: Final = 60.0
"""Seconds within which the warm process, once it has imported what it should, forks."""


class WarmProcess:
    """The server's end of a warm process (warm_process.py). Any thread may ask for a kernel."""

    def __init__(self, imports: Iterable[str], environment: Mapping[str, str]) -> None:
        self._imports = list(imports)
        self._environment = {**environment, **SMALL}
        self._lock = threading.Lock()
        self._start()

    def _start(self) -> None:
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._line.settimeout(ANSWER)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-m", "courseware.apps.warm_process", str(theirs.fileno())],
            pass_fds=[theirs.fileno()],
            env=self._environment,
            stdin=subprocess.DEVNULL,
        )
        theirs.close()
        self._line.send(json.dumps({"imports": self._imports}).encode())

    def fork(self, arguments: Iterable[str], environment: Mapping[str, str], folder: str) -> Copied:
        """A kernel process. Raises OSError if there is none to be had; the next one may be."""
        told = {"arguments": list(arguments), "environment": dict(environment), "folder": folder}
        with self._lock:
            try:
                self._line.send(json.dumps(told).encode())
                answer = self._line.recv(1_000)
                if not answer:
                    raise ConnectionError("the warm process has ended")
            except OSError:
                self._end()
                self._start()
                raise
            return Copied(int(json.loads(answer)["pid"]))

    def close(self) -> None:
        with self._lock:
            self._end()

    def _end(self) -> None:
        self._line.close()
        try:
            self._process.wait(2)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()


class Copied:
    """A kernel's process, as far as a provisioner wants one of `subprocess`: it is no child of ours."""

    stdin = stdout = stderr = None

    def __init__(self, pid: int) -> None:
        self.pid = pid

    def poll(self) -> int | None:
        try:
            os.kill(self.pid, 0)
        except ProcessLookupError:
            return 0
        return None

    def wait(self) -> int:
        while self.poll() is None:
            time.sleep(0.02)
        return 0

    def send_signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def kill(self) -> None:
        self.send_signal(signal.SIGKILL)

    def terminate(self) -> None:
        self.send_signal(signal.SIGTERM)


class WarmProvisioner(LocalProvisioner):
    """Starts Python kernels by copying the warm process."""

    async def launch_kernel(self, cmd: list[str], **how: Any) -> Any:
        warm: WarmProcess | None = getattr(self.parent.parent, "warm_process", None)
        if warm is not None and LAUNCHER in cmd:
            arguments = [*cmd[cmd.index(LAUNCHER) + 1 :], NO_HISTORY]
            folder = str(how.get("cwd") or Path.cwd())
            try:
                copied = await asyncio.to_thread(warm.fork, arguments, how.get("env") or {}, folder)
            except OSError as error:
                self.log.warning("No kernel could be copied (%s): this one is started as always.", error)
            else:
                self.process = copied  # type: ignore[assignment]
                self.pid = self.pgid = copied.pid
                self.cwd = folder
                return self.connection_info
        return await super().launch_kernel(cmd, **how)


class WarmKernelManager(ServerKernelManager):
    """Jupyter's manager of one kernel, with that provisioner. A kernel that has ended is not started anew."""

    async def _async_pre_start_kernel(self, **how: Any) -> Any:
        if self.provisioner is None:
            self.kernel_id = self.kernel_id or how.pop("kernel_id")
            self.provisioner = WarmProvisioner(
                kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self
            )
        return await super()._async_pre_start_kernel(**how)
