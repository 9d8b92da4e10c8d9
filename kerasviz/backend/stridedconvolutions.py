"""Gradients of strided convolutions that TensorFlow can't compute."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import keras


def slice_strided_gradients() -> None:
    """Has TensorFlow take a slice of the input where a strided convolution has a kernel of 1.

    On the CPU, its own gradient of such a kernel writes beyond its memory, which ends the process. The slice
    gives the same numbers, for convolutions of one and two dimensions, also transposed, of any caller.
    """
    # This function is part of scripts.
    import tensorflow as tf
    from tensorflow.python.ops import gen_nn_ops

    computed = gen_nn_ops.conv2d_backprop_filter
    if hasattr(computed, "slices"):
        return  # it was done before

    def is_one(sizes: Any) -> bool:
        known = tf.get_static_value(sizes)
        if known is None and sizes.op.type == "ShapeN":  # in a graph
            known = sizes.op.inputs[sizes.value_index].shape
        return known is not None and list(known[:2]) == [1, 1]

    def sliced(
        input: Any, filter_sizes: Any, out_backprop: Any, strides: Any, padding: Any, **more: Any
    ) -> Any:
        is_plain = padding in ("SAME", b"SAME", "VALID", b"VALID")
        if is_plain and max(strides) > 1 and is_one(filter_sizes):
            input = input[tuple(slice(None, None, stride) for stride in strides)]
            strides, more = [1] * len(strides), {**more, "dilations": [1] * len(strides)}
            gen_nn_ops.conv2d_backprop_filter.slices += 1
        return computed(input, filter_sizes, out_backprop, strides, padding, **more)

    gen_nn_ops.conv2d_backprop_filter = sliced
    gen_nn_ops.conv2d_backprop_filter.slices = 0


def needs_slices(layers: Iterable[Any]) -> bool:
    """Whether a script that computes gradients of layers dies without `slice_strided_gradients`.

    Args:
        layers: Those that were called; those inside them are found. Of a class that is not Keras' nobody
            knows what it calls: it counts where gradients of this process were sliced.
    """
    if keras.backend.backend() != "tensorflow":
        return False
    from tensorflow.python.ops import gen_nn_ops

    was_sliced = getattr(gen_nn_ops.conv2d_backprop_filter, "slices", 0) > 0
    for layer in layers:
        for each in layer._flatten_layers() if isinstance(layer, keras.Layer) else ():
            if type(each).__module__.partition(".")[0] == "keras":
                kernel, strides = getattr(each, "kernel_size", None), getattr(each, "strides", None)
                if kernel and strides and max(kernel) == 1 < max(strides):
                    return True
            elif was_sliced:
                return True
    return False
