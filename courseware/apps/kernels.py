"""The kernels behind the app's pages: each belongs to one visitor, or to nobody yet.

A kernel is born with a capability, which lets it ask the server's tutor. The server alone knows whom that
capability stands for: nobody, as long as the kernel is kept warm; the visitor to whom its page was given;
nobody again once it has ended. So a kernel holds neither a learner's name, nor a key, nor a database's
path, and nothing that a visitor sends can change whose it is.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Final, cast

from jupyter_core.utils import ensure_async
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from tornado import web
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.tornado.kernel_websocket_handler import VoilaKernelWebsocketHandler

from courseware.apps.visitor import Visitor
from courseware.apps.warm_kernels import WarmProcess
from courseware.remote_tutor import ADDRESS, CAPABILITY
from courseware.widgets.front import SERVED

KEPT: Final = frozenset({
    "APPDATA", "COMSPEC", "CONDA_PREFIX", "HOME", "LANG", "LANGUAGE", "LD_LIBRARY_PATH", "LOCALAPPDATA",
    "MPLCONFIGDIR", "NUMBER_OF_PROCESSORS", "OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PATH", "PATHEXT",
    "PROGRAMDATA", "PYTHONHASHSEED", "PYTHONHOME", "PYTHONPATH", "SYSTEMDRIVE", "SYSTEMROOT", "TEMP", "TMP",
    "TMPDIR", "TZ", "USERPROFILE", "VIRTUAL_ENV", "WINDIR", SERVED,
})  # fmt: skip
"""What a kernel finds in its environment of the server's own."""
NOT_THERE: Final = "There is no such page any more. Load it again."


class Kernels(AsyncMappingKernelManager):
    """Voila's kernels, each with a capability and at most one visitor."""

    warm_process: WarmProcess | None = None
    """What they are copied from, where the system can."""

    def __init__(self, **traits: Any) -> None:
        self._kernel_of: dict[str, str] = {}
        self._visitors: dict[str, Visitor] = {}
        super().__init__(**traits)  # type: ignore[no-untyped-call]

    async def start_kernel(self, **how: Any) -> str:  # type: ignore[override]  # as its base does
        capability = secrets.token_urlsafe(32)
        how["env"] = environment(how.get("env") or os.environ) | {
            ADDRESS: self.parent.tutor_address,
            CAPABILITY: capability,
        }
        kernel_id = await super().start_kernel(**how)
        self._kernel_of[capability] = kernel_id
        return kernel_id

    def give(self, kernel_id: str, visitor: Visitor) -> None:
        """From now on a kernel is a visitor's. Raises ValueError if it is another's."""
        if self._visitors.setdefault(kernel_id, visitor) != visitor:
            raise ValueError("a kernel does not change hands")

    def visitor_by(self, capability: str) -> Visitor | None:
        """Whom a capability stands for; None for nobody."""
        return self._visitors.get(self._kernel_of.get(capability, ""))

    def is_theirs(self, kernel_id: str, visitor: Visitor | None) -> bool:
        there = self._visitors.get(kernel_id)
        return visitor is not None and there is not None and there.learner == visitor.learner

    async def let_go(self, notebook: str) -> None:
        """End the kernels that are kept ready behind a lesson."""
        pools: dict[str, list[Any]] = self._pools  # Voila's, which stands on this
        for started in pools.pop(notebook, []):
            with suppress(Exception):  # one that could not be started: its visitor would have been told
                kept = await started
                await self.shutdown_kernel(kept["kernel_id"], now=True)

    async def end_session(self, session: str) -> None:
        """End the kernels of a sign-in."""
        for kernel_id in [k for k, visitor in self._visitors.items() if visitor.session == session]:
            if kernel_id in self:
                await self.shutdown_kernel(kernel_id, now=True)

    async def shutdown_kernel(self, kernel_id: str, *args: Any, **how: Any) -> None:  # type: ignore[override]
        self._forget(kernel_id)
        await ensure_async(super().shutdown_kernel(kernel_id, *args, **how))  # type: ignore[no-untyped-call]

    def remove_kernel(self, kernel_id: str) -> Any:
        self._forget(kernel_id)
        return super().remove_kernel(kernel_id)

    def _forget(self, kernel_id: str) -> None:
        self._visitors.pop(kernel_id, None)
        self._kernel_of = {c: k for c, k in self._kernel_of.items() if k != kernel_id}


class GivenKernels:
    """The kernels as the page of one visitor starts them: what it is given becomes the visitor's.

    It tells none of the page's address or headers to a kernel: one that is kept warm would tell the next
    visitor.
    """

    def __init__(self, kernels: Any, visitor: Visitor) -> None:
        self._kernels = kernels
        self._visitor = visitor

    @property
    def notebook_data(self) -> Mapping[str, Any]:
        return cast("Mapping[str, Any]", self._kernels.notebook_data)

    def get_pool_size(self, notebook: str) -> int:
        return int(self._kernels.get_pool_size(notebook))

    def get_kernel(self, kernel_id: str) -> Any:
        return self._kernels.get_kernel(kernel_id)

    async def get_rendered_notebook(self, notebook_name: str, **_: Any) -> Any:
        task, cache, kernel_id = await self._kernels.get_rendered_notebook(notebook_name=notebook_name)
        self._kernels.give(kernel_id, self._visitor)
        return task, cache, kernel_id

    async def start_kernel(self, *, kernel_name: str, path: str, **_: Any) -> str:
        kernel_id = str(await self._kernels.start_kernel(kernel_name=kernel_name, path=path))
        self._kernels.give(kernel_id, self._visitor)
        return kernel_id


def environment(given: Mapping[str, str]) -> dict[str, str]:
    """What of the server's own environment a kernel has."""
    return {
        name: value
        for name, value in given.items()
        if name.upper() in KEPT or name.upper().startswith(("LC_", "XDG_", "JUPYTER_"))
    }


def refuse_others(handler: Any, kernel_id: str) -> None:
    """For all but the visitor that it was given to, a kernel is not there (HTTPError 404)."""
    visitor = handler.settings["courseware"].visitor(handler)
    if not handler.settings["kernel_manager"].is_theirs(kernel_id, visitor):
        raise web.HTTPError(404, NOT_THERE)


class OwnedKernel(KernelHandler):
    """What a page asks of its kernel."""

    @web.authenticated
    async def get(self, kernel_id: str) -> None:
        refuse_others(self, kernel_id)
        await ensure_async(super().get(kernel_id))

    @web.authenticated
    async def delete(self, kernel_id: str) -> None:
        refuse_others(self, kernel_id)
        await ensure_async(super().delete(kernel_id))


class OwnedSocket(VoilaKernelWebsocketHandler):  # type: ignore[misc]
    """A page's line to its kernel."""

    async def pre_get(self) -> None:
        refuse_others(self, self.kernel_id)
        await super().pre_get()


class OwnedShutdown(VoilaShutdownKernelHandler):  # type: ignore[misc]
    """A page that is left ends its kernel. Its message can bear no token."""

    def check_xsrf_cookie(self) -> None:
        """Whoever may end a kernel is its visitor, and that is asked below."""

    @web.authenticated
    async def post(self, kernel_id: str) -> None:
        refuse_others(self, kernel_id)
        await super().post(kernel_id)
