"""Compares what a runtime computes with what Keras computes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import numpy as np

from kerasviz.protocol.text import text


class Allowed(NamedTuple):
    """How far outputs may differ: a share of the largest value, or so much where all values are tiny."""

    share: float
    least: float


WHOLE = Allowed(1e-4, 1e-6)
"""For numbers of 32 bits: rounding in another order adds up to some millionths of what is added."""
HALVES = Allowed(2e-2, 2e-3)
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
        `max |k - r|` over all outputs; 0 where both are the same, infinite where one has another shape, or is
        not a number where the other is one.
    """
    return max((_difference(part.value, value) for part, value in _pairs(expected, given)), default=0.0)


def agree(expected: Sequence[Part], given: Mapping[str, np.ndarray], halves: bool) -> bool:
    """Whether the outputs of a runtime are those of Keras, but for rounding.

    Args:
        expected: What Keras gives.
        given: What the runtime gives.
        halves: Whether some layers compute in 16 bits.
    """
    most = HALVES if halves else WHOLE
    return all(
        _difference(part.value, value) <= max(most.least, most.share * _largest(part.value))
        for part, value in _pairs(expected, given)
    )


def are_alike(outputs: Sequence[Sequence[Part]], halves: bool) -> bool:
    """Whether all samples have the same outputs but for rounding, so that comparing these says little.

    Args:
        outputs: What Keras gives for some samples, each time all its outputs.
        halves: As `agree` takes it.
    """
    most = HALVES if halves else WHOLE
    for same in zip(*outputs, strict=True):
        first = same[0].value
        if not first.ndim or not _is_number(first) or len({part.value.shape[1:] for part in same}) > 1:
            return False
        samples = np.concatenate([part.value.astype("float64") for part in same])
        apart = np.ptp(samples, axis=0).max(initial=0)
        if not apart <= max(most.least, most.share * _largest(samples)):
            return False
    return True


def _pairs(expected: Sequence[Part], given: Mapping[str, np.ndarray]) -> Iterator[tuple[Part, np.ndarray]]:
    names = matched(expected, list(given))
    return zip(expected, [given[name] for name in names], strict=True)


def _largest(value: np.ndarray) -> float:
    if not _is_number(value):
        return 0.0
    sizes = np.abs(value.astype("float64"))
    return float(sizes[np.isfinite(sizes)].max(initial=0))


def _is_number(value: np.ndarray) -> bool:
    return value.dtype.kind in "fiubV"  # "V" are the floats of 16 bits that NumPy does not know


def _difference(expected: np.ndarray, given: np.ndarray) -> float:
    if expected.shape != given.shape:
        return float("inf")
    if not _is_number(expected):
        return 0.0 if np.array_equal(expected, given) else float("inf")
    keras, runtime = expected.astype("float64"), given.astype("float64")
    with np.errstate(invalid="ignore"):
        apart = np.abs(keras - runtime)
    apart[(keras == runtime) | (np.isnan(keras) & np.isnan(runtime))] = 0
    return float(apart.max(initial=0)) if np.isfinite(apart).all() else float("inf")
