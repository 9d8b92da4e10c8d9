"""A session: what the kernel keeps for one document. It knows messages, and no transport."""

from __future__ import annotations

import logging
import tempfile
import threading
import weakref
from collections.abc import Callable
from concurrent.futures import Future
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.foundagain import comes_back, found_again
from kerasviz.execution.thread import DISK
from kerasviz.execution.trials import Trials
from kerasviz.execution.worker import ANSWERS
from kerasviz.kernel.awake import AWAKE
from kerasviz.kernel.clients import Client, Clients
from kerasviz.kernel.givencode import GivenCode
from kerasviz.kernel.payload import object_of
from kerasviz.kernel.requests import REQUESTS, Request
from kerasviz.kernel.runswatch import RunsWatch
from kerasviz.kernel.threads import Thread, queue
from kerasviz.models.variablename import name_of_file
from kerasviz.protocol import (
    Backup,
    Curves,
    KerasError,
    RequestError,
    RequestMessage,
    RunSnapshot,
    parse_request,
)
from kerasviz.protocol.text import text
from kerasviz.training.backup.progress import last_backup, read_progress
from kerasviz.training.failure import failure
from kerasviz.training.run.folder import RUNS, RunFolder
from kerasviz.training.run.keptrun import kept_run
from kerasviz.training.run.listing import KeptRuns, take_along
from kerasviz.training.run.otherruns import OtherRuns
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.execution.modelexport import Exporting
    from kerasviz.execution.rangetest import RangeTest
    from kerasviz.insight.hints.hintcache import HintCache
    from kerasviz.insight.keptmoments import Moments
    from kerasviz.insight.looking import Looking
    from kerasviz.insight.results.partpredictions import Evaluated
    from kerasviz.insight.samples.samples import Samples

logger = logging.getLogger(__name__)


_sessions: weakref.WeakSet[Session] = weakref.WeakSet()
_lock = threading.Lock()


def sessions() -> list[Session]:
    """All sessions of this kernel that somebody still has."""
    with _lock:
        return list(_sessions)


class Session(Clients):
    """The clients of one document, its model and its last run.

    Args:
        folder: Where the document is: weights are read beside it, and models are saved there. The kernel's
            working directory where it is None.
        name: Name of the document's file, where it has one.
        draws: Whether a document is drawn. Without, only a run is shown, and nobody needs the catalogue.
    """

    def __init__(self, folder: Path | None = None, name: str = "", *, draws: bool = True) -> None:
        super().__init__()
        self.run: Run | None = None
        self.trials: Trials | None = None
        self.rate_test: RangeTest | None = None
        self.draws = draws
        self.exports: dict[str, Exporting] = {}  # those that go on, by the path that a page gave
        self.worker = DocumentWorker(folder, name)
        self.model_name = name_of_file(name)
        self.given_code = GivenCode()
        self.looking: Looking | None = None
        self.hint_cache: HintCache | None = None
        self.samples: tuple[tuple[str, str], Samples] | None = None
        self.went_back: tuple[RunFolder, int | None] | None = None
        self.evaluated: object = None  # the request whose predictions go on
        self.predicted: tuple[Evaluated, Samples] | None = None
        self.moments: Moments | None = None
        self.beside: Evaluated | None = None  # what it is compared with
        self._folder = folder
        self._name = name
        self._nameless: tempfile.TemporaryDirectory[str] | None = None
        self.others = OtherRuns(self.worker.folder)
        self.watch = RunsWatch(self)
        with _lock:
            _sessions.add(self)

    def dispatch(self, message: object, client: Client) -> None:
        """Answers a message, now or from the thread that the table of requests names; never raises.

        Args:
            message: What a page sent.
            client: Who gets the reply.
        """
        try:
            message = parse_request(message)
            request = REQUESTS.get(message["type"])
            if request is None:
                kind = repr(message["type"])[:40]
                raise RequestError("unknown_request", text("The kernel knows no request {type}.", type=kind))
            if request.before is not None:
                request.before(self, message["payload"], client)
        except Exception as error:
            client.refuse(_id(message), failure(error))
        else:
            self._queue(request, message, client)

    def _queue(self, request: Request, message: RequestMessage, client: Client) -> None:
        def answer() -> None:
            with request.around(message["payload"]) if request.around else nullcontext():
                reply()

        def reply() -> None:
            tell(lambda: request.handler(self, message["payload"], client))

        def tell(find: Callable[[], Any]) -> None:
            try:
                payload = find()
            except BaseException as error:  # code of the user's may raise anything, SystemExit too
                if not isinstance(error, RequestError):
                    logger.info("The request %s failed", message["type"], exc_info=True)
                client.refuse(message["id"], _advised(request, message["payload"], failure(error)))
            else:
                if isinstance(payload, Future):
                    payload.add_done_callback(lambda done: tell(done.result))
                else:
                    client.reply(message["id"], payload)

        if request.thread is Thread.MESSAGE:
            with self.lock:  # no event comes between a snapshot and the reply that carries it
                answer()
        else:
            queue(request.thread, self, answer)

    def rename(self, name: str, folder: Path | None = None) -> None:
        """Follows the document to another name or folder of its file: model and runs go along.

        Args:
            name: Of the file.
            folder: Where it is now; None where that is the same.
        """
        with self.lock:
            before, kept = self._name, KeptRuns(self.worker.folder, self._name)
            self._name = name
            self.model_name = name_of_file(name)
            self.worker.move(name, folder)
            if before and (name != before or folder is not None):
                here = self.worker.folder
                self.others = OtherRuns(here)
                DISK.submit(lambda: kept.move(here, name))
                trained = None if self.run is None or self.run.ended else self.run.folder
                if trained is not None:  # it may lie where the document was before that
                    DISK.submit(lambda: take_along(trained, here / RUNS, name))

    def emit(self, event: str, payload: Any) -> None:
        """Sends an event to all clients; while it trains here, the kernel says that it works."""
        super().emit(event, payload)
        if event in ("run", "rate_test"):
            AWAKE.follow(self)

    def publish(self, run: Run, curves: Curves | None = None) -> None:
        """Takes up points of a run and sends them, with where it stands, to all clients."""
        curves = curves or Curves(batch={}, epoch={})
        with self.lock:
            run.extend(curves)
            self.tell(run, curves)
        if run.state == "lost":
            ANSWERS.submit(self.tell_backup)

    def tell(self, run: Run, curves: Curves) -> None:
        """Sends points that a run has taken up, with where it stands, to all clients."""
        self.emit("run", {"status": run.status(), "curves": curves})

    def snapshot(self) -> RunSnapshot | None:
        """The last run, whole, with the number of the last event in it."""
        with self.lock:
            return None if self.run is None else RunSnapshot(**self.run.to_json(), seq=self.seq)

    def run_of(self, run: object) -> Run:
        """The last run, asked for by its id.

        Raises:
            RequestError: With code `unknown_run`, when it is another one.
        """
        if self.run is None or self.run.id != run:
            raise RequestError("unknown_run", text("This run is no longer in the kernel. Train again."))
        return self.run

    @property
    def file(self) -> Path | None:
        """The document's file, where it has one."""
        return self.worker.folder / self._name if self._name else None

    @property
    def kept_runs(self) -> KeptRuns:
        """The runs of this document, which are kept beside it.

        A cell that draws has no file, and a notebook may have several such cells: their runs are kept as long
        as the session, and nothing is left beside the notebook.
        """
        if self._name:
            return KeptRuns(self.worker.folder, self._name)
        if self._nameless is None:
            self._nameless = tempfile.TemporaryDirectory(prefix="kerasviz-runs-")
        return KeptRuns(Path(self._nameless.name), "model")

    def find_run(self, id: object) -> RunFolder:
        """The folder of a run, of this document or of those that it is compared with.

        Raises:
            RequestError: With code `unknown_run`.
        """
        return self.others.find(id) or self.kept_runs.find(id)

    def find_last_run(self) -> None:
        """Shows the last run of an earlier kernel, where there is none of this; it may still go on."""
        if self.run is not None or not self._name:
            return
        last = next(iter(self.kept_runs.all()), None)
        if last is None or not (last.ended or comes_back(last)):
            return
        run, follow = (kept_run(last), None) if last.ended else found_again(last)
        with self.lock:
            if self.run is not None:
                return
            self.run = run
            self.emit("run", {"status": run.status(), "curves": run.history.to_json()})
        if follow is not None:
            follow(self.worker, lambda curves: self.publish(run, curves), self.tell_runs)

    def tell_rate_test(self) -> None:
        """Says how far the range test is."""
        with self.lock:
            if self.rate_test is not None:
                self.emit("rate_test", {"test": self.rate_test.to_json()})

    def tell_runs(self) -> None:
        """Says that the list of runs is another one."""
        self.emit("runs", {"count": len(self.kept_runs.all())})

    @property
    def is_training(self) -> bool:
        """Whether the last run goes on, a sweep or a range test."""
        sweeps = self.trials is not None and not self.trials.done.is_set()
        tests = self.rate_test is not None and not self.rate_test.run.ended
        return sweeps or tests or (self.run is not None and not self.run.ended)

    @property
    def works(self) -> bool:
        """Whether something trains that ends with this kernel; a run that is paused doesn't."""
        run = self.run
        if run is None or run.ended or run.place is not None or run.phase == "paused":
            sweeps = self.trials is not None and not self.trials.done.is_set()
            return sweeps or (self.rate_test is not None and not self.rate_test.run.ended)
        return True

    def tell_backup(self) -> None:
        """Says what a run that was lost has left."""
        self.emit("backup", {"backup": self.backup()})

    def backup(self) -> Backup | None:
        """What a kernel that died has left of the last run, until a new one trains; it opens an archive."""
        run = self.run
        untouched = run is None or run.kept or run.state == "lost" or (run.state == "failed" and not run.step)
        path = last_backup(self.kept_runs) if self._name and untouched else None
        progress = None if path is None else read_progress(path)
        return None if path is None or progress is None else progress.offer(path)


def _advised(request: Request, payload: Any, error: KerasError) -> KerasError:
    """Answers with the advice that the page shows on the card, where that is about the same mistake."""
    if request.thread not in (Thread.RUN, Thread.QUESTIONS) or error["code"] in ("import", "bad_request"):
        return error
    document = payload.get("document")
    if not isinstance(document, str):
        return error
    from kerasviz.analysis.advice import advised

    return advised(object_of(document), error)


def _id(message: object) -> str:
    request_id: Any = message.get("id") if isinstance(message, dict) else None
    return request_id if isinstance(request_id, str) else ""
