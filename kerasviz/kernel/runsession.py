"""What every run needs of a kernel: to be seen from its first point to its last, and to be stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerasviz import __version__
from kerasviz.backend import installed as kerasloader
from kerasviz.kernel.assets import asset
from kerasviz.kernel.clients import View, Views
from kerasviz.protocol import (
    JSON,
    PROTOCOL_VERSION,
    Backup,
    Curves,
    Device,
    Request,
    RequestError,
    RunJSON,
    parse_request,
)
from kerasviz.training.failure import failure
from kerasviz.training.run.run import Run

Handler = Callable[[Request, View], None]

CONTROLS = ("stop", "pause", "resume")


class RunSession(Views):
    """Shows and controls the last run of something.

    Its handlers run where messages come in, while a cell may run or a model train: they take no time.
    """

    def __init__(self) -> None:
        super().__init__()
        self.run: Run | None = None
        self.devices: list[Device] = []
        self.catalog_hash = ""
        self.handlers: dict[str, Handler] = {
            "hello": self._hello,
            "history": self._history,
            "asset": lambda request, view: view.reply(
                request["id"], {"source": asset(request["payload"].get("name"))}
            ),
            **dict.fromkeys(CONTROLS, self._control),
        }

    def dispatch(self, message: object, view: View) -> None:
        """Answers a message, now or from a worker thread; returns at once and never raises.

        Args:
            message: What a page sent.
            view: Who gets the reply.
        """
        try:
            request = parse_request(message)
            handler = self.handlers.get(request["type"])
            if handler is None:
                raise RequestError("unknown_request", f"The kernel knows no request {request['type']!r:.40}.")
            handler(request, view)
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

    def publish(self, run: Run, curves: Curves | None = None) -> None:
        """Takes up points of a run and sends them, with where it stands, to all views."""
        curves = curves or Curves(batch={}, epoch={})
        with self.lock:
            run.history.extend(curves)
            self.emit("run", {"status": run.status(), "curves": curves})

    def backup(self) -> Backup | None:
        """What a kernel that died has left of the last run; None where nothing can go on from it."""
        return None

    def snapshot(self) -> RunJSON | None:
        """The last run, whole, with the number of the last event in it."""
        with self.lock:
            return None if self.run is None else RunJSON(**self.run.to_json(), seq=self.seq)

    def _hello(self, request: Request, view: View) -> None:
        versions = {
            "kerasviz": __version__,
            "keras": kerasloader.keras_version(),
            "backend": kerasloader.backend(),
        }
        with self.lock:
            self.attach(view)
            hello = {
                "version": PROTOCOL_VERSION,
                **versions,
                "catalog_hash": self.catalog_hash,
                "devices": self.devices,
                "seq": self.seq,
                "run": self.run and self.run.to_json(),
                "backup": self.backup(),
            }
            view.reply(request["id"], hello)

    def _history(self, request: Request, view: View) -> None:
        with self.lock:
            self._run_of(request["payload"])
            view.reply(request["id"], self.snapshot())

    def _control(self, request: Request, view: View) -> None:
        self._obey(request)
        view.reply(request["id"], {})

    def _obey(self, request: Request) -> None:
        run, kind = self._run_of(request["payload"]), request["type"]
        if kind not in CONTROLS:
            raise RequestError("unknown_request", f"The kernel knows no control {kind!r:.40}.")
        getattr(run.control, kind)()
        with self.lock:
            if kind == "stop" and not run.ended:
                self.publish(run)

    def _run_of(self, payload: JSON) -> Run:
        if self.run is None or self.run.id != payload.get("run"):
            raise RequestError("unknown_run", "There is no such run in this kernel any more. Train again.")
        return self.run


def _id(message: object) -> str:
    request_id: Any = message.get("id") if isinstance(message, dict) else None
    return request_id if isinstance(request_id, str) else ""
