"""A time limit for a cell that runs in the kernel itself."""

from __future__ import annotations

import _thread
import signal
import threading
from collections.abc import Mapping
from types import FrameType
from typing import Any


class TimeIsUp(BaseException):
    """A check ran longer than it may."""


class TimeLimit:
    """Stops the cell that runs in the main thread after so many seconds.

    With `setitimer` the cell gets `TimeIsUp`, again and again in case it swallows one; only its own code is
    interrupted, recognised by its globals. Where there is no `setitimer` (Windows) it is interrupted as by
    the stop button. Code in C that never returns is not stopped. Elsewhere than in the main thread nothing
    is limited.
    """

    AGAIN = 0.5

    def __init__(self, seconds: float, names: Mapping[str, object]) -> None:
        self.seconds = seconds
        self.passed = False
        self._names = names
        self._before: Any = None
        self._timer: threading.Timer | None = None
        self._set = False

    def start(self) -> None:
        if threading.current_thread() is not threading.main_thread():
            return
        if hasattr(signal, "setitimer"):
            self._before = signal.signal(signal.SIGALRM, self.ring)
            signal.setitimer(signal.ITIMER_REAL, self.seconds, self.AGAIN)
            self._set = True
        else:
            self._timer = threading.Timer(self.seconds, self._interrupt)
            self._timer.daemon = True
            self._timer.start()

    def stop(self) -> None:
        if self._set:
            self._set = False
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._before)
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def ring(self, _signal: int, frame: FrameType | None) -> None:
        """The alarm: stop the cell if it is the cell's own code that runs."""
        while frame is not None:
            if frame.f_globals is self._names:
                self.passed = True
                raise TimeIsUp(f"stopped after {self.seconds:g} seconds")
            frame = frame.f_back

    def _interrupt(self) -> None:
        self.passed = True
        _thread.interrupt_main()
