"""Units whose outputs are always at a limit of their activation.

A sigmoid outputs almost 0 or 1, and a tanh almost -1 or 1, for inputs far from 0. There they are flat, so
gradients vanish (Glorot and Bengio, 2010, *Understanding the difficulty of training deep
feedforward neural networks*).

Bad: weights initialized with a standard deviation of 10 before a tanh; inputs in the hundreds.

Good: `glorot_uniform` for the weights, inputs of about -1 to 1, or relu, which saturates on one side only.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Saturated units")
SATURATED = 0.6
"""Share of a layer's values within 1 % of an end before the first batch; a usual layer has next to none."""
LEARNED = 0.1
"""Share of the loss of guessing below which that did no harm."""
USUAL = (
    "GlorotUniform",
    "GlorotNormal",
    "HeNormal",
    "HeUniform",
    "LecunNormal",
    "LecunUniform",
    "Orthogonal",
)


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for the first layer before the last that begins like this."""
    if not situation.measured or situation.measured[0]["step"] or situation.has_learned(LEARNED):
        return
    last = next((layer.name for layer in reversed(situation.layers) if layer.weights), None)
    for name, facts in situation.measured[0]["layers"].items():
        outputs = facts["activations"]
        saturated = None if outputs is None else outputs["saturated"]
        layer = situation.weighty_before(name)
        if saturated is None or saturated < SATURATED or layer is None or layer.name == last:
            continue
        if "softmax" in (layer.activation, situation.activation_of(name)) or "softmax" in name:
            continue  # most of its values are near 0 where there are many
        initializer = layer.config.get("kernel_initializer")
        kind = initializer.get("class_name") if isinstance(initializer, dict) else None
        arguments: JSON = {"kernel_initializer": "glorot_uniform"}
        edits = [
            {"edit": "set", "layer": each.name, "arguments": arguments}
            for each in situation.layers
            if each.config.get("kernel_initializer") == initializer
        ]
        yield hint(
            __name__,
            SEVERITY,
            text(
                "Layer {layer} is saturated before it has learned anything: {percent} % of its "
                "outputs are at a limit of its activation. Its weights or inputs are too large. Use "
                "the initializer glorot_uniform, and scale the inputs.",
                percent=f"{100 * saturated:.3g}",
                layer=repr(name),
            ),
            text("Its gradients vanish, so it learns slowly or not at all."),
            {text("fraction of saturated outputs"): saturated},
            layer=layer.name,
            fix=None if kind is None or kind.startswith(USUAL) else (set_title(arguments), edits),
        )
        return
