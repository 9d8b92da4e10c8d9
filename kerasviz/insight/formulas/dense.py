"""A Dense layer: each unit sums its inputs, each times a weight."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from kerasviz.insight.formulas.wording import activated, name_of, number, parts_of, place_of
from kerasviz.protocol.text import Text, text


def formula(layer: Any, x: np.ndarray, y: np.ndarray) -> Text | None:
    """What the unit with the largest output sums."""
    place = np.unravel_index(int(y.argmax()), y.shape)
    unit, inputs = int(place[-1]), x[place[:-1]]
    kernel = np.asarray(keras.ops.convert_to_numpy(layer.kernel), "float64")
    weights = kernel[:, unit]
    bias = float(keras.ops.convert_to_numpy(layer.bias)[unit]) if layer.use_bias else 0.0
    name = name_of(layer.activation)
    if name == "softmax":
        every = inputs @ kernel + (keras.ops.convert_to_numpy(layer.bias) if layer.use_bias else 0)
        powers = np.exp(every - every.max())
        total, value = float(every[unit]), float(powers[unit] / powers.sum())
    else:
        total = float(inputs @ weights) + bias
        value = activated(layer.activation, total)
    if not np.isclose(value, y[place], rtol=1e-2, atol=1e-4):
        return None
    return text(
        "Unit {place} has the largest output: {activation}({total}) = {value}. Its bias is {bias}, and these "
        "inputs contribute most (input · weight): {parts}.",
        place=place_of(place),
        activation=name,
        total=number(total),
        value=number(y[place]),
        bias=number(bias),
        parts=parts_of(inputs, weights),
    )
