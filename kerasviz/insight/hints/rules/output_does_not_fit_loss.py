"""An output layer whose values do not suit the loss.

Losses such as crossentropy expect probabilities, or logits if `from_logits` is on; regression losses accept
any number. A sigmoid never outputs more than 1, a relu never less than 0, a softmax with one unit always 1.
The outputs of a softmax add up to 1, so they suit one class, not several labels. The loss poisson takes a
logarithm.

Bad: `Dense(10)` without an activation, and the loss sparse_categorical_crossentropy; a softmax where samples
have several labels.

Good: `Dense(10, "softmax")`; for several labels `Dense(10, "sigmoid")` and binary_crossentropy; for
regression `Dense(1)` without an activation.
"""

from __future__ import annotations

from collections.abc import Iterator

import keras
import numpy as np

from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.analysis.wholemodel import explained
from kerasviz.data.facts.finite import is_finite
from kerasviz.data.facts.magnitude import beyond
from kerasviz.data.judging import may_be_negative
from kerasviz.data.losses import BINARY_LOSSES, ONE_HOT_LOSSES
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.modelfacts import LayerFacts
from kerasviz.insight.hints.rules.targets_not_scaled import ABSOLUTE
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import text

SEVERITY: Severity = "error"
TITLE = text("Output does not fit the loss")
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
ABOVE = 1.01
"""What targets of one sample may add up to, with roundings, for a softmax to give them."""


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
    if y is None or last is None or not is_finite(y):
        return
    if situation.loss == "poisson" and _may_be_negative(last):
        yield _of_counts(situation, last)
        return
    found = _of_several(situation, last, y)
    if found is not None:
        yield found
        return
    if situation.loss not in ABSOLUTE:
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


def _of_several(situation: Situation, last: LayerFacts, y: np.ndarray) -> Hint | None:
    """A softmax, where targets of a sample add up to more than 1."""
    losses = ONE_HOT_LOSSES | BINARY_LOSSES | set(ABSOLUTE)
    if last.activation != "softmax" or y.ndim != 2 or y.shape[1] < 2 or situation.loss not in losses:
        return None
    more = float((y.sum(axis=1) > ABOVE).mean())
    if more <= FEW or y.min() < 0 or y.max() > 1:
        return None
    edits: list[JSON] = [{"edit": "set", "layer": last.name, "arguments": {"activation": "sigmoid"}}]
    if situation.loss in ONE_HOT_LOSSES:
        edits.append({"edit": "compile", "values": {"loss": "binary_crossentropy"}})
    return hint(
        __name__,
        SEVERITY,
        text(
            "What layer {layer} (softmax) gives adds up to 1, but {percent} % of the samples have several "
            "labels. Set its activation to sigmoid, and use binary_crossentropy.",
            layer=repr(last.name),
            percent=f"{100 * more:.3g}",
        ),
        text("The model cannot output the correct values, however long it trains."),
        {text("share of samples with several labels"): more},
        layer=last.name,
        samples=situation.numbered("training", y.sum(axis=1) > ABOVE),
        fix=(text("Rate each label by itself"), edits),
    )


def _may_be_negative(last: LayerFacts) -> bool:
    return last.activation is not None and may_be_negative(keras.activations.get(last.activation))


def _of_counts(situation: Situation, last: LayerFacts) -> Hint:
    arguments: JSON = {"activation": "softplus"}
    return hint(
        __name__,
        SEVERITY if situation.is_lost else "warning",
        text(
            "The loss poisson takes the logarithm of what layer {layer} ({activation}) gives, which may be "
            "below 0. Set its activation to softplus or exponential.",
            layer=repr(last.name),
            activation=str(last.activation),
        ),
        text("The loss becomes NaN as soon as the model gives a number below 0."),
        {},
        layer=last.name,
        fix=(set_title(arguments), [{"edit": "set", "layer": last.name, "arguments": arguments}]),
    )
