"""What the table of the data says of each sample of a part."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.preparation.rowblocks import blocks
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION
from kerasviz.insight.sampleparts import Part
from kerasviz.insight.samples import Samples

_NUMBERS: dict[Part, int] = {"training": TRAINING, "validation": VALIDATION, "test": TEST}


def column_names(samples: Samples, part: Part) -> list[str]:
    """The columns of the table that samples are rows of, or the arrays that have one value for each.

    Args:
        samples: Of the data.
        part: Of it.
    """
    if samples.rows is not None:
        return list(samples.rows.table.columns)
    held, _ = samples.held(part)
    if not isinstance(held, Data) or not isinstance(held.x, dict):
        return []
    return [str(key) for key, array in held.x.items() if array.size == len(array)]


def column_of(samples: Samples, part: Part, name: str) -> Any:
    """One column for the samples of a part, as `rowblocks.as_column` makes it.

    Args:
        samples: Of the data.
        part: Of it.
        name: As `column_names` has it.

    Raises:
        RequestError: With code `no_data`, where the table has no such column.
    """
    held, numbers = samples.held(part)
    if samples.rows is None:
        assert isinstance(held, Data)
        array = next(array for key, array in held.x.items() if str(key) == name)
        return np.asarray(array).reshape(len(array))[numbers]
    rows = samples.rows
    is_training = "training" in samples.counts and held is samples.held("training")[0]
    there = rows.known.parts == (TRAINING if is_training else _NUMBERS[part])
    values = np.concatenate([block[name] for block in blocks(rows.table, [name])])
    return values[there[: len(values)]][numbers]
