"""Who may ask: whoever is signed in and authorised, from this server's own pages."""

from __future__ import annotations

from urllib.parse import urlparse

from jupyter_server.base.handlers import APIHandler
from tornado import web


class Guarded(APIHandler):
    """Refuses another site's page, also where it holds the token; errors are JSON.

    Every method of a handler stands below `web.authenticated` and `authorized` besides.
    """

    auth_resource = "courseware"

    async def prepare(self) -> None:  # type: ignore[override]  # as APIHandler does
        await super().prepare()
        if not self._from_here():
            raise web.HTTPError(403, "Pages of other sites may not ask this.", reason="Cross Origin")

    def _from_here(self) -> bool:
        """Stricter than Jupyter, which lets whoever has the token ask from any page."""
        origin = self.request.headers.get("Origin")
        if origin is None:
            return self.request.headers.get("Sec-Fetch-Site", "none") in ("none", "same-origin")
        if urlparse(origin.lower()).netloc == self.request.host.lower():
            return True
        # Sites that whoever runs the server has named.
        if self.allow_origin:
            return self.allow_origin in ("*", origin)
        return bool(self.allow_origin_pat) and self.check_origin()
