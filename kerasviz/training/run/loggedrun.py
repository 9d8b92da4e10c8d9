"""A run of which only a table of epochs is known, as Keras' `CSVLogger` and many scripts write it."""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from kerasviz.protocol import JSON, RunState, Series, finite
from kerasviz.training.run.folder import EVENTS, HISTORY, STATE, RunFolder

ENDINGS = frozenset({".csv", ".log", ".tsv"})
DELIMITERS = (",", ";", "\t")
MOST_BYTES = 2**24
MOST_COLUMNS = 200
EPOCH = "epoch"


class LoggedRun(RunFolder):
    """A table of epochs as a run. It has no plan; when it was trained is known by the file.

    Args:
        file: The table.
        id: Name of the run among others.
    """

    def __init__(self, file: Path, id: str = "") -> None:
        super().__init__(file.parent, id or file.name)
        self.file = file

    @property
    def began(self) -> float:
        """When the table was written, as nobody knows more."""
        return self._written / 1e9

    @property
    def state(self) -> RunState:
        """Whether more will come is not known."""
        return "finished"

    def bytes(self) -> int:
        """The size of the table."""
        return self.file.stat().st_size if self.file.exists() else 0

    def stamp(self) -> tuple[str, ...]:
        """Changes as the table grows."""
        return (str(self._written),)

    def read(self, name: str) -> JSON:
        """What is known of where it stands."""
        if name != STATE:
            return {}
        curves = _curves(self.file, self._written)
        epochs = max((series["x"][-1] for series in curves.values()), default=0)
        last = {metric: series["y"][-1] for metric, series in curves.items() if series["x"][-1] == epochs}
        losses = {metric: curves[metric] for metric in ("loss", "val_loss") if metric in curves}
        return {
            "state": self.state,
            "started": self.began,
            "ended": self.began,
            "epoch": epochs,
            "epochs": epochs,
            "step": epochs,
            "last": last,
            "best": {
                metric: {"value": best[0], "epoch": best[1]}
                for metric, series in losses.items()
                if (best := _lowest(series)) is not None
            },
        }

    def events(self, start: int = 0) -> tuple[list[JSON], int]:
        """All epochs at once. How many batches they had is not known, so each counts as one."""
        curves = _curves(self.file, self._written)
        numbers = sorted({x for series in curves.values() for x in series["x"]})
        nothing = Series(x=[], y=[])
        clock = {"batch": nothing, "epoch": nothing, "ends": Series(x=numbers, y=[float(x) for x in numbers])}
        return [{"curves": {"batch": {}, "epoch": curves}, "clock": clock}], 0

    @property
    def _written(self) -> int:
        try:
            return self.file.stat().st_mtime_ns
        except OSError:
            return 0


@lru_cache(200)
def _curves(file: Path, _: int) -> dict[str, Series]:
    """Reads a table once, until it is written again."""
    rows = dict[str, dict[int, float | None]]()
    for epoch, row in _rows(file):
        for metric, value in row.items():
            rows.setdefault(metric, {})[epoch] = value
    return {
        metric: Series(x=sorted(values), y=[values[x] for x in sorted(values)])
        for metric, values in rows.items()
    }


def is_log(file: Path) -> bool:
    """Whether a file is a table of epochs; its first line is read alone."""
    return file.suffix.lower() in ENDINGS and _delimiter(file) is not None


def logs_in(folder: Path, files: list[str]) -> Iterator[Path]:
    """The tables of epochs among the files of a folder."""
    if EVENTS not in files:
        yield from (folder / name for name in sorted(files) if is_log(folder / name))


def title_of(file: Path) -> str:
    """What a table is called: by its folder where its name says nothing."""
    return file.parent.name if file.name == HISTORY else file.stem


def _delimiter(file: Path) -> str | None:
    try:
        if not file.is_file() or file.is_symlink() or file.stat().st_size > MOST_BYTES:
            return None
        with open(file, encoding="utf-8-sig", errors="replace") as opened:
            line = opened.readline(10_000)
    except OSError:
        return None
    for delimiter in DELIMITERS:
        if len(columns := line.split(delimiter)) > 1 and EPOCH in map(_named, columns):
            return delimiter
    return None


def _rows(file: Path) -> Iterator[tuple[int, dict[str, float | None]]]:
    """Epochs from 1, and what is a number in their rows.

    Keras counts them from 0, and so does this where there is a row for 0. A log that was continued may have
    an epoch twice: the later row counts.
    """
    delimiter = _delimiter(file)
    if delimiter is None:
        return
    found = list[tuple[int, dict[str, float | None]]]()
    with open(file, encoding="utf-8-sig", errors="replace", newline="") as opened:
        reader = csv.reader(opened, delimiter=delimiter)
        try:
            head = [name.strip() for name in next(reader)][:MOST_COLUMNS]
            at = [*map(_named, head)].index(EPOCH)
            for cells in reader:
                number = _number(cells[at]) if len(cells) > at else None
                if number is not None and number.is_integer() and 0 <= number < 2**53:
                    named = zip(head, cells, strict=False)
                    values = {
                        name: finite(value)
                        for column, (name, cell) in enumerate(named)
                        if name and column != at and (value := _number(cell)) is not None
                    }
                    found.append((int(number), values))
        except (csv.Error, StopIteration):  # what was read so far is shown
            pass
    first = 1 if any(epoch == 0 for epoch, _ in found) else 0
    yield from ((epoch + first, row) for epoch, row in found)


def _named(column: str) -> str:
    return column.strip().strip('"').lower()


def _number(cell: str) -> float | None:
    try:
        return float(cell)
    except ValueError:
        return None


def _lowest(series: Series) -> tuple[float, int] | None:
    values = zip(series["y"], series["x"], strict=True)
    known = [(y, x) for y, x in values if y is not None and math.isfinite(y)]
    return min(known) if known else None
