"""Layers that are one function of their input: an activation of each value, or softmax."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np

from kerasviz.insight.formulas.wording import number, place_of
from kerasviz.protocol.text import Text, text


def formula(layer: Any, x: np.ndarray, y: np.ndarray) -> Text | None:
    """What becomes of the input at the largest output."""
    if x.shape != y.shape:
        return None
    place = np.unravel_index(int(y.argmax()), y.shape)
    name = getattr(getattr(layer, "activation", None), "__name__", layer.name)
    if isinstance(layer, keras.layers.Softmax) or name == "softmax":
        if y.ndim != 1 or not np.allclose(_softmax(x), y, rtol=1e-3, atol=1e-5):
            return None
        return text(
            "The largest output is at {place}: exp({x}) divided by the sum of exp of all {count} inputs "
            "is {y}.",
            place=place_of(place),
            x=number(x[place]),
            count=y.size,
            y=number(y[place]),
        )
    return text(
        "{name} is applied to each value: at {place}, {x} becomes {y}; {share} % of the outputs are 0.",
        name=name,
        x=number(x[place]),
        y=number(y[place]),
        place=place_of(place),
        share=round(100 * float((y == 0).mean())),
    )


def _softmax(x: np.ndarray) -> np.ndarray:
    powers: np.ndarray = np.exp(x - x.max())
    return np.asarray(powers / powers.sum())
