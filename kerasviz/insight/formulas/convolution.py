"""A convolution: each channel sums a patch of the input, times its kernel."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from kerasviz.insight.formulas.patch import window
from kerasviz.insight.formulas.wording import activated, name_of, number, parts_of, place_of
from kerasviz.protocol.text import Text, text


def formula(layer: Any, x: np.ndarray, y: np.ndarray) -> Text | None:
    """What the channel with the largest output sums where it is largest."""
    name = name_of(layer.activation)
    if layer.groups != 1 or name == "softmax":
        return None
    if layer.data_format == "channels_first":
        x, y = np.moveaxis(x, 0, -1), np.moveaxis(y, 0, -1)
    *place, channel = (int(i) for i in np.unravel_index(int(y.argmax()), y.shape))
    size = tuple(layer.kernel_size)
    patch = window(x, place, size, layer.strides, layer.dilation_rate, layer.padding, 0.0)
    kernel = np.asarray(keras.ops.convert_to_numpy(layer.kernel), "float64")[..., channel]
    bias = float(keras.ops.convert_to_numpy(layer.bias)[channel]) if layer.use_bias else 0.0
    total = float((patch * kernel).sum()) + bias
    value = y[(*place, channel)]
    if not np.isclose(activated(layer.activation, total), value, rtol=1e-2, atol=1e-4):
        return None
    return text(
        "Channel {channel} has the largest output, at {place}: {activation}({total}) = {value}. It sums a "
        "patch of {size} inputs times its kernel, and the bias {bias}. These inputs contribute most "
        "(input · weight): {parts}.",
        channel=channel,
        place=place_of(place),
        activation=name,
        total=number(total),
        value=number(value),
        size=" x ".join(map(str, patch.shape)),
        bias=number(bias),
        parts=parts_of(patch, kernel),
    )
