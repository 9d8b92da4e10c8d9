"""The epoch that a request is about: `at` in its payload."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kerasviz.execution.worker import Worker
from kerasviz.kernel.payload import string_in
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from kerasviz.insight.keptmoments import Moment
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.insight import At

_AHEAD = Worker("kerasviz-moments")
"""Reads epochs before somebody asks for them."""


def at_in(payload: JSON) -> At | None:
    """The epoch that a request is about; None for the model as it is now.

    Raises:
        RequestError: With code `bad_request`, where it is none.
    """
    at = payload.get("at")
    if at is None:
        return None
    epoch = at.get("epoch") if isinstance(at, dict) else at
    if not isinstance(at, dict) or not (epoch is None or type(epoch) is int):
        raise RequestError(
            "bad_request", text("Expected a run and an epoch, received: {value}.", value=f"{at!r:.80}")
        )
    return {"run": string_in(at, "run"), "epoch": epoch}


def moment_in(session: Session, payload: JSON) -> Moment | None:
    """The model of the epoch that a request is about; None for the model as it is now.

    The other epochs of that run are read ahead, so that the next ones are there at once.

    Raises:
        RequestError: As `at_in`; with code `unknown_run` or `file`, where it is not kept any more.
        ModelFileError: Where the file is damaged.
    """
    at = at_in(payload)
    if at is None:
        return None
    from kerasviz.insight.keptmoments import Moments

    moments = session.moments = session.moments or Moments()
    run = session.kept_runs.find(at["run"])
    moment = moments.at(run, at["epoch"], session.worker.keeper().model)
    _AHEAD.submit(moments.ahead(run, at["epoch"]))
    return moment
