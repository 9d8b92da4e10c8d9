"""A session: what the kernel does for one document. It knows messages, and no transport."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz import __version__, kerasloader
from kerasviz.assets import asset
from kerasviz.data.arrays import list_arrays, user_namespace
from kerasviz.protocol import JSON, PROTOCOL_VERSION, Curves, Device, Request, RequestError, parse_request
from kerasviz.training.failure import failure
from kerasviz.training.form import TrainForm, read_form
from kerasviz.training.run import Run
from kerasviz.views import View, Views
from kerasviz.worker import ANALYSIS, MODEL, Worker

if TYPE_CHECKING:
    from kerasviz.training.trainer import Trainer

logger = logging.getLogger(__name__)

CONTROLS = ("stop", "pause", "resume")


class Session(Views):
    """Answers requests about one document, keeps its model and its last run, and says what happens.

    Args:
        folder: Where the document is: weights are read beside it, and models are saved there. The kernel's
            working directory where it is None.
    """

    def __init__(self, folder: Path | None = None) -> None:
        super().__init__()
        self.run: Run | None = None
        self._folder = folder
        self._trainer: Trainer | None = None
        self._devices: list[Device] = []
        self._loading = False
        self._catalog_hash = ""

    @property
    def ready(self) -> bool:
        """Whether Keras has been imported for this session."""
        return bool(self._devices)

    def dispatch(self, message: object, view: View) -> None:
        """Answers a message, now or from a worker thread; returns at once and never raises.

        Args:
            message: What a page sent.
            view: Who gets the reply.
        """
        try:
            self._answer(parse_request(message), view)
        except Exception as error:
            view.refuse(_id(message), failure(error))

    def control(self, message: object) -> None:
        """Obeys a message that came over a channel without a way back; every view gets the reply."""
        views = self.views()
        try:
            request = parse_request(message)
            self._obey(request)
            for view in views:
                view.reply(request["id"], {})
        except Exception as error:
            for view in views:
                view.refuse(_id(message), failure(error))

    def _answer(self, request: Request, view: View) -> None:
        kind, payload = request["type"], request["payload"]
        if kind == "hello":
            self._hello(request, view)
        elif kind in CONTROLS:
            self._obey(request)
            view.reply(request["id"], {})
        elif kind == "history":
            with self.lock:
                view.reply(request["id"], {**self._run_of(payload).to_json(), "seq": self.seq})
        elif kind == "arrays":
            view.reply(request["id"], {"arrays": list_arrays(user_namespace())})
        elif kind == "asset":
            view.reply(request["id"], {"source": asset(payload.get("name"))})
        elif kind == "analyze":
            model = view.revisions.take(payload)
            revision = payload["revision"]
            self._later(ANALYSIS, request, view, lambda: view.revisions.analyze(revision, model))
        elif kind == "catalog":
            self._later(ANALYSIS, request, view, _catalog)
        elif kind == "apply_fix":
            self._later(ANALYSIS, request, view, lambda: _apply_fix(payload))
        elif kind == "train":
            self._train(request, view)
        elif kind == "save":
            self._save(request, view)
        else:
            raise RequestError("unknown_request", f"The kernel knows no request {kind!r:.40}.")

    def _hello(self, request: Request, view: View) -> None:
        """Answers without Keras: its import, seconds long, begins here and ends with a `devices` event."""
        versions = {
            "kerasviz": __version__,
            "keras": kerasloader.keras_version(),
            "backend": kerasloader.backend(),
        }
        with self.lock:
            self.attach(view)
            view.reply(
                request["id"],
                {
                    "version": PROTOCOL_VERSION,
                    **versions,
                    "catalog_hash": self._catalog_hash,
                    "devices": self._devices,
                    "seq": self.seq,
                    "run": self.run and self.run.to_json(),
                },
            )
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
            self._devices = devices
            self.emit("keras", {"devices": devices, "error": None})
        self.notice_catalog()

    def notice_catalog(self) -> None:
        """Says when the catalogue is another one; on the analysis thread, once Keras is there."""
        from kerasviz.catalog import catalog_hash

        current = catalog_hash()  # the first time it takes a second; not under the lock
        with self.lock:
            if current != self._catalog_hash:
                self._catalog_hash = current
                self.emit("catalog", {"hash": current})

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
        try:
            state = self.trainer().train(
                form, run, user_namespace(), lambda curves: self.publish(run, curves)
            )
            run.end(state)
        except Exception as error:
            logger.info("The training failed", exc_info=True)
            run.end("failed", failure(error))
        self.publish(run)

    def publish(self, run: Run, curves: Curves | None = None) -> None:
        """Takes up points of a run and sends them, with where it stands, to all views."""
        curves = curves or Curves(batch={}, epoch={})
        with self.lock:
            run.history.extend(curves)
            self.emit("run", {"status": run.status(), "curves": curves})

    def _save(self, request: Request, view: View) -> None:
        document, path = (request["payload"].get(key) for key in ("document", "path"))
        if not isinstance(document, dict) or not isinstance(path, str):
            raise RequestError("bad_request", "Expected a document and a path to save the model to.")

        def save() -> JSON:
            return self.trainer().save(document, path)

        if self.run is None or self.run.ended:
            self._later(MODEL, request, view, save)
        else:  # between two batches, or after the run, whichever comes first
            control = self.run.control
            control.submit(lambda: _reply(request, view, save))
            MODEL.submit(control.do_jobs)

    def trainer(self) -> Trainer:
        """The keeper of the document's model; for the model thread."""
        if self._trainer is None:
            kerasloader.load_keras()
            from kerasviz.training.trainer import Trainer

            self._trainer = Trainer(self._folder)
        return self._trainer

    def _obey(self, request: Request) -> None:
        run, kind = self._run_of(request["payload"]), request["type"]
        if kind not in CONTROLS:
            raise RequestError("unknown_request", f"The kernel knows no control {kind!r:.40}.")
        getattr(run.control, kind)()
        if kind == "stop" and not run.ended:
            with self.lock:
                if not run.ended:
                    run.state = "stopping"
                    self.publish(run)

    def _run_of(self, payload: JSON) -> Run:
        if self.run is None or self.run.id != payload.get("run"):
            raise RequestError("unknown_run", "There is no such run in this kernel any more. Train again.")
        return self.run

    def _later(self, worker: Worker, request: Request, view: View, job: Callable[[], Any]) -> None:
        worker.submit(lambda: _reply(request, view, job))


def _reply(request: Request, view: View, job: Callable[[], Any]) -> None:
    try:
        payload = job()
    except Exception as error:
        if not isinstance(error, RequestError):
            logger.info("The request %s failed", request["type"], exc_info=True)
        view.refuse(request["id"], failure(error))
    else:
        view.reply(request["id"], payload)


def _catalog() -> Any:
    from kerasviz.catalog import catalog

    return catalog()


def _apply_fix(payload: JSON) -> JSON:
    from kerasviz.analysis import apply_fix

    document, fix = payload.get("document"), payload.get("fix")
    if not isinstance(document, dict) or not isinstance(fix, dict):
        raise RequestError("bad_request", "Expected a document and a fix.")
    return {"document": apply_fix(document, fix)}


def _id(message: object) -> str:
    request_id = message.get("id") if isinstance(message, dict) else None
    return request_id if isinstance(request_id, str) else ""
