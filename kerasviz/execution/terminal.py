"""A run on a terminal: a bar that moves, and a line for each epoch; elsewhere the lines alone."""

from __future__ import annotations

import shutil
from typing import TextIO

from kerasviz.protocol import Curves, RunStatus
from kerasviz.protocol.text import text
from kerasviz.training.run.run import Run

BAR = 24
"""Characters of the bar."""
CLEAR = "\r\x1b[K"
"""Goes to the beginning of the line and empties it."""


class Terminal:
    """Prints how far a run is.

    Args:
        out: Where to.
    """

    def __init__(self, out: TextIO) -> None:
        self._out = out
        self._moves = out.isatty()
        self._notes = 0
        self._latest: dict[str, float | None] = {}

    def follow(self, run: Run, curves: Curves) -> None:
        """Prints what is new.

        Args:
            run: As it is now.
            curves: Its new points.
        """
        for note in run.notes[self._notes :]:
            self.print(text("note: {note}", note=note))
        self._notes = len(run.notes)
        for epoch in sorted({x for series in curves["epoch"].values() for x in series["x"]}):
            values = {
                metric: series["y"][series["x"].index(epoch)]
                for metric, series in curves["epoch"].items()
                if epoch in series["x"]
            }
            self.print(f"epoch {epoch}/{run.epochs}{_values(values)}")
        self._latest.update({metric: series["y"][-1] for metric, series in curves["batch"].items()})
        if self._moves and not run.ended:
            line = _line(run.status()) + _values(self._latest)
            self._out.write(CLEAR + line[: shutil.get_terminal_size().columns - 1])
            self._out.flush()

    def print(self, line: str) -> None:
        """Prints a line in the place of the bar."""
        self._out.write((CLEAR if self._moves else "") + line + "\n")
        self._out.flush()


def _line(status: RunStatus) -> str:
    steps, epoch = status["steps_per_epoch"], max(status["epoch"], 1)
    if steps:
        done = max(status["step"] - (epoch - 1) * steps, 0)
        bar = f"[{'=' * min(int(BAR * done / steps), BAR):{BAR}}] {done}/{steps}"
    else:
        bar = str(status["step"])
    left = "" if status["remaining"] is None else f"  {_clock(status['remaining'])} left"
    return f"{status['state']} {epoch}/{status['epochs']} {bar}{left}"


def _values(values: dict[str, float | None]) -> str:
    return "".join(f"  {name} {'nan' if value is None else f'{value:.4g}'}" for name, value in values.items())


def _clock(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
