"""Sweeps: begun, and ended early. Its trials are runs, which are followed as all runs are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.training import training_of
from kerasviz.execution.trials import Trials
from kerasviz.kernel.payload import document_in
from kerasviz.kernel.requests.training import refuse_while_training
from kerasviz.protocol import JSON
from kerasviz.sweep.sweep import read_sweep
from kerasviz.training.plan import read_plan

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.training.run.run import Run


def sweep(session: Session, payload: JSON, client: Client) -> JSON:
    """Begins the sweep of the document, or goes on with it."""
    document = document_in(payload)
    plan = read_plan(document, "fresh", session.model_name)

    def show(run: Run) -> None:
        with session.lock:
            session.run = run
        session.publish(run)

    trials = Trials(
        plan,
        read_sweep(training_of(document).get("sweep")),
        lambda: session.kept_runs,
        session.worker.folder,
        user_namespace(),
        show=show,
        publish=session.publish,
        tell=session.tell_runs,
        go_on=payload.get("go_on") is True,
    )
    with session.lock:
        refuse_while_training(session, payload, client)
        session.trials = trials
    trials.start()
    return {}


def end_sweep(session: Session, payload: JSON, client: Client) -> JSON:
    """Ends the sweep: the trial that trains stops within a batch, and no other begins."""
    if session.trials is not None:
        session.trials.stop()
    return {}
