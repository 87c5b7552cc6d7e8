"""A process of its own for one notebook, where the server cannot fork: Windows, macOS, old systems.

``python -P -m courseware.grading.engine.worker``. Frames come on standard input: what to import, then one
job; on standard output go `ready` and what became of the cells. It is started ahead, so that it is warm when
a notebook comes, and ends after it.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import Any

from courseware.grading.engine import frames
from courseware.grading.engine.cells import run_cells
from courseware.grading.engine.warm import warm


def main() -> None:
    taken, given = os.dup(0), os.dup(1)
    null = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(null, standard)

    def take(most: int) -> bytes:
        return os.read(taken, most)

    def tell(value: dict[str, Any]) -> None:
        data = memoryview(frames.packed(value))
        while data:
            data = data[os.write(given, data) :]

    first = frames.read(take)
    if first is None:
        return
    shell = warm(first["imports"], first["home"])
    tell({"ready": True})
    told = frames.read(take)
    if told is None:
        return
    place = Path(told["folder"])
    _put(told["files"], place)
    os.chdir(place)
    os.environ.update(HOME=str(place), TMPDIR=str(place), MPLCONFIGDIR=str(place), IPYTHONDIR=str(place))
    with suppress(ImportError, OSError, ValueError):
        _limit(told["budget"])
    sys.path.append(str(place))
    run_cells(shell, told, tell)


def _put(files: dict[str, str], place: Path) -> None:
    for name, path in files.items():
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(Path(path).read_bytes())


def _limit(budget: dict[str, Any]) -> None:
    """What this system can hold a process to (nothing on Windows)."""
    import resource

    for name, most in (
        (resource.RLIMIT_FSIZE, int(budget["disk_mb"]) << 20),
        (resource.RLIMIT_CORE, 0),
        (resource.RLIMIT_CPU, int(budget["notebook_seconds"]) + 5),
        (resource.RLIMIT_AS, (int(budget["memory_mb"]) << 20) + (1 << 30)),
    ):
        with suppress(OSError, ValueError):
            resource.setrlimit(name, (most, most))


if __name__ == "__main__":
    main()
    os._exit(0)
