"""Strided convolutions of which TensorFlow can't compute the gradients: this function is part of scripts."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

import keras


@contextmanager
def strides_sliced(layers: Iterable[Any]) -> Iterator[list[Any]]:
    """Lets strided convolutions with a kernel of 1 take a slice of their input: it gives the same numbers.

    On the CPU, TensorFlow's gradient of their kernels writes beyond its memory, which ends the process, and
    outside a graph it is computed even where nobody asks for it.

    `layers` are those that are called meanwhile; those inside them are found. It gives those that change.
    """

    def sliced(layer: Any) -> Any:
        steps = [slice(None, None, stride) for stride in layer.strides]
        is_first = layer.data_format == "channels_first"
        at = (slice(None), *([slice(None)] if is_first else []), *steps)

        def convolution(inputs: Any, kernel: Any) -> Any:
            return keras.ops.conv(inputs[at], kernel, padding="valid", data_format=layer.data_format)

        return convolution

    changed: list[Any] = []
    try:
        for layer in layers if keras.backend.backend() == "tensorflow" else ():
            for each in layer._flatten_layers() if isinstance(layer, keras.Layer) else ():
                is_known = hasattr(each, "convolution_op") and "convolution_op" not in vars(each)
                if is_known and max(each.kernel_size) == 1 < max(each.strides):
                    vars(each)["convolution_op"] = sliced(each)
                    changed.append(each)
        yield changed
    finally:
        for each in changed:
            del vars(each)["convolution_op"]
