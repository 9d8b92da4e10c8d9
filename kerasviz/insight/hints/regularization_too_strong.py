"""Penalties on weights, or dropout, that leave nothing to learn with.

A penalty asks for small weights. Where it costs more than wrong answers do, the best model is one whose
weights are 0. A dropout of 0.95 leaves one of twenty numbers.

Bad: `kernel_regularizer=L2(0.3)` in each layer; `Dropout(0.95)`.

Good: `L2(1e-4)`; `Dropout(0.2)` to `Dropout(0.5)`.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.modelfacts import LayerFacts
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
DROPPED = 0.85
STRONG = 0.02
"""Factor of a penalty."""
RIGHT: JSON = {
    "module": "keras.regularizers",
    "class_name": "L2",
    "config": {"l2": 1e-4},
    "registered_name": None,
}


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for much dropout, and for strong penalties with which little was learned."""
    for layer in situation.layers:
        rate = layer.config.get("rate")
        if "Dropout" in layer.class_name and isinstance(rate, (int, float)) and rate > DROPPED:
            arguments: JSON = {"rate": 0.3}
            yield hint(
                __name__,
                SEVERITY,
                text(
                    "Layer {layer} drops {percent} % of what it gets, so nearly nothing is left to learn "
                    "from. Take 20 to 50 %.",
                    layer=repr(layer.name),
                    percent=f"{100 * rate:.3g}",
                ),
                text("The model hardly learns."),
                {text("share that is dropped"): rate},
                layer=layer.name,
                fix=(set_title(arguments), [{"edit": "set", "layer": layer.name, "arguments": arguments}]),
            )
            return
    strong = [layer for layer in situation.layers if _factor(layer) > STRONG]
    loss, guess, penalty = situation.curve("loss"), situation.guess, 0.0
    if situation.model is not None:
        penalty = situation.model.penalty
    if strong and loss and guess and loss[-1] > 0.5 * guess:
        arguments = {"kernel_regularizer": RIGHT}
        edits = [{"edit": "set", "layer": layer.name, "arguments": arguments} for layer in strong]
        yield hint(
            __name__,
            SEVERITY,
            text(
                "The penalty on the weights of layer {layer} is strong ({factor}), and the model has learned "
                "little. Take about 0.0001.",
                layer=repr(strong[0].name),
                factor=f"{_factor(strong[0]):.3g}",
            ),
            text("Weights near 0 cost less than wrong answers do."),
            {text("penalty in the loss"): penalty, text("loss"): loss[-1]},
            layer=strong[0].name,
            fix=(text("Weaken the penalty to 0.0001"), edits),
        )


def _factor(layer: LayerFacts) -> float:
    """The largest factor of a penalty on the layer's kernel."""
    regularizer = layer.config.get("kernel_regularizer")
    config = regularizer.get("config") if isinstance(regularizer, dict) else None
    found = [value for key, value in (config or {}).items() if key in ("l1", "l2", "factor")]
    return max((float(value) for value in found if isinstance(value, (int, float))), default=0.0)
