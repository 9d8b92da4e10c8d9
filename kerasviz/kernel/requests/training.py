"""Runs: begun, followed and controlled."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerasviz.execution import place_of
from kerasviz.kernel.payload import document_in
from kerasviz.protocol import JSON, RequestError, RunSnapshot
from kerasviz.protocol.text import text
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session


def refuse_while_training(session: Session, payload: JSON, client: Client) -> None:
    """Refuses at once what would change the weights that a run trains.

    Raises:
        RequestError: With code `busy`.
    """
    if session.is_training:
        raise RequestError("busy", text("This model is training. Stop it or wait until it finishes."))


def train(session: Session, payload: JSON, client: Client) -> JSON:
    """Begins a run of the document's plan; events tell what becomes of it."""
    plan = read_plan(document_in(payload), payload.get("start"))
    place = place_of(plan)
    run = Run(plan.model_name, plan.epochs)
    with session.lock:
        refuse_while_training(session, payload, client)  # two may have been asked for at once
        session.run = run
    place.start(plan, run, session.worker, lambda curves: session.publish(run, curves))
    session.publish(run)
    return {"run": run.id}


def history(session: Session, payload: JSON, client: Client) -> RunSnapshot | None:
    """The last run, whole."""
    session.run_of(payload.get("run"))
    return session.snapshot()


def control(session: Session, payload: JSON, client: Client) -> JSON:
    """Stops, pauses or resumes a run, or changes its learning rate."""
    run = session.run_of(payload.get("run"))
    match payload:
        case {"action": "stop"}:
            run.control.stop()
            if not run.ended:
                session.publish(run)
        case {"action": "pause"}:
            run.control.pause()
        case {"action": "resume"}:
            run.control.resume()
        case {"action": "learning_rate", "value": value} if _is_rate(value):
            run.control.set_learning_rate(float(value))
        case {"action": "learning_rate", "value": value}:
            raise RequestError(
                "bad_request",
                text("The learning rate must be a positive number, not {value}.", value=f"{value!r:.40}"),
            )
        case _:
            action = f"{payload.get('action')!r:.40}"
            raise RequestError(
                "unknown_request", text("The kernel knows no control {action}.", action=action)
            )
    return {}


def _is_rate(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 < value < float("inf")
