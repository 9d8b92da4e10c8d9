"""Trains what a document says on the thread that asks, without Jupyter: `kerasviz.run`, `kerasviz train`."""

from __future__ import annotations

import dataclasses
import os
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz.backend.keptvalues import values_kept
from kerasviz.config.parts import part_of
from kerasviz.config.training import training_of
from kerasviz.data.frames import is_table
from kerasviz.data.streams.batchkinds import batches_kind
from kerasviz.execution.subject import Subject, subject_of
from kerasviz.execution.thread import DISK
from kerasviz.insight.hints.judgement import hints
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.insight.hints.trainedsituation import situation_of
from kerasviz.models.variablename import name_of_file
from kerasviz.protocol import JSON, Curves, RequestError, RunState, TrainStart
from kerasviz.protocol.hints import Hint
from kerasviz.protocol.statistics import Measurement
from kerasviz.protocol.text import text
from kerasviz.storage import save as save_model
from kerasviz.training.failure import failure
from kerasviz.training.plan import Plan, read_plan
from kerasviz.training.run import run as training
from kerasviz.training.run.folder import MODEL, RunFolder
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.recording import record
from kerasviz.training.run.turn import turn_of

if TYPE_CHECKING:
    from kerasviz.models.keeper import Keeper

Follow = Callable[[training.Run, Curves], None]
"""Called a few times a second with a run and its new points, on the thread that trains."""

NOTHING = Curves(batch={}, epoch={})


@dataclass(frozen=True)
class Run:
    """What came of a training.

    Attributes:
        model: The trained `keras.Model`.
        history: The values of each metric, one for each epoch, as `keras.callbacks.History` has them.
        state: `finished`, or `stopped` where `control.json` asked for it.
        folder: Where it is kept; None where it is not.
        notes: What one should know and is no error, such as what was done to the data.
        situation: What hints are found by: the samples, the curves and the model.
        statistics: What was measured of each layer, in its order; see `protocol/statistics.py`.
    """

    model: Any
    history: dict[str, list[Any]]
    state: RunState
    folder: Path | None
    notes: tuple[str, ...]
    situation: Situation = field(repr=False)
    statistics: tuple[Measurement, ...] = ()
    _held_out: tuple[Any, ...] | None = field(default=None, repr=False)

    @cached_property
    def hints(self) -> tuple[Hint, ...]:
        """What can't work (`error`), hurts (`warning`), or could be better (`info`), the gravest first.

        Each has a `code`, a `severity`, the `layer` that it is about, a `sentence`, its `evidence`, the
        `consequence`, and a `fix` for `kerasviz.apply_fix`, or None.
        """
        return tuple(hints(self.situation))

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
        with values_kept(self.model):
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
    **fit: Any,
) -> Run:
    """Trains what a document says, as the editor does, without Jupyter.

    Args:
        document: Path of a `.keras.json`, `.keras` or `.h5` file, its JSON text, a Keras config as a dict, or
            a compiled `keras.Model`, which is trained further.
        data: `(x, y)` or `(x, y, sample_weight)`, in place of the data that the document names: arrays
            `(samples, ...)`, or lists or dicts of such. Also a table with the columns that the document
            names, and what gives batches: a `tf.data.Dataset`, `PyDataset` or `DataLoader`.
        validation_data: `(x, y)` that training does not see, in place of a split of `data`; batches for
            batches.
        folder: Where the run is kept: a new or empty folder. By default that is one in `runs/` beside the
            document's file; a document without a file leaves nothing.
        start: `trained` begins with the weights that the document or model has, `fresh` with new ones,
            `backup` continues a run that was killed.
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
    namespace: dict[str, Any] = {}
    subject = with_data(document, data, validation_data, namespace, fit)
    return train(subject, start, folder=folder, namespace=namespace)


def with_data(
    document: str | os.PathLike[str] | JSON | Any,
    data: Any,
    validation_data: Any,
    namespace: dict[str, Any],
    fit: JSON,
) -> Subject:
    """What is to be trained, with data and arguments of `fit` in place of those in the document; see `run`.

    Args:
        document: A file, its text, a config or a model.
        data: Arrays, a table or batches; None for the data that the document names.
        validation_data: More of them.
        namespace: Gets the arrays.
        fit: Arguments of `fit`.
    """
    given = None if data is None else _given(data, validation_data, namespace)
    subject = subject_of(document)
    plan = training_of(subject.document)
    plan["fit"] = {**part_of(plan, "fit"), **fit}
    if given is not None:
        plan["data"] = given
    own = {**part_of(subject.document, "kerasviz"), "training": plan}
    return dataclasses.replace(subject, document={**subject.document, "kerasviz": own})


def planned(subject: Subject, start: TrainStart) -> tuple[Plan, Keeper]:
    """The plan of a document, and who keeps its model."""
    from kerasviz.models.keeper import Keeper

    plan = read_plan(subject.document, start, name_of_file(subject.name))
    keeper = Keeper(subject.folder, subject.name)
    if subject.model is not None:
        keeper.adopt(subject.model, plan.document)
    return plan, keeper


def train(
    subject: Subject,
    start: TrainStart = "trained",
    *,
    folder: str | os.PathLike[str] | None = None,
    namespace: dict[str, Any] | None = None,
    follow: Follow | None = None,
    save: bool = False,
) -> Run:
    """Trains a document with its plan; see `run`.

    Args:
        subject: What is trained.
        start: Where weights start.
        folder: Where the run is kept.
        namespace: Variables that the plan may name.
        follow: Told what is new.
        save: Whether the model is saved in the folder, as `model.keras`.
    """
    from kerasviz.training.fit import fit

    plan, keeper = planned(subject, start)
    made = training.Run(plan.model_name, plan.epochs)
    kept = _record(made, plan, subject, folder)

    def publish(curves: Curves | None) -> None:
        made.extend(curves or NOTHING)
        if follow is not None:
            follow(made, curves or NOTHING)

    with _interrupts(made) as interrupted:
        try:
            with turn_of(made, plan.exclusive, lambda: publish(None), plan.distribution[0]):
                made.end(
                    fit(plan, keeper, made, {} if namespace is None else namespace, publish, DISK.submit)
                )
        except BaseException as error:
            made.end("failed", failure(error))
            raise
        finally:
            publish(None)
            DISK.wait()
    if save and kept is not None and keeper.model is not None:
        save_model(keeper.model, kept.path / MODEL)
    if interrupted.is_set():
        raise KeyboardInterrupt
    return Run(
        model=keeper.model,
        history={name: list(values) for name, values in keeper.model.history.history.items()},
        state=made.state,
        folder=None if kept is None else kept.path,
        notes=tuple(made.notes),
        statistics=tuple(made.statistics.taken),
        situation=situation_of(plan.document, made, keeper.model),
        _held_out=made.held_out,
    )


def _given(data: Any, validation_data: Any, namespace: dict[str, Any]) -> JSON:
    """Makes variables in an empty namespace of data that was handed over, and names them as a plan does."""
    if is_table(data):
        namespace["table"] = data
        return {"class_name": "dataframe", "config": {"name": "table"}}
    if batches_kind(data) is not None:
        namespace["batches"] = data
        namespace.update({} if validation_data is None else {"validation": validation_data})
        return {"class_name": "batches", "config": {name: name for name in namespace}}
    parts = ((data, ("x", "y", "sample_weight")), (validation_data, ("x_val", "y_val")))
    for values, names in parts:
        if values is None:
            continue
        if not isinstance(values, (tuple, list)) or not 1 <= len(values) <= len(names):
            kind = type(values).__name__
            raise RequestError("no_data", text("Expected arrays as (x, y), received: {kind}.", kind=kind))
        namespace.update(zip(names, values, strict=False))
    return {"class_name": "arrays", "config": {name: name for name in namespace}}


def _record(
    made: training.Run, plan: Plan, subject: Subject, folder: str | os.PathLike[str] | None
) -> RunFolder | None:
    """Begins the folder of a run, where it has one."""
    chosen = None if folder is None else Path(folder).resolve()
    if chosen is None and not subject.name:
        return None
    kept = KeptRuns(subject.folder, subject.name or "model")
    record(made, plan.to_json(), kept, DISK.submit, lambda: None, chosen)
    return made.folder


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
