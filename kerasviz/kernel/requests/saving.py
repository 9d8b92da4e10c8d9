"""Models and weights in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.kernel.requests.payload import document_in, string_in
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session


def formats(session: Session, payload: JSON, client: Client) -> JSON:
    """The formats that `save` writes."""
    from dataclasses import asdict

    from kerasviz.storage import FORMATS

    return {"formats": [asdict(format) for format in FORMATS]}


def save(session: Session, payload: JSON, client: Client) -> JSON:
    """Saves the model of a document."""
    return session.trainer().save(document_in(payload), string_in(payload, "path"))


def refuse_while_training(session: Session, payload: JSON, client: Client) -> None:
    """Refuses at once what would change the weights that a run trains.

    Raises:
        RequestError: With code `busy`.
    """
    if session.is_training:
        raise RequestError("busy", text("This model is training. Stop it before you load other weights."))


def load_weights(session: Session, payload: JSON, client: Client) -> JSON:
    """Loads weights into a model as it is drawn."""
    return {"note": session.trainer().load_weights(document_in(payload), string_in(payload, "file"))}
