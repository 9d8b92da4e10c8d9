"""A regression loss for a classification task.

Classification needs probabilities. A squared or absolute distance to 0 or 1 pulls the outputs towards the
more frequent class, and its gradient vanishes where a sigmoid or a softmax is confidently wrong. A class
index is not a quantity: class 2 is not between 1 and 3.

Bad: `Dense(1)` with the loss mean_absolute_error for targets of 0 and 1; `Dense(10)` with mean_squared_error
for one-hot classes; `Dense(1)` with mean_squared_error and accuracy for the numbers of ten classes.

Good: `Dense(1, "sigmoid")` with binary_crossentropy; `Dense(10, "softmax")` with categorical_crossentropy, or
with sparse_categorical_crossentropy for the numbers of classes.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from kerasviz.data.facts.classofeach import is_one_hot
from kerasviz.data.facts.finite import is_finite
from kerasviz.data.losses import BINARY_LOSSES, ONE_HOT_LOSS, SPARSE_LOSS
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.rules.targets_not_scaled import ABSOLUTE
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import Text, text

SEVERITY: Severity = "warning"
TITLE = text("Loss does not fit the task")
LEARNED = 0.3
"""Share of the loss of guessing below which it goes well all the same, as with the least squares of a GAN."""
MOST = 100
"""Classes that whole numbers may be, where accuracy says that they are classes."""


class _Better(NamedTuple):
    what: Text
    loss: str
    activation: str
    units: int | None = None


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for targets that are classes, and are compared as amounts, or each for itself."""
    last = next((layer for layer in reversed(situation.layers) if layer.weights), None)
    better = None if situation.y is None else _better(situation, situation.y)
    if better is None or last is None:
        return
    is_meant = any("acc" in name for name in situation.history)
    is_probable = situation.activation_of(situation.layers[-1].name) in ("sigmoid", "softmax")
    if (
        situation.has_learned(LEARNED)
        and (is_probable or not is_meant)
        and situation.loss != "mean_absolute_error"
    ):
        return
    activated = situation.layers[-1] if situation.layers[-1].activation is not None else last
    edits: list[JSON] = [
        {"edit": "set", "layer": activated.name, "arguments": {"activation": better.activation}},
        {"edit": "compile", "values": {"loss": better.loss}},
    ]
    if better.units is not None:
        edits.append({"edit": "set", "layer": last.name, "arguments": {"units": better.units}})
    yield hint(
        __name__,
        SEVERITY if situation.ended or _is_told(situation) else "info",
        text(
            "{what}, but the loss {loss} treats them as quantities or as independent labels. Use "
            "{right}, with the activation {activation} in layer {layer}.",
            what=better.what,
            loss=str(situation.loss),
            right=better.loss,
            activation=better.activation,
            layer=repr(last.name),
        ),
        text("The model learns the most frequent class rather than the probability of each class."),
        {text("classes"): situation.outputs or 1},
        layer=last.name,
        fix=(text("Use the loss {loss}", loss=better.loss), edits),
    )


def _is_told(situation: Situation) -> bool:
    """Whether the plan says that these are classes: squares of 0 and 1 may be meant, as in a GAN."""
    return situation.loss == "mean_absolute_error" or "acc" in repr(situation.compiled.get("metrics")).lower()


def _better(situation: Situation, y: np.ndarray) -> _Better | None:
    """What fits targets that are classes; None where they are not, or it fits."""
    if not is_finite(y) or len(y) < 2:
        return None
    if y.ndim == 2 and y.shape[1] > 2 and y.shape[1] == situation.outputs:
        each_alone = situation.loss in BINARY_LOSSES and situation.layers[-1].activation == "softmax"
        if is_one_hot(y) and (situation.loss in ABSOLUTE or each_alone):
            return _Better(text("The targets are one-hot classes"), ONE_HOT_LOSS, "softmax")
    if y.size != len(y) or situation.outputs != 1 or situation.loss not in ABSOLUTE:
        return None
    names = np.unique(y)
    if len(names) == 2 and np.isin(names, (0, 1)).all():
        return _Better(text("The targets are 0 and 1"), "binary_crossentropy", "sigmoid")
    is_meant = any("acc" in name for name in situation.history)
    if is_meant and 2 < len(names) <= MOST and np.array_equal(names, np.arange(len(names))):
        return _Better(text("The targets are class indices"), SPARSE_LOSS, "softmax", len(names))
    return None
