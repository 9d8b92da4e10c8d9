"""Values near the best ones."""

from __future__ import annotations

from collections.abc import Sequence

from kerasviz.sweep.ranges import Range
from kerasviz.sweep.study import Search, search


def tried(trials: int = 20, seed: int = 0, *, ranges: Sequence[Range]) -> Search:
    """Draws values near those that did well so far (tree-structured Parzen estimator).

    Args:
        trials: How many combinations are tried; the first ten are drawn at random.
        seed: Repeats the same choice.
        ranges: What is tried.
    """
    from optuna.samplers import TPESampler

    return search(trials, TPESampler(seed=seed))
