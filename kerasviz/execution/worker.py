"""Threads that do jobs in turn, so that message handlers can return at once."""

from __future__ import annotations

import logging
import sys
import threading
from collections import deque
from collections.abc import Callable
from contextvars import ContextVar

from kerasviz.backend.cellsettings import CELL_SETTINGS
from kerasviz.execution.rooms import import_rooms

logger = logging.getLogger(__name__)

Job = Callable[[], None]


class Worker:
    """Does its jobs in the order they came, on one thread, which lasts as long as there are any.

    The thread is a daemon: a kernel that shuts down does not wait for a training that still runs.

    Args:
        name: Name of the thread.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: deque[Job] = deque()
        self._is_working = False
        self._lock = threading.Lock()

    def submit(self, job: Job) -> None:
        """Queues a job and returns at once."""
        CELL_SETTINGS.remember()
        with self._lock:
            self._jobs.append(job)
            if not self._is_working:
                threading.Thread(target=self._work, name=self._name, daemon=True).start()
                self._is_working = True

    def wait(self) -> None:
        """Blocks until the jobs that were queued before are done."""
        done = threading.Event()
        self.submit(done.set)
        done.wait()

    def _work(self) -> None:
        try:
            _leave_cells()
            import_rooms()
        except Exception:  # Keras is being imported meanwhile: jobs import what they need when they need it
            logger.warning("The rooms of %s could not be imported yet", self._name, exc_info=True)
        while (job := self._next()) is not None:
            try:
                CELL_SETTINGS.apply()
                job()
            except BaseException:  # a user's layer may raise SystemExit, which would end the thread
                logger.exception("A job of %s failed", self._name)

    def _next(self) -> Job | None:
        with self._lock:
            if self._jobs:
                return self._jobs.popleft()
            self._is_working = False
            return None


def _leave_cells() -> None:
    """Makes what this thread prints or sends belong to no cell (ipykernel >= 7).

    Else a warning of a training would show under whatever cell happens to run. And ipykernel 7.4 hands the
    next message of a comm to the thread of the cell that its last message belonged to: requests of a page
    would wait for that cell.
    """
    for stream in (sys.stdout, sys.stderr):
        set_parent = getattr(stream, "set_thread_parent", None)
        if set_parent is not None:
            set_parent({})
    kernel = sys.modules.get("ipykernel.kernelbase")
    if kernel is not None and kernel.Kernel.initialized():
        parent = getattr(kernel.Kernel.instance(), "_shell_parent", None)
        if isinstance(parent, ContextVar):
            parent.set({})


ANALYSIS = Worker("kerasviz-analysis")
"""Checks what is drawn, without weights, while a model trains."""

ANSWERS = Worker("kerasviz-answers")
"""Writes code and catalogues, which takes seconds, while the analysis checks what is drawn."""

DATA = Worker("kerasviz-data")
"""Looks at data, which takes seconds, while others answer what does not."""

REASONS = Worker("kerasviz-reasons")
"""Finds out why models answer what they do, which may take seconds, while others answer and train."""
