"""Checks that what an Embedding looks up is in its table.

Keras cuts off fractions and counts negative indices from the end, both in silence; an index beyond the table
ends the training in TensorFlow's words, is NaN with JAX, and zeros on a GPU.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import keras
import numpy as np

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def check_indices(model: Any, arrays: Sequence[tuple[Any, Any, str]]) -> None:
    """Checks the samples for the Embeddings that take an input of a model, as it is or sliced.

    Args:
        model: A model that is built.
        arrays: Each input of the model, with its samples and what a person calls them.

    Raises:
        RequestError: With code `indices` and the layer, where a value is no index of its table.
    """
    for layer in model.layers:
        if isinstance(layer, keras.layers.Embedding):
            for values, name in _looked_up(layer, arrays):
                _check(values, name, layer)


def _looked_up(layer: Any, arrays: Sequence[tuple[Any, Any, str]]) -> Iterator[tuple[Any, str]]:
    """Yields what a layer takes of the samples, at each of its calls in the model."""
    for node in layer._inbound_nodes:
        tensor = node.input_tensors[0]
        source = _source(tensor)
        for given, array, name in arrays:
            if given is tensor:
                yield array, name
            elif given is source:
                yield np.asarray(keras.Model(given, tensor)(array)), name


def _source(tensor: Any) -> Any:
    """The tensor that operations, which have neither weights nor chance, make another one of."""
    while not isinstance(tensor._keras_history.operation, keras.Layer):
        history = tensor._keras_history
        before = history.operation._inbound_nodes[history.node_index].input_tensors
        if len(before) != 1:
            break
        tensor = before[0]
    return tensor


def _check(values: Any, name: str, layer: Any) -> None:
    if values.dtype.kind not in "iuf" or not values.size:
        return
    finite = values[np.isfinite(values)] if values.dtype.kind == "f" else values
    cut = finite[finite != np.floor(finite)] if values.dtype.kind == "f" else finite[:0]
    last = layer.input_dim - 1
    outside = finite[(finite < 0) | (finite > last)]
    if cut.size:
        message = text(
            "Layer {layer} looks up whole numbers, such as word indices, but {name} holds {value}. Leave the "
            "indices as they are, without scaling, or use another layer, such as Dense.",
            layer=repr(layer.name),
            name=name,
            value=f"{cut[0]:g}",
        )
    elif not outside.size:
        return
    elif outside.min() < 0:
        message = text(
            "Layer {layer} looks up indices from 0 to {last}, but {name} holds {value}. Number them from 0.",
            layer=repr(layer.name),
            last=last,
            name=name,
            value=int(outside.min()),
        )
    else:
        message = text(
            "Layer {layer} looks up indices from 0 to {last}, but {name} holds {value}. Set its input_dim to "
            "{needed}, or replace larger indices.",
            layer=repr(layer.name),
            last=last,
            name=name,
            value=int(outside.max()),
            needed=int(outside.max()) + 1,
        )
    raise RequestError("indices", message, layer=layer.name)
