"""How many samples each class has: a model that only ever says the most frequent one is mostly right."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

MOST = 0.8
"""Share of the most frequent class from which on accuracy says little."""
TIMES = 5
"""Samples of the most frequent of several classes for one of the rarest, from which on that is told."""
GRAVE = 15
"""Samples of the most frequent class for one of the rarest, from which on the rare one may never be said."""
FEW = 10
"""Samples of a class below which there are too few of it, whatever the others have."""

Uneven = Literal["common", "rare"]
"""One class is most of all samples, or one is much rarer than another."""


def unevenness(counts: Sequence[int], others: int = 0) -> Uneven | None:
    """Tells whether classes are so uneven that one has to know.

    Args:
        counts: Samples of each class, or of the most frequent ones.
        others: Samples of the classes that are not counted.
    """
    if len(counts) < 2:
        return None
    most, least = max(counts), min(counts)
    if most >= MOST * (sum(counts) + others):
        return "common"
    is_rare = len(counts) > 2 and least >= FEW and most >= TIMES * least
    return "rare" if is_rare and not others else None


def is_grave(counts: Sequence[int]) -> bool:
    """Whether the rarest class is so rare that a model may do well without ever saying it."""
    return len(counts) > 1 and max(counts) >= GRAVE * min(counts)


def even_weights(counts: Sequence[int]) -> list[float]:
    """Weights with which all classes count alike: samples / (classes x samples of the class).

    Returns:
        A weight for each class, rounded to four digits; scikit-learn computes the same.
    """
    even = sum(counts) / len(counts)
    return [float(f"{even / count:.4g}") for count in counts]
