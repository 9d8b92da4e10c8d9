"""Global pooling: the largest value, or the mean, of each channel."""

from __future__ import annotations

from typing import Any

import numpy as np

from kerasviz.insight.formulas.wording import number
from kerasviz.protocol.text import Text, text


def formula(layer: Any, x: np.ndarray, y: np.ndarray) -> Text | None:
    """What is in the channel with the largest output."""
    channel = int(y.argmax())
    first = layer.data_format == "channels_first"
    values = (x if first else np.moveaxis(x, -1, 0))[channel]
    is_max = "Max" in type(layer).__name__
    value = float(y.reshape(-1)[channel])
    if not np.isclose(values.max() if is_max else values.mean(), value, rtol=1e-2, atol=1e-4):
        return None  # what a mask hides does not count
    if is_max:
        return text(
            "Channel {channel} has the largest output: {value} is the largest of its {count} inputs.",
            channel=channel,
            value=number(value),
            count=values.size,
        )
    return text(
        "Channel {channel} has the largest output: {value} is the mean of its {count} inputs.",
        channel=channel,
        value=number(value),
        count=values.size,
    )
