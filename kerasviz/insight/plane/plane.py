"""Samples that cover a plane: two numbers of a sample vary, all others stay as they are."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.insight.samples.sampleparts import Arrays
from kerasviz.protocol.insight import PlaneAxis, PlanePoints, SamplePlane

MARGIN = 0.1
"""Share of the data's range that is seen beyond it, on each side."""


@dataclass(frozen=True)
class Number:
    """One of the numbers of a sample.

    Attributes:
        key: Of its array in the data, or its position.
        place: Its place in the flattened array of a sample.
        name: For people.
    """

    key: Any
    place: int
    name: str

    def of(self, arrays: Arrays) -> np.ndarray:
        """Its value in each sample, `(samples,)`."""
        array = arrays[self.key]
        values: np.ndarray = array.reshape(len(array), -1)[:, self.place].astype("float64")
        return values

    def varies(self, arrays: Arrays) -> bool:
        """Whether it is not the same in all samples."""
        values = self.of(arrays)
        finite = values[np.isfinite(values)]
        return bool(finite.size and finite.min() < finite.max())


@dataclass(frozen=True, eq=False)
class Plane:
    """A plane of samples.

    Attributes:
        across: The number that grows from left to right.
        up: The number that grows upwards.
        range: Their ranges, `(low, high)` each, in the units of the data.
        held: The sample whose other numbers stay, `(1, ...)` each, as the data has it.
        taken_in: Prepares samples as for training.
        numbers: All numbers of a sample.
        points: Samples of the data, for people.
    """

    across: Number
    up: Number
    range: tuple[tuple[float, float], tuple[float, float]]
    held: Arrays
    taken_in: Callable[[Arrays], Arrays]
    numbers: tuple[Number, ...]
    points: tuple[PlanePoints, ...]

    def samples(self, side: int) -> Arrays:
        """The samples in the middle of each cell of a grid, row by row from the top.

        Args:
            side: Cells of a row, and rows.
        """
        across, up = (_middles(low, high, side) for low, high in self.range)
        values = {(self.across.key, self.across.place): np.tile(across, side)}
        values[self.up.key, self.up.place] = np.repeat(up[::-1], side)
        made: dict[Any, np.ndarray] = {}
        for key, array in self.held.items():
            rows = np.repeat(array.reshape(1, -1), side * side, axis=0)
            if array.dtype.kind in "iu":
                rows = rows.astype("float32")  # what lies between whole numbers is seen, too
            for (of, place), column in values.items():
                if of == key:
                    rows[:, place] = column
            made[key] = rows.reshape(side * side, *array.shape[1:])
        return made

    def inputs(self, side: int) -> Arrays:
        """The same samples, as the model takes them."""
        return self.taken_in(self.samples(side))

    def to_json(self) -> SamplePlane:
        """What a page is told of it."""
        across, up = (
            PlaneAxis(name=number.name, number=self.numbers.index(number), low=low, high=high)
            for number, (low, high) in zip((self.across, self.up), self.range, strict=True)
        )
        names = [number.name for number in self.numbers]
        return SamplePlane(across=across, up=up, numbers=names, points=list(self.points))


def count_numbers(arrays: Arrays) -> int:
    """How many numbers a sample has."""
    return sum(math.prod(array.shape[1:]) for array in arrays.values() if array.dtype.kind in "iuf")


def numbers_of(arrays: Arrays) -> tuple[Number, ...]:
    """The numbers of a sample.

    Args:
        arrays: Of some samples, as the data has them.
    """
    found = []
    for key, array in arrays.items():
        if array.dtype.kind not in "iuf":
            continue
        shape = array.shape[1:]
        for place in range(math.prod(shape)):
            at = ", ".join(str(i) for i in np.unravel_index(place, shape)) if shape else ""
            name = key if isinstance(key, str) else "x" if len(arrays) == 1 else f"x{key}"
            found.append(Number(key, place, name if math.prod(shape) == 1 else f"{name}[{at}]"))
    return tuple(found)


def range_of(values: np.ndarray) -> tuple[float, float]:
    """What is shown of an axis: the range of the data, and a margin.

    Args:
        values: Of the samples.
    """
    finite = values[np.isfinite(values)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 0.0)
    margin = (high - low) * MARGIN or 1.0
    return low - margin, high + margin


def _middles(low: float, high: float, count: int) -> np.ndarray:
    return low + (np.arange(count) + 0.5) * ((high - low) / count)
