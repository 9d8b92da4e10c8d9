"""Carries messages over Jupyter comms, between the sessions of this kernel and the pages."""

from __future__ import annotations

import os
import threading
from pathlib import Path, PurePosixPath
from typing import Any

import comm

from kerasviz.backend.cellsettings import CELL_SETTINGS
from kerasviz.kernel.addressed import keep_addressed
from kerasviz.kernel.clients import Client
from kerasviz.kernel.session import Session
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

TARGET = "kerasviz"
CONTROL_TARGET = "kerasviz.control"
"""Here the kernel only listens, so that a page may use a channel that stays free while a cell runs."""

_sessions: dict[str, Session] = {}
_lock = threading.Lock()


def register() -> None:
    """Makes this kernel answer the editor; doing it again changes nothing."""
    CELL_SETTINGS.follow()
    manager = comm.get_comm_manager()
    if TARGET in manager.targets:
        return
    manager.register_target(TARGET, _open)
    manager.register_target(CONTROL_TARGET, _open_control)


def session(document: str) -> Session:
    """The session of a document: the same one when a page was reloaded, or has it open twice."""
    with _lock:
        if document not in _sessions:
            name = PurePosixPath(document).name
            _sessions[document] = Session(_gateways_folder(name), name)
        return _sessions[document]


def _gateways_folder(name: str) -> Path | None:
    """Where a document lies, for a kernel of a gateway, which starts it elsewhere and names that folder.

    Args:
        name: Of the document's file.

    Returns:
        None where it lies in the working folder, or this disk does not have it.
    """
    told = os.environ.get("KERNEL_WORKING_DIR")
    return Path(told) if told and not Path(name).is_file() and (Path(told) / name).is_file() else None


def _move(moved: Session, document: str) -> None:
    """Takes a session along when its document was renamed, so that a page that comes back finds it."""
    with _lock:
        if _sessions.get(document) is moved:
            return
        known = [path for path, found in _sessions.items() if found is moved]
        for path in known:
            del _sessions[path]
        _sessions[document] = moved
    moved.rename(PurePosixPath(document).name, _folder_of(document, known[0], moved) if known else None)


def _folder_of(document: str, before: str, moved: Session) -> Path | None:
    """Where a document is now on this disk: as far from where it was as their paths on the server are.

    Returns:
        None where it is still in its folder, or this disk has no such folder.
    """
    now, then = PurePosixPath(document).parent, PurePosixPath(before).parent
    if now == then:
        return None
    folder = (moved.worker.folder / os.path.relpath(now, then)).resolve()
    return folder if (folder / PurePosixPath(document).name).is_file() else None


class _Connection:
    """One page's comm: its first message, `hello`, says which document it shows; a later one renames it."""

    def __init__(self, channel: Any) -> None:
        self._client = Client(channel.send)
        self._session: Session | None = None
        keep_addressed(channel)  # a cell that trains the document's model sends on it, too
        channel.on_msg(self._receive)
        channel.on_close(self._close)

    def _receive(self, message: Any) -> None:
        data = message["content"]["data"]
        if isinstance(data, dict) and data.get("type") == "hello":
            self._choose(data)
        if self._session is not None:
            self._session.dispatch(data, self._client)
        else:
            error = RequestError(
                "no_hello", text("Expected hello with the document's path as the first request.")
            )
            self._client.refuse(str(data.get("id", "")) if isinstance(data, dict) else "", error.error)

    def _choose(self, hello: dict[str, Any]) -> None:
        payload = hello.get("payload")
        document = payload.get("document") if isinstance(payload, dict) else None
        if not isinstance(document, str):
            return
        if self._session is None:
            self._session = session(document)
        else:
            _move(self._session, document)

    def _close(self, message: Any = None) -> None:
        if self._session is not None:
            self._session.detach(self._client)


def _open(channel: Any, message: Any) -> None:
    _Connection(channel)  # kept by the comm, which calls it


def _open_control(channel: Any, message: Any) -> None:
    channel.on_msg(_control)


def _control(message: Any) -> None:
    """Finds the session by the run; if no session knows it, all of them say so."""
    data = message["content"]["data"]
    if not isinstance(data, dict) or data.get("type") != "control":
        return
    payload = data.get("payload")
    run = payload.get("run") if isinstance(payload, dict) else None
    sessions = list(_sessions.values())
    for candidate in [item for item in sessions if item.run is not None and item.run.id == run] or sessions:
        candidate.dispatch(data, candidate.everyone)
