"""Activations that change the shape of what they get, of which the layer before knows nothing."""

from __future__ import annotations

from functools import cache

import keras

from kerasviz.analysis.mistakes.situation import Mistake, fix
from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.analysis.reading import LayerConfig
from kerasviz.backend.isolation import isolated
from kerasviz.protocol.text import text


def shrinking(layer: LayerConfig) -> Mistake | None:
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
    edit = {"edit": "set", "layer": layer.name, "arguments": {"activation": "silu"}}
    return Mistake(message, [fix(set_title({"activation": "silu"}), edit)], "activation")


@cache
def _shrinks(name: str) -> bool:
    """Asks Keras for the shape that an activation gives."""
    try:
        function = keras.activations.get(name)
        given = keras.KerasTensor((1, 8))
        return bool(isolated(lambda: function(given)).shape != given.shape)
    except Exception:  # an activation that Keras does not know, or that wants something else
        return False
