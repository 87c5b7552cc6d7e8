"""Whatever is killed, and whoever writes at once: what was acknowledged is in the log, once."""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from pathlib import Path

import pytest
from jupyter_client.manager import KernelManager

from courseware.workspace import Workspace

ROUNDS, ANSWERS = 10, 1000

LEARNER = """
import os, sys
from pathlib import Path
from courseware import workspace
from courseware.clock import system_clock
from courseware.events import new_id
from courseware.local_tutor import LocalTutor
from courseware.runner import Worker

def learn(folder, acknowledged, count):
    space = workspace.load(Path(folder))
    tutor = LocalTutor(space.load_course(), space.open_log(), space.learner, clock=system_clock(),
                       runner=Worker(), workspace=space)
    said = os.open(acknowledged, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    for n in range(count):
        target = ("add-two", "half")[n % 2]
        card = tutor.ask(target)
        if n % 3 == 0:
            dealt = new_id()
            try:
                card = tutor.another(target, card.variant, id=dealt)
            except Exception as error:  # another kernel dealt first
                card = error.card
        given = new_id()
        try:
            tutor.answer(target, card.variant, str(n), id=given)
        except Exception as error:
            assert type(error).__name__ == "Stale", error
            continue
        os.write(said, f"{given}\\n".encode())
"""


def acknowledged(file: Path) -> list[str]:
    text = file.read_text() if file.exists() else ""
    return text.split("\n")[:-1]


def logged(space: Workspace) -> list[str]:
    log = space.open_log()
    events = [e for _, e in log.read(space.learner, "tiny")]
    log.close()
    return [e.id for e in events if e.kind == "answer"]


def verified(space: Workspace) -> dict[str, int]:
    ran = subprocess.run(
        [sys.executable, "-m", "courseware", "verify", "--dir", str(space.path), "--json"],
        capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stderr + ran.stdout
    return json.loads(ran.stdout)


@pytest.mark.filterwarnings("default")
def test_a_kernel_killed_ten_times_in_a_thousand_answers_loses_none_and_doubles_none(space, tmp_path):
    said, chance = tmp_path / "acknowledged", random.Random(5)
    each = ANSWERS // ROUNDS
    for _ in range(ROUNDS):
        before = len(acknowledged(said))
        kernel = KernelManager(kernel_name="python3")
        kernel.start_kernel(cwd=str(space.path))
        client = kernel.client()
        client.start_channels()
        try:
            client.wait_for_ready(timeout=60)
            client.execute(LEARNER + f"\nlearn({str(space.path)!r}, {str(said)!r}, 10 * {each})")
            stop_at = before + each + chance.randrange(20)
            end = time.monotonic() + 120
            while len(acknowledged(said)) < stop_at:
                assert time.monotonic() < end, "the kernel answers too slowly, or not at all"
                time.sleep(0.002)
        finally:
            client.stop_channels()
            kernel.shutdown_kernel(now=True)  # kill -9
            kernel.cleanup_resources()
    there = logged(space)
    assert len(acknowledged(said)) >= ANSWERS
    assert len(there) == len(set(there))
    assert set(acknowledged(said)) <= set(there)
    # At most one answer a round was written and not yet acknowledged.
    assert len(there) - len(acknowledged(said)) <= ROUNDS
    told = verified(space)
    assert told["same"] == told["answers"] == len(there)


def test_three_writers_at_once_lose_nothing_while_others_read(space, tmp_path):
    count = 120
    files = [tmp_path / f"acknowledged-{n}" for n in range(3)]
    writers = [
        subprocess.Popen(
            [sys.executable, "-c", LEARNER + f"\nlearn({str(space.path)!r}, {str(f)!r}, {count})"]
        )
        for f in files
    ]
    reads = 0
    while any(w.poll() is None for w in writers):
        for command in (["progress", "--json"], ["verify", "--json"]):
            ran = subprocess.run(
                [sys.executable, "-m", "courseware", *command, "--dir", str(space.path)],
                capture_output=True, text=True, timeout=120, check=False,
            )  # fmt: skip
            assert ran.returncode == 0, ran.stderr
            reads += 1
    assert [w.returncode for w in writers] == [0, 0, 0]
    assert reads >= 2
    said = [line for f in files for line in acknowledged(f)]
    there = logged(space)
    assert len(said) == len(set(said))
    assert len(there) == len(set(there))
    assert set(said) == set(there)
    assert verified(space)["same"] == len(there)
