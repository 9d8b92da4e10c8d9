"""Runs: begun, followed and controlled."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from kerasviz.backend.worker import MODEL
from kerasviz.protocol import JSON, KerasError, RequestError, RunJSON, RunState
from kerasviz.protocol.text import text
from kerasviz.training.failure import failure
from kerasviz.training.plan import TrainForm, read_form
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session

logger = logging.getLogger(__name__)


def train(session: Session, payload: JSON, client: Client) -> JSON:
    """Begins a run; events tell what becomes of it."""
    form = read_form(payload)
    if session.is_training:
        raise RequestError("busy", text("This model is already training. Stop it or wait until it finishes."))
    run = session.run = Run(form.model_name, form.epochs)
    session.publish(run)
    MODEL.submit(lambda: _fit(session, form, run))
    return {"run": run.id}


def _fit(session: Session, form: TrainForm, run: Run) -> None:
    from kerasviz.data.sources.arrays import user_namespace  # late: NumPy is imported with it

    state: RunState = "failed"
    fault: KerasError | None = None
    try:
        state = session.trainer().train(
            form, run, user_namespace(), lambda curves: session.publish(run, curves)
        )
    except BaseException as error:  # code of the user's may raise anything, SystemExit too
        logger.info("The training failed", exc_info=True)
        fault = failure(error)
    with session.lock:
        run.end(state, fault)
        session.publish(run)


def history(session: Session, payload: JSON, client: Client) -> RunJSON | None:
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
        case {"action": "learning_rate", "value": int() | float() as value} if 0 < value < float("inf"):
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
