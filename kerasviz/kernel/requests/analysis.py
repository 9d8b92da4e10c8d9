"""What is right and wrong with a drawing, and how to fix it."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from kerasviz.kernel.collector import uncollected
from kerasviz.kernel.payload import document_in, document_text
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session


def announce(session: Session, payload: JSON, client: Client) -> None:
    """Ends work on older revisions at once."""
    client.revisions.announce(payload.get("revision"))


def undisturbed(payload: JSON) -> AbstractContextManager[None]:
    """Somebody at the canvas waits for the answer to an edit; a model that is new here may leave garbage."""
    return nullcontext() if payload.get("base") is None else uncollected()


def analyze(session: Session, payload: JSON, client: Client) -> JSON:
    """Shapes, counts and errors, as far as they changed."""
    model = client.revisions.take(payload)
    return client.revisions.analyze(payload["revision"], model)


def fixes(session: Session, payload: JSON, client: Client) -> JSON:
    """Fixes for the errors of the revision that was analysed last."""
    return client.revisions.fixes(payload.get("revision"))


def apply_fix(session: Session, payload: JSON, client: Client) -> JSON:
    """The document, fixed."""
    from kerasviz.analysis import apply_fix

    fix = payload.get("fix")
    if not isinstance(fix, dict):
        raise RequestError("bad_request", text("Expected a fix, received: {kind}.", kind=type(fix).__name__))
    return {"document": document_text(apply_fix(document_in(payload), fix))}
