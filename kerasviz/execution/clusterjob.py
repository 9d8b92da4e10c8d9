"""A job of a cluster, seen from the kernel: whether it goes on, and its end."""

from __future__ import annotations

import logging
import subprocess
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import psutil

from kerasviz.execution.unexpectedend import unexpected_end
from kerasviz.protocol import JSON
from kerasviz.training.run.control import Control
from kerasviz.training.run.folder import ENDED, SCHEDULED, STATE, RunFolder
from kerasviz.training.run.pulse import is_alive, is_here

if TYPE_CHECKING:
    import submitit

logger = logging.getLogger(__name__)

FOLDER, JOB = "cluster", "job"
"""In the folder of a run: what a cluster is given and prints; in that, what `pack` wrote until it ends."""
LOOK = 1.0
"""Seconds between two looks at the folder for whether the run is written."""
ASK = 10.0
"""Seconds between two questions to SLURM, which serves many."""
OVER = ("BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "TIMEOUT")
"""States of SLURM after which nothing will come, unless the job is in the queue again."""


def name_of(run: str) -> str:
    """Name of the job of a run."""
    return f"kerasviz-{run}"


def is_ours(folder: RunFolder) -> bool:
    """Whether the job that a folder names goes on, and is that of its run: anybody may write a folder."""
    said, run = folder.read(SCHEDULED), folder.read(STATE).get("run")
    if said.get("process") is not None:
        return is_here(said["process"])
    job = said.get("job")
    if not isinstance(job, str) or not job.isdecimal() or not run:
        return False
    command = ["squeue", "--noheader", "--jobs", job, "--format=%j"]
    try:
        names = subprocess.run(command, capture_output=True, text=True, timeout=ASK, check=False).stdout
    except (OSError, subprocess.TimeoutExpired):
        return False
    return names.strip() == name_of(str(run))


class ClusterJob:
    """The job of a run. Who trains touches `state.json`; SLURM is asked only where nobody does.

    Args:
        folder: Of the run.
        control: What is asked of the run: a stop cancels a job that waits, as nobody hears it.
    """

    def __init__(self, folder: RunFolder, control: Control) -> None:
        self._folder = folder
        self._logs = folder.path / FOLDER
        self._control = control
        self._said = folder.read(SCHEDULED)
        self._lives = True
        self._is_cancelled = False
        self._due = 0.0
        self._asked = 0.0
        self._state = ""

    def lives(self) -> bool:
        """Whether it trains, or will; may be asked often."""
        if self._is_cancelled:
            return False
        if self._control.stopping and self._folder.is_queued:
            self.cancel()
            return False
        now = time.monotonic()
        if now >= self._due:
            self._due = now + LOOK
            if self._folder.read(STATE).get("state") in ENDED:
                self._lives = (self._logs / JOB).exists()
            else:
                self._lives = self._is_written() or self._goes_on(now)
        return self._lives

    def cancel(self) -> None:
        """Takes it from the queue, or ends it at once."""
        self._is_cancelled = True
        try:
            if self._is_local:
                self._kill()
            else:
                self._job().cancel(check=False)
        except (OSError, ImportError):
            logger.warning("A job can't be cancelled", exc_info=True)

    def end_without_word(self) -> JSON:
        """What the state is where it ended and did not say so."""
        self._folder.leave_queue()
        if self._is_cancelled:
            return {"state": "stopped", "error": None}
        log = self._logs / str(self._said.get("log"))
        return {"state": "lost", "error": unexpected_end(self._folder, None, log)}

    @property
    def _is_local(self) -> bool:
        """Whether it is a process of this machine."""
        return self._said.get("process") is not None

    def _job(self) -> submitit.SlurmJob[None]:
        import submitit

        return submitit.SlurmJob(self._logs, str(self._said.get("job")))

    def _is_written(self) -> bool:
        """Whether somebody trains now."""
        if self._folder.is_queued:
            return False
        return is_alive(self._folder.read(STATE).get("process"), self._folder.path / STATE)

    def _goes_on(self, now: float) -> bool:
        if self._is_local:
            return is_here(self._said.get("process"))
        if now - self._asked >= ASK:
            self._asked = now
            with suppress(ImportError):
                job = self._job()
                self._state = job.watcher.get_state(job.job_id, mode="force").upper()
        if not self._state or self._state == "UNKNOWN":  # SLURM keeps no accounts, or not yet
            return self._folder.is_queued
        return not self._state.startswith(OVER)

    def _kill(self) -> None:
        process = self._said.get("process")
        if process is None or not is_here(process):
            return
        with suppress(psutil.Error):
            controller = psutil.Process(process["pid"])
            tasks = controller.children(recursive=True)
            controller.kill()  # first: it would start them again
            for task in tasks:
                with suppress(psutil.Error):
                    task.kill()
