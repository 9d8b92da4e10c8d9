"""Activations that change the shape of what they get, of which the layer before knows nothing."""

from __future__ import annotations

from functools import cache

import keras

from kerasviz.analysis.mistakes.situation import Drawing, Mistake, fix
from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.analysis.reading import LayerConfig, is_sequential
from kerasviz.backend.isolation import isolated
from kerasviz.protocol.text import text


def shrinking(drawing: Drawing, layer: LayerConfig) -> Mistake | None:
    """A layer whose activation gives fewer values, though Keras builds the next layer for all of them."""
    config = layer.data.get("config")
    value = config.get("activation") if isinstance(config, dict) else None
    if not isinstance(value, str) or not _shrinks(value):
        return None
    message = text(
        "The activation {activation} of layer {layer} gives half as many values, but Keras builds the layers "
        "behind it for all of them, and fails in training. Choose another one, such as silu.",
        activation=value,
        layer=repr(layer.name),
    )
    ends = not _is_taken(drawing, layer)
    if ends:  # it trains, only its shape is told wrongly
        message = text(
            "The activation {activation} of layer {layer} gives half as many values as its shape says. Give "
            "it twice as many, or choose another activation, such as silu.",
            activation=value,
            layer=repr(layer.name),
        )
    edit = {"edit": "set", "layer": layer.name, "arguments": {"activation": "silu"}}
    code = "activation" if ends else "halved"
    return Mistake(message, [fix(set_title({"activation": "silu"}), edit)], code)


def _is_taken(drawing: Drawing, layer: LayerConfig) -> bool:
    """Whether another layer takes what a layer gives."""
    others = drawing.layers.values()
    if is_sequential(drawing.model):
        return layer is not list(others)[-1]
    return any(
        reference.layer == layer.name for other in others for call in other.links for reference in call
    )


@cache
def _shrinks(name: str) -> bool:
    """Asks Keras for the shape that an activation gives."""
    try:
        function = keras.activations.get(name)
        given = keras.KerasTensor((1, 8))
        return bool(isolated(lambda: function(given)).shape != given.shape)
    except Exception:  # an activation that Keras does not know, or that wants something else
        return False
