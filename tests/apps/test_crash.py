"""The server of a class is killed while people answer: what they were told is in the log."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

BENCHMARK = Path(__file__).resolve().parents[2] / "benchmarks" / "app.py"


def load_benchmark() -> ModuleType:
    spec = importlib.util.spec_from_file_location("benchmark_of_the_app", BENCHMARK)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def test_every_acknowledged_answer_outlives_a_kill(tmp_path: Path) -> None:
    """Three learners at their pages' sockets; in full: `benchmarks/app.py --crash 120`."""
    (tmp_path / "crash").mkdir()
    told = load_benchmark().crash(tmp_path, 3, 8)
    assert told["missing"] == 0, told
    assert told["learners_who_answered"] == 3, told
    assert told["acknowledged"] > 0, told
    assert told["pages_loaded"] >= 6, told
