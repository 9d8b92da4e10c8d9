"""Random values."""

from __future__ import annotations

from collections.abc import Sequence

from kerasviz.sweep.ranges import Range
from kerasviz.sweep.study import Search, search


def tried(trials: int = 20, seed: int = 0, *, ranges: Sequence[Range]) -> Search:
    """Draws values at random.

    Args:
        trials: How many combinations are tried.
        seed: Repeats the same choice.
        ranges: What is tried.
    """
    from optuna.samplers import RandomSampler

    return search(trials, RandomSampler(seed=seed))
