"""Weights whose layout changed: arrays of an old file, in the order and shapes of today's layer.

Source of all: `preprocess_weights_for_loading` and `_convert_rnn_weights` of Keras 2,
https://github.com/keras-team/tf-keras/blob/v2.16.0/tf_keras/saving/legacy/hdf5_format.py
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    import keras

Arrays = list[np.ndarray]
CONVOLUTIONS = frozenset({"Conv1D", "Conv2D", "Conv3D", "Conv2DTranspose", "ConvLSTM2D"})


@dataclass(frozen=True)
class Writer:
    """Who wrote the weights.

    Attributes:
        version: Its version of Keras, e.g. (2, 2, 4).
        backend: Its backend: `tensorflow`, `theano` or `cntk`; or None when the file does not say.
    """

    version: tuple[int, ...]
    backend: str | None


def to_today(layer: "keras.layers.Layer", arrays: Arrays, writer: Writer) -> Arrays:
    """Converts the weights of one layer.

    Args:
        layer: The layer that they are for.
        arrays: Its weights as they are in the file.
        writer: Who wrote them.

    Returns:
        The weights for today's layer; as they are where nothing changed.
    """
    name = type(layer).__name__
    if name == "TimeDistributed":
        return to_today(layer.layer, arrays, writer)
    if name == "Bidirectional":
        half = len(arrays) // 2
        return [
            *to_today(layer.forward_layer, arrays[:half], writer),
            *to_today(layer.backward_layer, arrays[half:], writer),
        ]
    if writer.version < (2,):
        arrays = _from_keras_1(name, layer, arrays)
    if name in CONVOLUTIONS and writer.backend == "theano":
        arrays = [_flipped(array) if array.ndim > 2 else array for array in arrays]
    if name in CONVOLUTIONS and arrays and arrays[0].ndim == 4:
        kernel = getattr(layer, "cell", layer).kernel
        if arrays[0].shape != tuple(kernel.shape):
            # What Theano's order of axes made of a kernel.
            arrays = [array.transpose(3, 2, 0, 1) if array.ndim == 4 else array for array in arrays]
    if name == "LSTM" and len(arrays) == 3:
        return _from_cudnn_lstm(arrays)
    if name == "GRU" and len(arrays) == 3:
        return _from_cudnn_gru(arrays)
    return arrays


def _from_keras_1(name: str, layer: Any, arrays: Arrays) -> Arrays:
    """Axes in Theano's order, and gates as weights of their own."""
    first = getattr(layer, "data_format", None) == "channels_first"
    kernel, rest = arrays[:1], arrays[1:]
    if name == "Conv1D" and kernel[0].ndim == 4:
        size = layer.kernel_size[0]
        if kernel[0].shape[:2] != (size, 1) or kernel[0].shape[3] != layer.filters:
            kernel = [kernel[0].transpose(2, 3, 1, 0)]
        return [kernel[0][:, 0], *rest]
    if name == "Conv2D" and first:
        return [kernel[0].transpose(2, 3, 1, 0), *rest]
    if name == "Conv2DTranspose":
        return [kernel[0].transpose((2, 3, 0, 1) if first else (0, 1, 3, 2)), *rest]
    if name == "Conv3D" and first:
        return [kernel[0].transpose(2, 3, 4, 1, 0), *rest]
    if name == "GRU" and len(arrays) == 9:
        return _gates(arrays, (0, 3, 6))
    if name in ("LSTM", "ConvLSTM2D") and len(arrays) == 12:
        # Keras 1 has the gates in the order i, c, f, o; Keras 2 and 3 in i, f, c, o.
        found = _gates(arrays, (0, 6, 3, 9))
        if name == "ConvLSTM2D" and first:
            found[:2] = [array.transpose(2, 3, 1, 0) for array in found[:2]]
        return found
    return arrays


def _gates(arrays: Arrays, order: tuple[int, ...]) -> Arrays:
    return [np.concatenate([arrays[place + part] for place in order], axis=-1) for part in range(3)]


def _flipped(kernel: np.ndarray) -> np.ndarray:
    """Theano convolves, the others correlate: the kernel is turned around in space."""
    return np.flip(kernel, axis=tuple(range(kernel.ndim - 2)))


def _from_cudnn_lstm(arrays: Arrays) -> Arrays:
    kernel, recurrent, bias = arrays
    if bias.shape != (8 * recurrent.shape[0],):
        return arrays
    return [
        _cudnn_kernel(kernel, 4),
        _cudnn_recurrent(recurrent, 4),
        bias[: len(bias) // 2] + bias[len(bias) // 2 :],
    ]


def _from_cudnn_gru(arrays: Arrays) -> Arrays:
    kernel, recurrent, bias = arrays
    if bias.shape != (6 * recurrent.shape[0],):
        return arrays
    return [_cudnn_kernel(kernel, 3), _cudnn_recurrent(recurrent, 3), bias.reshape(2, -1)]


def _cudnn_kernel(kernel: np.ndarray, gates: int) -> np.ndarray:
    return np.hstack([part.T.reshape(part.shape, order="F") for part in np.hsplit(kernel, gates)])


def _cudnn_recurrent(kernel: np.ndarray, gates: int) -> np.ndarray:
    return np.hstack([part.T for part in np.hsplit(kernel, gates)])
