"""Follows a run that another process trains, by what that writes into the folder of the run."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from kerasviz.protocol import JSON, Adjustable, Curves, decode, encode
from kerasviz.training.run.folder import (
    ADJUSTABLE,
    ENDED,
    EVENTS,
    STATE,
    STATISTICS,
    RunFolder,
    stamp_of,
)
from kerasviz.training.run.keptrun import directions_in, read_event, take_state
from kerasviz.training.run.remotecontrol import RemoteControl
from kerasviz.training.run.run import Run
from kerasviz.training.run.timing import ToldTiming
from kerasviz.training.statistics.measurements import read_measurements

logger = logging.getLogger(__name__)

Publish = Callable[[Curves | None], None]

INTERVAL = 0.1
"""Seconds between two looks at the folder."""
PATIENCE = 5.0
"""Seconds in which it tells what it was asked for, between two batches."""
GRACE = 2.0
"""Seconds after the end of a process in which a disk may still show what it wrote."""


class Following:
    """Fills a run with what another process writes of it.

    Args:
        run: It has a folder, and `RemoteControl`.
        lives: Whether the process goes on.
        place: Where its folder may be moved to when it ends, as its document was moved meanwhile.
        lost: What the state is where it ended without a word.
        publish: Called with new points, on the thread that follows.
        ended: Called there once nothing more will come, before the run ends, with how it ends: it ends it.
    """

    def __init__(
        self,
        run: Run,
        *,
        lives: Callable[[], bool],
        place: Callable[[], Path],
        lost: Callable[[], JSON],
        publish: Publish,
        ended: Callable[[JSON], None],
    ) -> None:
        assert run.folder is not None
        self._run = run
        self._folder: RunFolder = run.folder
        self._lives = lives
        self._place = place
        self._lost = lost
        self._publish = publish
        self._ended = ended
        self._read = 0
        self._stamps: dict[str, str] = {}
        self._gone: float | None = None
        if not isinstance(run.timing, ToldTiming):
            run.timing = ToldTiming()
        self._timing: ToldTiming = run.timing
        run.adjustable = self._adjustable

    def start(self, read: int = 0) -> None:
        """Follows from now on, on a thread of its own.

        Args:
            read: Bytes of the events that the run has already.
        """
        self._read = read
        threading.Thread(target=self._follow, name="kerasviz-follow", daemon=True).start()

    def _follow(self) -> None:
        while True:
            try:
                end = self._look()
            except Exception:  # what is in the folder is anybody's
                logger.exception("A run can't be followed")
                end = None
            if end is not None:
                self._ended(end)
                return
            time.sleep(INTERVAL)

    def _look(self) -> JSON | None:
        """Takes what is new. Returns the state that it ended with."""
        lives = self._lives()  # asked first: what a process wrote before its end is read after
        self._find()
        self._take_lines()
        if self._is_new(STATE):
            state = self._folder.read(STATE)
            if self._is_of_run(state):
                if state.get("state") in ENDED:
                    self._await_end()
                    self._take_lines()  # they were written before
                    return state
                self._take_state(state)
        return self._end_without_word() if not lives else None

    def _find(self) -> None:
        moved = self._place() / self._folder.name
        if not self._folder.path.is_dir() and moved.is_dir():
            self._folder.path = moved

    def _await_end(self) -> None:
        """Waits until the process has given back what it took; before, it may move the folder."""
        deadline = time.monotonic() + PATIENCE
        while self._lives() and time.monotonic() < deadline:
            time.sleep(INTERVAL)
        self._find()

    def _take_lines(self) -> None:
        for event in self._events():
            self._take(event)
        if self._is_new(STATISTICS):
            self._run.statistics = read_measurements(self._folder.path / STATISTICS)

    def _is_of_run(self, state: JSON) -> bool:
        """Whether it is what the process wrote, and not who handed it over."""
        return state.get("run") == self._run.id and "model" in state

    def _end_without_word(self) -> JSON | None:
        now = time.monotonic()
        self._gone = now if self._gone is None else self._gone
        if now - self._gone < GRACE:
            return None
        said: JSON = {**self._folder.read(STATE), "ended": time.time(), **self._lost()}
        with suppress(OSError):
            self._folder.write(STATE, encode(said))
        return said

    def _take_state(self, state: JSON) -> None:
        run, before = self._run, self._run.status()
        said = str(state.get("state"))
        if said == "stopping":
            if isinstance(run.control, RemoteControl) and not run.control.stopping:
                run.control.stops()
        take_state(run, state)
        trains = run.phase == "training"
        left = state.get("remaining")
        self._timing.tell(
            float(state.get("elapsed") or 0.0),
            left=left if isinstance(left, (int, float)) else None,
            goes_on=trains,
        )
        if run.status() != before:
            self._publish(None)

    def _take(self, event: JSON) -> None:
        read = read_event(event)
        if read is None:
            return
        curves, clock, marks = read
        run = self._run
        run.directions.update(directions_in(event))
        of_epochs = zip(clock["epoch"]["x"], clock["epoch"]["y"], clock["ends"]["y"], strict=False)
        for epoch, seconds, step in of_epochs:
            logs = {
                name: dict(zip(series["x"], series["y"], strict=True)).get(epoch)
                for name, series in curves["epoch"].items()
            }
            run.epoch, run.step = epoch, max(run.step, int(step or 0))
            self._timing.tell(seconds or 0.0)
            run.finish_epoch(epoch, {name: value for name, value in logs.items() if value is not None})
        run.step = max([run.step, *clock["batch"]["x"][-1:]])
        self._timing.tell(max([0.0, *(y for y in clock["batch"]["y"][-1:] if y is not None)]))
        run.marks += marks
        self._publish(curves)

    def _events(self) -> list[JSON]:
        """The lines that were added since the last look; one that is being written waits for the next."""
        if not self._is_new(EVENTS):
            return []
        events, self._read = self._folder.events(self._read)
        return events

    def _is_new(self, name: str) -> bool:
        before, now = self._stamps.get(name, ""), stamp_of(self._folder.path / name)
        self._stamps[name] = now
        return now != before

    def _adjustable(self) -> list[Adjustable]:
        """Asks for the numbers that can be changed, and waits a moment for the answer."""
        file = self._folder.path / ADJUSTABLE
        before = stamp_of(file)
        self._run.control.tell("adjustable")
        deadline = time.monotonic() + PATIENCE
        while stamp_of(file) == before:
            if self._run.ended or time.monotonic() > deadline:
                return []
            time.sleep(INTERVAL)
        return [
            Adjustable(what=str(each["what"]), value=float(each["value"]), fixed=decode(each["fixed"]))
            for each in self._folder.read(ADJUSTABLE).get("values", [])
        ]
