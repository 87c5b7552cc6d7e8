"""The wheel holds both packages and the courses, whole, and nothing else."""

from __future__ import annotations

import configparser
import importlib.util
import json
import os
import re
import shutil
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

JUNK = [
    "lessons/pandas/__pycache__/items.cpython-311.pyc",
    "lessons/pandas/01-tables/.ipynb_checkpoints/lesson-checkpoint.ipynb",
    "lessons/pandas/01-tables/.courseware/events.sqlite",
    "lessons/.DS_Store",
    "courseware/__pycache__/course.cpython-313.pyc",
    "courseware/.mypy_cache/3.11/cache.db",
    "checkers/.ruff_cache/CACHEDIR.TAG",
    "checkers/.env",
]


# Where Jupyter looks for it: what enables the server extension, and its settings.
SHARED = {
    "etc/jupyter/jupyter_server_config.d/courseware.json": "courseware/server/enabled.json",
    "share/jupyter/lab/settings/overrides.d/courseware.json": "courseware/server/settings.json",
}
DATA = "mastery_courseware-0.1.0.data/data/"


def at_home(path: str) -> str:
    """Where a file of the checkout lies in the wheel."""
    return re.sub(r"^lessons/", "courseware/_courses/", path)


@pytest.fixture(scope="module")
def tracked(checkout: Path) -> list[str]:
    """The files that git has, or will have once they are added, and that are still there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=checkout,
        capture_output=True,
        check=True,
    ).stdout.decode()
    return [name for name in listed.split("\0") if name and (checkout / name).is_file()]


@pytest.fixture(scope="module")
def wheel(checkout: Path, tracked: list[str], tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """Built from a copy of the checkout in which somebody has worked: the junk of that lies about."""
    copy, out = tmp_path_factory.mktemp("copy"), tmp_path_factory.mktemp("wheel")
    for name in tracked:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(checkout / name, copy / name)
    for name in JUNK:
        (copy / name).parent.mkdir(parents=True, exist_ok=True)
        (copy / name).write_text("junk")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(out)]
    env = {**os.environ, "COURSEWARE_WITHOUT_MAP": "1"}
    subprocess.run(build, cwd=copy, env=env, check=True, capture_output=True)
    (path,) = out.glob("*.whl")
    return zipfile.ZipFile(path)


def test_the_wheel_holds_every_tracked_file_of_packages_and_courses_and_nothing_else(
    wheel: zipfile.ZipFile, tracked: list[str]
) -> None:
    shipped = {name for name in wheel.namelist() if ".dist-info/" not in name}
    expected = {
        at_home(name) for name in tracked if name.startswith(("courseware/", "checkers/", "lessons/"))
    }
    assert {name for name in shipped if not name.startswith(DATA)} == expected


def test_the_wheel_puts_into_jupyters_folders_what_enables_it(wheel: zipfile.ZipFile, checkout: Path) -> None:
    put = {name.removeprefix(DATA): wheel.read(name) for name in wheel.namelist() if name.startswith(DATA)}
    assert put == {name: (checkout / file).read_bytes() for name, file in SHARED.items()}


def test_the_wheel_names_its_commands_and_its_licence(wheel: zipfile.ZipFile) -> None:
    (entry,) = (name for name in wheel.namelist() if name.endswith(".dist-info/entry_points.txt"))
    points = configparser.ConfigParser()
    points.read_string(wheel.read(entry).decode())
    assert dict(points["console_scripts"]) == {
        "courseware": "courseware.cli:main",
        "jupyter-courseware": "courseware.cli:main",
    }
    assert any(name.endswith(".dist-info/licenses/LICENSE") for name in wheel.namelist())


def test_no_lessons_folder_of_its_own_in_site_packages(wheel: zipfile.ZipFile) -> None:
    tops = {name.partition("/")[0] for name in wheel.namelist()}
    assert {top for top in tops if not top.endswith((".dist-info", ".data"))} == {"courseware", "checkers"}


@pytest.fixture
def bundle(checkout: Path, tracked: list[str], tmp_path: Path) -> ModuleType:
    """The build hook of the course map, in a copy of the checkout in which a map has been built."""
    for name in tracked:
        if name.startswith(("extension/", "courseware/widgets/static/")):
            (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(checkout / name, tmp_path / name)
    spec = importlib.util.spec_from_file_location("bundle", tmp_path / "extension" / "bundle.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    (module.BUILT / "static").mkdir(parents=True)
    (module.BUILT / "static" / "map.js").write_text("the map")
    stamp = {"sources": module.sources(), "files": module.contents(module._files(module.BUILT))}
    (module.BUILT / module.STAMP).write_text(json.dumps(stamp))
    return module


@pytest.mark.parametrize(
    "changed",
    [
        "extension/src/panel.ts",
        "extension/style/map.css",
        "extension/schema/plugin.json",
        "extension/package-lock.json",
        "courseware/widgets/static/tokens.css",
        "extension/built/labextensions/courseware-map/static/map.js",
        "extension/built/labextensions/courseware-map/static/more.js",
        "extension/src/new.ts",
    ],
)
def test_a_map_built_of_other_sources_is_never_packed(bundle: ModuleType, changed: str) -> None:
    assert bundle.fresh()
    with (bundle.HERE.parent / changed).open("a") as file:
        file.write("\n")
    assert not bundle.fresh()


def test_a_wheel_tells_whether_its_map_was_made_of_these_sources(bundle: ModuleType, tmp_path: Path) -> None:
    wheel = tmp_path / "a.whl"
    with zipfile.ZipFile(wheel, "w") as archive:
        for name, path in bundle._files(bundle.BUILT).items():
            archive.write(path, f"a.data/data/{bundle.IN_WHEEL}/{name}")
    assert bundle.in_wheel(wheel)
    (bundle.HERE / "src" / "panel.ts").write_text("")
    assert not bundle.in_wheel(wheel)
    zipfile.ZipFile(wheel, "w").close()
    assert not bundle.in_wheel(wheel)


def test_the_map_that_is_installed_was_made_of_these_sources(bundle: ModuleType, built_map: Path) -> None:
    stamp = json.loads((built_map / bundle.STAMP).read_text(encoding="utf-8"))
    files = bundle.contents(bundle._files(built_map))
    assert bundle.same(stamp, files), "build it anew: see CONTRIBUTING.md"


def test_the_packages_of_the_map_are_named_without_a_host(checkout: Path) -> None:
    lock = (checkout / "extension" / "package-lock.json").read_text(encoding="utf-8")
    assert "://" not in lock
    assert all("integrity" in each for name, each in json.loads(lock)["packages"].items() if name)


def pins(checkout: Path) -> dict[str, str]:
    text = (checkout / "requirements.txt").read_text(encoding="utf-8")
    found = re.findall(r"^([A-Za-z0-9._-]+)(?:\[[^\]]*\])?==([^\s;\\]+)", text, re.MULTILINE)
    return {canonicalize_name(name): version for name, version in found}


def test_the_exact_set_meets_every_requirement_and_names_no_host(checkout: Path) -> None:
    project = tomllib.loads((checkout / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [
        *project["dependencies"],
        *(r for extra in project["optional-dependencies"].values() for r in extra),
    ]
    exact = pins(checkout)
    for requirement in map(Requirement, wanted):
        name = canonicalize_name(requirement.name)
        if name != canonicalize_name(project["name"]):
            assert name in exact, f"{requirement} is not in requirements.txt: see CONTRIBUTING.md"
            assert requirement.specifier.contains(exact[name]), f"{name}: {exact[name]} is not {requirement}"
    assert "://" not in (checkout / "requirements.txt").read_text(encoding="utf-8")


def test_the_distribution_is_typed_and_named_once() -> None:
    assert metadata.metadata("mastery-courseware")["License-Expression"] == "BSD-3-Clause"
    named = {
        each.name for each in metadata.entry_points(group="console_scripts") if "courseware" in each.value
    }
    assert named == {"courseware", "jupyter-courseware"}
