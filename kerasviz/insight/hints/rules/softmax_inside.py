"""A softmax in a hidden layer.

Its outputs add up to 1: with many units each is near 0, they suppress each other, and gradients vanish. It is
for the output layer, where it makes probabilities, and for the weights of attention.

Bad: `Dense(64, "softmax")`, `Dense(10, "softmax")`.

Good: `Dense(64, "relu")`, `Dense(10, "softmax")`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Softmax in a hidden layer")
LAYERS = ("Dense", "Conv1D", "Conv2D", "Conv3D")
LEARNED = 0.1
"""Share of the loss of guessing below which that did no harm, as with a mixture of few experts."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for such layers in a chain."""
    if not situation.is_chain:
        return
    weighty = [layer for layer in situation.layers if layer.weights]
    wrong = [each for each in weighty[:-1] if each.activation == "softmax" and each.class_name in LAYERS]
    if not wrong:
        return
    edits = [{"edit": "set", "layer": each.name, "arguments": {"activation": "relu"}} for each in wrong]
    yield hint(
        __name__,
        "info" if situation.has_learned(LEARNED) else SEVERITY,
        text(
            "Layer {layer} has the activation softmax but is not the output layer. Use relu there.",
            layer=repr(wrong[0].name),
        ),
        text("Its gradients vanish, so the layers before it learn slowly."),
        {text("hidden layers with softmax"): len(wrong)},
        layer=wrong[0].name,
        fix=(text("Set the activation of hidden layers to relu"), edits),
    )
