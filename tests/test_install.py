"""What is tested is what was installed."""

from __future__ import annotations

import json
from importlib import metadata
from pathlib import Path

import courseware

CHECKOUT = Path(__file__).resolve().parents[1]
MEND = "Type: pip install '.[test]' && pytest   (or, to work on it: pip install -e '.[test]')"


def is_editable(direct_url: str | None) -> bool:
    """Whether pip noted that the installation is the checkout itself (PEP 610)."""
    noted = json.loads(direct_url or "{}")
    return noted.get("dir_info", {}).get("editable") is True


def test_the_tests_run_against_the_installed_package() -> None:
    """Comes first (conftest.py): a checkout that shadows the installation would be tested in its stead."""
    found = Path(courseware.__file__).resolve()
    try:
        noted = metadata.distribution("mastery-courseware").read_text("direct_url.json")
    except metadata.PackageNotFoundError:
        raise AssertionError(f"mastery-courseware is not installed. {MEND}") from None
    assert is_editable(noted) or not found.is_relative_to(CHECKOUT / "courseware"), (
        f"found {found}, in the checkout; expected the installed package. "
        f"Run pytest itself, not python -m pytest, and leave PYTHONPATH empty. {MEND}"
    )
