"""The widgets' script, served once for all widgets of a page instead of sent with each."""

from __future__ import annotations

from typing import Any, Final

from jupyter_server.auth.decorator import authorized
from tornado import web

from courseware.server.guarded import Guarded
from courseware.widgets import front

SERVED_AT: Final = "courseware/static"
FOR_GOOD: Final = "private, max-age=31536000, immutable"


class ScriptHandler(Guarded):
    """`check.<hash>.js`: what draws the checks. A name with another hash, kept in a notebook that an older
    version wrote, leads to the script as it is now.
    """

    @web.authenticated
    @authorized
    async def get(self, kind: str, sha: str) -> None:
        if kind not in front.KINDS:
            raise web.HTTPError(404, "There is no such script.")
        now = front.shared(kind)
        self.set_header("Cache-Control", FOR_GOOD if now.sha == sha else "no-store")
        self.finish(now.text, set_content_type="text/javascript; charset=UTF-8")

    def finish(self, *args: Any, **kwargs: Any) -> Any:
        self.set_header("X-Content-Type-Options", "nosniff")
        return super().finish(*args, **kwargs)
