"""Runs: begun, followed and controlled."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, get_args

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.execution import place_of
from kerasviz.execution.thread import DISK
from kerasviz.kernel.askedmoment import at_in
from kerasviz.kernel.payload import document_in, object_of
from kerasviz.models.variablename import kind_of, value_of
from kerasviz.protocol import JSON, RequestError, RunSnapshot, TakenName
from kerasviz.protocol.text import text
from kerasviz.training.plan import read_plan
from kerasviz.training.run.asking import ask
from kerasviz.training.run.control import Part
from kerasviz.training.run.folder import STATE, STATISTICS
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run
from kerasviz.training.statistics.measurements import read_measurements

if TYPE_CHECKING:
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.run import AdjustableResult
    from kerasviz.protocol.statistics import StatisticsResult


def refuse_while_training(session: Session, payload: JSON, client: Client) -> None:
    """Refuses at once what would change the weights that a run trains.

    Raises:
        RequestError: With code `busy`.
    """
    if session.is_training:
        raise RequestError("busy", text("This model is training. Stop it or wait until it finishes."))


def train(session: Session, payload: JSON, client: Client) -> JSON:
    """Begins a run of the document's plan, or asks the user first; events tell what becomes of it."""
    plan = read_plan(document_in(payload), payload.get("start"), session.model_name)
    place = place_of(plan.place)
    taken = _taken(session, plan.model_name, payload.get("replace"))
    if taken is not None:
        return {"run": None, "taken": taken}
    run = Run(plan.model_name, plan.epochs)
    if payload.get("until") in get_args(Part):
        run.control.go_on_until(payload["until"])
    with session.lock:
        refuse_while_training(session, payload, client)  # two may have been asked for at once
        session.run = run
    record(run, plan.to_json(), session.kept_runs, DISK.submit, session.tell_runs)
    place.start(plan, run, session.worker, lambda curves: session.publish(run, curves))
    session.publish(run)
    return {"run": run.id, "taken": None}


def warm_place(session: Session, payload: JSON, client: Client) -> JSON:
    """Gets the place ready that a document is to be trained in; one that can't be says so when it trains."""
    with suppress(RequestError):
        place_of(object_of(str(payload.get("place")))).warm()
    return {}


def _taken(session: Session, name: str, replace: object) -> TakenName | None:
    """What the variable for the trained model holds, unless the user has let it be replaced."""
    namespace = user_namespace()
    value = value_of(name, namespace)
    if value is None:
        return None  # asks no keeper, which would have to import Keras
    variables = session.worker.keeper().variables
    if replace == name:
        variables.allow(name)
    if variables.may_set(name, namespace):
        return None
    return TakenName(
        name=name,
        free=variables.free(name, namespace),
        sentence=text(
            "The variable {name} holds a value that is not from this document ({kind}).",
            name=repr(name),
            kind=kind_of(value),
        ),
    )


def history(session: Session, payload: JSON, client: Client) -> RunSnapshot | None:
    """The last run, whole."""
    session.run_of(payload.get("run"))
    return session.snapshot()


def statistics(session: Session, payload: JSON, client: Client) -> StatisticsResult:
    """What was measured last of the layers of the run, or until the end of an epoch of any run."""
    at = at_in(payload)
    if at is None:
        return {"measured": session.run_of(payload.get("run")).statistics.last}
    folder, run = session.kept_runs.find(at["run"]), session.run
    is_here = run is not None and run.id == folder.read(STATE).get("run")
    found = run.statistics if run is not None and is_here else read_measurements(folder.path / STATISTICS)
    return {"measured": found.until(at["epoch"])}


def control(session: Session, payload: JSON, client: Client) -> JSON:
    """Stops, pauses or resumes a run, has it go on for a batch or an epoch, or changes a number."""
    run = session.run_of(payload.get("run"))
    ask(run.control, payload)
    if payload["action"] == "stop" and not run.ended:
        session.publish(run)
    return {}


def adjustable(session: Session, payload: JSON, client: Client) -> AdjustableResult:
    """The numbers that can be changed while a run trains."""
    ask = session.run_of(payload.get("run")).adjustable
    return {"values": [] if ask is None else ask()}
