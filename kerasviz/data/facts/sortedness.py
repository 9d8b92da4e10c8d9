"""The order of samples: sorted ones put other samples at the end than at the beginning."""

from __future__ import annotations

from typing import Any

import numpy as np

EACH = 4
"""Samples of each class, on average, from which on blocks of a class are no chance."""
SORTED = 0.99
"""Share of the steps between numbers that go one way, from which on these are sorted."""
ALIKE = 0.9
"""Share of the samples that follow one of the same class, from which on these come in stretches."""
BEYOND = 0.2
"""By how much that has to be more than chance gives."""


def lies_in_blocks(classes: Any) -> bool:
    """Whether all samples of a class lie together, one class after the other.

    Args:
        classes: Of each sample, `(samples,)`.
    """
    count = len(np.unique(classes))
    blocks = 1 + int(np.count_nonzero(classes[1:] != classes[:-1]))
    return 1 < blocks <= count and len(classes) >= EACH * count


def come_alike(classes: Any) -> float | None:
    """The share of the samples that follow one of their class, where that is far more than chance gives."""
    alike = float((classes[1:] == classes[:-1]).mean())
    chance = float(((np.unique(classes, return_counts=True)[1] / len(classes)) ** 2).sum())
    return alike if alike >= ALIKE and alike >= chance + BEYOND else None


def rises_or_falls(values: Any) -> bool:
    """Whether numbers `(samples,)` rise or fall all along."""
    steps = np.diff(values)
    return bool(len(steps)) and bool((steps >= 0).mean() > SORTED or (steps <= 0).mean() > SORTED)
