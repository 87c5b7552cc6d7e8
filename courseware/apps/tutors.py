"""The tutors of an app: one for each learner, all over one course and one log."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import Final

from courseware.local_tutor import LocalTutor

MOST: Final = 500
"""So many learners' tutors are kept ready; one that was put away is made again from the log."""


class Tutors:
    """Finds the tutor of a learner. Any thread may ask."""

    def __init__(self, make: Callable[[str], LocalTutor]) -> None:
        self._make = make
        self._kept: OrderedDict[str, LocalTutor] = OrderedDict()
        self._lock = threading.Lock()

    def of(self, learner: str) -> LocalTutor:
        with self._lock:
            tutor = self._kept.pop(learner, None) or self._make(learner)
            self._kept[learner] = tutor
            while len(self._kept) > MOST:
                self._kept.popitem(last=False)
            return tutor
