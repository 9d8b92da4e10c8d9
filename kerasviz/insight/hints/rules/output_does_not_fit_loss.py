"""A last layer whose numbers are not what the loss takes.

Losses such as crossentropy take probabilities, or raw scores where `from_logits` is on; those for amounts
take any number. A sigmoid never gives more than 1, a relu never less than 0, a softmax of one unit always 1.

Bad: `Dense(10)` without an activation, and the loss sparse_categorical_crossentropy.

Good: `Dense(10, "softmax")`; for amounts `Dense(1)` without an activation.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.analysis.wholemodel import explained
from kerasviz.data.facts.finite import is_finite
from kerasviz.data.facts.magnitude import beyond
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.rules.targets_not_scaled import ABSOLUTE
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "error"
FOUND_WHILE_DRAWING = (
    "from_logits",
    "no_probabilities",
    "softmax_of_one",
    "sigmoid_of_classes",
    "regression",
)
"""What the analysis of a drawing calls it."""
RANGES = {"sigmoid": (0.0, 1.0), "softmax": (0.0, 1.0), "tanh": (-1.0, 1.0), "relu": (0.0, np.inf)}
"""The numbers that an activation gives."""
FEW = 0.02
"""Share of the targets that may lie outside."""


def look(situation: Situation) -> Iterator[Hint]:
    """Takes what is found while drawing, and compares the last activation with the targets."""
    if situation.refused is not None:  # which is said, with its fix
        return
    _, _, errors = explained(situation.document)
    for error in errors:
        if error["code"] in FOUND_WHILE_DRAWING:
            made = hint(
                __name__,
                SEVERITY,
                text("{sentence}", sentence=error["message"]),
                text("The model cannot output the correct values, however long it trains."),
                {},
                layer=error["layer"],
            )
            yield {**made, "fix": error["fix"]}
            return
    y, last = situation.y, next(iter(reversed(situation.layers)), None)
    if y is None or last is None or situation.loss not in ABSOLUTE or not is_finite(y):
        return
    low, high = RANGES.get(last.activation or "", (-np.inf, np.inf))
    outside = beyond(y, low, high)
    if outside > FEW:
        arguments = {"activation": "linear"}
        yield hint(
            __name__,
            SEVERITY,
            text(
                "Layer {layer} ({activation}) cannot output {percent} % of the targets, which range "
                "from {low} to {high}. Set its activation to linear.",
                layer=repr(last.name),
                activation=str(last.activation),
                percent=f"{100 * outside:.3g}",
                low=f"{float(y.min()):.4g}",
                high=f"{float(y.max()):.4g}",
            ),
            text("The model cannot output the correct values, however long it trains."),
            {text("fraction of targets out of its range"): outside},
            layer=last.name,
            fix=(set_title(arguments), [{"edit": "set", "layer": last.name, "arguments": arguments}]),
        )
