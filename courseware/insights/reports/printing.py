"""A page as PDF, printed by a browser that is on this machine: Chromium, Chrome or Edge. Nothing leaves
it.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

NAMES: Final = (
    "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge",
    "msedge", "brave-browser",
)  # fmt: skip
PLACES: Final = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
    r"C:\Program Files\Microsoft\Edge\Application\msedge.exe",
)
SECONDS: Final = 60
SIZES: Final = (1, 0.92, 0.85, 0.75)
PAGE: Final = re.compile(rb"/Type\s*/Page\b")
QUIET: Final = (
    "--headless=new", "--disable-gpu", "--no-first-run", "--no-default-browser-check", "--disable-extensions",
    "--disable-background-networking", "--disable-sync", "--disable-component-update",
    "--host-resolver-rules=MAP * ~NOTFOUND", "--no-pdf-header-footer",
)  # fmt: skip
NONE: Final = (
    "No Chromium, Chrome or Edge was found here to make a PDF (or name one in the variable CHROMIUM). "
    "The page is "
    "made for printing: open it in any browser, and choose “Print”, “Save as PDF”."
)


class NotPrintedError(RuntimeError):
    """No PDF was made; the message says why, and what to do instead."""


def browser() -> str | None:
    """A browser that can print: $CHROMIUM, the first one on PATH, or where it usually is."""
    named = os.environ.get("CHROMIUM")
    if named:
        return named if Path(named).is_file() else None
    return next(filter(None, map(shutil.which, NAMES)), None) or next(
        (place for place in PLACES if Path(place).is_file()), None
    )


def print_pdf(text: str, to: Path) -> None:
    """Print HTML to a PDF file of one page, smaller where it would take two. It appears whole or not at all.

    Raises NotPrintedError with a sentence.
    """
    path = browser()
    if path is None:
        raise NotPrintedError(NONE)
    with tempfile.TemporaryDirectory(prefix="courseware-report-", ignore_cleanup_errors=True) as scratch:
        made = Path(scratch) / "report.pdf"
        for size in SIZES:
            _print(path, text.replace("</head>", f"<style>body {{ zoom: {size} }}</style></head>"), made)
            if len(PAGE.findall(made.read_bytes())) <= 1:
                break
        part = to.with_name(f".{to.name}.{os.getpid()}.part")
        shutil.copyfile(made, part)
        part.replace(to)


def _print(path: str, text: str, made: Path) -> None:
    page, profile = made.with_suffix(".html"), made.with_name("profile")
    page.write_text(text, encoding="utf-8")
    made.unlink(missing_ok=True)
    command = [path, *QUIET, f"--user-data-dir={profile}", f"--print-to-pdf={made}", page.as_uri()]
    if sys.platform != "win32" and os.geteuid() == 0:
        command.insert(1, "--no-sandbox")  # Chromium has none for root; the page is our own, and runs nothing
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=SECONDS, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotPrintedError(f"{path} could not print the page ({type(error).__name__}).") from error
    if not made.is_file() or made.stat().st_size == 0:
        why = (run.stderr.strip().splitlines() or ["it gave no reason"])[-1]
        raise NotPrintedError(f"{path} could not print the page ({why}).")
