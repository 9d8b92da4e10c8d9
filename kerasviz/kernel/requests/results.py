"""Results: the trained model predicts a part of the data, and pages ask what comes of it."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.config.parts import part_of
from kerasviz.config.training import training_of
from kerasviz.kernel.askedmoment import at_in, moment_in
from kerasviz.kernel.payload import count_in, document_in, string_in
from kerasviz.kernel.requests.insight import samples_for
from kerasviz.protocol import JSON, RequestError, finite
from kerasviz.protocol.text import text
from kerasviz.training.run.folder import STATE, RunFolder
from kerasviz.training.run.keptrun import summary
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.data.dataset import Loaded
    from kerasviz.insight.keptmoments import Moment
    from kerasviz.insight.results.partpredictions import Evaluated, Predicted
    from kerasviz.insight.samples.sampleparts import Part
    from kerasviz.insight.samples.samples import Samples
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.results import Evaluation, OutputTask
    from kerasviz.protocol.text import Sentence


def announce(session: Session, payload: JSON, client: Client) -> None:
    """Ends a prediction that goes on: the newer one takes its place."""
    session.evaluated = payload


def evaluate(session: Session, payload: JSON, client: Client) -> Evaluation:
    """Predicts a part of the data, or new samples, between two batches where the model is being trained.

    The model of an epoch is one of its own, so that training goes on meanwhile.
    """
    from kerasviz.insight.results.predicting import predict  # late: Keras is imported with it
    from kerasviz.insight.results.samplecolumns import column_names

    document = document_in(payload)
    is_beside = payload.get("beside") is True
    samples, part, held = _asked_for(session, payload, document, is_beside)
    size = part_of(training_of(document), "fit").get("batch_size")
    run = session.run
    moment = moment_in(session, payload)

    def go_on(share: float) -> None:
        if session.evaluated is not payload or (run is not None and not run.ended and run.control.stopping):
            raise RequestError("stopped", text("The evaluation was stopped."))
        session.emit("evaluation", {"share": share})

    def job() -> tuple[Evaluated, Run | RunFolder | None, int | None]:
        model = _trained(session, document) if moment is None else _model_then(moment, document)
        origin = _origin(session)
        return predict(samples, part, model, size if isinstance(size, int) else None, go_on), *origin

    go_on(0.0)
    evaluated, origin, epoch = session.worker.call(job) if moment is None else job()
    if is_beside:
        session.beside = evaluated
    else:
        session.predicted, session.beside = (evaluated, samples), None
    at = at_in(payload)
    if at is not None:
        origin, epoch = session.kept_runs.find(at["run"]), at["epoch"]
    return {
        "part": part,
        "count": samples.counts[part],
        "parts": {str(name): count for name, count in samples.counts.items()},
        "data": None if held is None else held.name,
        "columns": column_names(samples, part),
        "notes": _notes(samples, part, held),
        "outputs": [_task(each) for each in evaluated.outputs],
        "metrics": [{"name": name, "value": finite(value)} for name, value in evaluated.metrics.items()],
        "run": _name(session, origin),
        "epoch": epoch,
    }


def _notes(samples: Samples, part: Part, held: Loaded | None) -> list[Sentence]:
    """What a person should know of the samples that were predicted."""
    if held is not None:
        return list(held.notes)
    limit = samples.limit(part)
    return [] if limit is None else [limit]


def _asked_for(
    session: Session, payload: JSON, document: JSON, is_beside: bool
) -> tuple[Samples, Part, Loaded | None]:
    """The samples to be predicted, and what a source gave, where they are new."""
    from kerasviz.data import load
    from kerasviz.insight.results.newsamples import new_samples
    from kerasviz.insight.samples.sampleparts import PARTS

    if is_beside:
        if session.predicted is None:
            raise RequestError("no_predictions", text("Evaluate the model first."))
        evaluated, samples = session.predicted
        return samples, evaluated.part, None
    samples, chosen = samples_for(session, document), payload.get("data")
    if isinstance(chosen, dict):
        loaded = load(chosen, user_namespace(), session.worker.folder)
        return replace(new_samples(samples, loaded), source=chosen), "test", loaded
    part = string_in(payload, "part")
    if part not in PARTS:
        raise RequestError("bad_request", text("There is no such part of the data."))
    return samples, part, None


def end_evaluation(session: Session, payload: JSON, client: Client) -> JSON:
    """Ends the prediction within a batch."""
    session.evaluated = None
    return {}


def result(session: Session, payload: JSON, client: Client) -> Any:
    """A result of what was predicted last, or of what is compared with it."""
    from kerasviz.insight.results import result_of
    from kerasviz.insight.results.slices import rows_in

    if session.predicted is None:
        raise RequestError("no_predictions", text("Evaluate the model first."))
    evaluated, samples = session.predicted
    chosen = [evaluated] if session.beside is None else [evaluated, session.beside]
    output = count_in(payload, "output") if "output" in payload else 0
    if any(output >= len(each.outputs) for each in chosen):
        raise RequestError("bad_request", text("There is no such output."))
    some = [each.outputs[output] for each in chosen]
    of = dict(part_of(payload, "slice"))
    if of:
        column, number = string_in(of, "column"), count_in(of, "number")
        rows = functools.cache(lambda: rows_in(samples, evaluated.part, column, number))
        some = [each.of_samples(output, (column, number), rows) for each in chosen]
    if payload.get("whose") == "other":
        some.reverse()
    return result_of(payload, some[0], samples, some[1] if len(some) > 1 else None)


def _task(predicted: Predicted) -> OutputTask:
    task = predicted.task
    return {
        "name": predicted.name,
        "kind": task.kind,
        "names": list(task.names),
        "positions": task.positions,
        "has_truth": task.is_known,
    }


def _origin(session: Session) -> tuple[Run | RunFolder | None, int | None]:
    """The run that trained the model, and how many epochs; None where nobody knows."""
    if session.worker.keeper().before is not None and session.went_back is not None:
        return session.went_back
    run = session.run
    return (None, None) if run is None or run.kept or not run.step else (run, run.epoch)


def _name(session: Session, origin: Run | RunFolder | None) -> str | None:
    """What people call a run."""
    if isinstance(origin, Run):
        folders = session.kept_runs.all()
        origin = next((each for each in folders if each.read(STATE).get("run") == origin.id), None)
    return None if origin is None else summary(origin)["name"]


def _model_then(moment: Moment, document: JSON) -> Any:
    """The model of an epoch, with the loss and the metrics of the document."""
    from kerasviz.backend.isolation import aside
    from kerasviz.models.building import compile_model

    model = moment.model_of(document)
    aside(lambda: compile_model(model, part_of(document, "compile_config")))
    return model


def _trained(session: Session, document: JSON) -> Any:
    """The trained model of a document.

    Raises:
        RequestError: With code `untrained`, where there is none, or of another drawing.
    """
    from kerasviz.models.weightorigins import file_of

    keeper = session.worker.keeper()
    model = keeper.kept(document)
    if model is None and keeper.model is None and file_of(document) is not None:
        keeper.prepare(document, False)
        model = keeper.model
    if model is not None:
        return model
    if keeper.model is None:
        raise RequestError("untrained", text("There is no trained model yet. Train it first."))
    raise RequestError(
        "untrained",
        text("The model was edited since it was trained. Train it again, or undo the edits."),
    )
