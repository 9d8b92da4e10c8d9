"""A look at the data that a document is to be trained on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.kernel.payload import object_of, string_in
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from kerasviz.data.dataset import Loaded
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.preview import ColumnNames, Preview


def announce(session: Session, payload: JSON, client: Client) -> None:
    """Ends older looks of this page."""
    client.preview = payload


def preview(session: Session, payload: JSON, client: Client) -> Preview:
    """What is in the data, and what a careful person would ask about it."""
    from kerasviz.data.preview.look import look

    def go_on(share: float) -> None:
        if client.preview is not payload:
            raise RequestError("overtaken", text("Another look at the data was asked for."))
        session.emit("preview", {"share": share})

    go_on(0.0)
    return look(_loaded(session, payload), go_on)


def columns(session: Session, payload: JSON, client: Client) -> ColumnNames:
    """The names of the columns of a table."""
    from kerasviz.data.dataset import Table

    loaded = _loaded(session, payload)
    return {"columns": list(loaded.columns) if isinstance(loaded, Table) else []}


def _loaded(session: Session, payload: JSON) -> Loaded:
    from kerasviz.backend.usernamespace import user_namespace
    from kerasviz.config.training import training_of
    from kerasviz.data import load

    chosen = training_of(object_of(string_in(payload, "document"))).get("data")
    if not isinstance(chosen, dict):
        raise RequestError("no_data", text("No data is selected. Choose it on the Train tab."))
    return load(chosen, user_namespace(), session.worker.folder)
