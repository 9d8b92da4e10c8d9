"""What is asked of a run: said on any thread, heard by the training thread after each batch."""

from __future__ import annotations

from collections.abc import Callable
from queue import SimpleQueue


class Control:
    """Stop, pause, resume, a new learning rate, and jobs to do between two batches.

    Its methods return at once and may be called from any thread, except `hold` and `do_jobs`, which are for
    the training thread.
    """

    def __init__(self) -> None:
        self.stopping = False
        self.pausing = False
        self.learning_rate: float | None = None
        """The one that was asked for last; the training thread takes it after a batch."""
        self._jobs: SimpleQueue[Callable[[], None]] = SimpleQueue()

    def stop(self) -> None:
        """Asks to end after the current batch; a paused run ends too."""
        self.stopping = True
        self.resume()

    def pause(self) -> None:
        """Asks to hold after the current batch; ignored when the run is stopping."""
        self.pausing = not self.stopping

    def resume(self) -> None:
        """Lets a paused run go on."""
        self.pausing = False
        self._jobs.put(_wake_up)

    def set_learning_rate(self, value: float) -> None:
        """Asks to train with another learning rate from the next batch on."""
        self.learning_rate = value

    def submit(self, job: Callable[[], None]) -> None:
        """Queues a job, such as saving the model, that must not run during a batch."""
        self._jobs.put(job)

    def do_jobs(self) -> None:
        """Does what was submitted."""
        while not self._jobs.empty():
            self._jobs.get()()

    def hold(self) -> None:
        """Blocks while paused; jobs are done meanwhile."""
        while self.pausing:
            self._jobs.get()()


def _wake_up() -> None:
    """A job that only lets `hold` look again."""
