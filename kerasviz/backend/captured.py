"""Tensors that a model on TensorFlow has beside its variables."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np


def captured_constants(model: keras.Model, signature: list[Any]) -> list[np.ndarray]:
    """The tensors that a call of a model uses and nobody gives, such as the mean of a Normalization layer.

    Args:
        model: The model, on TensorFlow.
        signature: As `signature_of` gives it.

    Returns:
        Their values, in the order in which TensorFlow meets them.
    """
    import tensorflow as tf

    given = keras.tree.map_structure(
        lambda spec: tf.TensorSpec(spec.shape, spec.dtype, name=spec.name), signature
    )
    called = tf.function(model).get_concrete_function(*given)
    return [tensor.numpy() for tensor in called.captured_inputs if tensor.dtype != tf.resource]
