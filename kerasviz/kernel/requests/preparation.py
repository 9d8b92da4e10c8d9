"""Models that are laid out from data."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.training import training_of
from kerasviz.kernel.payload import document_in, document_text
from kerasviz.protocol import JSON

if TYPE_CHECKING:
    from kerasviz.data.dataset import Loaded
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.preparation import LaidOut


def first_model(session: Session, payload: JSON, client: Client) -> LaidOut:
    """A first model for the data of a document, in the place of its drawing."""
    from kerasviz.backend.isolation import aside
    from kerasviz.models.firstmodel import first_model

    document = document_in(payload)
    loaded = _data(session, document)
    made, reasons = aside(lambda: first_model(document, loaded))
    return {"document": document_text(made), "reasons": list(reasons)}


def prepare_in_model(session: Session, payload: JSON, client: Client) -> LaidOut:
    """The steps of a plan as layers of the model, which takes raw columns then."""
    from kerasviz.backend.isolation import aside
    from kerasviz.models.prepareinmodel import prepare_in_model

    document = document_in(payload)
    loaded = _data(session, document)
    made, notes = aside(lambda: prepare_in_model(document, loaded))
    return {"document": document_text(made), "reasons": list(notes)}


def _data(session: Session, document: JSON) -> Loaded:
    from kerasviz.data import load

    return load(training_of(document).get("data"), user_namespace(), session.worker.folder)
