"""What runs in the Jupyter server: the course map's questions, answered by a tutor (`/courseware/api/…`).

Installing Courseware enables it: `share/server-config/` becomes a file of `jupyter_server_config.d`.
"""

from __future__ import annotations

from typing import Any


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": "courseware.server"}]


def _load_jupyter_server_extension(server: Any) -> None:
    from courseware.server.extension import load

    load(server)
