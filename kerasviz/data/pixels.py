"""Says where a model is given pixels from 0 to 255 as they are: it learns slowly from such large numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from kerasviz.data.facts.magnitude import LARGEST_PIXEL, are_pixels
from kerasviz.protocol.text import Text, text


def unscaled_pixels(model: Any, arrays: Sequence[tuple[Any, Any, str]]) -> list[Text]:
    """Looks for pictures that come into a kernel of weights without a layer that scales them.

    Args:
        model: A model that is built.
        arrays: Each input of the model, with its samples and what a person calls them.

    Returns:
        Notes; none where nobody knows what the first layer does with such numbers.
    """
    return [
        text(
            "{name} holds pixels from 0 to {largest}, and layer {layer} takes them as they are, which learns "
            "slowly. Add a Rescaling layer with a scale of 1/255 before it.",
            name=name,
            largest=LARGEST_PIXEL,
            layer=repr(layer.name),
        )
        for tensor, array, name in arrays
        if are_pixels(array)
        for layer in list(first_with_weights(model, tensor))[:1]
    ]


def first_with_weights(model: Any, tensor: Any) -> Iterator[Any]:
    """Yields the layers with a kernel that take a tensor as it is, or in another shape."""
    for layer in model.layers:
        for node in layer._inbound_nodes:
            if not any(given is tensor for given in node.input_tensors):
                continue
            if hasattr(getattr(layer, "cell", layer), "kernel"):
                yield layer
            elif not layer.weights and _passes_on(layer, tensor):
                yield from first_with_weights(model, node.output_tensors[0])


def _passes_on(layer: Any, tensor: Any) -> bool:
    """Whether the largest value stays what it is."""
    try:
        given = layer(np.full((1, *(size or 2 for size in tensor.shape[1:])), LARGEST_PIXEL, "float32"))
        return bool(np.max(np.asarray(given)) == LARGEST_PIXEL)
    except Exception:  # it takes other numbers, or several tensors
        return False
