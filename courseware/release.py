"""The learner's copy of a source notebook: without solutions, hidden tests, mark schemes and outputs.

It is what nbgrader's preprocessors make in ``nbgrader generate_assignment`` with `CODE_STUB` and
`TEXT_STUB` configured (tests hold the two equal), but over plain notebook JSON: importing nbgrader
takes seconds, and a notebook is written in the middle of a lesson. Where it goes further:

- a notebook may say by its metadata, ``{"courseware": {"stub": ""}}``, what stands where code was: nothing,
  say, where answers are typed between quotes by those who write no code;
- visible test cells get the tag ``raises-exception``, so that Run All goes on past them;
- saved widget state goes too, as an output that stands in the notebook's metadata;
- a stray END marker, and a picture that only what is removed refers to, are errors;
- a released cell is left as it is, so releasing twice is releasing once.
"""

from __future__ import annotations

import copy
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final, overload

Notebook = dict[str, Any]
"""A notebook's JSON, of nbformat 4."""
_Cell = dict[str, Any]
_Marks = dict[str, Any]

CODE_STUB: Final = "# Write your code here.\npass"
"""What stands where a code solution stood. It makes no value and shows nothing."""
TEXT_STUB: Final = "*Write your answer here.*"
"""What stands where a written solution stood."""

_GRADE_ID: Final = re.compile(r"[a-zA-Z0-9_\-]+")
_ATTACHMENT: Final = re.compile(r"!\[.*\]\(attachment:.+?\)")
_OUTPUT_METADATA: Final = ("collapsed", "scrolled")
_FLAGS: Final = ("grade", "solution", "locked")
_KEYS: Final = {"schema_version", "grade_id", "points", "task", "checksum", "cell_type", *_FLAGS}


class ReleaseError(ValueError):
    """A source notebook that cannot be released: which cell, what was found, what was expected, the mend."""

    def __init__(self, cell: str, *, found: str, expected: str, mend: str) -> None:
        super().__init__(f"{cell}: found {found}; expected {expected}. {mend}")
        self.cell, self.found, self.expected, self.mend = cell, found, expected, mend


@dataclass(frozen=True, slots=True, kw_only=True)
class _Region:
    """Lines of a source that learners do not get: `flag` names the kind of cell that may hold them."""

    name: str
    flag: str

    @property
    def begin(self) -> str:
        return f"BEGIN {self.name}"

    @property
    def end(self) -> str:
        return f"END {self.name}"


_SOLUTION: Final = _Region(name="SOLUTION", flag="solution")
_REMOVED: Final = (
    _Region(name="HIDDEN TESTS", flag="grade"),
    _Region(name="MARK SCHEME", flag="task"),
)


@overload
def release(notebook: str) -> str: ...
@overload
def release(notebook: Mapping[str, Any]) -> Notebook: ...
def release(notebook: str | Mapping[str, Any]) -> str | Notebook:
    """The learner's version of a source notebook: JSON text for text, a new dict for a dict.

    Cells, their order and their ids stay. Raises ReleaseError for what nbgrader would refuse:
    regions that are nested or not closed, regions in cells of the wrong kind, broken metadata.
    """
    made = _read(notebook)
    taken: set[str] = set()
    for number, cell in enumerate(made["cells"], start=1):
        _release_cell(cell, _place(cell, number), taken, stub=_code_stub(made))
    made["metadata"].pop("celltoolbar", None)
    made["metadata"].pop("widgets", None)
    return _text(made) if isinstance(notebook, str) else made


def with_tests(notebook: Mapping[str, Any]) -> Notebook:
    """The learner's version with its hidden tests and mark schemes: what a gradebook grades by.

    Solutions and outputs go, checksums are those that nbgrader keeps in its gradebook. Raises ReleaseError
    as `release` does.
    """
    made = _read(notebook)
    taken: set[str] = set()
    for number, cell in enumerate(made["cells"], start=1):
        _release_cell(cell, _place(cell, number), taken, stub=_code_stub(made), remove=())
    return made


def cell_digest(notebook: str | Mapping[str, Any]) -> str:
    """SHA-256 (hex) over the kinds and sources of a notebook's cells, in order.

    Outputs, counts, ids and metadata do not count, nor whether a source is stored as text or lines:
    two notebooks with the same digest say the same, and a learner has edited neither.
    """
    data = json.loads(notebook) if isinstance(notebook, str) else notebook
    cells = [[cell.get("cell_type"), _source(cell)] for cell in data.get("cells", [])]
    return hashlib.sha256(json.dumps(cells).encode()).hexdigest()


def _read(notebook: str | Mapping[str, Any]) -> Notebook:
    data = json.loads(notebook) if isinstance(notebook, str) else copy.deepcopy(dict(notebook))
    if not isinstance(data, dict) or data.get("nbformat") != 4 or not isinstance(data.get("cells"), list):
        raise ReleaseError(
            "the notebook",
            found=f"nbformat {data.get('nbformat')!r}" if isinstance(data, dict) else "no notebook",
            expected="a notebook of nbformat 4",
            mend="Open it in JupyterLab and save it again.",
        )
    for number, cell in enumerate(data["cells"], start=1):
        if not isinstance(cell, dict) or cell.get("cell_type") not in {"code", "markdown", "raw"}:
            raise ReleaseError(
                f"cell {number}",
                found="no cell",
                expected="cell_type code, markdown or raw",
                mend="Take it out of the file, or open and save the notebook in JupyterLab.",
            )
    language = data.setdefault("metadata", {}).get("kernelspec", {}).get("language", "python")
    if language != "python":
        raise ReleaseError(
            "the notebook",
            found=f"the language {language!r}",
            expected="'python'",
            mend="Choose a Python kernel and save it again.",
        )
    return data


def _text(notebook: Notebook) -> str:
    """As nbformat writes it, so that a released file and one saved by Jupyter differ in nothing."""
    cells = [{**cell, "source": _source(cell).splitlines(keepends=True)} for cell in notebook["cells"]]
    whole = {**notebook, "cells": cells}
    return json.dumps(whole, ensure_ascii=False, indent=1, sort_keys=True, separators=(",", ": ")) + "\n"


def _code_stub(notebook: Notebook) -> str:
    """What stands where code was: as the notebook says, else `CODE_STUB`."""
    said = notebook["metadata"].get("courseware", {})
    stub = said.get("stub", CODE_STUB) if isinstance(said, dict) else CODE_STUB
    if not isinstance(stub, str):
        raise ReleaseError(
            "the notebook",
            found=f"courseware.stub {stub!r} in its metadata",
            expected="a text",
            mend="Write lines of Python there, or an empty text.",
        )
    return stub


def _release_cell(
    cell: _Cell, place: str, taken: set[str], *, stub: str, remove: tuple[_Region, ...] = _REMOVED
) -> None:
    metadata: dict[str, Any] = cell.setdefault("metadata", {})
    marks = _checked_marks(cell, place, taken)
    if cell["cell_type"] != "code":
        stub = TEXT_STUB
    before = _source(cell)

    if marks.get("checksum") is None or not (
        marks["checksum"] == _checksum(before, cell, marks) and _holds(before, stub)
    ):
        _put(cell, _without_solution(before, stub, marks, place))
    for region in remove:
        after, found = _without(_source(cell), region, "", place)
        if found:
            _belongs(region, marks, place)
            _put(cell, after)
    _keep_pictures(before, _source(cell), place)
    if cell["cell_type"] == "code":
        _refuse_autotests(_source(cell), place)
        cell["outputs"], cell["execution_count"] = [], None
        for name in _OUTPUT_METADATA:
            metadata.pop(name, None)

    if _graded(marks) or _locked(marks):
        metadata["deletable"] = False
        if _locked(marks):
            metadata["editable"] = False
        marks["checksum"] = _checksum(_source(cell), cell, marks)
        marks["cell_type"] = cell["cell_type"]
    if cell["cell_type"] == "code" and marks.get("grade") and not marks.get("solution"):
        tags = metadata.setdefault("tags", [])
        if "raises-exception" not in tags:
            tags.append("raises-exception")


def _graded(marks: _Marks) -> bool:
    return bool(marks.get("grade") or marks.get("solution"))


def _locked(marks: _Marks) -> bool:
    """Whether learners may read the cell and not write in it."""
    return not marks.get("solution") and bool(marks.get("grade") or marks.get("locked"))


def _without_solution(source: str, stub: str, marks: _Marks, place: str) -> str:
    """The source with a stub for each solution region; a solution cell without one is all solution."""
    after, found = _without(source, _SOLUTION, stub, place)
    if found:
        _belongs(_SOLUTION, marks, place)
        return after
    if marks.get("solution") and not stub:
        raise ReleaseError(
            place,
            found="a solution cell without markers, in a notebook whose stub is empty",
            expected="what learners get above the solution",
            mend="Put '### BEGIN SOLUTION' and '### END SOLUTION' around the solution alone.",
        )
    return stub if marks.get("solution") else source


def _without(source: str, region: _Region, stub: str, place: str) -> tuple[str, bool]:
    """The source with each such region replaced by the stub, indented as its first line; if there was one."""
    kept: list[str] = []
    inside = found = False
    for line in source.split("\n"):
        if region.begin in line:
            if inside:
                raise _unbalanced(region, f"a second {region.begin} inside the first", region.end, place)
            inside = found = True
            indent = line[: len(line) - len(line.lstrip())]
            kept += [indent + row for row in stub.split("\n")] if stub else []
        elif region.end in line:
            if not inside:
                raise _unbalanced(region, f"{region.end} without a beginning", region.begin, place)
            inside = False
        elif not inside:
            kept.append(line)
    if inside:
        raise _unbalanced(region, f"{region.begin} without an end", region.end, place)
    return "\n".join(kept), found


def _unbalanced(region: _Region, found: str, missing: str, place: str) -> ReleaseError:
    return ReleaseError(
        place,
        found=found,
        expected=f"{region.begin} and {region.end} in turn, each on a line of its own",
        mend=f"Add the missing '### {missing}' above it, or take the marker out."
        if missing == region.begin or "second" in found
        else f"Add '### {missing}' after the last line that learners should not see.",
    )


def _belongs(region: _Region, marks: _Marks, place: str) -> None:
    if not marks.get(region.flag):
        raise ReleaseError(
            place,
            found=f"{region.begin} in a cell whose nbgrader metadata has no {region.flag}: true",
            expected=f"such a region only in a {region.flag} cell",
            mend="Set the cell's kind in the Create Assignment panel, or take the region out.",
        )


def _keep_pictures(before: str, after: str, place: str) -> None:
    """An attachment stays in the cell, so one that only the removed text shows would leak."""
    if lost := set(_ATTACHMENT.findall(before)) - set(_ATTACHMENT.findall(after)):
        raise ReleaseError(
            place,
            found=f"{sorted(lost)[0]} in what is removed",
            expected="no attached picture there: attachments stay in the learner's file",
            mend="Put the picture in a file beside the notebook's sources, or describe it in words.",
        )


def _refuse_autotests(source: str, place: str) -> None:
    if any("AUTOTEST" in line and line.strip().startswith("#") for line in source.split("\n")):
        raise ReleaseError(
            place,
            found="an AUTOTEST line",
            expected="tests written out (nothing runs when a notebook is released)",
            mend="Write the assertion that it stands for.",
        )


def _checked_marks(cell: _Cell, place: str, taken: set[str]) -> _Marks:
    """The cell's nbgrader metadata ({} if none), by the rules of nbgrader's schema 3."""
    if "nbgrader" not in cell["metadata"]:
        return {}
    marks = cell["metadata"]["nbgrader"]
    if not isinstance(marks, dict):
        raise _broken(place, f"{marks!r}", "an object")
    if marks.get("schema_version") != 3:
        raise _broken(place, f"schema_version {marks.get('schema_version')!r}", "schema_version 3")
    for flag in (*_FLAGS, "task"):
        if not isinstance(marks.get(flag, False if flag == "task" else None), bool):
            raise _broken(place, f"{flag}: {marks.get(flag)!r}", f"{flag}: true or false")
    if unknown := sorted(set(marks) - _KEYS):
        raise _broken(place, f"the key {unknown[0]!r}", "only " + ", ".join(sorted(_KEYS)))
    used = any(marks[flag] for flag in _FLAGS)
    name = marks.get("grade_id")
    if (used or name is not None) and not (isinstance(name, str) and _GRADE_ID.fullmatch(name)):
        raise _broken(place, f"grade_id {name!r}", "a grade_id of letters, digits, '-' and '_'")
    if used and name in taken:
        raise _broken(place, f"grade_id {name!r} a second time", "a grade_id of its own for each cell")
    if used:
        taken.add(str(name))
    points = marks.get("points", None if marks["grade"] else 0)
    if isinstance(points, bool) or not isinstance(points, int | float) or not points >= 0:
        raise _broken(place, f"points: {points!r}", "points: a number from 0")
    _check_kind(cell["cell_type"], marks, place)
    return marks


def _check_kind(kind: str, marks: _Marks, place: str) -> None:
    if marks.get("task"):
        if kind != "markdown":
            raise _broken(place, f"a task in a {kind} cell", "a task in a Markdown cell")
    elif kind == "markdown" and marks["grade"] != marks["solution"]:
        raise _broken(
            place,
            f"a Markdown cell with grade: {marks['grade']}, solution: {marks['solution']}",
            "both or neither (a written answer is graded by a person)",
        )


def _broken(place: str, found: str, expected: str) -> ReleaseError:
    return ReleaseError(
        place,
        found=f"nbgrader metadata with {found}",
        expected=expected,
        mend="Set the cell's kind again in the Create Assignment panel.",
    )


def _checksum(source: str, cell: _Cell, marks: _Marks) -> str:
    """nbgrader's checksum of a cell: by it a submitted cell is told from an untouched one."""
    parts = [
        source,
        str(cell["cell_type"]),
        str(bool(marks.get("grade"))),
        str(bool(marks.get("solution"))),
        str(_locked(marks)),
        str(marks.get("grade_id", "")),
    ]
    if marks.get("grade"):
        parts.append(str(float(marks["points"])))
    return hashlib.md5("".join(parts).encode(), usedforsecurity=False).hexdigest()


def _holds(source: str, stub: str) -> bool:
    """Whether the stub's lines stand in the source, one below the other, however far indented."""
    lines, wanted = [line.strip() for line in source.split("\n")], stub.split("\n")
    if not stub:
        return _SOLUTION.begin not in source
    return any(lines[i : i + len(wanted)] == wanted for i in range(len(lines)))


def _source(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _put(cell: _Cell, source: str) -> None:
    cell["source"] = source if isinstance(cell.get("source"), str) else source.splitlines(keepends=True)


def _place(cell: _Cell, number: int) -> str:
    marks = cell.get("metadata", {}).get("nbgrader")
    name = marks.get("grade_id") if isinstance(marks, dict) else None
    if name := name or cell.get("id"):
        return f"cell {number} ({name!r})"
    return f"cell {number}"
