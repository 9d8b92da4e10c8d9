"""Compares what a runtime computes with what Keras computes."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kerasviz.protocol.text import text

MOST = 1e-4
"""The largest difference at which a file is written, relative to the largest value where that is above 1."""
MOST_OF_HALVES = 2e-2
"""The same where layers compute in 16 bits, which hold three digits."""


class Part(NamedTuple):
    """One input or output, with the names that it may have in a file."""

    names: frozenset[str]
    value: np.ndarray


def matched(parts: Sequence[Part], names: Sequence[str]) -> list[str]:
    """Finds the name that a file has for each part: by name where that is clear, else in their order.

    Raises:
        ValueError: When the file has too few.
    """
    if len(names) < len(parts):
        raise ValueError(
            text(
                "Expected {expected} inputs or outputs in the file, found {names}.",
                expected=len(parts),
                names=", ".join(names) or "0",
            )
        )
    plain = {_plain(name): name for name in names}
    known = [{plain[_plain(name)] for name in part.names if _plain(name) in plain} for part in parts]
    if all(len(found) == 1 for found in known) and len(set.union(*known)) == len(parts):
        return [found.pop() for found in known]
    return [*names[: len(parts)]]


def _plain(name: str) -> str:
    """A name as converters write it, some of which know letters, digits and `_` only."""
    return re.sub(r"\W", "_", name)


def largest_difference(expected: Sequence[Part], given: Mapping[str, np.ndarray]) -> float:
    """The largest difference between what Keras and a runtime compute.

    Returns:
        `max |k - r| / max(1, max |k|)` over all outputs; 0 where both are the same, infinite where one has
        another shape, or is not a number where the other is one.
    """
    names = matched(expected, list(given))
    return max(
        (_difference(part.value, given[name]) for part, name in zip(expected, names, strict=True)),
        default=0.0,
    )


def _difference(expected: np.ndarray, given: np.ndarray) -> float:
    if expected.shape != given.shape:
        return float("inf")
    if expected.dtype.kind not in "fiubV":  # texts; "V" are the floats of 16 bits that NumPy does not know
        return 0.0 if np.array_equal(expected, given) else float("inf")
    keras, runtime = expected.astype("float64"), given.astype("float64")
    with np.errstate(invalid="ignore"):
        apart = np.abs(keras - runtime)
    apart[(keras == runtime) | (np.isnan(keras) & np.isnan(runtime))] = 0
    if not np.isfinite(apart).all():
        return float("inf")
    finite = np.abs(keras[np.isfinite(keras)])
    return float(apart.max(initial=0) / max(1.0, finite.max(initial=0)))
