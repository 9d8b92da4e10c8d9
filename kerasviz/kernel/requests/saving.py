"""Models and weights in files."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.kernel.payload import document_in, string_in
from kerasviz.protocol import JSON

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.files import WeightOrigins


def formats(session: Session, payload: JSON, client: Client) -> JSON:
    """The formats that `save` writes, each with what this kernel lacks for it."""
    from dataclasses import asdict

    from kerasviz.storage import FORMATS, missing_for

    return {"formats": [{**asdict(format), "missing": missing_for(format)} for format in FORMATS]}


def save(session: Session, payload: JSON, client: Client) -> JSON:
    """Saves the model of a document."""
    return session.worker.keeper().save(document_in(payload), string_in(payload, "path"))


def load_weights(session: Session, payload: JSON, client: Client) -> JSON:
    """Loads weights into a model as it is drawn."""
    return {"note": session.worker.keeper().load_weights(document_in(payload), string_in(payload, "file"))}


def weights(session: Session, payload: JSON, client: Client) -> WeightOrigins:
    """Where the layers of a document, as it is drawn, have their weights from."""
    from kerasviz.models.weightorigins import weight_origins

    known, folder = session.worker.known, session.worker.folder
    revision = payload.get("revision")
    if revision is None:
        return weight_origins(document_in(payload), known, folder)
    document = {"kerasviz": {"weights": payload.get("file")}}
    return weight_origins(document, known, folder, client.revisions.places(revision))
