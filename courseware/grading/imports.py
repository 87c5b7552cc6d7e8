"""Which packages notebooks import: what an engine should have ready."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any


def imported(notebooks: Iterable[Path]) -> tuple[str, ...]:
    """The packages that notebooks import, by the names of their tops."""
    found: dict[str, None] = {}
    for path in notebooks:
        for cell in cells_of(path):
            if cell.get("cell_type") == "code":
                found |= dict.fromkeys(_imports(_text(cell)))
    return tuple(found)


def cells_of(path: Path) -> list[dict[str, Any]]:
    """The cells of a notebook's file; none where it cannot be read."""
    try:
        return list(json.loads(path.read_text(encoding="utf-8-sig"))["cells"])
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _text(cell: Mapping[str, Any]) -> str:
    source = cell.get("source", "")
    return source if isinstance(source, str) else "".join(source)


def _imports(source: str) -> Iterator[str]:
    lines = [line for line in source.splitlines() if not line.lstrip().startswith(("%", "!", "?"))]
    try:
        tree = ast.parse("\n".join(lines))
    except (SyntaxError, ValueError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]
