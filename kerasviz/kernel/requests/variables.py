"""What the user's variables in the kernel hold: arrays to train on, and models to draw."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.kernel.payload import document_text, string_in
from kerasviz.protocol import JSON

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session


def arrays(session: Session, payload: JSON, client: Client) -> JSON:
    """The arrays, tables and batches among the user's variables."""
    from kerasviz.backend.usernamespace import user_namespace
    from kerasviz.data.datavariables import list_variables

    return {"arrays": list_variables(user_namespace())}


def models(session: Session, payload: JSON, client: Client) -> JSON:
    """The models among the user's variables."""
    from kerasviz.backend.usernamespace import user_namespace
    from kerasviz.models.namespace import list_models

    return {"models": list_models(user_namespace())}


def open_model(session: Session, payload: JSON, client: Client) -> JSON:
    """Takes a model of the user's, with its weights, for this document."""
    from kerasviz.backend.usernamespace import user_namespace
    from kerasviz.models.namespace import find_model
    from kerasviz.models.opening import draw

    model, document = draw(find_model(string_in(payload, "name"), user_namespace()))
    if not session.is_training:  # else its weights stay with the drawing that trains
        session.worker.keeper().adopt(model, document)
    return {"document": document_text(document)}
