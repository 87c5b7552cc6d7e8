"""Puts the layers (layers.py) between a submission and everything else. Linux only.

The server puts itself into namespaces of its own once, with a file tree that holds Python and nothing else;
each process that it forks then takes off what it still has, before any submitted code runs. A layer that
the machine does not offer is left out, and said so.
"""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import stat
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from courseware.grading.engine import linux
from courseware.grading.engine.layers import Layers

FOLDER: Final = "/submission"
SCRATCH: Final = "/scratch"
"""For temporary files. Not /tmp: Python itself may lie below that, as it does in a CI run."""
FIRST_USER: Final = 2_000_000_000
"""The users that submissions run as, where the server is root: these numbers belong to nobody."""
SYSTEM: Final = ("/usr", "/lib", "/lib64", "/lib32", "/etc/localtime", "/etc/mime.types", "/etc/ld.so.cache")
DEVICES: Final = ("/dev/null", "/dev/zero", "/dev/urandom", "/dev/random")
OURS: Final = ("courseware", "checkers")


def fence_server(root: Path) -> Layers:
    """Put this process (still single-threaded) into namespaces of its own; its child goes on from here.

    `root` is an empty folder, on which the file tree for submissions is built: nobody outside sees it.
    """
    missing: dict[str, str] = {}
    linux.end_with_parent()
    namespaces, tree = _new_namespaces(missing), False
    if namespaces:
        _go_on_as_first()
        try:
            _build_tree(root)
            tree = True
        except OSError as error:
            missing["tree"] = str(error)
    layers: dict[str, bool] = {}
    for name, works in (("landlock", linux.landlock_version), ("seccomp", linux.seccomp_program)):
        try:
            works()
            layers[name] = True
        except OSError as error:
            missing[name] = str(error)
    user = False
    if os.geteuid() != 0 or _in_user_namespace():
        missing["user"] = "the grader is not root, so submissions run as the same user"
    elif not tree and (closed := _closed_to_others(readable())):
        missing["user"] = f"only root may look into {closed}, where Python lies"
    else:
        user = True
    return Layers(namespaces=namespaces, tree=tree, user=user, missing=missing, **layers)


def _new_namespaces(missing: dict[str, str]) -> bool:
    wanted = linux.NEWPID | linux.NEWNS | linux.NEWNET | linux.NEWIPC
    uid, gid = os.geteuid(), os.getegid()
    if uid == 0:
        with contextlib.suppress(OSError):
            linux.unshare(wanted)
            return True
    try:
        linux.unshare(wanted | linux.NEWUSER)
        with contextlib.suppress(OSError):
            Path("/proc/self/setgroups").write_text("deny")
        Path("/proc/self/uid_map").write_text(f"0 {uid} 1")
        Path("/proc/self/gid_map").write_text(f"0 {gid} 1")
    except OSError as error:
        missing["namespaces"] = str(error)
        return False
    return True


def _in_user_namespace() -> bool:
    try:
        first, second, many = Path("/proc/self/uid_map").read_text().split()[:3]
    except (OSError, ValueError):
        return False
    return not (first == second == "0" and int(many) > FIRST_USER + 1_000)


def _go_on_as_first() -> None:
    """Become the first process of the new process namespace: when it ends, all in it end."""
    if child := os.fork():
        _, status = os.waitpid(child, 0)
        os._exit(os.waitstatus_to_exitcode(status) & 0xFF)
    linux.end_with_parent()


def _build_tree(root: Path) -> None:
    linux.mount("none", "/", None, linux.MS_REC | linux.MS_PRIVATE)
    linux.mount("tmpfs", str(root), "tmpfs", linux.MS_NOSUID | linux.MS_NODEV, "size=4m,mode=755")
    for path in (*readable(), *DEVICES):
        _show(root, Path(path))
    for name in (FOLDER, SCRATCH):
        Path(str(root) + name).mkdir()
    with contextlib.suppress(FileExistsError):
        (root / "tmp").symlink_to(SCRATCH)  # for code that names it
    for hidden in _course_folders():
        inside = str(root) + str(hidden)
        if Path(inside).is_dir():
            linux.mount("tmpfs", inside, "tmpfs", linux.MS_RDONLY, "size=4k,mode=555")


def readable() -> list[str]:
    """What a submission may read besides its own files: Python, its packages, the system's libraries."""
    found = [*SYSTEM, sys.base_prefix, sys.prefix]
    for entry in map(Path, sys.path):
        inside = any(entry.is_relative_to(prefix) for prefix in (sys.base_prefix, sys.prefix))
        if inside or not entry.is_dir() or not entry.is_absolute():
            continue
        ours = [entry / name for name in OURS if (entry / name).is_dir()]
        found += map(str, ours or [entry])  # a checkout of ours holds courses beside the packages
    real = [os.path.realpath(path) for path in found]
    return list(dict.fromkeys(path for path in [*found, *real] if Path(path).exists()))


def _closed_to_others(paths: Iterable[str]) -> str | None:
    """The first folder on the way to one of these that other users may not go through."""
    for path in paths:
        for folder in (Path(path), *Path(path).parents):
            if folder.is_dir() and not folder.stat().st_mode & stat.S_IXOTH:
                return str(folder)
    return None


def _course_folders() -> list[Path]:
    """Where installed courses lie, with their solutions."""
    package = Path(__file__).resolve().parents[2]
    return [package / "_courses"]


def _show(root: Path, path: Path) -> None:
    """Show a file or folder at the same place in the tree, to be read only; a link stays a link."""
    there = Path(str(root) + str(path))
    if there.exists() or there.is_symlink():
        return
    there.parent.mkdir(parents=True, exist_ok=True)
    if path.is_symlink():
        there.symlink_to(path.readlink())
        return
    if path.is_dir():
        there.mkdir()
    else:
        there.touch()
    linux.mount(str(path), str(there), None, linux.MS_BIND | linux.MS_REC)
    if path.is_dir():
        flags = linux.MS_REMOUNT | linux.MS_BIND | linux.MS_RDONLY | linux.MS_NOSUID | linux.MS_NODEV
        linux.mount("none", str(there), None, flags)


# ---- in the process of one submission -----------------------------------------------------------------


def fence_child(
    layers: Layers, root: Path, slot: int, told: Mapping[str, Any], readable_fds: Sequence[int]
) -> None:
    """Take off everything that a submission should not have; its files lie in the working directory then.

    After this returns, submitted code can run. Raises OSError if a layer that is on cannot be put on here.
    """
    budget, files = told["budget"], told["files"]
    mapped = _address_space()
    if layers.tree:
        linux.unshare(linux.NEWNS | linux.NEWIPC)
        kept = linux.MS_NOSUID | linux.MS_NODEV | linux.MS_NOEXEC
        own = f"size={int(budget['disk_mb']) * 1024 + _kilobytes(files)}k,mode=755,nr_inodes=20000"
        place = str(root) + FOLDER
        linux.mount("tmpfs", place, "tmpfs", kept, own)
        linux.mount("tmpfs", str(root) + SCRATCH, "tmpfs", kept, "size=32m,mode=777,nr_inodes=5000")
        put_files(files, Path(place), FIRST_USER + slot if layers.user else None)
        linux.change_root(str(root))
        os.chdir(FOLDER)
        writable = [FOLDER, SCRATCH, *DEVICES]
        os.environ.update(HOME=FOLDER, TMPDIR=SCRATCH, MPLCONFIGDIR=SCRATCH, IPYTHONDIR=SCRATCH)
    else:
        place = str(told["folder"])
        put_files(files, Path(place), FIRST_USER + slot if layers.user else None)
        os.chdir(place)
        writable = [place, *DEVICES]
        os.environ.update(HOME=place, TMPDIR=place, MPLCONFIGDIR=place, IPYTHONDIR=place)
    if layers.user:
        user = FIRST_USER + slot
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    linux.give_up_privileges()
    if layers.landlock:
        with _opened(writable) as fds:
            linux.landlock(readable_fds, fds)
    for fd in readable_fds:
        os.close(fd)
    _limit(budget, mapped, alone=layers.user)  # now, for until here there may be many descriptors open
    if layers.seccomp:
        linux.seccomp()


def open_readable() -> list[int]:
    """Descriptors of all that submissions may read, for landlock: courses that lie inside are left out.

    One for each package, where courses lie beside them: more than a process may open unasked.
    """
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    hidden = _course_folders()
    return [os.open(path, os.O_PATH | os.O_CLOEXEC) for path in _around(map(Path, readable()), hidden)]


def _around(paths: Iterable[Path], hidden: Sequence[Path]) -> Iterator[Path]:
    """These paths; one that holds a hidden folder is taken apart, until that alone is left out."""
    for path in paths:
        if path in hidden:
            continue
        if path.is_dir() and any(each.is_relative_to(path) and each.exists() for each in hidden):
            yield from _around(sorted(path.iterdir()), hidden)
        else:
            yield path


def put_files(files: Mapping[str, str], place: Path, owner: int | None) -> None:
    """Copy files (name inside the folder → where it lies) into a folder. Links are not followed."""
    for name, path in files.items():
        target = place / name
        target.parent.mkdir(parents=True, exist_ok=True)
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC | getattr(os, "O_NOFOLLOW", 0))
        with os.fdopen(fd, "rb") as source:
            if not stat.S_ISREG(os.fstat(fd).st_mode):
                raise OSError(f"{name} is no file")
            with target.open("xb") as out:
                shutil.copyfileobj(source, out, 1 << 20)
    if owner is not None:
        os.chown(place, owner, owner)
        for each in place.rglob("*"):
            os.chown(each, owner, owner, follow_symlinks=False)


def _kilobytes(files: Mapping[str, str]) -> int:
    return sum(Path(path).stat().st_size // 1024 + 8 for path in files.values())


def _limit(budget: Mapping[str, Any], mapped: int, *, alone: bool) -> None:
    size = int(budget["memory_mb"]) << 20
    limits = {
        resource.RLIMIT_AS: size + mapped,
        resource.RLIMIT_FSIZE: int(budget["disk_mb"]) << 20,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_CPU: int(budget["notebook_seconds"]) + 5,
        resource.RLIMIT_MEMLOCK: 0,
    }
    if alone:  # counted for all processes of the user: of no use where the user is somebody
        limits[resource.RLIMIT_NPROC] = int(budget["threads"])
    for name, most in limits.items():
        _, hard = resource.getrlimit(name)
        most = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(name, (most, most))


def _address_space() -> int:
    """Bytes that this process has mapped already: shared with the server, and not the submission's doing."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[0])
    except (OSError, ValueError, IndexError):
        return 0
    return pages * os.sysconf("SC_PAGE_SIZE")


@contextlib.contextmanager
def _opened(paths: Iterable[str]) -> Iterator[list[int]]:
    fds = [os.open(path, os.O_PATH | os.O_CLOEXEC) for path in paths if Path(path).exists()]
    try:
        yield fds
    finally:
        for fd in fds:
            os.close(fd)
