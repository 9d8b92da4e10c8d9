"""Processes that are ready to execute a run: one is kept waiting, so that a run in one begins at once."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Mapping
from pathlib import Path

from kerasviz.execution.runchild import READY

CHILD = "kerasviz.execution.runchild"
_spares: dict[tuple[tuple[str, str], ...], RunProcess] = {}
_lock = threading.Lock()


class RunProcess:
    """A process of its own session, which goes on when this one ends.

    Args:
        environment: Variables in addition to those of this process.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        here = [os.getcwd()] if "" in sys.path else []  # where modules of a notebook lie, behind all others
        self._process = subprocess.Popen(
            # -P: what is in the working folder hides no package.
            [sys.executable, "-P", "-m", CHILD],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={
                **os.environ,
                "PYTHONPATH": os.pathsep.join([*filter(None, sys.path), *here]),
                **environment,
            },
            start_new_session=True,
        )
        self._ready = threading.Event()
        threading.Thread(target=self._listen, name="kerasviz-spare", daemon=True).start()

    @property
    def pid(self) -> int:
        """Its number."""
        return self._process.pid

    @property
    def lives(self) -> bool:
        """Whether it goes on."""
        return self._process.poll() is None

    @property
    def status(self) -> int | None:
        """How it ended: its exit status, or less than 0 for the signal; None while it lives."""
        return self._process.poll()

    @property
    def is_ready(self) -> bool:
        """Whether it has imported Keras."""
        return self._ready.is_set()

    def do(self, job: Path) -> bool:
        """Gives it the folder of a job; False where it has just ended."""
        try:
            assert self._process.stdin is not None
            self._process.stdin.write(f"{job}\n".encode())
            self._process.stdin.close()
        except OSError:
            return False
        return self.lives

    def kill(self) -> None:
        """Ends it at once."""
        self._process.kill()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        if self._process.stdout.readline() == READY:
            self._ready.set()
        self._process.stdout.close()
        self._process.wait()  # else it stays in the table of processes


def warm(environment: Mapping[str, str]) -> RunProcess:
    """Has a process ready for a run in this environment; returns at once, and one that waits already."""
    key = tuple(sorted(environment.items()))
    with _lock:
        spare = _spares.get(key)
        if spare is None or not spare.lives:
            for other in [_spares.pop(each) for each in list(_spares)]:
                other.kill()  # each takes as much memory as a kernel: there is one at a time
            spare = _spares[key] = RunProcess(environment)
        return spare


def take(environment: Mapping[str, str]) -> RunProcess:
    """The process for a run; nobody else gets it."""
    key = tuple(sorted(environment.items()))
    spare = warm(environment)
    with _lock:
        if _spares.get(key) is spare:
            del _spares[key]
    return spare
