"""Says before training which batches a stateful layer can't take."""

from __future__ import annotations

import math
from typing import Any

from kerasviz.data.batches import DEFAULT_SIZE
from kerasviz.data.dataset import Data
from kerasviz.data.tables import map_arrays
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def check_batches(data: Data, model: Any, batch_size: int | None, validation_split: float) -> None:
    """Checks that every batch has as many samples as a stateful layer keeps states for.

    A last batch of one sample would train in silence, with the states of the others mixed in.

    Args:
        data: The data as `fit` takes it.
        model: A compiled model.
        batch_size: That of `fit`.
        validation_split: The part of the samples, the last ones, that `fit` takes for validation.

    Raises:
        RequestError: With code `batches` and the layer.
    """
    layer = _stateful(model) if model.built else None
    size = model.inputs[0].shape[0] if layer is not None else None
    if layer is None or size is None:
        return
    received = batch_size or DEFAULT_SIZE
    if received != size:
        raise RequestError(
            "batches",
            text(
                "Layer {layer} is stateful and takes batches of {size} samples, but the batch size is "
                "{received}. Set the batch size to {size} on the Train tab.",
                layer=repr(layer.name),
                size=size,
                received=received,
            ),
            layer=layer.name,
        )
    lengths: list[int] = []
    map_arrays(data.x, data.x_name, lambda array, _: lengths.append(len(array)))
    training = math.floor(lengths[0] * (1 - validation_split))
    validation = lengths[0] - training
    if training % size or validation % size:
        raise RequestError(
            "batches",
            text(
                "Layer {layer} is stateful and takes batches of {size} samples, but {name} has {training} "
                "samples for training and {validation} for validation. Leave some out or choose another "
                "validation split, so that both are multiples of {size}.",
                layer=repr(layer.name),
                size=size,
                name=data.x_name,
                training=training,
                validation=validation,
            ),
            layer=layer.name,
        )


def takes_one_at_a_time(model: Any) -> bool:
    """Whether a stateful layer takes batches of one sample.

    TensorFlow's loop over the steps must know that, and Keras only tells it of arrays, not of other data.
    """
    return bool(model.built) and _stateful(model) is not None and model.inputs[0].shape[0] == 1


def _stateful(model: Any) -> Any:
    """The first layer that keeps its states between batches, also in a nested model."""
    for layer in model.layers:
        inner = _stateful(layer) if hasattr(layer, "layers") else None
        if inner is not None or getattr(layer, "stateful", False):
            return inner or layer
    return None
