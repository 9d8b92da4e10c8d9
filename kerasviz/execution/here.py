"""Trains what a document says on the thread that asks, without Jupyter: `kerasviz.run` and `kerasviz train`."""

from __future__ import annotations

import json
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from kerasviz.config.layerlist import check_layers
from kerasviz.config.parsing import parse_json
from kerasviz.config.training import training_of
from kerasviz.execution.thread import DISK
from kerasviz.models.opening import draw, text_of
from kerasviz.models.variablename import name_of_file
from kerasviz.protocol import JSON, Curves, RequestError, RunState, TrainStart
from kerasviz.protocol.text import text
from kerasviz.training.failure import failure
from kerasviz.training.plan import Plan, read_plan
from kerasviz.training.run import run as training
from kerasviz.training.run.folder import RunFolder
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.recording import record

Follow = Callable[[training.Run], None]


@dataclass(frozen=True)
class Run:
    """What came of a training.

    Attributes:
        model: The trained `keras.Model`.
        history: The values of each metric, one for each epoch, as `keras.callbacks.History` has them.
        state: `finished`, or `stopped` where `control.json` asked for it.
        folder: Where it is kept; None where it is not.
        notes: What one should know and is no error, such as what was done to the data.
        hints: What could be better, with its evidence. Nothing looks for it yet, so there is none.
    """

    model: Any
    history: dict[str, list[Any]]
    state: RunState
    folder: Path | None
    notes: tuple[str, ...]
    hints: tuple[str, ...] = ()
    _held_out: tuple[Any, ...] | None = field(default=None, repr=False)

    def evaluate(self, x: Any = None, y: Any = None, **arguments: Any) -> dict[str, float]:
        """Measures the model.

        Args:
            x: Inputs, as `keras.Model.evaluate` takes them. Without any, it is measured on what training did
                not see: the test part where the plan splits one off, else the samples for validation.
            y: Targets.
            **arguments: More of `keras.Model.evaluate`, e.g. `batch_size`.

        Returns:
            Loss and metrics by name.

        Raises:
            ValueError: If no data is given, and the run held none out.
        """
        given = (x, y) if x is not None else self._held_out
        if given is None:
            raise ValueError(
                text("This run held no samples out. Give x and y, or train with a validation_split.")
            )
        names = dict(zip(("x", "y", "sample_weight"), given, strict=False))
        measured: dict[str, float] = self.model.evaluate(
            **{"verbose": 0, **names, **arguments}, return_dict=True
        )
        return measured


def run(
    document: str | os.PathLike[str] | JSON | Any,
    data: Any = None,
    validation_data: Any = None,
    *,
    folder: str | os.PathLike[str] | None = None,
    start: TrainStart = "trained",
    follow: Follow | None = None,
    **fit: Any,
) -> Run:
    """Trains what a document says, as the editor does, without Jupyter.

    Args:
        document: Path of a `.keras.json`, `.keras` or `.h5` file, its JSON text, a Keras config as a dict, or
            a compiled `keras.Model`, which is trained further.
        data: `(x, y)` or `(x, y, sample_weight)`, in place of the data that the document names.
        validation_data: `(x, y)` that training does not see, in place of a split.
        folder: Where the run is kept, a new or empty folder. By default that is a folder in `runs/` beside the
            document's file; a document without a file leaves nothing.
        start: `trained` begins with the weights that the document or model has, `fresh` with new ones,
            `backup` continues a run that was killed.
        follow: Called a few times a second with the run as it is, on the thread that trains.
        **fit: Arguments of `keras.Model.fit` in place of those in the document, e.g. `epochs=3`.

    Returns:
        The run: its model, its history and where it is kept.

    Raises:
        RequestError: With a sentence, where the plan or the data can't be trained.
        ModelFileError: If the document holds no model.
        KeyboardInterrupt: After an interrupt, which ends the training after the batch; the run is kept.

    Example:
    ```python
    run = kerasviz.run("digits.keras.json", epochs=3)
    run.evaluate()
    ```
    """
    subject = _subject(document)
    training_plan = {**training_of(subject.document)}
    training_plan["fit"] = {**training_plan.get("fit", {}), **fit}
    namespace: dict[str, Any] = {}
    if data is not None:
        training_plan["data"] = _given(data, namespace)
    own = subject.document.get("kerasviz")
    own = {**own, "training": training_plan} if isinstance(own, dict) else {"training": training_plan}
    plan = read_plan({**subject.document, "kerasviz": own}, start, name_of_file(subject.name))
    return _train(plan, subject, namespace, validation_data, folder, follow)


def _train(
    plan: Plan,
    subject: _Subject,
    namespace: dict[str, Any],
    validation_data: Any,
    folder: str | os.PathLike[str] | None,
    follow: Follow | None,
) -> Run:
    from kerasviz.models.keeper import Keeper
    from kerasviz.training.fit import fit

    keeper = Keeper(subject.folder, subject.name)
    if subject.model is not None:
        keeper.adopt(subject.model, plan.document)
    made = training.Run(plan.model_name, plan.epochs)
    kept = _record(made, plan, subject, folder)

    def publish(curves: Curves | None) -> None:
        made.extend(curves or Curves(batch={}, epoch={}))
        if follow is not None:
            follow(made)

    with _interrupts(made) as interrupted:
        try:
            made.end(fit(plan, keeper, made, namespace, publish, DISK.submit, validation_data))
        except BaseException as error:
            made.end("failed", failure(error))
            raise
        finally:
            publish(None)
            DISK.wait()
    if interrupted.is_set():
        raise KeyboardInterrupt
    history = {name: list(values) for name, values in keeper.model.history.history.items()}
    return Run(
        model=keeper.model,
        history=history,
        state=made.state,
        folder=None if kept is None else kept.path,
        notes=tuple(made.notes),
        _held_out=made.held_out,
    )


@dataclass(frozen=True)
class _Subject:
    """What is trained.

    Attributes:
        document: Keras JSON.
        folder: Where its file is, or the working directory.
        name: Name of its file; empty where it has none.
        model: That of the user's, whose weights are trained further.
    """

    document: JSON
    folder: Path
    name: str = ""
    model: Any = None


def _subject(given: Any) -> _Subject:
    here = Path.cwd()
    if isinstance(given, str) and given.lstrip().startswith("{"):
        return _Subject(_checked(parse_json(given.encode("utf-8", "surrogatepass"))), here)
    if isinstance(given, (str, os.PathLike)):
        path = Path(given).resolve()
        document = _checked(parse_json(text_of(path).encode("utf-8", "surrogatepass")))
        return _Subject(document, path.parent, path.name)
    if isinstance(given, Mapping):
        return _Subject(_checked(json.loads(json.dumps(given))), here)
    model, document = draw(given)
    return _Subject(document, here, model=model)


def _checked(document: Any) -> JSON:
    """A document; what `get_config` of a model gives, which does not say its class, is taken, too."""
    if isinstance(document, dict) and "class_name" not in document and "layers" in document:
        kind = "Functional" if "input_layers" in document else "Sequential"
        document = {"module": "keras", "class_name": kind, "config": document, "registered_name": None}
    if not isinstance(document, dict) or "class_name" not in document:
        raise RequestError(
            "plan", text("Expected a Keras model as JSON, received: {value}.", value=f"{document!r:.80}")
        )
    check_layers(document)
    return document


def _given(data: Any, namespace: dict[str, Any]) -> JSON:
    """Makes data that was handed over the variables x and y of an empty namespace, as a plan names data."""
    if not isinstance(data, (tuple, list)) or len(data) != 2:
        raise RequestError(
            "no_data", text("Expected data=(x, y), received: {kind}.", kind=type(data).__name__)
        )
    namespace.update(zip(("x", "y"), data, strict=True))
    return {"class_name": "arrays", "config": {"x": "x", "y": "y"}}


def _record(
    made: training.Run, plan: Plan, subject: _Subject, folder: str | os.PathLike[str] | None
) -> RunFolder | None:
    """Begins the folder of a run, where it has one."""
    chosen = None if folder is None else Path(folder).resolve()
    if chosen is None and not subject.name:
        return None
    kept = KeptRuns(subject.folder, subject.name or "model")
    record(made, plan, kept, DISK.submit, lambda: None, chosen)
    return made.recording and made.recording.folder


@contextmanager
def _interrupts(made: training.Run) -> Iterator[threading.Event]:
    """An interrupt ends the run after its batch; a second one ends it at once."""
    asked = threading.Event()
    if threading.current_thread() is not threading.main_thread():
        yield asked
        return
    before = signal.getsignal(signal.SIGINT)

    def stop(number: int, frame: Any) -> None:
        asked.set()
        made.control.stop()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, stop)
    try:
        yield asked
    finally:
        signal.signal(signal.SIGINT, before)
