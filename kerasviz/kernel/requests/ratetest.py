"""The range test of learning rates: begun, and ended early. Events tell how far it is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.kernel.payload import document_in
from kerasviz.kernel.requests.training import refuse_while_training
from kerasviz.protocol import JSON
from kerasviz.training.plan import read_plan

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session


def rate_test(session: Session, payload: JSON, client: Client) -> JSON:
    """Begins a test with the document's plan, on a copy of its model."""
    from kerasviz.execution.rangetest import RangeTest  # late: Keras is imported with it

    plan = read_plan(document_in(payload), "trained", session.model_name)
    test = RangeTest(plan, session.worker.keeper(), user_namespace(), session.tell_rate_test)
    with session.lock:
        refuse_while_training(session, payload, client)  # two may have been asked for at once
        session.rate_test = test
    test.start()
    session.tell_rate_test()
    return {}


def end_rate_test(session: Session, payload: JSON, client: Client) -> JSON:
    """Ends the test within a batch; what it has measured stays."""
    if session.rate_test is not None:
        session.rate_test.run.control.stop()
    return {}
