"""A `fit` in a cell, as a run of the document that draws its model."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from kerasviz.backend.installed import versions
from kerasviz.backend.usernamespace import user_namespace
from kerasviz.execution.thread import DISK
from kerasviz.kernel.session import Session, sessions
from kerasviz.models.namespace import name_of
from kerasviz.models.opening import EMPTY, draw
from kerasviz.protocol import JSON, Curves
from kerasviz.training.keeping.epochkeeper import EpochKeeper
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run

logger = logging.getLogger(__name__)


def session_of(model: Any, file: Path | None = None) -> Session | None:
    """Finds the document that shows what a cell trains.

    Args:
        model: A `keras.Model`.
        file: The document that it is to be; by default the one whose model it is.

    Returns:
        None where there is none, or where it trains itself just now.
    """
    for session in sorted(sessions(), key=lambda each: not each.is_followed):
        is_it = session.worker.has(model) if file is None else session.file == file
        if session.draws and is_it:
            return None if session.is_training else session
    return None if file is None else Session(file.parent, file.name)


class CellRun:
    """Shows a run where its model is drawn, keeps it among the runs there, and lets it be controlled there.

    What is asked about the model meanwhile, such as to save it, is done between two batches of the cell.

    Args:
        session: Of the document.
        run: What the cell trains.
        model: Its model.
        fit: What is known of the arguments of `fit`.

    Attributes:
        epochs: Keeps epochs of the run, after the recorder.
    """

    def __init__(self, session: Session, run: Run, model: Any, fit: JSON) -> None:
        self._session = session
        self._run = run
        self._done = threading.Event()
        document = _document(session, model)
        name = name_of(model, user_namespace())
        run.model_name = name or run.model_name
        with session.lock:
            session.run = run
        planned: JSON = {
            "document": document,
            "start": "trained",
            "data": {"class_name": "cell", "config": {}},
            "fit": fit,
            "callbacks": [],
            "seed": None,
            "model_name": run.model_name,
        }
        record(run, planned, session.kept_runs, DISK.submit, session.tell_runs)
        run.know(versions=versions(), device=run.device)
        self.epochs = EpochKeeper(run, document, DISK.submit)
        self.epochs.set_model(model)
        session.worker.execute(run, self._wait)

    @contextmanager
    def told(self, curves: Curves) -> Iterator[None]:
        """Around taking up points: sends them, in the same order, to those who see the document."""
        with self._session.lock:
            yield
            self._session.tell(self._run, curves)

    def end(self) -> None:
        """The run has ended: the model is the document's own again."""
        self._done.set()
        self._session.worker.submit(lambda: self._session.worker.keeper().take_trained())

    def _wait(self) -> None:
        self._done.wait()


def _document(session: Session, model: Any) -> JSON:
    """The document of a model as the cell trains it; that of the drawing where Keras can't say."""
    try:
        return draw(model)[1]
    except Exception:  # code of the user's class may raise anything
        logger.info("A model that a cell trains has no document", exc_info=True)
    known = session.worker.known
    return EMPTY if known is None else known.document
