"""Epochs of runs that are kept, to go back to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.kernel.payload import document_in
from kerasviz.kernel.requests.runs import curves_in
from kerasviz.protocol import JSON
from kerasviz.training.keeping import checkpoints

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.files import Loaded
    from kerasviz.protocol.runs import KeptEpochs


def kept_epochs(session: Session, payload: JSON, client: Client) -> KeptEpochs:
    """What is kept of a run."""
    run = session.kept_runs.find(payload.get("id"))
    return {"epochs": checkpoints.kept_epochs(run, curves_in(session, run)["curves"]["epoch"])}


def go_back(session: Session, payload: JSON, client: Client) -> Loaded:
    """Gives the model the weights of an epoch."""
    run = session.kept_runs.find(payload.get("id"))
    file = checkpoints.kept_file(run, payload.get("epoch"))
    keeper = session.worker.keeper()
    from kerasviz.models.goingback import go_back  # late: Keras is imported with it

    note = go_back(keeper, document_in(payload), file)
    epoch = payload.get("epoch")
    session.went_back = (run, epoch if isinstance(epoch, int) else None)
    return {"note": note}


def undo_go_back(session: Session, payload: JSON, client: Client) -> JSON:
    """Gives the model the weights that it had before."""
    keeper = session.worker.keeper()
    from kerasviz.models.goingback import take_back

    take_back(keeper)
    return {}
