"""How jobs go to the processes that run them, and how what came of them comes back: lengths and JSON."""

from __future__ import annotations

import json
import struct
from collections.abc import Callable
from typing import Any, Final

HEAD: Final = struct.Struct("<I")
MOST: Final = 64_000_000
"""The longest frame, in bytes."""


def packed(value: dict[str, Any]) -> bytes:
    data = json.dumps(value, ensure_ascii=True).encode()
    return HEAD.pack(len(data)) + data


def read(take: Callable[[int], bytes], most: int = MOST) -> dict[str, Any] | None:
    """The next frame of a stream; None at its end. `take` gives up to that many bytes, b"" at the end.

    Raises ValueError for what is no frame: longer than `most`, cut short, or no JSON object.
    """
    head = _exactly(take, HEAD.size)
    if not head:
        return None
    (length,) = HEAD.unpack(head)
    if length > most:
        raise ValueError(f"a frame of {length} bytes")
    data = _exactly(take, length)
    try:
        value = json.loads(data)
    except RecursionError:
        raise ValueError("a frame nested too deeply") from None
    if not isinstance(value, dict):
        raise ValueError("a frame that is no object")
    return value


def _exactly(take: Callable[[int], bytes], length: int) -> bytes:
    parts: list[bytes] = []
    left = length
    while left:
        part = take(min(left, 1 << 20))
        if not part:
            if parts:
                raise ValueError("a frame that was cut short")
            return b""
        parts.append(part)
        left -= len(part)
    return b"".join(parts)
