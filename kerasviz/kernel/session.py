"""A session: what the kernel does for one document. It knows messages, and no transport."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from IPython.core.getipython import get_ipython

from kerasviz.backend import installed as kerasloader
from kerasviz.backend.worker import ANALYSIS, ANSWERS, MODEL
from kerasviz.config.floats import marked
from kerasviz.data.sources.arrays import list_arrays, user_namespace
from kerasviz.kernel.clients import View
from kerasviz.kernel.requests.questions import QUESTIONS
from kerasviz.kernel.revisions import Revisions
from kerasviz.kernel.runsession import RunSession
from kerasviz.models.namespace import find_model, list_models
from kerasviz.models.opening import draw
from kerasviz.protocol import JSON, Backup, Request, RequestError, RunState
from kerasviz.training.backup.progress import backup_path, read_progress
from kerasviz.training.failure import failure
from kerasviz.training.plan import TrainForm, read_form
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.training.trainer import Trainer

logger = logging.getLogger(__name__)

T = TypeVar("T")


class Session(RunSession):
    """Answers requests about one document, keeps its model and its last run, and says what happens.

    What takes time, or needs Keras, is queued for a worker thread.

    Args:
        folder: Where the document is: weights are read beside it, and models are saved there. The kernel's
            working directory where it is None.
        name: Name of the document's file, where it has one.
    """

    def __init__(self, folder: Path | None = None, name: str = "") -> None:
        super().__init__()
        self._folder = folder
        self._name = name
        self._trainer: Trainer | None = None
        self._loading = False
        self.handlers |= {
            "arrays": lambda request, view: view.reply(
                request["id"], {"arrays": list_arrays(user_namespace())}
            ),
            "catalog": lambda request, view: _later(lambda: _answer(request, view, _catalog)),
            "analyze": self._analyze,
            "fixes": lambda request, view: ANALYSIS.submit(
                lambda: _answer(
                    request, view, lambda: view.revisions.fixes(request["payload"].get("revision"))
                )
            ),
            "apply_fix": lambda request, view: ANALYSIS.submit(
                lambda: _answer(request, view, lambda: _apply_fix(request["payload"]))
            ),
            "train": self._train,
            "save": self._save,
            "load_weights": self._load_weights,
            "formats": lambda request, view: view.reply(request["id"], _formats()),
            "models": lambda request, view: view.reply(
                request["id"], {"models": list_models(user_namespace())}
            ),
            "open_model": self._open_model,
            "summary": lambda request, view: _later(
                lambda: _answer(request, view, lambda: self._summary(request["payload"]))
            ),
            **dict.fromkeys(QUESTIONS, _ask),
        }

    def backup(self) -> Backup | None:
        """What a kernel that died has left of this document's last run, until a new one trains."""
        run = self.run
        if not self._name or (run is not None and (run.state != "failed" or run.step)):
            return None
        path = backup_path(self._folder or Path.cwd(), self._name)
        progress = read_progress(path)
        return None if progress is None else progress.offer(path)

    def trainer(self) -> Trainer:
        """The keeper of the document's model; for the model thread."""
        if self._trainer is None:
            kerasloader.load_keras()
            from kerasviz.training.trainer import Trainer

            self._trainer = Trainer(self._folder, self._name)
        return self._trainer

    def _hello(self, request: Request, view: View) -> None:
        """Answers without Keras: its import, seconds long, begins here and ends with a `keras` event."""
        view.revisions = Revisions()  # a page that comes back counts anew
        super()._hello(request, view)
        with self.lock:
            if not self._loading:
                self._loading = True
                ANALYSIS.submit(self._load_keras)

    def _load_keras(self) -> None:
        try:
            devices = kerasloader.load_keras()
        except Exception as error:
            logger.exception("Keras could not be imported")
            self.emit("keras", {"devices": [], "error": failure(error)})
            return
        with self.lock:
            self.devices = devices
            self.emit("keras", {"devices": devices, "error": None})
        ANSWERS.submit(self._notice_catalog)
        shell = get_ipython()
        if shell is not None:  # a cell may register a layer class, which belongs on the palette
            shell.events.register("post_run_cell", lambda result: ANSWERS.submit(self._notice_catalog))

    def _notice_catalog(self) -> None:
        """Says when the catalogue is another one."""
        from kerasviz.catalog import catalog_hash

        current = catalog_hash()  # the first time it takes a second; not under the lock
        with self.lock:
            if current != self.catalog_hash:
                self.catalog_hash = current
                self.emit("catalog", {"hash": current})

    def _analyze(self, request: Request, view: View) -> None:
        revisions = view.revisions
        model = revisions.take(request["payload"])
        revision = request["payload"]["revision"]
        ANALYSIS.submit(lambda: _answer(request, view, lambda: revisions.analyze(revision, model)))

    def _train(self, request: Request, view: View) -> None:
        form = read_form(request["payload"])
        with self.lock:
            if self.run is not None and not self.run.ended:
                raise RequestError(
                    "busy", "This model is being trained. Stop it first, or wait until it ends."
                )
            run = self.run = Run(form.model_name, form.epochs)
            view.reply(request["id"], {"run": run.id})
            self.publish(run)
        MODEL.submit(lambda: self._fit(form, run))

    def _fit(self, form: TrainForm, run: Run) -> None:
        state: RunState = "failed"
        fault = None
        try:
            state = self.trainer().train(
                form, run, user_namespace(), lambda curves: self.publish(run, curves)
            )
        except Exception as error:
            logger.info("The training failed", exc_info=True)
            fault = failure(error)
        with self.lock:
            run.end(state, fault)
            self.publish(run)

    def _save(self, request: Request, view: View) -> None:
        document, path = (request["payload"].get(key) for key in ("document", "path"))
        if not isinstance(document, dict) or not isinstance(path, str):
            raise RequestError("bad_request", "Expected a document and a path to save the model to.")

        self._submit(lambda: _answer(request, view, lambda: self.trainer().save(document, path)))

    def _load_weights(self, request: Request, view: View) -> None:
        document, file = (request["payload"].get(key) for key in ("document", "file"))
        if not isinstance(document, dict) or not isinstance(file, str):
            raise RequestError("bad_request", "Expected a document and the name of a file with weights.")
        if self.run is not None and not self.run.ended:
            raise RequestError("busy", "This model is being trained. Stop it before you load other weights.")
        self._submit(
            lambda: _answer(request, view, lambda: {"note": self.trainer().load_weights(document, file)})
        )

    def _open_model(self, request: Request, view: View) -> None:
        def open_model() -> JSON:
            model, document = draw(find_model(request["payload"].get("name"), user_namespace()))
            if self.run is None or self.run.ended:  # else its weights stay with the drawing that trains
                self.trainer().adopt(model, document)
            return {"document": marked(document)}

        self._submit(lambda: _answer(request, view, open_model))

    def _summary(self, payload: JSON) -> JSON:
        from kerasviz.models.subclassed import summary

        document = payload.get("document")
        trainer = self._trainer
        live = trainer.kept(document) if trainer is not None and isinstance(document, dict) else None
        return summary(payload, live)

    def call(self, job: Callable[[], T]) -> T:
        """Does a job on the model thread, between two batches where this model is trained, and waits."""
        future: Future[T] = Future()
        self._submit(lambda: _fulfil(future, job))
        return future.result()

    def _submit(self, job: Callable[[], None]) -> None:
        run = self.run
        if run is None or run.ended:
            MODEL.submit(job)
        else:  # between two batches, or after the run, whichever comes first
            run.control.submit(job)
            MODEL.submit(run.control.do_jobs)


def _fulfil(future: Future[T], job: Callable[[], T]) -> None:
    try:
        future.set_result(job())
    except Exception as error:
        future.set_exception(error)


def _answer(request: Request, view: View, job: Callable[[], Any]) -> None:
    """Does the job of a request on a worker thread."""
    try:
        payload = job()
    except Exception as error:
        if not isinstance(error, RequestError):
            logger.info("The request %s failed", request["type"], exc_info=True)
        view.refuse(request["id"], failure(error))
    else:
        view.reply(request["id"], payload)


def _ask(request: Request, view: View) -> None:
    answer = QUESTIONS[request["type"]]
    _later(lambda: _answer(request, view, lambda: answer(request["payload"])))


def _later(job: Callable[[], None]) -> None:
    """Does a job when Keras is there, and the shapes that were asked for before it have been told."""
    ANALYSIS.submit(lambda: ANSWERS.submit(job))


def _catalog() -> Any:
    from kerasviz.catalog import catalog

    return catalog()


def _formats() -> JSON:
    from dataclasses import asdict

    from kerasviz.storage import FORMATS  # late: NumPy is imported with it

    return {"formats": [asdict(format) for format in FORMATS]}


def _apply_fix(payload: JSON) -> JSON:
    from kerasviz.analysis import apply_fix

    document, fix = payload.get("document"), payload.get("fix")
    if not isinstance(document, dict) or not isinstance(fix, dict):
        raise RequestError("bad_request", "Expected a document and a fix.")
    return {"document": marked(apply_fix(document, fix))}
