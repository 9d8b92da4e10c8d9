"""How long a run has trained, and how long it will."""

from __future__ import annotations

import time


class Timing:
    """The clock of a run that this process trains; all in seconds, without pauses.

    Args:
        before: How long the run had trained in an earlier process.
    """

    def __init__(self, before: float = 0.0) -> None:
        self._before = before
        self._compiled: tuple[int, float] | None = None
        self._started: float | None = None
        self._ended: float | None = None
        self._paused = 0.0

    def begin(self) -> None:
        """The first batch is about to be computed."""
        self._started = time.perf_counter()

    def reach(self, step: int) -> None:
        """A batch is done. The first one compiles the model, and says nothing of the time for the others."""
        if self._compiled is None:
            self._compiled = step, self.elapsed()

    def paused(self, seconds: float) -> None:
        """Leaves a pause out."""
        self._paused += seconds

    def end(self) -> None:
        """Stops the clock."""
        self._ended = time.perf_counter()

    def elapsed(self) -> float:
        """How long it has trained."""
        if self._started is None:
            return self._before
        now = self._ended or time.perf_counter()
        return round(self._before + now - self._started - self._paused, 3)

    def remaining(self, step: int, steps: int | None) -> float | None:
        """How long it will train.

        Args:
            step: Batches that are done.
            steps: Those of all epochs; None where nobody knows.

        Returns:
            None where nobody can tell yet.
        """
        if self._compiled is None or self._compiled[0] == step or steps is None:
            return None
        first, since = self._compiled
        return round((self.elapsed() - since) * max(steps - step, 0) / (step - first), 3)


class ToldTiming(Timing):
    """The clock of a run that another process trains, as far as that tells of it."""

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__()
        self._told = seconds
        self._left: float | None = None
        self._since: float | None = None

    def tell(self, seconds: float, *, left: float | None = None, goes_on: bool = True) -> None:
        """Takes what the other process says.

        Args:
            seconds: How long it has trained.
            left: How long it will; None where it did not say.
            goes_on: Whether it trains.
        """
        if seconds >= self._told or not goes_on:
            self._told, self._since = seconds, time.perf_counter() if goes_on else None
        self._left = self._left if left is None else left

    def begin(self) -> None:
        """The other process has the clock."""

    def end(self) -> None:
        """Stops the clock."""
        self._told, self._since = self.elapsed(), None

    def elapsed(self) -> float:
        """How long it has trained."""
        since = 0.0 if self._since is None else time.perf_counter() - self._since
        return round(self._told + since, 3)

    def remaining(self, step: int, steps: int | None) -> float | None:
        """How long it will train, as it said last."""
        return self._left
