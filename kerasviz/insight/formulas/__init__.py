"""How a layer computes, with the numbers of a sample. A kind of layer is one module and a line in the table.

Its `formula(layer, x, y)` takes the layer, what went in and what came out, both for one sample, as float64.
It returns a sentence about the largest number that came out, or None where it can't say it shortly. What it
computes again it compares with what Keras computed, and says nothing where they differ.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

import keras
import numpy as np

from kerasviz.insight.formulas import activation, convolution, dense, pooling, whole_pooling
from kerasviz.insight.outputs.views import as_array
from kerasviz.insight.passage.passed import Passed
from kerasviz.protocol.text import Text

FORMULAS: Mapping[type, ModuleType] = {
    keras.layers.Dense: dense,
    **dict.fromkeys((keras.layers.Conv1D, keras.layers.Conv2D, keras.layers.Conv3D), convolution),
    **dict.fromkeys(
        (
            keras.layers.MaxPooling1D,
            keras.layers.MaxPooling2D,
            keras.layers.MaxPooling3D,
            keras.layers.AveragePooling1D,
            keras.layers.AveragePooling2D,
            keras.layers.AveragePooling3D,
        ),
        pooling,
    ),
    **dict.fromkeys(
        (
            keras.layers.GlobalMaxPooling1D,
            keras.layers.GlobalMaxPooling2D,
            keras.layers.GlobalMaxPooling3D,
            keras.layers.GlobalAveragePooling1D,
            keras.layers.GlobalAveragePooling2D,
            keras.layers.GlobalAveragePooling3D,
        ),
        whole_pooling,
    ),
    **dict.fromkeys(
        (
            keras.layers.Activation,
            keras.layers.ReLU,
            keras.layers.LeakyReLU,
            keras.layers.ELU,
            keras.layers.Softmax,
        ),
        activation,
    ),
}
"""By the class of the layer itself; what inherits may compute otherwise."""


def formula_of(passed: Passed) -> Text | None:
    """How a call computed the largest number that came out of it; None where nobody can say it shortly."""
    module = FORMULAS.get(type(passed.operation))
    if module is None or len(passed.inputs) != 1 or len(passed.outputs) != 1:
        return None
    x, y = (np.asarray(as_array(tensor), "float64") for tensor in (passed.inputs[0], passed.outputs[0]))
    if not y.size or not np.isfinite(x).all() or not np.isfinite(y).all():
        return None
    try:
        sentence: Text | None = module.formula(passed.operation, x, y)
    except Exception:  # an activation of the user's may refuse a single number
        return None
    return sentence
