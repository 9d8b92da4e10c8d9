"""What is asked of a run: said on any thread, heard by the training thread after each batch."""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Literal

from kerasviz.protocol import JSON

logger = logging.getLogger(__name__)

Part = Literal["batch", "epoch"]
"""What a run does at a time, where it goes step by step."""


class Control:
    """Stop, pause, resume, other numbers to train with, and jobs to do between two batches.

    Its methods return at once and may be called from any thread, except those for the training thread.

    Attributes:
        stopping: Whether the run is to end.
        since: When that was asked for, by `time.perf_counter`; None before.
        pausing: Whether the run is to hold.
        asked: Whether anything was asked since the training thread looked last: it looks thousands of times
            a second.
        until: Where it holds again; None where it goes on.
        answers: What it can be asked to tell in its folder, by name; each is done between two batches.
    """

    def __init__(self) -> None:
        self.stopping = False
        self.asked = False
        self.since: float | None = None
        self.pausing = False
        self.answers: dict[str, Callable[[], None]] = {}
        self._heard = deque[str](maxlen=1000)
        self.until: Part | None = None
        self._changes: SimpleQueue[tuple[str, float]] = SimpleQueue()
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def stop(self) -> None:
        """Asks to end after the current batch; a paused run ends too."""
        self.since = self.since or time.perf_counter()
        self.stopping = True
        self.resume()

    def end(self) -> None:
        """Ends it at once where it has a process of its own; else as soon as a stop does."""
        self.stop()

    def pause(self) -> None:
        """Asks to hold after the current batch; ignored when the run is stopping."""
        self.pausing = not self.stopping
        self.asked = True

    def resume(self) -> None:
        """Lets a paused run continue."""
        self.until = None
        self.pausing = False
        self.wake()

    def go_on_until(self, part: Part) -> None:
        """Asks to go on, and to hold again at the end of the batch or epoch that comes."""
        self.resume()
        self.until = part
        self.asked = True

    def defers(self, asked: JSON) -> bool:
        """Whether what is asked is taken for later, and not done now."""
        return False

    def has_heard(self, id: object) -> bool:
        """Whether this was asked before; for the thread that hears what others write."""
        if not isinstance(id, str) or id in self._heard:
            return isinstance(id, str)
        self._heard.append(id)
        return False

    def ends(self, part: Part) -> None:
        """Takes note that a batch or an epoch has ended; for the training thread."""
        if self.until == part:
            self.until = None
            self.pause()

    def change(self, what: str, value: float) -> None:
        """Asks for another value of a number, such as the learning rate, from the next batch on."""
        self._changes.put((what, value))
        self.wake()

    def take_changes(self) -> Iterator[tuple[str, float]]:
        """Takes the changes that were asked for since the last time; for the training thread."""
        while not self._changes.empty():
            yield self._changes.get()

    def submit(self, job: Callable[[], None]) -> None:
        """Queues a job, such as saving the model, that must not run during a batch."""
        self._jobs.put(job)
        self.asked = True

    def tell(self, what: str) -> None:
        """Asks it to tell something in its folder, where it can."""
        answer = self.answers.get(what)
        if answer is not None:
            self.submit(answer)

    def wake(self) -> None:
        """Lets `wait_while` look again."""
        self.submit(_nothing)

    def do_jobs(self) -> None:
        """Does what was submitted; for the training thread."""
        while not self._jobs.empty():
            _do(self._jobs.get())

    def wait_while(self, condition: Callable[[], bool]) -> None:
        """Blocks until a condition no longer holds; jobs are done meanwhile. For the training thread."""
        while condition():
            _do(self._jobs.get())

    def wait(self, seconds: float) -> None:
        """Blocks so long, or until it is woken; does the first job that comes. For the training thread."""
        with suppress(Empty):
            _do(self._jobs.get(timeout=seconds))


def _do(job: Callable[[], None]) -> None:
    """Does a job whose failure, even a SystemExit of the user's code, must not end the training."""
    try:
        job()
    except BaseException:
        logger.exception("A job between two batches failed")


def _nothing() -> None:
    """The job that only wakes."""
