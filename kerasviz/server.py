"""The extension of Jupyter Server: it reads model files for the editor, and sends answers at once."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import sys
from http import HTTPStatus
from pathlib import Path
from typing import Any

from jupyter_server.auth.decorator import authorized
from jupyter_server.base.handlers import APIHandler
from jupyter_server.utils import ensure_async, url_path_join
from tornado import web

from kerasviz.protocol import encode
from kerasviz.protocol.text import Text, text

DOCUMENT = ".keras.json"
_XCPU = getattr(signal, "SIGXCPU", 24)


class DocumentHandler(APIHandler):  # type: ignore[misc]
    """Gives the document that a model file holds.

    `GET kerasviz/document?path=...` answers `{"document": ..., "report": [...]}`: the text of today's Keras
    JSON, and what was changed to get it. A refused file answers status 422 with `{"message": ..., "layer":
    ...}`. Sentences travel as texts with their values, which the page translates.
    """

    auth_resource = "contents"

    @web.authenticated
    @authorized  # type: ignore[untyped-decorator]
    async def get(self) -> None:
        """Reads one file, in a child process."""
        path = await self._local_path(self.get_query_argument("path"))
        try:
            answer = await read(path)
        except TimeoutError:
            answer = _error(_too_slow(os.path.basename(path)))
        if "error" in answer:
            self.set_status(HTTPStatus.UNPROCESSABLE_ENTITY)
            answer = {key: answer["error"].get(key) for key in ("message", "layer")}
        else:
            answer = {**answer, "document": json.dumps(answer["document"], indent=2)}
        self.finish(json.dumps(answer))

    async def _local_path(self, path: str) -> str:
        """The place of a contents path on this machine's disk.

        Raises:
            HTTPError: 404 where there is no such file, it is hidden, or it is outside the server's root; 403
                where it is a link that leads out of it; 501 where contents are not on this machine's disk.
        """
        manager = self.contents_manager
        if not manager.allow_hidden and await ensure_async(manager.is_hidden(path)):
            raise web.HTTPError(HTTPStatus.NOT_FOUND, text("There is no such file."))
        if not await ensure_async(manager.file_exists(path)):
            raise web.HTTPError(HTTPStatus.NOT_FOUND, text("There is no such file."))
        if not hasattr(manager, "_get_os_path"):
            raise web.HTTPError(
                HTTPStatus.NOT_IMPLEMENTED,
                text("Model files open only from the disk of the machine that runs Jupyter."),
            )
        found = str(manager._get_os_path(path.strip("/")))
        root = os.path.realpath(manager.root_dir)
        if os.path.islink(found) and os.path.commonpath([root, os.path.realpath(found)]) != root:
            raise web.HTTPError(
                HTTPStatus.FORBIDDEN,
                text(
                    "{file} is a link to a file outside the folder that Jupyter serves. Copy that file here.",
                    file=os.path.basename(found),
                ),
            )
        return found


async def read(path: str) -> dict[str, Any]:
    """Reads a model file in a child process, so that a file which hangs or crashes a reader costs only that.

    Args:
        path: A file on this machine.

    Returns:
        What `kerasviz document` printed: `document` and `report`, or `error`.

    Raises:
        TimeoutError: When it takes more time of a processor than it may, or lasts far longer than that.
    """
    from kerasviz.config.budget import READING, SLOWNESS, most

    # -P: nothing in the folder that Jupyter runs in must be imported.
    child = await asyncio.create_subprocess_exec(
        *(sys.executable, "-P", "-m", "kerasviz", "document", path),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        output, _ = await asyncio.wait_for(child.communicate(), SLOWNESS * most(READING, "seconds"))
    finally:
        if child.returncode is None:
            child.kill()
            await child.wait()
    if child.returncode == -_XCPU:
        raise TimeoutError
    try:
        answer = json.loads(output)
    except ValueError:
        answer = None
    if not isinstance(answer, dict):
        return _error(
            text("{file} could not be read; it may be corrupted or malicious.", file=os.path.basename(path))
        )
    return answer


def _too_slow(file: str) -> Text:
    from kerasviz.config.budget import READING, most, way_on, without_cells

    with without_cells():
        return text(
            "Reading {file} took more than {seconds} seconds. It may not be a file that Keras wrote. "
            "{way_on}",
            file=file,
            seconds=most(READING, "seconds"),
            way_on=way_on("seconds"),
        )


def _error(message: Text) -> dict[str, Any]:
    return {"error": {"message": encode(message), "layer": None}}


def prompt(connection: type[Any]) -> type[Any]:
    """Makes a class of connections between a page and a kernel send each message, and at once.

    TCP holds a small message back until the one before has been acknowledged, and a browser takes 40 ms for
    that: an answer, which follows the kernel's "busy", would come so much later.

    When cells print more than Jupyter Server lets through, it drops whatever comes for some seconds: answers
    and points of curves, too, though only what is printed is counted. These it has to let through.
    """

    class Prompt(connection):  # type: ignore[misc]
        def connect(self) -> Any:
            self.websocket_handler.set_nodelay(True)
            return super().connect()

        def _limit_rate(self, channel: str, message: Any, parts: Any) -> bool:
            if not super()._limit_rate(channel, message, parts):
                return False
            return bool(self._iopub_msgs_exceeded or message["header"]["msg_type"] != "comm_msg")

    return Prompt


def follow_documents(manager: Any) -> Any:
    """Makes a listener that takes the runs of a document along, where that is renamed, moved or copied.

    Args:
        manager: Of the server's contents, on this machine's disk.
    """

    async def listen(logger: Any, schema_id: str, data: dict[str, Any]) -> None:
        before, now = (str(data.get(key, "")) for key in ("source_path", "path"))
        if data["action"] in ("rename", "copy") and before.endswith(DOCUMENT) and now.endswith(DOCUMENT):
            paths = (Path(manager._get_os_path(path.strip("/"))) for path in (before, now))
            await asyncio.to_thread(_take_along, data["action"], *paths)

    return listen


def _take_along(action: str, before: Path, now: Path) -> None:
    from kerasviz.training.run.listing import KeptRuns  # late: servers start faster without

    kept = KeptRuns(before.parent, before.name)
    (kept.move if action == "rename" else kept.copy)(now.parent, now.name)


def _load_jupyter_server_extension(app: Any) -> None:
    """Adds the handler to a Jupyter server, and makes kernels answer promptly."""
    settings = app.web_app.settings
    url = url_path_join(settings["base_url"], "kerasviz", "document")
    app.web_app.add_handlers(".*$", [(url, DocumentHandler)])
    settings["kernel_websocket_connection_class"] = prompt(settings["kernel_websocket_connection_class"])
    manager = app.contents_manager
    if hasattr(manager, "_get_os_path"):
        listener = follow_documents(manager)
        app.event_logger.add_listener(schema_id=manager.event_schema_id, listener=listener)
