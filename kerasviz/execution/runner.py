"""Starts runs in processes of their own, by one that has Keras imported and waits for the next run."""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import psutil

from kerasviz.execution.pythonpath import python_path

PROCESS = "kerasviz.execution.runnerprocess"
IDLE = 900.0
"""Seconds without a run after which it ends: it takes as much memory as a kernel."""
PATIENCE = 120.0
"""Seconds in which Keras is imported."""


class RunProcess:
    """The process of one run, which goes on when this one ends.

    Args:
        pid: Its number.
    """

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.status: int | None = None
        """How it ended: exit status, or less than 0 for a signal; None while it lives, or nobody knows."""
        with suppress(psutil.Error):
            self._process: psutil.Process | None = psutil.Process(pid)

    @property
    def lives(self) -> bool:
        """Whether it goes on."""
        if self.status is not None:
            return False
        try:
            return self._process is not None and self._process.status() != psutil.STATUS_ZOMBIE
        except psutil.Error:
            return False


class Runner:
    """A process that starts runs.

    Args:
        environment: Variables in addition to those of this process.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._process = subprocess.Popen(
            # -P: what is in the working folder hides no package.
            [sys.executable, "-P", "-m", PROCESS],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": python_path(), **environment},
            start_new_session=True,  # an interrupt of a terminal is not for it
        )
        self._began: dict[str, queue.SimpleQueue[int | None]] = {}
        self._runs: dict[int, RunProcess] = {}
        self._lock = threading.Lock()
        self._timer: threading.Timer | None = None
        threading.Thread(target=self._listen, name="kerasviz-runner", daemon=True).start()
        self.rest()

    @property
    def lives(self) -> bool:
        """Whether it can be asked."""
        return self._process.poll() is None

    @property
    def is_idle(self) -> bool:
        """Whether it starts no run, and none of its runs goes on."""
        return not self._began and not self._runs

    def start(self, job: Path, *, is_plain: bool = True) -> RunProcess | None:
        """Starts a run, and waits until it has begun.

        Args:
            job: Folder of what `pack` has packed.
            is_plain: Whether its process needs nothing that has to be set before Keras computes.

        Returns:
            Its process; None where it could not be started.
        """
        self._rest(None)
        answer = self._began[str(job)] = queue.SimpleQueue()
        try:
            assert self._process.stdin is not None
            with self._lock:
                self._process.stdin.write(f"{json.dumps([str(job), is_plain])}\n".encode())
                self._process.stdin.flush()
            pid = answer.get(timeout=PATIENCE)
        except (OSError, queue.Empty):
            pid = None
        finally:
            del self._began[str(job)]
        return None if pid is None else self._runs[pid]

    def end(self) -> None:
        """Ends it; runs go on."""
        self._rest(None)
        self._process.kill()

    def rest(self) -> None:
        """Ends it after a while, unless a run is started before."""
        self._rest(IDLE)

    def _rest(self, seconds: float | None) -> None:
        with self._lock:
            if self._timer is not None:
                self._timer.cancel()
            self._timer = None if seconds is None else threading.Timer(seconds, self.end)
            if self._timer is not None:
                self._timer.daemon = True
                self._timer.start()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            match json.loads(line):
                case ["began", job, pid]:
                    self._runs[pid] = RunProcess(pid)
                    if job in self._began:
                        self._began[job].put(pid)
                case ["ended", pid, status]:
                    self._runs.pop(pid).status = status
                    if not self._runs:
                        self.rest()
        self._process.wait()
        for answer in list(self._began.values()):
            answer.put(None)


_runners: dict[tuple[tuple[str, str], ...], Runner] = {}
_lock = threading.Lock()


def runner(environment: Mapping[str, str]) -> Runner:
    """The process that starts runs in an environment; returns at once, also where that only starts itself."""
    key = tuple(sorted(environment.items()))
    with _lock:
        found = _runners.get(key)
        if found is None or not found.lives:
            for idle in [key for key, other in _runners.items() if other.is_idle]:
                _runners.pop(idle).end()  # each takes as much memory as a kernel
            found = _runners[key] = Runner(environment)
        return found
