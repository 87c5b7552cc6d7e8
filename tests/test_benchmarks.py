"""Every benchmark says what it measures, how to run it, and how it ends."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = sorted((Path(__file__).resolve().parents[1] / "benchmarks").glob("*.py"))


@pytest.mark.parametrize("path", BENCHMARKS, ids=lambda path: path.stem)
def test_a_benchmark_has_help_with_an_example(path: Path) -> None:
    run = subprocess.run([sys.executable, str(path), "--help"], capture_output=True, text=True, check=True)
    assert f"Example: python benchmarks/{path.name}" in run.stdout
    assert "one JSON object" in run.stdout
