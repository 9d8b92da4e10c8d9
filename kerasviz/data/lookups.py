"""Checks that layers which look up words or numbers have a vocabulary, with what they are given in it.

Keras says neither before TensorFlow's table ends the training, without the name of the layer.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import keras
import numpy as np

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text

LOOKUPS = (keras.layers.StringLookup, keras.layers.IntegerLookup, keras.layers.TextVectorization)


def check_lookups(model: Any, arrays: Sequence[tuple[Any, Any, str]]) -> None:
    """Checks the lookups of a model, and the samples of those that take an input as it is.

    Args:
        model: A model that is built.
        arrays: Each input of the model, with its samples and what a person calls them.

    Raises:
        RequestError: With code `vocabulary` and the layer, where one has none, or where a value is not in it
            and the layer has no index for others.
    """
    for layer in _lookups(model):
        known = layer.get_vocabulary(include_special_tokens=False)
        if not known:
            message = text(
                "Layer {layer} has no vocabulary. Adapt it in a cell, or give it one in its arguments.",
                layer=repr(layer.name),
            )
            raise RequestError("vocabulary", message, layer=layer.name)
        if getattr(layer, "num_oov_indices", 1) or layer.invert:
            continue
        taken = [node.input_tensors[0] for node in layer._inbound_nodes]
        for tensor, array, name in arrays:
            if any(tensor is one for one in taken):
                _check(layer, layer.get_vocabulary(), array, name)


def _lookups(model: Any) -> Iterator[Any]:
    for layer in model.layers:
        if isinstance(layer, keras.Model):
            yield from _lookups(layer)
        elif isinstance(layer, LOOKUPS):
            yield layer


def _check(layer: Any, vocabulary: list[Any], array: Any, name: str) -> None:
    mask = layer.mask_token
    known = {str(word) for word in [*vocabulary, *([] if mask is None else [mask])]}
    values = np.asarray(array)
    if isinstance(layer, keras.layers.IntegerLookup):
        values = values.astype("int64")  # as Keras does
    elif values.dtype.kind != "U":
        return
    other = next((value for value in np.unique(values) if str(value) not in known), None)
    if other is None:
        return
    message = text(
        "Layer {layer} has no index for {value}, which {name} holds: it is not in its vocabulary. Add it "
        "there, or set num_oov_indices to 1.",
        layer=repr(layer.name),
        value=repr(other.item()),
        name=name,
    )
    raise RequestError("vocabulary", message, layer=layer.name)
