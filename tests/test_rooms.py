"""The house of docs/architecture.md: imports run one way, and nothing heavy is loaded unasked."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pytest

import checkers
import courseware

Room = frozenset[str]


def room(*modules: str) -> Room:
    return frozenset(modules)


# A module may import its own room and the rooms of earlier rows; rooms of one row are siblings, and
# import nothing of each other. A package stands for all its modules. A new module gets its place here.
ROWS: Sequence[Sequence[Room]] = [
    [room("checkers")],
    [room("courseware.release")],  # pure, and a course's check asks whether its notebooks can be released
    [
        room(
            "courseware.clock",
            "courseware.course",
            "courseware.course_check",
            "courseware.course_files",
            "courseware.course_graph",
            "courseware.draw",
            "courseware.excerpt",
            "courseware.sketch",
            "courseware.items",
            "courseware.items_lock",
            "courseware.parameters",
            "courseware.pictures",
            "courseware.rule",
            "courseware.verdict",
        )
    ],
    [room("courseware.events")],
    [room("courseware.replay", "courseware.record")],
    [room("courseware.log", "courseware.migrations")],
    [room("courseware.mastery")],
    [room("courseware.workspace")],
    [room("courseware.runner")],
    [
        room("courseware.widgets.front")
    ],  # scripts and styles, as text: widgets bring them, the server serves them
    [
        room(
            "courseware.tutor",
            "courseware.local_tutor",
            "courseware.dealing",
            "courseware.handing",
            "courseware.history",
            "courseware.offering",
            "courseware.remote_tutor",
            "courseware.telling",
            "courseware.wire",
        )
    ],
    [room("courseware.simulate"), room("courseware.grading")],
    [
        room("courseware.widgets"),
        room("courseware.server"),
        room("courseware.insights"),
    ],
    [room("courseware.apps")],  # its pages hold the first checks, drawn as the widgets draw them
    [room("courseware.lint")],  # an author's tool over all of it
    [room("courseware.lesson"), room("courseware.cli", "courseware.__main__", "courseware.studies")],
    [room("courseware")],  # the front door: `from courseware import Lesson`
]
PLACES: Mapping[str, tuple[int, Room]] = {
    module: (number, each) for number, row in enumerate(ROWS) for each in row for module in each
}
FRONT_DOOR = "courseware"


def place(module: str) -> tuple[int, Room] | None:
    """Row and room of a module: its own entry, or that of the package it is in."""
    if module == FRONT_DOOR:
        return PLACES[module]
    while module and module != FRONT_DOOR:
        if module in PLACES:
            return PLACES[module]
        module = module.rpartition(".")[0]
    return None


def files() -> dict[str, Path]:
    """Every module of both packages, by its dotted name."""
    found = {}
    for package in (checkers, courseware):
        (folder,) = package.__path__
        for path in Path(folder).rglob("*.py"):
            parts = path.relative_to(Path(folder).parent).with_suffix("").parts
            if "_courses" not in parts:
                found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


FILES = files()


def imports(module: str, source: str, *, package: bool = False) -> Iterator[tuple[int, str]]:
    """Line and dotted name of all that a module imports, also inside functions and for types only."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = module.split(".")[: None if package and node.level == 1 else -(node.level - package)]
            start = ".".join(base) if node.level else ""
            origin = ".".join(part for part in (start, node.module) if part)
            for alias in node.names:
                longer = f"{origin}.{alias.name}"
                yield node.lineno, longer if longer in FILES else origin


def uphill(module: str, source: str, *, package: bool = False) -> list[str]:
    """What a module imports although it stands above it or beside it."""
    here = place(module)
    assert here is not None
    wrong = []
    for line, name in imports(module, source, package=package):
        there = place(name) if name.partition(".")[0] in {"checkers", "courseware"} else None
        if there and there[1] != here[1] and there[0] >= here[0]:
            wrong.append(f"{module} (line {line}) imports {name}, which stands above or beside it")
    return wrong


def test_every_module_has_its_room() -> None:
    homeless = sorted(module for module in FILES if place(module) is None)
    assert not homeless, f"say in ROWS (tests/test_rooms.py) where {homeless} belong"


@pytest.mark.parametrize("module", sorted(FILES))
def test_imports_run_one_way(module: str) -> None:
    path = FILES[module]
    wrong = uphill(module, path.read_text(encoding="utf-8"), package=path.name == "__init__.py")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("module", "line", "allowed"),
    [
        ("checkers.result", "from checkers.message import Message", True),
        ("checkers.result", "import courseware.draw", False),
        ("courseware.mastery.fold", "from courseware.mastery import gate", True),
        ("courseware.mastery.fold", "from . import gate", True),
        ("courseware.mastery.fold", "from ..events import Event", True),
        ("courseware.events", "from courseware.mastery.gate import after", False),
        ("courseware.events", "from courseware import log", False),
        ("courseware.events", "from . import log", False),
        ("courseware.events", "from .log import Log", False),
        ("courseware.events", "def late():\n    import courseware.log", False),
        ("courseware.events", "from courseware import Lesson", False),
        ("courseware.widgets.view", "from courseware.tutor import Card", True),
        ("courseware.widgets.view", "import courseware.server", False),
        ("courseware.lesson", "from courseware.widgets import check", True),
        ("courseware.lesson", "import courseware.cli", False),
    ],
)
def test_the_rule_sees_every_form_of_import(module: str, line: str, allowed: bool) -> None:
    assert (uphill(module, line) == []) is allowed


JUPYTER = ("IPython", "anywidget", "ipykernel", "ipywidgets", "jupyter", "nbclient", "nbformat", "traitlets")


@pytest.mark.parametrize("module", sorted(m for m in FILES if place(m) == PLACES["checkers"]))
def test_checkers_know_nothing_of_jupyter(module: str) -> None:
    names = [name for _, name in imports(module, FILES[module].read_text(encoding="utf-8"))]
    assert not [name for name in names if name.startswith(JUPYTER)]


def loaded_by(statement: str) -> set[str]:
    """The modules that a fresh Python loads for a statement, beyond those that it starts with."""
    program = f"import sys; before = set(sys.modules); {statement}; print(*set(sys.modules) - before)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def foreign(modules: set[str]) -> set[str]:
    """Those that are neither Python's nor ours (the standard library has modules without a spec)."""
    return {m.partition(".")[0] for m in modules} - sys.stdlib_module_names - {"checkers", "courseware"}


# What Frame needs of pandas once it has a table before it.
HEAVY = {"checkers.joined", "checkers.origin", "checkers.rows", "checkers.tables", "checkers.worked_out"}


def test_checkers_import_the_standard_library_alone() -> None:
    """So that they run in a browser's Python, and a kernel starts at once."""
    light = sorted(m for m in FILES if m.startswith("checkers") and m not in HEAVY)
    names = ", ".join(checkers.__all__)
    each = "; ".join([*(f"import {module}" for module in light), f"from checkers import {names}"])
    assert not foreign(loaded_by(each))


def test_a_command_loads_what_it_needs_and_no_more() -> None:
    heavy = {"alembic", "matplotlib", "nbgrader", "numpy", "pandas", "pydantic", "sqlalchemy"}
    assert not heavy & foreign(loaded_by("import courseware.cli"))


def test_importing_courseware_loads_nothing_yet() -> None:
    loaded = loaded_by("import courseware")
    assert not foreign(loaded)
    assert not {module for module in loaded if module.startswith(("courseware.", "checkers."))}
