"""Threads that do jobs in turn, so that message handlers can return at once."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from contextvars import ContextVar
from queue import SimpleQueue

logger = logging.getLogger(__name__)

Job = Callable[[], None]


class Worker:
    """One thread that does its jobs in the order they came.

    It is a daemon: a kernel that shuts down does not wait for a training that still runs.

    Args:
        name: Name of the thread.
    """

    def __init__(self, name: str) -> None:
        self._name = name
        self._jobs: SimpleQueue[Job] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()

    def submit(self, job: Job) -> None:
        """Queues a job and returns at once."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._work, name=self._name, daemon=True)
                self._thread.start()
        self._jobs.put(job)

    def _work(self) -> None:
        _leave_cells()
        while True:
            job = self._jobs.get()
            try:
                job()
            except BaseException:  # a layer of the user's may raise SystemExit
                logger.exception("A job of %s failed", self._name)
            del job  # a model must not live on because this thread waits


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


MODEL = Worker("kerasviz-model")
"""Builds, trains and saves: the only thread that holds models."""

ANALYSIS = Worker("kerasviz-analysis")
"""Checks what is drawn, without weights, while a model trains."""

ANSWERS = Worker("kerasviz-answers")
"""Writes code and catalogues, which takes seconds, while what is drawn goes on being checked."""
