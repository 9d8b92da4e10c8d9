"""The parts of the data by the numbers of their samples, where the data holds them."""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Mapping
from typing import Any, Literal

import numpy as np

from kerasviz.data.dataset import Data, Stream
from kerasviz.data.splits.dividing import part_of_each
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION
from kerasviz.data.tables import keys_of, map_arrays

Part = Literal["training", "validation", "test"]
PARTS: tuple[Part, ...] = ("training", "validation", "test")

Arrays = Mapping[Any, np.ndarray]
"""Arrays of some samples, `(samples, ...)`, by their keys in the data, or by position."""


def parts_in(
    data: Data | Stream, share: float, split: Mapping[str, Any] | None
) -> dict[Part, tuple[Data | Stream, np.ndarray]]:
    """The samples of each part: a split of its own, or the last ones, which `fit` takes for validation."""
    count = _count(data)
    found: dict[Part, tuple[Data | Stream, np.ndarray]] = {}
    if data.validation is not None:
        found["training"] = (data, np.arange(count))
        found["validation"] = _all(data.validation, data)
    elif split is not None and isinstance(data, Data):
        of = part_of_each(data, split)
        numbered: dict[Part, int] = {"training": TRAINING, "validation": VALIDATION, "test": TEST}
        found = {part: (data, np.flatnonzero(of == number)) for part, number in numbered.items()}
    else:
        cut = math.floor(count * (1.0 - share)) if share else count  # as Keras cuts
        found["training"] = (data, np.arange(cut))
        found["validation"] = (data, np.arange(cut, count))
    if data.test is not None and not len(found.get("test", ((), ()))[1]):
        found["test"] = _all(data.test, data)
    return {part: each for part, each in found.items() if len(each[1])}


def _all(part: Any, whole: Data | Stream) -> tuple[Data | Stream, np.ndarray]:
    """All samples of a part of its own: arrays, or a reader, which has the names that the whole has."""
    held = part if isinstance(part, Data) else dataclasses.replace(whole, batches=part)
    return held, np.arange(_count(held))


def _count(data: Any) -> int:
    if isinstance(data, Stream):
        return len(data.batches.targets)
    first = next(iter(data.x.values())) if isinstance(data.x, dict) else data.x
    return int((first[0] if isinstance(first, list) else first).shape[0])


def targets_in(held: Data | Stream) -> Any:
    """What is to be learned from all samples."""
    return held.batches.targets if isinstance(held, Stream) else held.y


def rows_of(held: Data | Stream, numbers: np.ndarray) -> Arrays:
    """Some samples as the data has them."""
    if isinstance(held, Stream):
        return {0: np.asarray(held.batches.read(numbers))}

    def some(array: Any, _: str) -> Any:
        rows = array[numbers]
        return np.asarray(rows.toarray() if hasattr(rows, "toarray") else rows)

    rows = map_arrays(held.x, held.x_name, some)
    keyed = rows if isinstance(rows, (dict, list)) else [rows]
    return {key: keyed[key] for key in keys_of(keyed)}
