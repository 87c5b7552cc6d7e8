"""Kernel messages without delay.

A browser's socket to a kernel has Nagle's algorithm on; with delayed acknowledgement that holds a small
answer back for about 40 ms. Feedback on a click is a small answer.
"""

from __future__ import annotations

from typing import Any

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection


class NoDelay(ZMQChannelsWebsocketConnection):
    """The stock connection with TCP_NODELAY set."""

    def connect(self) -> Any:
        self.websocket_handler.set_nodelay(True)
        return super().connect()
