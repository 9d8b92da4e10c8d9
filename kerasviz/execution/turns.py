"""Whose turn it is: runs that share a device one after the other."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from kerasviz.training.run.run import Run


class Turns:
    """Lets one run go at a time, in the order they came."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._runs: deque[Run] = deque()

    @contextmanager
    def turn(self, run: Run, on_wait: Callable[[], None]) -> Iterator[None]:
        """Waits for the turn of a run, and gives it to the next one at the end.

        Meanwhile jobs about its model are done, and a stop ends the wait.

        Args:
            run: Who asks; its state is `waiting` until its turn has come.
            on_wait: Called once when the run has to wait.
        """
        with self._lock:
            self._runs.append(run)
        try:
            if not self._is_turn(run):
                run.phase = "waiting"
                on_wait()
                run.control.wait_while(lambda: not (self._is_turn(run) or run.control.stopping))
                run.phase = "building"
            yield
        finally:
            with self._lock:
                self._runs.remove(run)
                following = self._runs[0] if self._runs else None
            if following is not None:
                following.control.wake()

    def _is_turn(self, run: Run) -> bool:
        with self._lock:
            return self._runs[0] is run


DEVICE = Turns()
"""The device of this kernel. What cells and other kernels do on it is not known here."""
