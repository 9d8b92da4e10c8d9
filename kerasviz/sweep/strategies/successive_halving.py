"""Successive halving."""

from __future__ import annotations

from collections.abc import Sequence

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.sweep.ranges import Range
from kerasviz.sweep.study import Search, search


def tried(
    trials: int = 20,
    reduction: int = 2,
    first_epochs: int = 1,
    seed: int = 0,
    *,
    ranges: Sequence[Range],
) -> Search:
    """Draws values at random, and ends trials early that do worse than others.

    Args:
        trials: How many combinations are tried.
        reduction: One in this many goes on at each step.
        first_epochs: Epochs that each trial has before it may be ended.
        seed: Repeats the same choice.
        ranges: What is tried.

    Raises:
        RequestError: With code `plan`, for numbers with which nothing could be halved.
    """
    from optuna.pruners import SuccessiveHalvingPruner
    from optuna.samplers import RandomSampler

    if reduction < 2 or first_epochs < 1:
        raise RequestError("plan", text("Successive halving needs a reduction of 2 and one epoch at least."))
    pruner = SuccessiveHalvingPruner(min_resource=first_epochs, reduction_factor=reduction)
    return search(trials, RandomSampler(seed=seed), pruner)
