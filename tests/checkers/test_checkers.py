"""The package's face: what it offers, and what it costs to ask for it."""

import subprocess
import sys

import pytest

import checkers

HEAVY = "numpy pandas IPython pint matplotlib sympy courseware".split()  # noqa: SIM905


def loaded(code: str) -> set[str]:
    """Which heavy packages are loaded after this code has run in a Python of its own."""
    probe = f"import sys\n{code}\nprint(*[name for name in {HEAVY!r} if name in sys.modules])"
    return set(
        subprocess.run(
            [sys.executable, "-P", "-c", probe], capture_output=True, text=True, check=True
        ).stdout.split()
    )


@pytest.mark.parametrize(
    "code",
    [
        "import checkers",
        "from checkers import Number\nNumber(84).check('84')\nNumber(84).respond([])",
        "from checkers import Choice\nChoice(right='a', wrong=['b']).check('a')",
        "from checkers import *",
        "import checkers.execute",
    ],
)
def test_nobody_pays_for_what_they_do_not_use(code):
    assert loaded(code) == set()


def test_every_name_on_offer_is_there_and_others_are_refused_with_a_list():
    assert all(getattr(checkers, name) for name in checkers.__all__)
    assert set(dir(checkers)) >= set(checkers.__all__)
    with pytest.raises(AttributeError, match=r"it has .*Choice"):
        checkers.Chioce  # noqa: B018
