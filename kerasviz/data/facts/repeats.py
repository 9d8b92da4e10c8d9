"""Samples that are there twice: where training has seen one, validation with the other is no test."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

SHARE, FEWEST = 0.01, 2
"""Of samples that repeat, from which on it is told."""
GRAVE = 0.1
"""Share of the samples for validation from which on what is measured on them is worthless."""
MANY = 100
"""Where there are so many times as many combinations of values as samples, equal samples are no chance."""
COLUMNS = 64
"""Columns of an array that are asked for how many values they have."""


def digests(arrays: Iterable[Any]) -> Any:
    """Makes a number for each sample: equal ones have the same.

    Args:
        arrays: Samples `(samples, ...)` of each input, in any dtype.

    Returns:
        Whole numbers `(samples,)`.
    """
    found: Any = 0
    draw = np.random.default_rng(0)
    for array in arrays:
        if array.dtype.hasobject or array.dtype.kind in "US":
            import pandas as pd

            words = pd.util.hash_array(array.astype(object).ravel(), categorize=False)
            array = words.reshape(array.shape)
        flat = np.ascontiguousarray(array.reshape(len(array), -1))
        bits = flat.view(np.uint8).reshape(len(flat), -1).astype("uint64")
        factors = draw.integers(1, 2**63, bits.shape[1], dtype="uint64") | np.uint64(1)
        found = found * np.uint64(31) + (bits * factors).sum(axis=1, dtype="uint64")
    return found


def shared(known: Any, held: Any) -> Any:
    """Tells which samples of one part are in the other, too.

    Args:
        known: Digests of the samples that are trained on.
        held: Digests of those that validate.

    Returns:
        Booleans for `held`.
    """
    return np.isin(held, known)


def again(found: Any) -> int:
    """How many samples were there before: of three that are alike, two."""
    return len(found) - len(np.unique(found))


def twins(found: Any) -> int:
    """How many samples are there more than once."""
    counts = np.unique(found, return_counts=True)[1]
    return int(counts[counts > 1].sum())


def are_told(count: int, samples: int) -> bool:
    """Whether so many of these samples are worth a word."""
    return count >= max(FEWEST, SHARE * samples)


def is_no_chance(values: Sequence[int], samples: int) -> bool:
    """Whether samples could differ in so many ways that equal ones are no chance.

    Args:
        values: How many different values each column has.
        samples: How many there are.
    """
    return max(values, default=0) > samples / 4 or math.prod(values) > MANY * samples


def values_of(arrays: Iterable[Any]) -> list[int]:
    """How many different values each column has, of some columns of each array `(samples, ...)`."""
    found = []
    for array in arrays:
        flat = array.reshape(len(array), -1)
        step = max(1, -(-flat.shape[1] // COLUMNS))
        found += [len(np.unique(column)) for column in flat.T[::step]]
    return found
