"""A place to train: a process of its own, which goes on when the kernel ends, and gives its memory back."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import psutil

import kerasviz.places as places
from kerasviz.backend import installed, memorycap
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.elsewhere import Elsewhere, Follow, Publish, follow_folder
from kerasviz.execution.runner import RunProcess, runner
from kerasviz.execution.unexpectedend import unexpected_end
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.run.folder import STATE
from kerasviz.training.run.pulse import is_alive, is_here
from kerasviz.training.run.run import Run


class Process(Elsewhere):
    """Trains in a process of its own.

    Args:
        place: What the plan says of it.
    """

    def __init__(self, place: places.Process) -> None:
        super().__init__(places.Thread(place.exclusive, place.devices))
        self._place = place

    def warm(self) -> None:
        """Gets ready: a process imports Keras."""
        runner(self.environment())

    def environment(self) -> dict[str, str]:
        """Variables that the process has in addition to those of this one."""
        share = self._place.memory
        return {
            "KERAS_BACKEND": self._place.backend or installed.backend(),
            **({} if share is None else memorycap.environment(share)),
        }

    def begin(self, job: Path, run: Run) -> Follow:
        """Starts the process; a runner that is just ending is replaced."""
        is_plain = self._place.memory is None and not self._place.devices
        for _ in range(2):
            process = runner(self.environment()).start(job, is_plain=is_plain)
            if process is not None:
                return lambda worker, publish, tell: follow(run, worker, publish, tell, process)
        raise RequestError("process", text("No process could be started to train in. Restart the kernel."))


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
    folder = run.folder
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

    follow_folder(run, worker, publish, tell, lives=lives, lost=end_without_word, kill=kill, read=read)
