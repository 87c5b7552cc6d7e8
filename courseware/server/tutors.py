"""One tutor for each workspace that a server is asked about, kept while nothing changes under it."""

from __future__ import annotations

import threading
from dataclasses import dataclass
from pathlib import Path

from courseware.clock import system_clock
from courseware.local_tutor import LocalTutor
from courseware.log import Log
from courseware.runner import Worker
from courseware.workspace import Workspace

Signs = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    space: Workspace
    signs: Signs
    log: Log
    tutor: LocalTutor


class Tutors:
    """Finds the tutor of a workspace. Any thread may ask.

    Its tutors tell and unlock; they judge nothing, so that none ever starts a worker.
    """

    def __init__(self) -> None:
        self._kept: dict[Path, _Kept] = {}
        self._lock = threading.Lock()

    def of(self, space: Workspace) -> LocalTutor:
        """The tutor of this workspace; a new one where its log or its course was replaced."""
        with self._lock:
            kept = self._kept.pop(space.path, None)
            if kept is None or kept.space != space or kept.signs != _signs(space, kept.tutor):
                if kept is not None:
                    kept.log.close()
                kept = _keep(space)
            self._kept[space.path] = kept
            return kept.tutor

    def close(self) -> None:
        with self._lock:
            for kept in self._kept.values():
                kept.log.close()
            self._kept.clear()


def _keep(space: Workspace) -> _Kept:
    course, log = space.load_course(), space.open_log()
    tutor = LocalTutor(
        course,
        log,
        space.learner,
        clock=system_clock(),
        runner=Worker(),
        workspace=space,
        preview=space.preview,
    )
    return _Kept(space=space, signs=_signs(space, tutor), log=log, tutor=tutor)


def _signs(space: Workspace, tutor: LocalTutor) -> Signs:
    """What is different once the log was put in another's place, or the course was changed."""
    signs = []
    for path, whole in ((space.home / "events.sqlite", False), (tutor.course.path / "course.toml", True)):
        try:
            stat = path.stat()
        except OSError:
            signs.append((0, 0))
        else:
            signs.append((stat.st_ino, stat.st_mtime_ns if whole else 0))
    return tuple(signs)
