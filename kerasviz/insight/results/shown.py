"""Samples of a gallery, as a person sees them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from kerasviz.data.preview.pictures import are_pictures, gallery
from kerasviz.insight.samples import Part, Samples
from kerasviz.protocol import finite
from kerasviz.protocol.results import ShownSample

_VALUES = 8
"""Numbers of a sample that are shown."""
_LETTERS = 200


def shown(
    samples: Samples, part: Part, numbers: np.ndarray, true: Sequence[str], predicted: Sequence[str]
) -> list[ShownSample]:
    """Shows some samples: as pictures, as the beginning of their text, or as their first numbers.

    Args:
        samples: Of the data.
        part: Where they are from.
        numbers: Theirs, in this order.
        true: What is to be predicted of each.
        predicted: What was.
    """
    rows = [next(iter(samples.take(part, int(number)).inputs.values()))[0] for number in numbers]
    same = len({row.shape for row in rows}) == 1
    stacked = np.stack(rows) if same else None
    pictures: list[str | None] = [None] * len(rows)
    if stacked is not None and are_pictures(stacked):
        pictures = [sample["picture"] for sample in gallery(stacked, None)]
    return [
        ShownSample(
            index=int(number),
            true=true[at],
            predicted=predicted[at],
            picture=picture,
            text=None if picture is not None else _text(rows[at]),
        )
        for at, (number, picture) in enumerate(zip(numbers, pictures, strict=True))
    ]


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
