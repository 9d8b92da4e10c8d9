"""Says before training what training can't work with: no samples, and missing or infinite values."""

from __future__ import annotations

import dataclasses
import math
from typing import Any

import numpy as np

from kerasviz.data.dataset import Data
from kerasviz.data.facts.finite import unfinished
from kerasviz.data.tables import map_arrays
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text, text_n


def check_samples(data: Data, validation_split: float) -> None:
    """Checks that there are samples to train on, and to validate on where that is asked for.

    Raises:
        RequestError: With code `no_data` and the array.
    """

    def check(array: Any, name: str) -> None:
        if array.shape[0] and not array.size:
            raise RequestError(
                "no_data",
                text(
                    "{name} holds no values: its shape is {shape}. Choose an array with at least one value "
                    "for each sample.",
                    name=name,
                    shape=str(array.shape),
                ),
            )
        if not array.size:
            raise RequestError(
                "no_data",
                text(
                    "{name} is empty: its shape is {shape}. Choose an array with at least one sample.",
                    name=name,
                    shape=str(array.shape),
                ),
            )
        samples = len(array)
        if validation_split and math.floor(samples * (1 - validation_split)) in (0, samples):
            raise RequestError(
                "no_data",
                text_n(
                    "{name} holds {n} sample, too few for a validation split of {split}. Set the validation "
                    "split to 0.",
                    "{name} holds {n} samples, too few for a validation split of {split}. Choose another "
                    "validation split, or 0.",
                    samples,
                    name=name,
                    split=validation_split,
                ),
            )

    map_arrays(data.x, data.x_name, check)
    if data.y is not None:
        map_arrays(data.y, data.y_name, check)


def check_finite(data: Data) -> Data:
    """Notes values of x that are missing or infinite, and refuses those of y: the loss would be no number.

    Returns:
        The data, which knows whether x is finite.

    Raises:
        RequestError: With code `missing`, the array, the place and how many there are.
    """
    said_of_x: list[Text] = []

    def note(array: Any, name: str) -> None:
        if said := _missing(array, name, data):
            said_of_x.append(said)

    def refuse(array: Any, name: str) -> None:
        if said := _missing(array, name, data):
            raise RequestError("missing", said)

    if data.y is not None:
        map_arrays(data.y, data.y_name, refuse)
    map_arrays(data.x, data.x_name, note)
    return dataclasses.replace(data, notes=[*data.notes, *said_of_x], finite=not said_of_x)


def _missing(array: Any, name: str, data: Data) -> Text | None:
    rows = unfinished(array)
    if not rows.any():
        return None
    first = int(rows.argmax())
    place = (first, *(int(index) for index in np.argwhere(~np.isfinite(array[first]))[0]))
    return text_n(
        "{n} of {samples} samples in {name} has a value that is missing or infinite, first {value} at "
        "[{place}]. Fill it in, or leave the sample out of {x} and {y}.",
        "{n} of {samples} samples in {name} have values that are missing or infinite, first {value} at "
        "[{place}]. Fill them in, or leave the samples out of {x} and {y}.",
        int(rows.sum()),
        samples=len(array),
        name=name,
        x=data.x_name,
        y=data.y_name,
        value="NaN" if np.isnan(array[place]) else "inf" if array[place] > 0 else "-inf",
        place=", ".join(map(str, place)),
    )
