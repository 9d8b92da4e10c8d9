"""Results: the trained model predicts a part of the data, and pages ask what comes of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kerasviz.config.parts import part_of
from kerasviz.config.training import training_of
from kerasviz.kernel.payload import count_in, document_in, string_in
from kerasviz.kernel.requests.insight import samples_for
from kerasviz.protocol import JSON, RequestError, finite
from kerasviz.protocol.text import text
from kerasviz.training.run.folder import STATE, RunFolder
from kerasviz.training.run.keptrun import summary
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.insight.results.partpredictions import Evaluated, Predicted
    from kerasviz.kernel.clients import Client
    from kerasviz.kernel.session import Session
    from kerasviz.protocol.results import Evaluation, OutputTask


def announce(session: Session, payload: JSON, client: Client) -> None:
    """Ends a prediction that goes on: the newer one takes its place."""
    session.evaluated = payload


def evaluate(session: Session, payload: JSON, client: Client) -> Evaluation:
    """Predicts a part of the data, between two batches where the model is being trained."""
    from kerasviz.insight.results.predicting import predict  # late: Keras is imported with it
    from kerasviz.insight.sampleparts import PARTS

    document, part = document_in(payload), string_in(payload, "part")
    if part not in PARTS:
        raise RequestError("bad_request", text("There is no such part of the data."))
    samples = samples_for(session, document)
    size = part_of(training_of(document), "fit").get("batch_size")
    run = session.run

    def go_on(share: float) -> None:
        if session.evaluated is not payload or (run is not None and not run.ended and run.control.stopping):
            raise RequestError("stopped", text("The evaluation was stopped."))
        session.emit("evaluation", {"share": share})

    def job() -> tuple[Evaluated, Run | RunFolder | None, int | None]:
        model = _trained(session, document)
        origin = _origin(session)
        return predict(samples, part, model, size if isinstance(size, int) else None, go_on), *origin

    go_on(0.0)
    predicted, origin, epoch = session.worker.call(job)
    session.predicted = (predicted, samples)
    return {
        "part": part,
        "count": samples.counts[part],
        "parts": {str(name): count for name, count in samples.counts.items()},
        "outputs": [_task(each) for each in predicted.outputs],
        "metrics": [{"name": name, "value": finite(value)} for name, value in predicted.metrics.items()],
        "run": _name(session, origin),
        "epoch": epoch,
    }


def end_evaluation(session: Session, payload: JSON, client: Client) -> JSON:
    """Ends the prediction within a batch."""
    session.evaluated = None
    return {}


def result(session: Session, payload: JSON, client: Client) -> Any:
    """A result of what was predicted last."""
    from kerasviz.insight.results import result_of

    if session.predicted is None:
        raise RequestError("no_predictions", text("Evaluate the model first."))
    evaluated, samples = session.predicted
    at = count_in(payload, "output") if "output" in payload else 0
    if at >= len(evaluated.outputs):
        raise RequestError("bad_request", text("There is no such output."))
    return result_of(payload, evaluated.outputs[at], samples)


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
        text("The drawing is another one than that of the trained model. Train it, or undo the edits."),
    )
