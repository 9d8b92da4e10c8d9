"""What places outside the kernel have in common: a run is handed over, and followed by its folder."""

from __future__ import annotations

import logging
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable
from typing import TYPE_CHECKING

import kerasviz.places as places
from kerasviz.backend import installed
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.following import Following
from kerasviz.execution.returning import Returning
from kerasviz.execution.thread import DISK, Thread
from kerasviz.execution.worker import Worker
from kerasviz.protocol import JSON, Curves
from kerasviz.training.failure import failure
from kerasviz.training.plan import Plan
from kerasviz.training.run.folder import RUNS
from kerasviz.training.run.recording import Recording
from kerasviz.training.run.remotecontrol import RemoteControl
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from pathlib import Path

    from kerasviz.models.keeper import Keeper
    from kerasviz.training.fit import Probe

logger = logging.getLogger(__name__)

Publish = Callable[[Curves | None], None]
Follow = Callable[[DocumentWorker, Publish, Callable[[], None]], None]

ASKED = Worker("kerasviz-asked")
"""Writes what is asked of runs of other processes, in the order in which it was."""


class Elsewhere(ABC):
    """Trains in another process, which writes the folder of the run.

    Args:
        here: Where a run trains that has no folder, or is a probe.
    """

    def __init__(self, here: places.Thread) -> None:
        self._here = here

    def start(
        self,
        plan: Plan,
        run: Run,
        worker: DocumentWorker,
        publish: Publish,
        probe: Probe | None = None,
    ) -> None:
        """Begins a run and returns at once; see `Place`."""
        if probe is not None or run.folder is None or run.recording is None:
            Thread(self._here).start(plan, run, worker, publish, probe)
            return
        run.place, run.backend = plan.place["class_name"], self.environment()["KERAS_BACKEND"]
        recording, run.recording = run.recording, None
        recording.leave()
        run.control = RemoteControl(run.folder, ASKED.submit, run.control)
        worker.queue(lambda: self._hand_over(plan, run, worker, publish, recording))

    @abstractmethod
    def environment(self) -> dict[str, str]:
        """Variables that the other process has in addition to those of this one; `KERAS_BACKEND` at least."""

    @abstractmethod
    def begin(self, job: Path, run: Run) -> Follow:
        """Has a run executed.

        Args:
            job: What `pack` has packed; the caller removes it where this raises.
            run: Its folder is the other process' from now on.

        Returns:
            What follows it.

        Raises:
            RequestError: With a sentence, where it can't be.
        """

    def place_for(self, run: Run) -> Path | None:
        """The folder to pack the run into; None where that is one of this machine."""
        return None

    def _begun(self, job: Path, run: Run) -> Follow:
        """Begins; where that can't be, what was packed is removed."""
        assert run.folder is not None
        try:
            return self.begin(job, run)
        except BaseException:
            shutil.rmtree(job, ignore_errors=True)
            run.folder.leave_queue()
            raise

    def _hand_over(
        self,
        plan: Plan,
        run: Run,
        worker: DocumentWorker,
        publish: Publish,
        recording: Recording,
    ) -> None:
        try:
            keeper: Keeper = worker.keeper()
            from kerasviz.execution.handover import pack  # late: Keras is imported with it
            from kerasviz.training.checkedsetup import check_setup

            check_setup(plan)  # what Keras was asked while the model was drawn is known here
            installed.check_backend(self.environment()["KERAS_BACKEND"])
            job = pack(plan, run, keeper, worker.namespace(), aside=worker.is_aside, into=self.place_for(run))
            DISK.wait()  # what this process writes into the folder is written
            keeper.trains_elsewhere = not worker.is_aside
            follow = self._begun(job, run)
        except BaseException as raised:  # also of code of the user's, which says how an object is copied
            logger.info("A run was not handed over", exc_info=True)
            worker.keeper().trains_elsewhere = False
            run.recording = recording
            run.end("failed", failure(raised))
            publish(None)
            return
        follow(worker, publish, recording.tell)


def follow_folder(
    run: Run,
    worker: DocumentWorker,
    publish: Publish,
    tell: Callable[[], None],
    *,
    lives: Callable[[], bool],
    lost: Callable[[], JSON],
    kill: Callable[[], None],
    read: int = 0,
) -> None:
    """Follows a run that another process trains, and takes what comes back; returns at once.

    Args:
        run: It has a folder, and `RemoteControl`.
        worker: Of its document.
        publish: Called with new points, and when it has ended.
        tell: Called when the list of runs is another one.
        lives: Whether the process goes on; asked ten times a second.
        lost: What the state is where it ended without a word.
        kill: Ends it at once.
        read: Bytes of the events that the run has already.
    """
    returning = Returning(run, worker, publish, tell)
    if isinstance(run.control, RemoteControl):
        run.control.kill = kill
    returning.begin()
    Following(
        run,
        lives=lives,
        place=lambda: worker.folder / RUNS,
        lost=lost,
        publish=publish,
        ended=returning.end,
    ).start(read)
