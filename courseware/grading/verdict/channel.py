"""The line between the process of a submission and that of its tests: lengths, JSON, raw buffers.

Nothing that comes is believed. Sizes are checked before anything is kept, and every wait has an end.
"""

from __future__ import annotations

import json
import select
import socket
import struct
import time
from collections.abc import Sequence
from typing import Any, Final

HEAD: Final = struct.Struct("<IQ")
MOST_JSON: Final = 32 << 20
MOST_BULK: Final = 256 << 20
MOST_BUFFERS: Final = 20_000
MOST_OUTPUT: Final = 1 << 20
"""Limits of one message, in bytes, buffers and characters."""

Buffer = bytes | bytearray | memoryview
Message = dict[str, Any]


class ChannelError(Exception):
    """The other side broke the rules, or is not there any more: the channel is of no use from now on.

    `end` says which it was: "ended", "time", or "broken".
    """

    def __init__(self, why: str, end: str = "broken") -> None:
        super().__init__(why)
        self.end = end


class Channel:
    """Messages over a connected socket, until `deadline` (time.monotonic(); None waits for ever)."""

    def __init__(self, line: socket.socket) -> None:
        self._line = line
        self.deadline: float | None = None
        line.setblocking(False)
        for option in (socket.SO_SNDBUF, socket.SO_RCVBUF):
            line.setsockopt(socket.SOL_SOCKET, option, 1 << 20)

    def send(self, message: Message, buffers: Sequence[Buffer] = ()) -> None:
        """Send a message. Raises ChannelError when the other side is gone or does not read in time."""
        sizes = [len(each) for each in buffers]
        text = json.dumps({**message, "b": sizes}, ensure_ascii=False, separators=(",", ":")).encode()
        if len(text) > MOST_JSON or sum(sizes) > MOST_BULK or len(sizes) > MOST_BUFFERS:
            raise OverflowError("more than can be handed over at once")
        self._write(HEAD.pack(len(text), sum(sizes)) + text)
        for each in buffers:
            self._write(each)

    def receive(self) -> tuple[Message, list[bytes]]:
        """The next message and its buffers. Raises ChannelError for anything else."""
        length, bulk = HEAD.unpack(self._read(HEAD.size))
        if length > MOST_JSON or bulk > MOST_BULK:
            raise ChannelError("a message that is too large")
        try:
            message = json.loads(self._read(length).decode())
        except (ValueError, RecursionError) as error:
            raise ChannelError(f"a message that cannot be read: {type(error).__name__}") from None
        if type(message) is not dict:
            raise ChannelError("a message that is none")
        sizes = message.get("b")
        if type(sizes) is not list or len(sizes) > MOST_BUFFERS:
            raise ChannelError("a message without its sizes")
        if any(type(size) is not int or size < 0 for size in sizes) or sum(sizes) != bulk:
            raise ChannelError("a message with wrong sizes")
        return message, [bytes(self._read(size)) for size in sizes]

    def close(self) -> None:
        self._line.close()

    def _write(self, data: Buffer) -> None:
        left = memoryview(data)
        while left:
            try:
                left = left[self._line.send(left[: 1 << 20]) :]
            except BlockingIOError:
                self._wait(writing=True)
            except OSError as error:
                raise ChannelError("it has ended", "ended") from error

    def _read(self, length: int) -> bytearray:
        data = bytearray()
        while len(data) < length:
            try:
                part = self._line.recv(min(length - len(data), 1 << 20))
            except BlockingIOError:
                self._wait(writing=False)
                continue
            except OSError as error:
                raise ChannelError("it has ended", "ended") from error
            if not part:
                raise ChannelError("it has ended", "ended")
            data += part
        return data

    def _wait(self, *, writing: bool) -> None:
        left = None if self.deadline is None else self.deadline - time.monotonic()
        if left is not None and left <= 0:
            raise ChannelError("it does not answer in time", "time")
        poll = select.poll()
        poll.register(self._line, select.POLLOUT if writing else select.POLLIN)
        if not poll.poll(None if left is None else left * 1000 + 1):
            raise ChannelError("it does not answer in time", "time")
