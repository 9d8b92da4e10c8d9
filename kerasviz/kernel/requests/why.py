"""Why the model answers what it answers about the sample that is followed."""

from __future__ import annotations

from concurrent.futures import Future
from typing import TYPE_CHECKING

from kerasviz.kernel.askedmoment import moment_in
from kerasviz.kernel.payload import count_in, document_in
from kerasviz.kernel.requests.insight import looking_of, trains
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from kerasviz.insight.why.reasons import Reasons
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.why import Why


def announce(session: Session, payload: JSON, client: Client) -> None:
    """Ends older questions of this page."""
    client.why = payload


def end_why(session: Session, payload: JSON, client: Client) -> JSON:
    """Ends the question of this page, which is then refused."""
    client.why = None
    return {}


def why(session: Session, payload: JSON, client: Client) -> Why:
    """What of the sample counts for an answer of the model."""
    from kerasviz.insight.why.reasons import Asked

    def go_on(share: float | None) -> None:
        if client.why is not payload:
            raise RequestError("overtaken", text("Stopped, or replaced by a newer request."))
        if share is not None:
            session.emit("why", {"share": share})

    document, method = document_in(payload), payload.get("method")
    target = None if payload.get("target") is None else count_in(payload, "target")
    chosen = method if isinstance(method, dict) else None
    asked = Asked(chosen, count_in(payload, "output"), target, go_on)
    told: Future[Reasons | Why] = Future()

    def on_worker() -> None:
        try:
            keeper, moment = session.worker.keeper(), moment_in(session, payload)
            reasons = looking_of(session).explain(document, keeper, asked, trains(session), moment)
            told.set_result(reasons if reasons.takes_long else reasons.why())
        except BaseException as error:  # a layer of the user's may raise SystemExit
            told.set_exception(error)

    session.worker.submit(on_worker)
    found = told.result()
    return found if isinstance(found, dict) else found.why()
