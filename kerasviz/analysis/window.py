"""The part of the input that one position of the output of a layer depends on."""

from __future__ import annotations

from dataclasses import dataclass

import keras

EVERYWHERE = (
    keras.layers.RNN,
    keras.layers.Bidirectional,
    keras.layers.MultiHeadAttention,
    keras.layers.GroupQueryAttention,
    keras.layers.Attention,
    keras.layers.AdditiveAttention,
    keras.layers.Conv1DTranspose,
    keras.layers.Conv2DTranspose,
    keras.layers.Conv3DTranspose,
)
"""Layers that keep the positions of their input but use others, too, or whose strides spread them."""


@dataclass(frozen=True)
class Window:
    """The window of a layer along each spatial axis.

    Attributes:
        sizes: How many positions of the input it covers, including the gaps of a dilation; empty if it has
            no bounds.
        strides: How far it moves from one position of the output to the next.
    """

    sizes: tuple[int, ...]
    strides: tuple[int, ...]

    @classmethod
    def of(cls, layer: keras.Operation) -> Window | None:
        """Returns the window from the attributes of convolutions and poolings, None for other layers."""
        if isinstance(layer, EVERYWHERE):
            return cls((), ())
        for around in (getattr(layer, "cropping", None), getattr(layer, "padding", None)):
            if isinstance(around, tuple):  # a layer that only pads or crops
                return cls((1,) * len(around), (1,) * len(around))
        sizes = getattr(layer, "kernel_size", None) or getattr(layer, "pool_size", None)
        if not isinstance(sizes, (tuple, list)):
            return None
        strides = getattr(layer, "strides", None) or (1,) * len(sizes)
        dilations = getattr(layer, "dilation_rate", None) or (1,) * len(sizes)
        spans = [
            (size - 1) * dilation + 1 for size, dilation in zip(sizes, _each(dilations, sizes), strict=True)
        ]
        return cls(tuple(spans), tuple(_each(strides, sizes)))


def _each(value: int | tuple[int, ...], sizes: tuple[int, ...] | list[int]) -> tuple[int, ...]:
    return (value,) * len(sizes) if isinstance(value, int) else tuple(value)
