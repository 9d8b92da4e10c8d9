"""How a sweep chooses what to try. A strategy is a function; its arguments are those of a plan.

Optuna draws and judges: its study is asked for values and told what came of them, so that each trial is a
run like any other, with its curves, its folder and its Stop. KerasTuner calls `fit` itself, and its trials
could be neither watched nor steered here.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.training.sweep.ranges import Range

if TYPE_CHECKING:
    from optuna.study import Study

MOST_TRIALS = 1000


class Search(NamedTuple):
    """What is tried.

    Attributes:
        study: Optuna's; asked for values, and told what came of them.
        trials: How many there will be.
    """

    study: Study
    trials: int


Strategy = Callable[..., Search]


def grid(*, ranges: Sequence[Range]) -> Search:
    """Every combination of the values: each range has to be a list of values.

    Args:
        ranges: What is tried.

    Raises:
        RequestError: With code `plan`, for a range without a list, and for too many combinations.
    """
    open_range = next((one for one in ranges if one.values is None), None)
    if open_range is not None:
        raise RequestError(
            "plan",
            text(
                "A grid tries lists of values, but {name} is a range of numbers. List its values, or choose "
                "random values.",
                name=open_range.name,
            ),
        )
    study = _study()
    count = 0
    for drawn in itertools.product(*(range(len(one.values or ())) for one in ranges)):
        count += 1
        if count > MOST_TRIALS:
            raise RequestError(
                "plan",
                text(
                    "The grid has more than {most} combinations. Remove values, or choose random values.",
                    most=MOST_TRIALS,
                ),
            )
        study.enqueue_trial({str(i): index for i, index in enumerate(drawn)})
    return Search(study, count)


def random(trials: int = 20, seed: int = 0, *, ranges: Sequence[Range]) -> Search:
    """Values drawn at random.

    Args:
        trials: How many combinations are tried.
        seed: Repeats the same choice.
        ranges: What is tried.
    """
    from optuna.samplers import RandomSampler

    return Search(_study(RandomSampler(seed=seed)), _count(trials))


def bayesian(trials: int = 20, seed: int = 0, *, ranges: Sequence[Range]) -> Search:
    """Values near those that did well so far (tree-structured Parzen estimator).

    Args:
        trials: How many combinations are tried; the first ten are drawn at random.
        seed: Repeats the same choice.
        ranges: What is tried.
    """
    from optuna.samplers import TPESampler

    return Search(_study(TPESampler(seed=seed)), _count(trials))


def halving(
    trials: int = 20,
    reduction: int = 2,
    first_epochs: int = 1,
    seed: int = 0,
    *,
    ranges: Sequence[Range],
) -> Search:
    """Successive halving: values drawn at random; trials that do worse are stopped early.

    Args:
        trials: How many combinations are tried.
        reduction: One in this many goes on at each step.
        first_epochs: Epochs that each trial has before it may be stopped.
        seed: Repeats the same choice.
        ranges: What is tried.
    """
    from optuna.pruners import SuccessiveHalvingPruner
    from optuna.samplers import RandomSampler

    if reduction < 2 or first_epochs < 1:
        raise RequestError("plan", text("Successive halving needs a reduction of 2 and one epoch at least."))
    pruner = SuccessiveHalvingPruner(min_resource=first_epochs, reduction_factor=reduction)
    return Search(_study(RandomSampler(seed=seed), pruner), _count(trials))


STRATEGIES: Mapping[str, Strategy] = {
    "grid": grid,
    "random": random,
    "bayesian": bayesian,
    "halving": halving,
}
"""The strategies by the name that a plan has for them, as they are offered."""


def _study(sampler: Any = None, pruner: Any = None) -> Study:
    """A study in which less is better: whoever tells it a metric of which more is better turns its sign."""
    import optuna

    optuna.logging.disable_default_handler()  # the page says what is going on
    return optuna.create_study(sampler=sampler, pruner=pruner or optuna.pruners.NopPruner())


def _count(trials: int) -> int:
    if not 1 <= trials <= MOST_TRIALS:
        raise RequestError(
            "plan",
            text("Expected from 1 to {most} trials, received: {trials}.", most=MOST_TRIALS, trials=trials),
        )
    return trials
