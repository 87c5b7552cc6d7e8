"""Now, as the whole house reads it."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Clock = Callable[[], datetime]
"""Gives the time now, in UTC."""


def system_clock() -> Clock:
    """The clock on the wall; for tests, one that starts at ``COURSEWARE_CLOCK`` (ISO 8601) and ticks on."""
    start = os.environ.get("COURSEWARE_CLOCK")
    if not start:
        return lambda: datetime.now(UTC)
    try:
        then = datetime.fromisoformat(start)
    except ValueError:
        raise ValueError(
            f"COURSEWARE_CLOCK is {start!r}; expected a time such as 2026-01-31T09:00:00+00:00"
        ) from None
    then = then.replace(tzinfo=then.tzinfo or UTC).astimezone(UTC)
    began = time.monotonic()
    return lambda: then + timedelta(seconds=time.monotonic() - began)
