"""The process that kernels are copied from: it has imported what lessons import, and forks for each page.

``python -P -m courseware.apps.warm_process FD``. FD is a socket to the server. Over it come what to import,
then one message for each kernel (`arguments`, `environment`, `folder`); back goes its process id. It has
never seen a learner, a key or a log. When the server is gone, it ends with all its kernels. Linux only.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import json
import os
import signal
import socket
import sys
from typing import Any, Final

from courseware.grading.engine import linux
from courseware.grading.engine.warm import FORKABLE, TRIED_PANDAS

LONGEST: Final = 1_000_000
OURS: Final = (
    "ipykernel.kernelapp", "ipykernel.ipkernel", "ipykernel.zmqshell", "matplotlib_inline.backend_inline",
    "ipywidgets", "anywidget", "courseware.lesson", "courseware.remote_tutor", "courseware.widgets.check",
    "courseware.widgets.page", "courseware.widgets.progress", "courseware.widgets.view",
    "courseware.widgets.markup", "markdown_it", "nh3", "latex2mathml.converter", "http.client",
)  # fmt: skip
"""What every page needs."""


def main() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # a Ctrl-C in the terminal is the server's to answer
    line = socket.socket(fileno=int(sys.argv[1]))
    with contextlib.suppress(OSError):
        linux.end_with_parent()
    first: dict[str, Any] = json.loads(line.recv(LONGEST))
    for name in (*OURS, *(n for n in first["imports"] if n.partition(".")[0] in FORKABLE)):
        with contextlib.suppress(ImportError):  # then the notebook hears of it
            importlib.import_module(name)
    if "pandas" in sys.modules:
        with contextlib.suppress(LookupError):  # its last line asks for a column that is not there
            exec(TRIED_PANDAS, {})  # what is used once is shared by all
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for a kernel that has ended
    gc.collect()
    gc.freeze()
    children: set[int] = set()
    while data := line.recv(LONGEST):
        child = os.fork()
        if child == 0:
            line.close()
            _become(json.loads(data))
        with contextlib.suppress(OSError):
            os.setpgid(child, child)
        children.add(child)
        line.send(json.dumps({"pid": child}).encode())
    for child in children:
        with contextlib.suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)


def _become(told: dict[str, Any]) -> None:
    """In the child: be the kernel, and end with it."""
    status = 1
    try:
        with contextlib.suppress(OSError):
            os.setpgid(0, 0)
        linux.end_with_parent()
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        signal.signal(signal.SIGINT, signal.default_int_handler)
        os.environ.clear()
        os.environ.update(told["environment"])
        os.chdir(told["folder"])
        parent = f"--IPKernelApp.parent_handle={os.getppid()}"  # it ends when that one does
        sys.argv = ["ipykernel_launcher", *told["arguments"], parent]
        if (numpy := sys.modules.get("numpy")) is not None:
            numpy.random.seed()  # all copies would draw the same
        gc.enable()
        from ipykernel.kernelapp import IPKernelApp

        IPKernelApp.launch_instance()
        status = 0
    finally:
        sys.stderr.flush()
        os._exit(status)


if __name__ == "__main__":
    main()
