"""Which layer of a live model has the units that are the size of an output."""

from __future__ import annotations

from typing import Any, NamedTuple

from kerasviz.protocol.text import Text, text

SIZES = ("units", "filters")
"""Arguments of layers that are the size of the last axis."""


class Sized(NamedTuple):
    """A layer, and its argument that is the size of an output."""

    name: str
    argument: str


def sized_layer(tensor: Any) -> Sized | None:
    """Walks back from an output, as long as layers keep the size of its last axis.

    Args:
        tensor: An output of a model.

    Returns:
        The first layer with such an argument; None where there is none.
    """
    while True:
        history = tensor._keras_history
        operation = history.operation
        argument = next((name for name in SIZES if hasattr(operation, name)), None)
        if argument is not None:
            return Sized(str(operation.name), argument)
        before = operation._inbound_nodes[history.node_index].input_tensors
        if len(before) != 1 or before[0].shape[-1:] != tensor.shape[-1:]:
            return None
        tensor = before[0]


def way_to(layer: str, sized: Sized | None, classes: int) -> Text:
    """Says how an output gets a number of values.

    Args:
        layer: The layer of the output.
        sized: The layer with its units, where that is known.
        classes: The number of values.
    """
    if sized is not None:
        return text(
            "Set the {argument} of layer {layer} to {count}.",
            argument=sized.argument,
            layer=repr(sized.name),
            count=classes,
        )
    return text("Layer {layer} needs {count} values, one for each class.", layer=repr(layer), count=classes)
