"""A place to train: a process of its own, which goes on when the kernel ends, and gives its memory back."""

from __future__ import annotations

import logging
import shutil
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import psutil

import kerasviz.places as places
from kerasviz.backend import installed, memorycap
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.following import Following
from kerasviz.execution.returning import Returning
from kerasviz.execution.runner import RunProcess, runner
from kerasviz.execution.thread import DISK, Thread
from kerasviz.execution.unexpectedend import unexpected_end
from kerasviz.execution.worker import Worker
from kerasviz.models.variablename import UNNAMED
from kerasviz.protocol import JSON, Curves, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.failure import failure
from kerasviz.training.plan import Plan
from kerasviz.training.run.folder import PLAN, RUNS, STATE, RunFolder
from kerasviz.training.run.keptrun import run_and_bytes
from kerasviz.training.run.pulse import is_alive, is_here
from kerasviz.training.run.recording import Recording
from kerasviz.training.run.remotecontrol import RemoteControl
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from kerasviz.training.fit import Probe

logger = logging.getLogger(__name__)

Publish = Callable[[Curves | None], None]
Follow = Callable[[DocumentWorker, Publish, Callable[[], None]], None]

ASKED = Worker("kerasviz-asked")
"""Writes what is asked of runs of other processes, in the order in which it was."""


class Process:
    """Trains in a process of its own.

    Args:
        place: What the plan says of it.
    """

    def __init__(self, place: places.Process) -> None:
        self._place = place

    def warm(self) -> None:
        """Gets ready: a process imports Keras."""
        runner(self._environment())

    def start(
        self,
        plan: Plan,
        run: Run,
        worker: DocumentWorker,
        publish: Publish,
        probe: Probe | None = None,
    ) -> None:
        """Begins a run and returns at once; see `Place`. One without a folder, or a probe, is a thread's."""
        if probe is not None or run.folder is None or run.recording is None:
            here = places.Thread(self._place.exclusive, self._place.devices)
            Thread(here).start(plan, run, worker, publish, probe)
            return
        run.place, run.backend = plan.place["class_name"], self._environment()["KERAS_BACKEND"]
        recording, run.recording = run.recording, None
        recording.leave()
        run.control = RemoteControl(run.folder, ASKED.submit, run.control)
        worker.queue(lambda: self._hand_over(plan, run, worker, publish, recording))

    def _environment(self) -> dict[str, str]:
        share = self._place.memory
        return {
            "KERAS_BACKEND": self._place.backend or installed.backend(),
            **({} if share is None else memorycap.environment(share)),
        }

    def _hand_over(
        self,
        plan: Plan,
        run: Run,
        worker: DocumentWorker,
        publish: Publish,
        recording: Recording,
    ) -> None:
        try:
            keeper = worker.keeper()
            from kerasviz.execution.handover import pack  # late: Keras is imported with it

            installed.check_backend(self._environment()["KERAS_BACKEND"])
            job = pack(plan, run, keeper, worker.namespace(), aside=worker.is_aside)
            DISK.wait()  # what this process writes into the folder is written
            keeper.trains_elsewhere = not worker.is_aside
            process = _started(job, self._environment())
        except BaseException as raised:  # also of code of the user's, which says how an object is copied
            logger.info("A run was not handed over", exc_info=True)
            run.recording = recording
            run.end("failed", failure(raised))
            publish(None)
            return
        follow(run, worker, publish, recording.tell, process)


def follow(
    run: Run,
    worker: DocumentWorker,
    publish: Publish,
    tell: Callable[[], None],
    process: RunProcess | None = None,
    read: int = 0,
) -> None:
    """Follows a run that another process trains, and takes what comes back; returns at once.

    Args:
        run: It has a folder, and `RemoteControl`.
        worker: Of its document.
        publish: Called with new points, and when it has ended.
        tell: Called when the list of runs is another one.
        process: That which trains; None where another kernel has started it.
        read: Bytes of the events that the run has already.
    """
    assert run.folder is not None
    folder, returning = run.folder, Returning(run, worker, publish, tell)
    known = folder.read(STATE).get("process")

    def lives() -> bool:
        if process is None:
            return is_alive(known, folder.path / STATE)
        return process.lives

    def end_without_word() -> JSON:
        return {"state": "lost", "error": unexpected_end(folder, None if process is None else process.status)}

    def kill() -> None:
        pid = process.pid if process is not None else known["pid"] if known and is_here(known) else None
        if pid is not None:
            with suppress(psutil.Error):
                psutil.Process(pid).kill()

    if isinstance(run.control, RemoteControl):
        run.control.kill = kill
    returning.begin()
    Following(
        run,
        lives=lives,
        place=lambda: worker.folder / RUNS,
        lost=end_without_word,
        publish=publish,
        ended=returning.end,
    ).start(read)


def comes_back(folder: RunFolder) -> bool:
    """Whether a process of this machine trains a run for the kernel of its document.

    A folder that only says so, such as one of a stranger, tells no process that lives.
    """
    state = folder.read(STATE)
    return isinstance(state.get("model"), str) and is_here(state.get("process"))


def found_again(folder: RunFolder) -> tuple[Run, Follow]:
    """A run that a process trains which another kernel has started.

    Args:
        folder: Of the run, which has not ended.

    Returns:
        The run, with what is known of it now, and what follows it from now on.
    """
    run, read = run_and_bytes(folder)
    run.kept = False
    run.model_name = str(folder.read(PLAN).get("model_name") or UNNAMED)
    state = folder.read(STATE)
    run.place, run.backend = str(state.get("place")), str(state.get("backend"))
    run.control = RemoteControl(folder, ASKED.submit)
    return run, lambda worker, publish, tell: follow(run, worker, publish, tell, read=read)


def _started(job: Path, environment: dict[str, str]) -> RunProcess:
    """Starts a run; a runner that is just ending is replaced."""
    for _ in range(2):
        process = runner(environment).start(job)
        if process is not None:
            return process
    shutil.rmtree(job, ignore_errors=True)
    raise RequestError("process", text("No process could be started to train in. Restart the kernel."))
