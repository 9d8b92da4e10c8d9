"""Samples of a gallery, as a person sees them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.data.preview.pictures import are_pictures, gallery
from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.samplecolumns import row_texts
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol import finite
from kerasviz.protocol.results import ShownSample

_VALUES = 8
"""Numbers of a sample that are shown."""
_LETTERS = 200
_SQUARE = 20
"""Pixels on a side from which so many numbers in a row are taken for a square picture."""


@dataclass(frozen=True)
class Said:
    """What is said of each of some samples.

    Attributes:
        true: What is to be predicted; empty where words don't tell it.
        predicted: What was.
        wrong: At how many positions another class is predicted; None where a sample has one class.
        positions: Positions that count.
        errors: Root mean squared error; None where each sample has one number.
        arrays: What is true and what is predicted, `(samples, ...)`, to be seen where these are pictures.
    """

    true: Sequence[str]
    predicted: Sequence[str]
    wrong: Sequence[int] | None = None
    positions: Sequence[int] | None = None
    errors: Sequence[float] | None = None
    arrays: tuple[np.ndarray, ...] | None = None


def shown(samples: Samples, predicted: Predicted, chosen: np.ndarray, said: Said) -> list[ShownSample]:
    """Shows some samples: as pictures, as the beginning of their text, or as their first numbers.

    Args:
        samples: Of the data.
        predicted: What was predicted of them.
        chosen: Which, in this order.
        said: Of each.
    """
    numbers = predicted.numbers_of(chosen)
    texts = None if samples.rows is None else row_texts(samples, predicted.part, numbers)
    # With `...` a sample that is a single word is an array, too.
    rows = [next(iter(samples.inputs(predicted.part, number[None]).values()))[0, ...] for number in numbers]
    same = len({row.shape for row in rows}) == 1
    pictures = _pictures(np.stack(rows)) if same else None
    true, told = (None, None) if said.arrays is None else map(_pictures, said.arrays)
    return [
        ShownSample(
            index=int(number),
            true=said.true[at],
            predicted=said.predicted[at],
            wrong=said.wrong[at] if said.wrong is not None else None,
            positions=said.positions[at] if said.positions is not None else None,
            error=said.errors[at] if said.errors is not None else None,
            picture=pictures[at] if pictures is not None else None,
            true_picture=true[at] if true is not None else None,
            predicted_picture=told[at] if told is not None else None,
            text=None if pictures is not None else _text(rows[at]) if texts is None else texts[at],
        )
        for at, number in enumerate(numbers)
    ]


def _pictures(array: np.ndarray) -> list[str | None] | None:
    """Samples as pictures, all in the same tones; None where they look like none."""
    side = square_side(array)
    if side:
        array = array.reshape(-1, side, side)
    return [sample["picture"] for sample in gallery(array, None)] if are_pictures(array) else None


def square_side(array: np.ndarray) -> int:
    """Pixels of a side of the square pictures that samples in rows are; 0 where they are none."""
    side = math.isqrt(array.shape[1]) if array.ndim == 2 and array.dtype.kind in "buif" else 0
    return side if side >= _SQUARE and side * side == array.shape[1] else 0


def _text(row: Any) -> str:
    """The beginning of a sample that is no picture."""
    values = np.asarray(row).reshape(-1)
    if values.dtype.kind in "OUS":
        whole = " ".join(
            each.decode("utf-8", "replace") if isinstance(each, bytes) else str(each) for each in values
        )
        return whole if len(whole) <= _LETTERS else f"{whole[:_LETTERS]}…"
    told = [
        f"{number:.4g}" if finite(float(number)) is not None else str(number) for number in values[:_VALUES]
    ]
    return ", ".join(told) + (", …" if len(values) > _VALUES else "")
