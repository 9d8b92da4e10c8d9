"""The curves of a run, in bounded memory."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby

from kerasviz.protocol import Clock, Curves, Series

LIMIT = 5000
"""Points kept in one series."""

Point = tuple[int, float | None]


class BoundedSeries:
    """A series that keeps its ends, its extremes and the ends of epochs.

    It is exact up to `limit` points. Beyond, it is cut into intervals of `x` of one width, which doubles
    whenever the limit is reached. Of each interval the lowest and the highest point are kept, the first that
    is not finite, and ends of epochs as long as these are farther apart than the intervals.

    Args:
        limit: Most points kept.
    """

    def __init__(self, limit: int = LIMIT) -> None:
        self._kept: list[Point] = []
        self._open: list[Point] = []
        self._limit = limit
        self._width = 1
        self._end = 0

    def extend(self, points: Iterable[Point], epoch: int | None = None) -> list[Point]:
        """Appends points in the order of their `x`.

        Args:
            points: The points.
            epoch: Steps in an epoch, where `x` counts steps: its multiples are ends.

        Returns:
            The points of the intervals that are complete now. Who writes them has a bounded series, too.
        """
        if self._width == 1:  # nothing is left out yet
            settled = list(points)
            self._keep(settled, epoch)
            return settled
        settled = []
        for point in points:
            if point[0] >= self._end:
                complete, self._open = self._essential(self._open, epoch), []
                self._keep(complete, epoch)
                settled += complete
                self._end = (point[0] // self._width + 1) * self._width
            self._open.append(point)
        return settled

    def finish(self, epoch: int | None = None) -> list[Point]:
        """Completes the last interval, and returns its points, of which the last one is the end."""
        last = self._open[-1:]
        points, self._open = [*self._essential(self._open[:-1], epoch), *last], []
        self._keep(points, epoch)
        return points

    def to_json(self) -> Series:
        """A copy for a message."""
        last = self._open[-1:]
        return series([*self._kept, *self._essential(self._open[:-1], None), *last])

    def _keep(self, points: list[Point], epoch: int | None) -> None:
        self._kept += points
        while len(self._kept) > self._limit:
            self._width *= 4 if self._width == 1 else 2  # of two points both are kept
            first, *others, last = self._kept
            intervals = groupby(others, lambda point: point[0] // self._width)
            self._kept = [first]
            for _, interval in intervals:
                self._kept += self._essential(list(interval), epoch)
            self._kept.append(last)

    def _essential(self, points: list[Point], epoch: int | None) -> list[Point]:
        if len(points) <= 2:
            return points
        values = [value for _, value in points]
        finite = [value for value in values if value is not None]
        chosen = {values.index(min(finite)), values.index(max(finite))} if finite else set()
        if len(finite) < len(values):
            chosen.add(values.index(None))
        if epoch is not None and epoch > self._width and points[-1][0] // epoch > (points[0][0] - 1) // epoch:
            chosen |= {at for at, (x, _) in enumerate(points) if x % epoch == 0}
        return [points[at] for at in sorted(chosen)]


class History:
    """All curves of a run, by kind (`batch`, `epoch`) and metric, and when their points were reached."""

    def __init__(self) -> None:
        self._curves: dict[str, dict[str, BoundedSeries]] = {"batch": {}, "epoch": {}, "clock": {}}

    def extend(self, curves: Curves, epoch: int | None = None) -> Curves:
        """Appends the points of a message.

        Args:
            curves: The points.
            epoch: Steps in an epoch, where that is known.

        Returns:
            Points, of this message and earlier ones, of which it is known now that they are kept.
        """
        return Curves(
            batch=self._extend("batch", curves["batch"], epoch), epoch=self._extend("epoch", curves["epoch"])
        )

    def time(self, clock: Clock) -> Clock:
        """Appends the times of points, and returns those of which it is known now that they are kept."""
        parts = {"batch": clock["batch"], "epoch": clock["epoch"], "ends": clock["ends"]}
        return _clock(self._extend("clock", parts))

    def finish(self, epoch: int | None = None) -> tuple[Curves, Clock]:
        """The points that were not returned yet; nothing more will come."""
        batch, of_epochs, clock = (
            {name: series(known.finish(epoch if kind == "batch" else None)) for name, known in curves.items()}
            for kind, curves in self._curves.items()
        )
        return Curves(batch=batch, epoch=of_epochs), _clock(clock)

    def to_json(self) -> Curves:
        """A copy for a message."""
        return Curves(batch=self._told("batch"), epoch=self._told("epoch"))

    def clock(self) -> Clock:
        """A copy for a message."""
        return _clock(self._told("clock"))

    def _extend(self, kind: str, more: Mapping[str, Series], epoch: int | None = None) -> dict[str, Series]:
        kept = {}
        for name, new in more.items():
            known = self._curves[kind].setdefault(name, BoundedSeries())
            kept[name] = series(known.extend(zip(new["x"], new["y"], strict=True), epoch))
        return {name: points for name, points in kept.items() if points["x"]}

    def _told(self, kind: str) -> dict[str, Series]:
        return {name: known.to_json() for name, known in self._curves[kind].items()}


def series(points: Iterable[Point]) -> Series:
    """Points as messages have them."""
    points = list(points)
    return Series(x=[x for x, _ in points], y=[y for _, y in points])


def _clock(parts: Mapping[str, Series]) -> Clock:
    batch, epoch, ends = (parts.get(kind, series(())) for kind in ("batch", "epoch", "ends"))
    return Clock(batch=batch, epoch=epoch, ends=ends)


def beyond(curves: Curves, step: int, epoch: int) -> Curves:
    """The points of a message that come after a batch and an epoch."""
    if not step:
        return curves
    return Curves(batch=_after(curves["batch"], step), epoch=_after(curves["epoch"], epoch))


def _after(curves: Mapping[str, Series], last: int) -> dict[str, Series]:
    later = {
        name: series(point for point in zip(each["x"], each["y"], strict=True) if point[0] > last)
        for name, each in curves.items()
    }
    return {name: points for name, points in later.items() if points["x"]}
