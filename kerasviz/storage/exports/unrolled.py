"""Recurrent layers without their loops, for converters that know no lists of tensors."""

from collections.abc import Iterator
from contextlib import contextmanager

import keras

MOST_STEPS = 256
"""Each step becomes operations of the graph; far more of them take minutes to convert."""


@contextmanager
def unrolled(model: keras.Model) -> Iterator[bool]:
    """Has the recurrent layers of a model compute step by step, each step on its own.

    Args:
        model: The model; it is as it was at the end.

    Yields:
        Whether there are such layers, and all know how many steps they take, at most `MOST_STEPS`.
    """
    loops = loops_of(model)
    try:
        for layer in loops:
            layer.unroll = True
        yield bool(loops) and all(0 < _steps(layer) <= MOST_STEPS for layer in loops)
    finally:
        for layer in loops:
            layer.unroll = False


def loops_of(model: keras.Model) -> list[keras.layers.RNN]:
    """The recurrent layers of a model that compute in a loop."""
    return [
        layer
        for layer in model._flatten_layers(include_self=False)
        if isinstance(layer, keras.layers.RNN) and not layer.unroll
    ]


def _steps(layer: keras.layers.RNN) -> int:
    """The steps of the sequences that a layer was built for; 0 where their number is free."""
    shape = (layer.get_build_config() or {}).get("input_shape") or (None, None)
    return int(shape[1] or 0)
