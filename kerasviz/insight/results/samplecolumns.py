"""What the table of the data says of each sample of a part."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.preparation.keraslayer import as_words
from kerasviz.data.preparation.rowblocks import blocks
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.insight.samples.samples import Samples

_NUMBERS: dict[Part, int] = {"training": TRAINING, "validation": VALIDATION, "test": TEST}
_MOST_COLUMNS = 6
"""Columns of a row that are shown."""
_MOST_LETTERS = 60


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
    if samples.rows is None:
        held, numbers = samples.held(part)
        assert isinstance(held, Data)
        array = next(array for key, array in held.x.items() if str(key) == name)
        return np.asarray(array).reshape(len(array))[numbers]
    there = _places(samples, part)
    values = np.concatenate([block[name] for block in blocks(samples.rows.table, [name])])
    return values[there]


def row_texts(samples: Samples, part: Part, numbers: np.ndarray) -> list[str]:
    """What some rows of the table say in the columns that the model takes, for people.

    Args:
        samples: Rows of a table.
        part: Where they are from.
        numbers: Theirs in the part.
    """
    assert samples.rows is not None
    names = samples.rows.names[:_MOST_COLUMNS]
    wanted = _places(samples, part)[numbers]
    found: dict[int, str] = {}
    start = 0
    for block in blocks(samples.rows.table, names):
        count = len(next(iter(block.values())))
        for place in wanted[(wanted >= start) & (wanted < start + count)]:
            row = {
                name: as_words(values[place - start : place - start + 1])[0] for name, values in block.items()
            }
            found[int(place)] = ", ".join(f"{name} {_short(str(word))}" for name, word in row.items() if word)
        start += count
        if len(found) == len(set(wanted.tolist())):
            break
    more = "" if len(names) == len(samples.rows.names) else ", …"
    return [found[int(place)] + more for place in wanted]


def _short(word: str) -> str:
    return word if len(word) <= _MOST_LETTERS else f"{word[:_MOST_LETTERS]}…"


def _places(samples: Samples, part: Part) -> np.ndarray:
    """Where the samples of a part are among all rows of the table."""
    held, numbers = samples.held(part)
    rows = samples.rows
    assert rows is not None
    is_training = "training" in samples.counts and held is samples.held("training")[0]
    there = np.flatnonzero(rows.known.parts == (TRAINING if is_training else _NUMBERS[part]))
    return np.asarray(there[numbers])
