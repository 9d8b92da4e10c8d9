"""What a model gives where something else comes out of layers: this function is part of scripts."""

import itertools
from collections.abc import Callable
from typing import Any

import keras


def run(graph: Any, inputs: list[Any], instead: list[Any], bare: Any = None) -> list[Any]:
    """What a model gives, where tensors come out of calls of layers instead of what these compute.

    `instead` has a layer, the number of its call and the tensor each. The activation of the layer `bare` is
    left out, so that scores come out of a softmax or sigmoid.
    """

    def replaced(call: Callable[..., Any], number: int, tensor: Any) -> Callable[..., Any]:
        numbers = itertools.count()

        def watched(*args: Any, **options: Any) -> Any:
            found = call(*args, **options)
            return keras.ops.cast(tensor, found.dtype) if next(numbers) == number else found

        return watched

    activation = getattr(bare, "activation", None)
    changed = [layer for layer, _, _ in instead]
    for layer, number, tensor in instead:
        layer.call = replaced(layer.call, number, tensor)
    if activation is not None:
        bare.activation = keras.activations.linear
    elif bare is not None:
        bare.call = lambda values, *others, **options: values
        changed.append(bare)
    try:
        return list(keras.tree.flatten(graph(inputs, training=False)))
    finally:
        for layer in changed:
            del layer.call
        if activation is not None:
            bare.activation = activation
