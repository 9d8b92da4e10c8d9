"""What a split looks at, and what it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

TRAINING, VALIDATION, TEST = range(3)
"""The part that a sample belongs to."""


@dataclass(frozen=True)
class Samples:
    """Samples that are to be divided.

    Attributes:
        count: How many there are.
        target: What is to be learned, one value for each sample; None where it is more than one value.
        column: Gives a column by its name, one value for each sample.
    """

    count: int
    target: Any
    column: Callable[[str], Any]


def check_shares(validation: float, test: float) -> None:
    """Checks the shares of a split.

    Raises:
        RequestError: With code `plan`, where nothing would be left to train on.
    """
    if not (validation >= 0 and test >= 0 and validation + test < 1):
        raise RequestError(
            "plan",
            text(
                "Validation and test need shares of at least 0 that leave something to train on, not "
                "{validation} and {test}.",
                validation=f"{validation:g}",
                test=f"{test:g}",
            ),
        )


def divided(
    count: int, validation: float, test: float, take: Callable[[Any, float], tuple[Any, Any]]
) -> np.ndarray:
    """Divides samples with one of scikit-learn's splitters.

    Args:
        count: How many there are.
        validation: Share of all samples.
        test: Share of all samples.
        take: Gets numbers of samples and a share of them; returns those that stay, and those taken.

    Returns:
        The part of each sample.
    """
    check_shares(validation, test)
    parts = np.full(count, TRAINING, dtype="int8")
    left = np.arange(count)
    for part, share in ((TEST, test), (VALIDATION, validation / (1 - test))):
        if share:
            left, taken = take(left, share)
            parts[taken] = part
    return parts
