"""The measurements of a run, in bounded memory and on a bounded part of the disk."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any, cast

from kerasviz.protocol import encode
from kerasviz.protocol.statistics import Measurement
from kerasviz.training.keeping.checkpoints import superfluous

MOST = 64
"""Measurements of one run."""
MOST_LAYERS = 8192
"""In all measurements of one run together; a few are kept of however large a model."""
_FEWEST = 4
MOST_BYTES = 2**26
"""Larger files are not ours, and not read."""


class Measurements:
    """What was measured, in its order.

    Of many measurements, some stay that are evenly apart, the first and the last always.

    Attributes:
        taken: Those that are kept. The list is replaced, never changed, so other threads may read it.
    """

    def __init__(self, taken: Sequence[Measurement] = ()) -> None:
        self.taken: list[Measurement] = list(taken)

    @property
    def last(self) -> Measurement | None:
        """The latest one; None where nothing was measured."""
        return self.taken[-1] if self.taken else None

    def until(self, epoch: int | None) -> Measurement | None:
        """The last one until the end of an epoch, or of the run; None where it was not measured by then."""
        found = [each for each in self.taken if epoch is None or each["epoch"] <= epoch]
        return found[-1] if found else None

    def add(self, measurement: Measurement) -> bool:
        """Takes one up.

        Returns:
            Whether others went for it, so that a file is to be written again.
        """
        taken = [*self.taken, measurement]
        limit = max(_FEWEST, min(MOST, MOST_LAYERS // max(1, len(measurement["layers"]))))
        is_full = len(taken) > limit
        while is_full and len(taken) > limit // 2:
            gone = superfluous([each["step"] for each in taken], None)
            taken = [each for each in taken if each["step"] != gone]
        self.taken = taken
        return is_full


def line_of(measurement: Measurement) -> str:
    """A line of `statistics.jsonl`."""
    return json.dumps(encode(measurement), separators=(",", ":")) + "\n"


def read_measurements(file: Path) -> Measurements:
    """Reads `statistics.jsonl`; a line that was cut off as a kernel died is left out."""
    found: list[Measurement] = []
    try:
        if file.stat().st_size > MOST_BYTES:
            return Measurements()
        with open(file, encoding="utf-8", errors="replace") as lines:
            for line in lines:
                measurement = _measurement(line)
                if measurement is not None:
                    found.append(measurement)
    except OSError:
        pass
    return Measurements(found)


def _measurement(line: str) -> Measurement | None:
    try:
        value: Any = json.loads(line)
        is_one = isinstance(value["step"], int) and isinstance(value["layers"], dict)
        is_one = is_one and isinstance(value["epoch"], int)
    except (ValueError, RecursionError, LookupError, TypeError):
        return None
    return cast(Measurement, value) if is_one else None
