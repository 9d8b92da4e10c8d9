"""What there is to say about the last run of a document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.protocol import JSON

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.hints import Hints


def hints(session: Session, payload: JSON, client: Client) -> Hints:
    """Asks each rule about the last run, once it has ended; those that the page silences are there, too."""
    run = session.run
    if run is None or not run.ended or run.document is None:
        return {"run": None, "hints": []}
    from kerasviz.insight.hints import judgement  # late: Keras is imported with it
    from kerasviz.insight.hints.runsituation import situation_of

    own = {**run.document.get("kerasviz", {}), "hints": {}}
    document = {**run.document, "kerasviz": own}
    return {
        "run": run.id,
        "hints": judgement.hints(situation_of(document, run, session.worker.keeper().model)),
    }
