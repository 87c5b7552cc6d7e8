"""``objectives.toml`` in a class: what assignments of its own are evidence of.

The file is the instructor's; `courseware class adopt` adds the cells of an assignment to it. Cells can say
the same in their own metadata (``"courseware": {"objectives": ["lists.loop"]}``); the file stands first.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from courseware.course import ALONE, Objective

FILE: Final = "objectives.toml"
CELLS: Final = "cells"

HEAD: Final = """\
# What the cells of your own assignments are evidence of. This file is yours: `courseware class adopt` adds
# cells that are not in it, and changes nothing else.
#
# Objectives of the class's course can be named as they are. One of your own is made so:
#
# [[objectives]]
# id = "lists.loop"                  # has a dot in it
# can = "I can go through a list with a loop"
# threshold = 0.95                   # how sure we want to be; 0.95 if left out
"""
BARE: Final = re.compile(r"[A-Za-z0-9_-]+")
BLOCK: Final = "\n[{place}]\n{lines}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tags:
    """A class's own objectives by their ids, and what cells are evidence of: assignment, notebook, cell."""

    objectives: Mapping[str, Objective] = field(default_factory=dict)
    cells: Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]] = field(default_factory=dict)

    def of(self, assignment: str, notebook: str) -> Mapping[str, tuple[str, ...]]:
        """The objectives of each cell of a notebook that the file names."""
        return self.cells.get(assignment, {}).get(notebook, {})

    def taught(self, assignment: str) -> tuple[str, ...]:
        """The objectives that cells of an assignment are evidence of, each once."""
        named = (ids for cells in self.cells.get(assignment, {}).values() for ids in cells.values())
        return tuple(dict.fromkeys(name for ids in named for name in ids))


def read(folder: Path) -> Tags:
    """The tags of a class; none where it has no such file. Raises ValueError with what to mend."""
    file = folder / FILE
    try:
        raw = tomllib.loads(file.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        return Tags()
    except (OSError, ValueError) as error:
        raise ValueError(f"{file} cannot be read ({type(error).__name__}: {error}).") from error
    if unknown := sorted(set(raw) - {"objectives", CELLS}):
        raise _wrong(file, "the file", repr(unknown[0]), "[[objectives]] and [cells.ASSIGNMENT.NOTEBOOK]")
    objectives: dict[str, Objective] = {}
    for number, each in enumerate(_is(file, "objectives", raw.get("objectives", []), list), start=1):
        made = _objective(file, f"[[objectives]] number {number}", each)
        if made.id in objectives:
            raise _wrong(file, f"[[objectives]] number {number}", f"{made.id!r} again", "each id once")
        objectives[made.id] = made
    cells: dict[str, dict[str, dict[str, tuple[str, ...]]]] = {}
    for assignment, notebooks in _is(file, CELLS, raw.get(CELLS, {}), dict).items():
        for notebook, named in _is(file, f"{CELLS}.{assignment}", notebooks, dict).items():
            place = f"{CELLS}.{assignment}.{notebook}"
            cells.setdefault(assignment, {})[notebook] = {
                cell: tuple(_name(file, f"{place}, {cell}", name) for name in _names(file, place, cell, ids))
                for cell, ids in _is(file, place, named, dict).items()
            }
    return Tags(objectives=objectives, cells=cells)


def add(folder: Path, assignment: str, notebook: str, cells: Mapping[str, tuple[Iterable[str], str]]) -> bool:
    """Write cells of a notebook into the file: each with its objectives, and a few words about it.

    A notebook that is in the file stays as it is there; False then.
    """
    if notebook in read(folder).cells.get(assignment, {}):
        return False
    file = folder / FILE
    text = file.read_text(encoding="utf-8-sig") if file.exists() else HEAD
    lines = "".join(
        f"{_key(cell)} = {json.dumps(list(ids))}  # {words}\n" for cell, (ids, words) in cells.items()
    )
    place = f"{CELLS}.{_key(assignment)}.{_key(notebook)}"
    part = file.with_name(f".{FILE}.part")
    part.write_text(text.rstrip("\n") + "\n" + BLOCK.format(place=place, lines=lines), encoding="utf-8")
    part.replace(file)
    return True


def _key(name: str) -> str:
    """A name as TOML wants it left of a dot or an equals sign."""
    return name if BARE.fullmatch(name) else json.dumps(name)


def _objective(file: Path, place: str, raw: object) -> Objective:
    table = _is(file, place, raw, dict)
    if unknown := sorted(set(table) - {"id", "can", "threshold"}):
        raise _wrong(file, place, repr(unknown[0]), "id, can and threshold")
    for name in ("id", "can"):
        if not isinstance(table.get(name), str) or not table[name].strip():
            raise _wrong(file, place, f"{name} = {table.get(name)!r}", "a text")
    threshold = table.get("threshold", ALONE)
    if isinstance(threshold, bool) or not isinstance(threshold, float) or not 0 < threshold < 1:
        raise _wrong(file, place, f"threshold = {threshold!r}", "a number between 0 and 1")
    return Objective(id=_name(file, place, table["id"]), can=table["can"].strip(), threshold=threshold)


def _names(file: Path, place: str, cell: str, ids: object) -> list[Any]:
    return [ids] if isinstance(ids, str) else list(_is(file, f"{place}, {cell}", ids, list))


def _name(file: Path, place: str, name: object) -> str:
    if not isinstance(name, str) or "." not in name.strip("."):
        raise _wrong(file, place, repr(name), 'the id of an objective, which has a dot in it: "lists.loop"')
    return name


def _is(file: Path, place: str, value: Any, kind: type) -> Any:
    if not isinstance(value, kind):
        raise _wrong(file, place, repr(value), "a list" if kind is list else "a table")
    return value


def _wrong(file: Path, place: str, found: str, expected: str) -> ValueError:
    return ValueError(f"{file}, {place}: found {found}; expected {expected}.")
