"""What a strategy gives: Optuna's study, which draws values and is told what came of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

if TYPE_CHECKING:
    from optuna.study import Study

MOST_TRIALS = 1000


class Search(NamedTuple):
    """What is tried.

    Attributes:
        study: Asked for values, and told what came of them.
        trials: How many there will be.
    """

    study: Study
    trials: int


def search(trials: int, sampler: Any = None, pruner: Any = None) -> Search:
    """A study in which less is better: for a metric of which more is better, the sign is turned.

    Args:
        trials: How many combinations are tried.
        sampler: Optuna's, which draws values.
        pruner: Optuna's, which ends trials early.

    Raises:
        RequestError: With code `plan`, for no trial and for too many.
    """
    import optuna

    if not 1 <= trials <= MOST_TRIALS:
        raise RequestError(
            "plan",
            text("Expected from 1 to {most} trials, received: {trials}.", most=MOST_TRIALS, trials=trials),
        )
    optuna.logging.disable_default_handler()  # the page says what is going on
    study = optuna.create_study(sampler=sampler, pruner=pruner or optuna.pruners.NopPruner())
    return Search(study, trials)
