"""How the pictures of data lie in their arrays, so that another one is made alike."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np

from kerasviz.data.shapes import Shape

CHANNELS = (1, 3, 4)
SMALLEST = 5
"""Pixels of a side: what is smaller is no picture that anybody could draw."""
OPEN_SIDE = 28
"""Pixels of a side that the model leaves open."""
SOME = 200
"""Pictures that are looked at."""


@dataclass(frozen=True)
class Pixels:
    """How a picture is an array.

    Attributes:
        shape: Of the array.
        height: Rows of pixels.
        width: Pixels of a row.
        channels: 1 for grey, 3 for red, green and blue, 4 with opacity.
        is_first: Whether the channels are the first axis.
        low: The value that is black.
        high: The value that is white.
    """

    shape: tuple[int, ...]
    height: int
    width: int
    channels: int
    is_first: bool = False
    low: float = 0.0
    high: float = 1.0

    def array(self, values: np.ndarray) -> np.ndarray:
        """A picture as the data has them.

        Args:
            values: `(height, width, channels)`, from 0 (black) to 1 (white).

        Returns:
            `(1, *shape)`, float32.
        """
        scaled = self.low + values.astype("float32") * (self.high - self.low)
        moved = scaled.transpose(2, 0, 1) if self.is_first else scaled
        return moved.reshape(1, *self.shape).astype("float32")

    def values(self, arrays: np.ndarray) -> np.ndarray:
        """Pictures of the data, `(samples, height, width, channels)`, from 0 to 1."""
        if self.is_first:
            arrays = arrays.transpose(0, 2, 3, 1)
        shaped = arrays.reshape(-1, self.height, self.width, self.channels)
        return (shaped.astype("float32") - self.low) / ((self.high - self.low) or 1)


def pixels_in(shape: Shape, like: np.ndarray | None = None) -> Pixels | None:
    """How pictures lie in arrays of a shape; None where these are no pictures.

    Args:
        shape: Of a sample. A number of values that is a square is a square picture of grey.
        like: Some samples, `(samples, *shape)`; their range is that of pixels.
    """
    lengths = tuple(length or OPEN_SIDE for length in shape)
    low, high = _range(like)
    if len(lengths) == 1:
        side = math.isqrt(lengths[0])
        height, width, channels, is_first = side, side, 1, False
    elif len(lengths) == 2 and lengths[0] == lengths[1]:  # others are steps in time
        (height, width), channels, is_first = lengths, 1, False
    elif len(lengths) == 3 and shape[2] in CHANNELS:
        height, width, channels, is_first = *lengths, False
    elif len(lengths) == 3 and shape[0] in CHANNELS:
        channels, height, width, is_first = *lengths, True
    else:
        return None
    if height * width * channels != math.prod(lengths) or min(height, width) < SMALLEST:
        return None
    return Pixels(lengths, height, width, channels, is_first, low, high)


def in_shape(pixels: Pixels, shape: Shape) -> Pixels:
    """The same pixels, one after the other, in arrays of another shape."""
    return replace(pixels, shape=tuple(length or 1 for length in shape))


def is_image(shape: Shape) -> bool:
    """Whether a shape alone says that it is of pictures, by an axis of one, three or four channels."""
    return len(shape) == 3 and pixels_in(shape) is not None


def _range(like: np.ndarray | None) -> tuple[float, float]:
    """What is black and what is white: 0 and 1, 0 and 255, or the lowest and the highest value."""
    finite = np.zeros(0) if like is None else like[np.isfinite(like)]
    low, high = (float(finite.min()), float(finite.max())) if finite.size else (0.0, 1.0)
    if low >= 0 and high <= 1:
        return 0.0, 1.0
    return (0.0, 255.0) if low >= 0 and 127 < high <= 255 else (low, high)
