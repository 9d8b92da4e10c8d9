"""A look at the data that a document is to be trained on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.parts import part_of
from kerasviz.config.training import FIT_DEFAULTS, training_of
from kerasviz.kernel.payload import object_of, string_in
from kerasviz.protocol import JSON, ClassWeights, RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.preview import ColumnNames, Preview


def announce(session: Session, payload: JSON, client: Client) -> None:
    """Ends older looks of this page."""
    client.preview = payload


def preview(session: Session, payload: JSON, client: Client) -> Preview:
    """What is in the data, and what a careful person would ask about it."""
    from kerasviz.data import load
    from kerasviz.data.preview.look import Purpose, look

    def go_on(share: float) -> None:
        if client.preview is not payload:
            raise RequestError("overtaken", text("Another look at the data was asked for."))
        session.emit("preview", {"share": share})

    go_on(0.0)
    training = training_of(object_of(string_in(payload, "document")))
    split, fit = training.get("split"), {**FIT_DEFAULTS, **part_of(training, "fit")}
    purpose = Purpose(
        part_of(training, "columns"), split if isinstance(split, dict) else None, fit["validation_split"]
    )
    loaded = load(_chosen(payload), user_namespace(), session.worker.folder)
    return look(loaded, purpose, go_on)


def class_weights(session: Session, payload: JSON, client: Client) -> ClassWeights:
    """Weights that balance the classes of the data, as its plan prepares and splits it."""
    from kerasviz.data import load
    from kerasviz.data.balancing import balanced
    from kerasviz.data.preparation import prepared

    chosen = _chosen(payload)
    training = training_of(object_of(string_in(payload, "document")))
    share = part_of(training, "fit").get("validation_split", FIT_DEFAULTS["validation_split"])
    loaded = load(chosen, user_namespace(), session.worker.folder)
    data = prepared(loaded, part_of(training, "columns"), training.get("preparation"), training.get("split"))
    return ClassWeights(weights=balanced(data, share if isinstance(share, float) and 0 < share < 1 else 0.0))


def columns(session: Session, payload: JSON, client: Client) -> ColumnNames:
    """The names of the columns of a table, or of the arrays in a file."""
    from kerasviz.data import names

    told = names(_chosen(payload), user_namespace(), session.worker.folder)
    return {"columns": [{"name": name, "holds": holds} for name, holds in told.items()]}


def _chosen(payload: JSON) -> JSON:
    """The data that a document says.

    Raises:
        RequestError: With code `no_data`, where it says none.
    """
    chosen = training_of(object_of(string_in(payload, "document"))).get("data")
    if not isinstance(chosen, dict):
        raise RequestError("no_data", text("No data is selected. Choose it on the Train tab."))
    return chosen
