"""Voila with one notebook behind an address that works once."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.auth.identity import IdentityProvider, User
from jupyter_server.base.handlers import JupyterHandler
from voila.app import Voila
from voila.request_info_handler import RequestInfoSocketHandler

USED: Final = (
    "<!doctype html><html lang=en><meta charset=utf-8><title>Dashboard</title>"
    "<body style='font: 17px/1.6 system-ui, sans-serif; max-width: 36em; margin: 12vh auto; padding: 0 20px'>"
    "<main><h1>This address lets nobody in any more</h1><p>It worked once, for the browser that it opened "
    "in. To come in with another one, stop <code>courseware insights</code> and start it again: it prints a "
    "new address.</p></main>"
)


class OneTime(IdentityProvider):
    """Whoever brings the token first is let in, and known by a cookie of this run; nobody else is."""

    used = False

    @property
    def auth_enabled(self) -> bool:
        return True

    async def get_user_token(self, handler: Any) -> User | None:
        """The token counts once, and only as it stands in the address of the page."""
        if self.used or handler.get_argument("token", "") == "":
            return None
        user = await super().get_user_token(handler)
        if user is not None:
            self.used = True
        return user

    def get_handlers(self) -> list[tuple[str, Any]]:
        return [(r"/login", NotAgain)]


class NotAgain(JupyterHandler):
    """Where everybody lands who is not let in."""

    @allow_unauthenticated
    def get(self) -> None:
        self.set_status(403)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(USED)

    @allow_unauthenticated
    def post(self) -> None:
        self.get()


class InsightApp(Voila):  # type: ignore[misc]  # voila is not typed
    """The dashboard's notebook, for one browser on this machine. `listening` is told the port."""

    name = "voila"
    listening: Callable[[int], object]

    def init_settings(self) -> dict[str, Any]:
        self.identity_provider_class = OneTime
        settings: dict[str, Any] = super().init_settings()
        types = self.kernel_manager.allowed_message_types
        self.kernel_manager.allowed_message_types = [t for t in types if t != "shutdown_request"]
        headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        return settings | {"allow_remote_access": False, "headers": headers}

    def init_handlers(self) -> list[Any]:
        return [h for h in super().init_handlers() if h[1] is not RequestInfoSocketHandler]

    def listen(self) -> None:
        """Say where it is once the port is taken, and go on."""
        import tornado.ioloop

        tornado.ioloop.IOLoop.current().add_callback(lambda: self.listening(self.port))
        super().listen()
