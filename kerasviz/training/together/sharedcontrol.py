"""What is asked of a run on several workers: the first one hears it, and all do it after the same batch."""

from __future__ import annotations

import time
from collections.abc import Callable
from queue import Empty, SimpleQueue
from typing import Any

from kerasviz.protocol import JSON
from kerasviz.training.run.asking import ask
from kerasviz.training.run.control import Control
from kerasviz.training.together.workers import Workers

BEAT = 5.0
"""Seconds after which workers that hold agree to go on holding: nobody waits for an answer for long."""
BY_THE_FIRST = frozenset({"tell"})
"""What the first worker does by itself: the others are as before."""


class SharedControl(Control):
    """Keeps what is asked until all workers hear it.

    Args:
        workers: All of them.
    """

    def __init__(self, workers: Workers) -> None:
        super().__init__()
        self._workers = workers
        self._pending: SimpleQueue[JSON] = SimpleQueue()
        self._applies = False

    def defers(self, asked: JSON) -> bool:
        """Takes what is asked, if all workers have to do it."""
        if self._applies or asked.get("action") in BY_THE_FIRST:
            return False
        self._pending.put(asked)
        self.wake()
        return True

    def agree(self, also: Any = None) -> Any:
        """Hears what was asked, as all workers do at the same time; for the training thread.

        Args:
            also: What else the first worker tells the others.

        Returns:
            What the first worker has told.
        """
        said = self._workers.agree({"asked": [*self._taken()], "also": also})
        self._applies = True
        try:
            for asked in said["asked"]:
                ask(self, asked)
        finally:
            self._applies = False
        return said["also"]

    def wait_while(self, condition: Callable[[], bool]) -> None:
        """Blocks until a condition no longer holds; the first worker does jobs meanwhile."""
        while condition():
            deadline = time.monotonic() + BEAT
            while self._workers.is_first and self._pending.empty() and time.monotonic() < deadline:
                self.wait(BEAT)
            self.agree()

    def _taken(self) -> list[JSON]:
        taken = []
        try:
            while True:
                taken.append(self._pending.get_nowait())
        except Empty:
            return taken
