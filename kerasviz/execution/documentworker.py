"""The worker of one document: whatever holds its model runs here, one thing after the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from kerasviz.backend.usernamespace import user_namespace
from kerasviz.execution.rooms import import_keras_rooms
from kerasviz.execution.worker import Job, Worker
from kerasviz.protocol import JSON
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.models.keeper import Keeper
    from kerasviz.models.variablename import Variables
    from kerasviz.models.weightorigins import Kept

T = TypeVar("T")


class DocumentWorker:
    """Trains, saves, opens and loads the model of one document, whatever other documents do.

    Args:
        folder: Where the document is; the kernel's working directory where it is None.
        name: Name of the document's file, where it has one.
        aside: The variables that a plan may name, where the model is not to be the document's: it then leaves
            neither a variable of the user's nor a backup. It is copied.

    Attributes:
        refresh: Called on the worker's thread before a job about a model that another process trains: gives
            it the numbers of now.
    """

    def __init__(
        self, folder: Path | None = None, name: str = "", *, aside: dict[str, Any] | None = None
    ) -> None:
        self._aside = None if aside is None else {**aside}
        self._run: Run | None = None
        self._folder = folder
        self._name = name
        self._worker = Worker("kerasviz-model")
        self._keeper: Keeper | None = None
        self.refresh: Callable[[], None] | None = None

    def keeper(self) -> Keeper:
        """Who keeps the model; for the worker's thread, as Keras is imported where it was not yet."""
        if self._keeper is None:
            import_keras_rooms()
            from kerasviz.models.keeper import Keeper

            self._keeper = Keeper(self._folder, self._name)
        return self._keeper

    def keep(self, keeper: Keeper) -> None:
        """Takes a keeper with a model, before anything was trained."""
        self._keeper = keeper

    @property
    def is_aside(self) -> bool:
        """Whether the model is none that the user would look for."""
        return self._aside is not None

    def namespace(self) -> dict[str, Any]:
        """The variables that a plan may name, among which the trained model will be."""
        return user_namespace() if self._aside is None else self._aside

    def move(self, name: str, folder: Path | None = None) -> None:
        """Takes the new name of the document's file, and its folder where that is another. For any thread."""
        self._name = name
        self._folder = folder or self._folder
        if self._keeper is not None:
            self._keeper.name = name
            self._keeper.place = self._folder

    def kept(self, document: JSON) -> Any:
        """The trained model of a document; None where there is none of its architecture. For any thread."""
        return None if self._keeper is None else self._keeper.kept(document)

    def has(self, model: Any) -> bool:
        """Whether a model is that of the document, or what a node of it stands for. For any thread."""
        kept = None if self._keeper is None else self._keeper.model
        return kept is not None and (kept is model or any(layer is model for layer in kept.layers))

    @property
    def known(self) -> Kept | None:
        """What is known of the model that is kept; None where there is none. For any thread."""
        return None if self._keeper is None else self._keeper.known

    @property
    def variables(self) -> Variables | None:
        """Those that the model may be given to; None before there was a model. For any thread."""
        return None if self._keeper is None else self._keeper.variables

    @property
    def folder(self) -> Path:
        """Where the document is."""
        return (self._folder or Path.cwd()).resolve()

    def execute(self, run: Run, job: Job) -> None:
        """Queues a job that trains the model, behind all that came before.

        Args:
            run: What is trained; its `control` is asked to do jobs between two batches.
            job: What trains and then ends the run.
        """
        self._run = run
        self._worker.submit(job)

    def submit(self, job: Job) -> None:
        """Queues a job about the model, between two batches where it is being trained."""
        run = self._run
        if run is None or run.ended:
            self._worker.submit(lambda: self._do(job))
        else:  # between two batches, or after the run, whichever comes first
            run.control.submit(job)
            self._worker.submit(run.control.do_jobs)

    def queue(self, job: Job) -> None:
        """Queues a job that is part of a run of another process: what that trains is left as it is."""
        self._worker.submit(job)

    def _do(self, job: Job) -> None:
        if self.refresh is not None:
            self.refresh()
        job()

    def call(self, job: Callable[[], T]) -> T:
        """Does a job like `submit`, and waits for what it returns or raises."""
        future: Future[T] = Future()
        self.submit(lambda: _fulfil(future, job))
        return future.result()


def _fulfil(future: Future[T], job: Callable[[], T]) -> None:
    try:
        future.set_result(job())
    except BaseException as error:  # also a SystemExit of the user's code: somebody waits
        future.set_exception(error)
