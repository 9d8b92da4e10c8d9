"""Accuracy, where amounts are to be predicted.

Accuracy is the share of answers that equal their target. No predicted amount equals its target to the last
digit, so it stays near 0 however well the model does.

Bad: `metrics=["accuracy"]` with the loss mean_squared_error for prices.

Good: `metrics=["mean_absolute_error"]`, which is in the unit of the targets.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.rules.targets_not_scaled import ABSOLUTE
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "info"
TITLE = text("Metric does not fit the task")
ACCURACIES = frozenset({"accuracy", "acc", "Accuracy", "binary_accuracy", "BinaryAccuracy"})
"""What a setup calls it."""
BETTER = "mean_absolute_error"


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for accuracy beside a loss for amounts whose targets are no whole numbers."""
    y, metrics = situation.y, situation.compiled.get("metrics")
    if y is None or situation.loss not in ABSOLUTE or not isinstance(metrics, list):
        return
    parts = float((y != np.floor(y)).mean())
    if not any(_name(metric) in ACCURACIES for metric in metrics) or not parts or not np.isfinite(y).all():
        return
    others = [metric for metric in metrics if _name(metric) not in (*ACCURACIES, BETTER, "mae")]
    edits = [{"edit": "compile", "values": {"metrics": [*others, BETTER]}}]
    yield hint(
        __name__,
        SEVERITY,
        text(
            "Accuracy counts predictions that equal their target exactly, which predicted "
            "quantities almost never do. Use the metric {right}.",
            right=BETTER,
        ),
        text("The metric stays near 0 and says nothing about how good the model is."),
        {text("fraction of targets that are not integers"): parts},
        fix=(text("Use the metric {name}", name=BETTER), edits),
    )


def _name(metric: object) -> str:
    """The name of a metric as a setup has it."""
    name = metric.get("class_name") if isinstance(metric, dict) else metric
    return name if isinstance(name, str) else ""
