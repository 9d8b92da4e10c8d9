"""Files as tensors, by operations of TensorFlow that run in parallel inside a pipeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Decode = Callable[[Any], Any]
"""Makes a tensor of the path of a file."""


def picture_decoder(
    size: tuple[int, int], channels: int, interpolation: str, *, crop: bool, pad: bool
) -> Decode:
    """Reads pictures as `keras.utils.image_dataset_from_directory` does, number by number.

    Args:
        size: Height and width of all pictures afterwards.
        channels: 1, 3 or 4.
        interpolation: How a picture is made larger or smaller.
        crop: Whether its sides keep their proportions, and what is too much is cut off.
        pad: Whether its sides keep their proportions, and what is missing is black.
    """
    import tensorflow as tf

    def decode(path: Any) -> Any:
        read = tf.image.decode_image(tf.io.read_file(path), channels=channels, expand_animations=False)
        if crop:
            made = tf.image.resize(_middle_of(read, size), size, method=interpolation)
        elif pad:
            made = tf.image.resize_with_pad(read, *size, method=interpolation)
        else:
            made = tf.image.resize(read, size, method=interpolation)
        return tf.ensure_shape(tf.cast(made, "float32"), (*size, channels))

    return decode


def _middle_of(picture: Any, size: tuple[int, int]) -> Any:
    """The largest part in the middle of a picture that has the proportions of a size."""
    import tensorflow as tf

    def scaled(length: Any, by: int, over: int) -> Any:
        return tf.cast(tf.cast(length * by, "float32") / over, "int32")

    shape = tf.shape(picture)
    height, width = shape[0], shape[1]
    inner = (
        tf.minimum(height, scaled(width, size[0], size[1])),
        tf.minimum(width, scaled(height, size[1], size[0])),
    )
    top, left = scaled(height - inner[0], 1, 2), scaled(width - inner[1], 1, 2)
    return picture[top : top + inner[0], left : left + inner[1]]


def sound_decoder(length: int, channels: int) -> Decode:
    """Reads `.wav` files: values from -1 to 1, of shape `(length, channels)`; shorter ones end in silence."""
    import tensorflow as tf

    def decode(path: Any) -> Any:
        wave = tf.audio.decode_wav(tf.io.read_file(path), desired_channels=channels, desired_samples=length)
        return tf.ensure_shape(wave.audio, (length, channels))

    return decode


def text_decoder(length: int | None) -> Decode:
    """Reads texts, of which the first characters are taken where a length is given."""
    import tensorflow as tf

    def decode(path: Any) -> Any:
        read = tf.io.read_file(path)
        return read if length is None else tf.strings.substr(read, 0, length, unit="UTF8_CHAR")

    return decode


def decoded(decode: Decode, paths: list[str]) -> Any:
    """Reads some files now.

    Returns:
        An array `(len(paths), ...)`; texts are `str`.
    """
    read = np.stack([decode(path).numpy() for path in paths])
    return np.array([text.decode() for text in read], dtype=object) if read.dtype.kind in "OS" else read


def sample_reader(decode: Decode, paths: list[str], targets: np.ndarray) -> Callable[[Any], Any]:
    """Returns what makes a sample of its number, inside a pipeline."""
    import tensorflow as tf

    known, labels = tf.constant(paths), tf.constant(targets)
    return lambda number: (decode(tf.gather(known, number)), tf.gather(labels, number))
