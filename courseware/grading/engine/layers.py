"""What stands between a submission and everything else, on this machine."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final

NAMES: Final[Mapping[str, str]] = {
    "namespaces": "processes, network and messages of its own: nothing outside can be seen or reached",
    "tree": "a file tree of its own: Python, its packages, and the files handed in",
    "user": "a user of its own, which owns nothing",
    "landlock": "files: read Python and its packages, write in its own folder",
    "seccomp": "no other process, no program, no socket",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """Which layers are on, and why each other one is not."""

    namespaces: bool = False
    tree: bool = False
    user: bool = False
    landlock: bool = False
    seccomp: bool = False
    missing: Mapping[str, str] = field(default_factory=dict)

    @property
    def strong(self) -> bool:
        """Whether a submission sees no file but its own, reaches no network and starts no process."""
        return self.seccomp and (self.tree or self.landlock)
