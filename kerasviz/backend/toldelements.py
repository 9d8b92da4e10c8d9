"""The elements of a `tf.data.Dataset` as they pass: somebody else takes them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np


def watched(pipeline: Any, most: int, tell: Callable[[int, Any], None]) -> Any:
    """The same `tf.data.Dataset`, of which the first elements are told as somebody takes them.

    Args:
        pipeline: Its elements stay in their order.
        most: How many are told.
        tell: Gets the number of an element, and the element as arrays; called by a thread of TensorFlow.
    """
    import tensorflow as tf

    parts = tf.nest.flatten(pipeline.element_spec)
    if not all(isinstance(part, (tf.TensorSpec, tf.NoneTensorSpec)) for part in parts):
        return pipeline

    def look(number: Any, element: Any) -> Any:
        flat = tf.nest.flatten(element)
        there = [each for each in flat if each is not None]

        def told(at: Any, *values: Any) -> Any:
            each = iter(values)
            arrays = [None if one is None else next(each) for one in flat]
            tell(int(at), tf.nest.pack_sequence_as(element, arrays))
            return np.int64(0)

        done = tf.cond(
            number < most,
            lambda: tf.numpy_function(told, [number, *there], tf.int64),
            lambda: tf.constant(0, tf.int64),
        )
        with tf.control_dependencies([done]):
            same = iter([tf.identity(each) for each in there])
        return tf.nest.pack_sequence_as(element, [None if one is None else next(same) for one in flat])

    return pipeline.enumerate().map(look)
