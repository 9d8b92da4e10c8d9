"""Weight penalties or dropout so strong that the model cannot learn.

A penalty keeps weights small. If it outweighs the prediction error, the best model has weights of 0. A
dropout rate of 0.95 keeps only one of twenty values.

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
TITLE = text("Regularization too strong")
DROPPED = 0.85
"""Share that leaves nearly nothing, whatever the model."""
MUCH = 0.7
"""Share that may be too much, where little was learned."""
STRONG = 0.02
"""Factor of a penalty; Keras' own is 0.01."""
COSTS = 0.3
"""Share of the loss that strong penalties cost more than wrong answers should."""
SHRUNK = 0.3
"""Size of a layer's weights in the end, as a share of that in the beginning, that only a penalty leads to."""
RIGHT: JSON = {
    "module": "keras.regularizers",
    "class_name": "L2",
    "config": {"l2": 1e-4},
    "registered_name": None,
}


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for much dropout, and for strong penalties with which little was learned."""
    much = MUCH if not situation.has_learned(0.7) else DROPPED
    dropping = [layer for layer in situation.layers if _dropped(layer) > much]
    if dropping:
        rate = _dropped(dropping[0])
        arguments: JSON = {"rate": 0.3}
        edits = [{"edit": "set", "layer": layer.name, "arguments": arguments} for layer in dropping]
        yield hint(
            __name__,
            SEVERITY,
            text(
                "Layer {layer} drops {percent} % of its inputs, which leaves too little to learn "
                "from. Use a rate of 0.2 to 0.5.",
                layer=repr(dropping[0].name),
                percent=f"{100 * rate:.3g}",
            ),
            text("The model hardly learns anything."),
            {text("dropout rate"): rate},
            layer=dropping[0].name,
            fix=(set_title(arguments, [layer.name for layer in dropping]), edits),
        )
        return
    loss = situation.curve("loss")
    penalty = 0.0 if situation.model is None else situation.model.penalty
    strong = [layer for layer in situation.layers if _factor(layer) > STRONG]
    if loss and situation.has_learned(0.5) and penalty < COSTS * abs(loss[-1]):
        return
    if not situation.has_learned(0.5):
        strong = strong or [layer for layer in situation.layers if _shrank(situation, layer)]
    if strong and loss:
        arguments = {"kernel_regularizer": RIGHT}
        edits = [{"edit": "set", "layer": layer.name, "arguments": arguments} for layer in strong]
        yield hint(
            __name__,
            SEVERITY,
            text(
                "The regularization of layer {layer} is strong ({factor}), and the model has learned "
                "little. Use a factor of about 0.0001.",
                layer=repr(strong[0].name),
                factor=f"{_factor(strong[0]):.3g}",
            ),
            text("The penalty outweighs the prediction error, so the weights shrink to 0."),
            {text("penalty added to the loss"): penalty, text("loss"): loss[-1]},
            layer=strong[0].name,
            fix=(text("Reduce the regularization factor to 0.0001"), edits),
        )


def _dropped(layer: LayerFacts) -> float:
    """The share that a layer drops, in training."""
    rate = layer.config.get("rate")
    return float(rate) if "Dropout" in layer.class_name and isinstance(rate, (int, float)) else 0.0


def _factor(layer: LayerFacts) -> float:
    """The largest factor of a penalty on the layer's kernel, or on what comes out of it."""
    found: list[object] = []
    for name in ("kernel_regularizer", "activity_regularizer", "embeddings_regularizer"):
        regularizer = layer.config.get(name)
        config = regularizer.get("config") if isinstance(regularizer, dict) else None
        found += [value for key, value in (config or {}).items() if key in ("l1", "l2", "factor")]
    return max((float(value) for value in found if isinstance(value, (int, float))), default=0.0)


def _shrank(situation: Situation, layer: LayerFacts) -> bool:
    """Whether the weights of a layer with a penalty became far smaller than they began."""
    if not _factor(layer) or len(situation.measured) < 2:
        return False
    norms = [
        facts["weights"]["norm"] if (facts := each["layers"].get(layer.name)) and facts["weights"] else None
        for each in (situation.measured[0], situation.measured[-1])
    ]
    return norms[0] is not None and norms[1] is not None and norms[1] < SHRUNK * norms[0]
