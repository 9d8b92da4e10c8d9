"""What rules know of a run, as far as it has come."""

from __future__ import annotations

from typing import Any

from kerasviz.insight.hints.modelfacts import facts_of
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol import JSON
from kerasviz.training.run.run import Run


def situation_of(document: JSON, run: Run, model: Any) -> Situation:
    """Takes together what is known of a run.

    Args:
        document: Keras JSON with the plan of the run.
        run: The run.
        model: The `keras.Model` that came of it; None where it was not built.
    """
    curves = run.history.to_json()["epoch"]
    return Situation(
        document,
        run.seen,
        {name: list(series["y"]) for name, series in curves.items()},
        run.step,
        run.ended,
        None if model is None else facts_of(model),
        tuple(run.statistics.taken),
        run.broken_layer,
    )
