"""Pooling: the largest value, or the mean, of each window."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from kerasviz.insight.formulas.patch import window
from kerasviz.insight.formulas.wording import number, place_of
from kerasviz.protocol.text import Text, text

MOST = 9
"""Values that are written out."""


def formula(layer: Any, x: np.ndarray, y: np.ndarray) -> Text | None:
    """What the window with the largest output holds."""
    if layer.data_format == "channels_first":
        x, y = np.moveaxis(x, 0, -1), np.moveaxis(y, 0, -1)
    *place, channel = (int(i) for i in np.unravel_index(int(y.argmax()), y.shape))
    size = tuple(layer.pool_size)
    ones = (1,) * len(size)
    patch = window(x, place, size, layer.strides, ones, layer.padding, math.nan)[..., channel]
    values = patch[~np.isnan(patch)]
    is_max = "Max" in type(layer).__name__
    if not np.isclose(values.max() if is_max else values.mean(), y[(*place, channel)], rtol=1e-2, atol=1e-4):
        return None
    written = ", ".join(number(value) for value in values[:MOST]) + (", …" if len(values) > MOST else "")
    at, value, count = place_of(place), number(y[(*place, channel)]), len(values)
    if is_max:
        return text(
            "Channel {channel} has the largest output, at {place}: {value} is the largest of {count} inputs: "
            "{values}.",
            channel=channel,
            place=at,
            value=value,
            count=count,
            values=written,
        )
    return text(
        "Channel {channel} has the largest output, at {place}: {value} is the mean of {count} inputs: "
        "{values}.",
        channel=channel,
        place=at,
        value=value,
        count=count,
        values=written,
    )
