"""Units that always output 0 and receive no gradient.

A relu outputs 0 for negative inputs, and its slope is 0 there, too. A unit whose input is negative for every
sample gets no gradient, so it never recovers (Lu et al., 2019, *Dying ReLU and Initialization*). Some dead
units are normal; a whole layer of them blocks all information.

Bad: biases initialized with -10; a learning rate so high that one step makes all units negative.

Good: biases initialized with 0, `he_normal` for the weights, `leaky_relu` if units still die.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Dead units")
DEAD = 0.9
"""Share of a layer's units that are dead; half of them are usual in wide layers that learn well."""
LEARNED = 0.5
"""Share of the loss of guessing below which the units that live are enough."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for the first layer whose units are 0 for all samples that were measured."""
    if not situation.measured or situation.has_learned(LEARNED):
        return
    for name, facts in situation.measured[-1]["layers"].items():
        outputs = facts["activations"]
        dead = None if outputs is None else outputs["dead"]
        if dead is None or dead < DEAD:
            continue
        layer = situation.weighty_before(name)
        fix = None if layer is None else _arguments(layer.config)
        yield hint(
            __name__,
            SEVERITY,
            text(
                "{percent} % of the units of layer {layer} are dead: they output 0 for every sample "
                "and get no gradient. Initialize its biases with 0, or use the activation leaky_relu.",
                percent=f"{100 * dead:.3g}",
                layer=repr(name),
            ),
            text("No gradient reaches the layers before it, and no information reaches the layers after it."),
            {text("fraction of dead units"): dead},
            layer=name,
            fix=None
            if layer is None or fix is None
            else (set_title(fix), [{"edit": "set", "layer": layer.name, "arguments": fix}]),
        )
        return


def _arguments(config: Mapping[str, Any]) -> JSON | None:
    """What brings the units of a layer back."""
    bias = config.get("bias_initializer")
    if isinstance(bias, dict) and bias.get("class_name") != "Zeros":
        return {"bias_initializer": "zeros"}
    return {"activation": "leaky_relu"} if config.get("activation") == "relu" else None
