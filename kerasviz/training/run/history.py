"""The curves of a run, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable

from kerasviz.protocol import Clock, Curves, Series

LIMIT = 5000
"""Points kept in one series."""


class BoundedSeries:
    """A series that keeps every `stride`-th point, the first and the last.

    It is exact up to `limit` points; beyond, the stride doubles whenever the limit is reached.

    Args:
        limit: Most points kept.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self.x: list[int] = []
        self.y: list[float | None] = []
        self._limit = limit
        self._stride = 1
        self._count = 0

    def extend(self, points: Iterable[tuple[int, float | None]]) -> None:
        """Appends points in the order of their `x`."""
        for x, y in points:
            if not self._tail_is_kept():
                self.x.pop()
                self.y.pop()
            self.x.append(x)
            self.y.append(y)
            self._count += 1
            if len(self.x) > self._limit:
                self._thin()

    def to_json(self) -> Series:
        """A copy for a message."""
        return Series(x=self.x.copy(), y=self.y.copy())

    def _tail_is_kept(self) -> bool:
        return self._count == 0 or (self._count - 1) % self._stride == 0

    def _thin(self) -> None:
        last = self.x[-1], self.y[-1]
        kept = len(self.x) if self._tail_is_kept() else len(self.x) - 1
        self._stride *= 2
        self.x, self.y = self.x[:kept:2], self.y[:kept:2]
        if not self._tail_is_kept():
            self.x.append(last[0])
            self.y.append(last[1])


class History:
    """All curves of a run, by kind (`batch`, `epoch`) and metric, and when their points were reached."""

    def __init__(self) -> None:
        self._batch: dict[str, BoundedSeries] = {}
        self._epoch: dict[str, BoundedSeries] = {}
        self._clock = {kind: BoundedSeries() for kind in ("batch", "epoch", "ends")}

    def extend(self, curves: Curves) -> None:
        """Appends the points of a message."""
        for known, new in ((self._batch, curves["batch"]), (self._epoch, curves["epoch"])):
            for metric, series in new.items():
                known.setdefault(metric, BoundedSeries()).extend(zip(series["x"], series["y"], strict=True))

    def time(self, clock: Clock) -> None:
        """Appends the times of points."""
        for known, new in (("batch", clock["batch"]), ("epoch", clock["epoch"]), ("ends", clock["ends"])):
            self._clock[known].extend(zip(new["x"], new["y"], strict=True))

    def clock(self) -> Clock:
        """A copy for a message."""
        batch, epoch, ends = (series.to_json() for series in self._clock.values())
        return Clock(batch=batch, epoch=epoch, ends=ends)

    def to_json(self) -> Curves:
        """A copy for a message."""
        return Curves(
            batch={metric: series.to_json() for metric, series in self._batch.items()},
            epoch={metric: series.to_json() for metric, series in self._epoch.items()},
        )
