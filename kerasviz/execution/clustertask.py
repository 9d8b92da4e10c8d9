"""What a job of a cluster does: it executes a run, and is able to go on with it in another process."""

from __future__ import annotations

import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING

from kerasviz.protocol.text import text
from kerasviz.training.run.folder import RunFolder
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    from submitit.helpers import DelayedSubmission


class Task:
    """The function of a job, which submitit pickles.

    A signal tells the job that its time is nearly over, or that others go first; submitit hears it on the
    main thread and asks for a `checkpoint`. So a run trains on another thread, where nothing interrupts it.

    Args:
        job: Folder of what `pack` wrote.
        run: Folder of the run.
    """

    def __init__(self, job: str, run: str) -> None:
        self._job = job
        self._run = run

    def __call__(self) -> None:
        """Executes the run, or goes on with it."""
        runs: list[Run] = []
        thread = threading.Thread(target=self._execute, args=[runs], name="kerasviz-job", daemon=True)
        thread.start()
        try:
            thread.join()
        except SystemExit as ended:  # the job is in the queue again
            os._exit(ended.code & 0xFF if isinstance(ended.code, int) else 1)
        except Exception:  # it may not return to the queue
            for run in runs:
                run.note(text("The job may not return to the queue any more, so the run was stopped."))
                run.control.stop()
            thread.join()

    def checkpoint(self) -> DelayedSubmission:
        """Called before the job returns to the queue; the last backup is on the disk then."""
        from submitit.helpers import DelayedSubmission

        from kerasviz.execution.thread import DISK

        DISK.submit(RunFolder(Path(self._run)).wait_in_queue)
        DISK.wait()
        return DelayedSubmission(Task(self._job, self._run))

    def _execute(self, runs: list[Run]) -> None:
        from kerasviz.execution.jobrun import execute
        from kerasviz.execution.rooms import import_rooms_of_keras
        from kerasviz.execution.runnerprocess import print_to
        from kerasviz.execution.thread import DISK

        import_rooms_of_keras()

        def began(run: Run) -> None:
            runs.append(run)
            DISK.submit(RunFolder(Path(self._run)).leave_queue)

        execute(Path(self._job), print_to, again=True, began=began)
