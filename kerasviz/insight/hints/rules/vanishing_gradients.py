"""Gradients that shrink from layer to layer, until almost nothing reaches the first layers.

A gradient is multiplied at each layer on its way back: by the slope of the activation, which is at most 0.25
for a sigmoid, and by the weights. After ten layers it is a millionth (Glorot and Bengio, 2010, *Understanding
the difficulty of training deep feedforward neural networks*).

Bad: ten sigmoid layers; weights initialized with a standard deviation of 0.01 in a deep network.

Good: relu with `he_normal`, BatchNormalization between layers, or skip connections.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.statistics import GradientFacts
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Vanishing gradients")
SMALL = 1e-3
"""Size of the gradient in a layer, as a share of that in the layer where it is largest. In networks that are
laid out with care the layers are within a factor of about ten."""
LEARNED = 0.7
"""Share of the loss of guessing below which enough has come through."""
BOUNDED = ("sigmoid", "tanh", "hard_sigmoid", "softsign", "softmax")


def look(situation: Situation) -> Iterator[Hint]:
    """Compares the gradients of the layers before the first batch and in the end."""
    if not situation.measured or situation.has_learned(LEARNED):
        return
    for measurement in (situation.measured[0], situation.measured[-1]):
        sizes = {
            name: _size(facts["gradients"])
            for name, facts in measurement["layers"].items()
            if facts["gradients"] is not None and not facts["frozen"]
        }
        most = max(sizes, key=sizes.__getitem__, default="")
        before = list(sizes)[: list(sizes).index(most)] if most else []
        least = next((name for name in before if sizes[name] < SMALL * sizes[most]), "")
        if not least or len(sizes) < 3:
            return  # none, or it grows on the way back
        share = sizes[least] / sizes[most]
    first = situation.weighty_before(least)
    edits = list(_edits(situation))
    yield hint(
        __name__,
        SEVERITY,
        text(
            "The gradient vanishes before layer {layer}: it is {share} of the largest gradient "
            "of a layer. Use relu with he_normal in the layers between, or BatchNormalization.",
            layer=repr(least),
            share=f"{share:.1g}",
        ),
        text("The first layers hardly change, and the model learns very little."),
        {text("its gradient relative to the largest"): share},
        layer=least if first is None else first.name,
        fix=(text("Set hidden layers to the activation relu and the initializer he_normal"), edits)
        if edits
        else None,
    )


def _size(facts: GradientFacts) -> float:
    """The root of the mean square of those that are not 0: of an embedding, most words are in no sample."""
    some = max(1e-9, 1 - facts["zero"])
    return math.hypot(facts["mean"] or 0.0, facts["deviation"] or 0.0) / math.sqrt(some)


def _edits(situation: Situation) -> Iterator[JSON]:
    weighty = [layer for layer in situation.layers if layer.weights]
    for layer in weighty[:-1]:
        if (
            layer.activation in BOUNDED
            and "units" in layer.config
            and "recurrent_activation" not in layer.config
        ):
            arguments = {"activation": "relu", "kernel_initializer": "he_normal"}
            yield {"edit": "set", "layer": layer.name, "arguments": arguments}
