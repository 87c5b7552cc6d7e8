"""Courseware in a Jupyter server: its handlers, the widgets' script, and sockets without delay."""

from __future__ import annotations

import atexit
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from jupyter_server.services.kernels.connection.channels import ZMQChannelsWebsocketConnection
from jupyter_server.utils import url_path_join

from courseware.server.guarded import Guarded
from courseware.server.handlers import AT, HANDLERS
from courseware.server.nodelay import NoDelay
from courseware.server.root import Root
from courseware.server.script import SERVED_AT, ScriptHandler
from courseware.server.tutors import Tutors
from courseware.widgets import front

SOCKET: Final = "kernel_websocket_connection_class"


def load(server: Any) -> None:
    """Take up work in a server (a `ServerApp`)."""
    web, tutors = server.web_app, Tutors()
    atexit.register(tutors.close)
    base, root = web.settings["base_url"], Root(path=Path(server.root_dir).expanduser())
    known = {"root": root, "tutors": tutors}
    rules: list[tuple[str, type[Guarded], Mapping[str, object]]]
    rules = [(url_path_join(base, AT, name), handler, known) for name, handler in HANDLERS.items()]
    rules.append((url_path_join(base, SERVED_AT, r"(\w+)\.(\w+)\.js"), ScriptHandler, {}))
    web.add_handlers(".*$", rules)
    stock = web.settings.get(SOCKET) is ZMQChannelsWebsocketConnection
    if stock and SOCKET not in server.config.ServerApp:  # a class that somebody named stays
        web.settings[SOCKET] = NoDelay
    os.environ[front.SERVED] = SERVED_AT  # kernels that this server starts read it
