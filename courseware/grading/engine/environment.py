"""What a graded notebook finds in its environment: nothing of the grader's own."""

from __future__ import annotations

import os
from typing import Final

FIXED: Final = {
    "COURSEWARE_GRADING": "1",
    "NBGRADER_EXECUTION": "autograde",
    "MPLBACKEND": "module://matplotlib_inline.backend_inline",
    "OPENBLAS_NUM_THREADS": "1",
    "OMP_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "PYTHONHASHSEED": "0",
    "PYTHONDONTWRITEBYTECODE": "1",
    "LANG": "C.UTF-8",
}
KEPT: Final = ("PYTHONPATH", "PYTHONHOME", "LD_LIBRARY_PATH", "TZ", "SYSTEMROOT", "SYSTEMDRIVE", "WINDIR")
"""Where Python finds what it needs, and the time zone."""


def environment() -> dict[str, str]:
    """For the processes that run notebooks."""
    path = os.environ.get("PATH", "") if os.name == "nt" else "/usr/bin:/bin"  # Windows finds libraries by it
    return {name: os.environ[name] for name in KEPT if name in os.environ} | {"PATH": path} | FIXED
