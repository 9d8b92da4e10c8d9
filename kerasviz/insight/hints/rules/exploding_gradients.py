"""Activations and gradients that grow from layer to layer.

Initial weights that are too large amplify the inputs at every layer, and the gradients on the way back. The
Glorot and He initializers keep the variance constant across layers (He et al., 2015, *Delving Deep into
Rectifiers*).

Bad: `RandomNormal(stddev=10)` in each layer.

Good: `he_normal` for relu, `glorot_uniform` for others; `clipnorm=1` in the optimizer of a recurrent network.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.modelfacts import LayerFacts
from kerasviz.insight.hints.rules.saturated_units import USUAL
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.statistics import Spread
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Exploding gradients")
TIMES = 8
"""How many times as large a layer with weights makes what comes in; a layer of He's keeps the size."""
LARGE = 10
"""Size of what comes out of it then: inputs are at about 1."""
LEARNED = 0.1
"""Share of the loss of guessing below which that did no harm."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for a layer whose weights begin so large that its outputs are far larger than its inputs."""
    if not situation.measured or situation.measured[0]["step"] or situation.has_learned(LEARNED):
        return
    last = next((layer.name for layer in reversed(situation.layers) if layer.weights), None)
    before = max((_root(array) for array in situation.x), default=1.0) or 1.0
    for name, facts in situation.measured[0]["layers"].items():
        outputs = facts["activations"]
        layer = situation.weighty_before(name)
        size = None if outputs is None else _size(outputs)
        if size is None or not math.isfinite(size):
            break
        if layer is not None and layer.name != last and size > max(LARGE, TIMES * before) and _is_odd(layer):
            yield _hint(situation, layer, size, before)
            return
        before = size or before


def _hint(situation: Situation, layer: LayerFacts, size: float, before: float) -> Hint:
    initializer = layer.config["kernel_initializer"]
    alike = [
        each
        for each in situation.layers
        if each.config.get("kernel_initializer") == initializer and "kernel_initializer" in each.config
    ]
    edits = [
        {
            "edit": "set",
            "layer": each.name,
            "arguments": {
                "kernel_initializer": "he_normal" if each.activation == "relu" else "glorot_uniform"
            },
        }
        for each in alike
    ]
    return hint(
        __name__,
        "error" if situation.is_lost else SEVERITY,
        text(
            "The initial weights of layer {layer} are too large: inputs of about {before} become "
            "outputs of about {size}. Use the initializer he_normal or glorot_uniform.",
            layer=repr(layer.name),
            size=f"{size:.3g}",
            before=f"{before:.3g}",
        ),
        text("The gradients explode too, so training is unstable."),
        {text("size of its outputs"): size, text("size of its inputs"): before},
        layer=layer.name,
        fix=(text("Initialize weights with he_normal or glorot_uniform"), edits),
    )


def _is_odd(layer: LayerFacts) -> bool:
    """Whether its weights begin otherwise than those of Glorot and others, which keep numbers as they are."""
    initializer = layer.config.get("kernel_initializer")
    name = initializer.get("class_name") if isinstance(initializer, dict) else None
    return isinstance(name, str) and not name.startswith(USUAL)


def _size(facts: Spread) -> float:
    if facts["mean"] is None or facts["deviation"] is None:
        return math.inf
    return math.hypot(facts["mean"], facts["deviation"])


def _root(array: object) -> float:
    import numpy as np

    values = np.asarray(array)
    return float(np.sqrt(np.mean(values.astype("float64") ** 2))) if values.dtype.kind in "fiu" else 1.0
