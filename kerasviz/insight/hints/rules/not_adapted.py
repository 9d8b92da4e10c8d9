"""A Normalization layer that does not know the mean and variance of the data.

A Normalization layer learns both from the data by `adapt`, before training. `fit` does not teach it: without
them it passes its inputs on unchanged.

Bad: a Normalization layer is drawn, and the model is trained.

Good: the layer has the mean and variance of the training data in its arguments, or is adapted in a cell.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from kerasviz.data.facts.magnitude import LARGE, largest_column
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.modelfacts import LayerFacts
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import Text, text

SEVERITY: Severity = "warning"
TITLE = text("Normalization without effect")
LEARNED = 0.7
"""Share of the loss of guessing below which the model learned well without it."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for layers that were to learn the mean and variance, and did not."""
    for layer in situation.layers:
        if layer.is_adapted is not False:
            continue
        array = _inputs(situation, layer)
        size = None if array is None else largest_column(array)
        hurts = (size is None or size > LARGE) and not situation.has_learned(LEARNED)
        yield hint(
            __name__,
            SEVERITY if hurts else "info",
            text(
                "Layer {layer} has no mean and variance, so it changes nothing. Set them in its arguments, "
                "or adapt the layer in a cell.",
                layer=repr(layer.name),
            ),
            text("The inputs stay as they are: large ones make training slow or unstable."),
            {} if size is None else {text("largest inputs"): size},
            layer=layer.name,
            fix=None if array is None else _fix(layer, array),
        )


def _inputs(situation: Situation, layer: LayerFacts) -> np.ndarray | None:
    """The samples, where the layer takes them as they are."""
    if layer.takes is None or layer.takes >= len(situation.x):
        return None
    array = situation.x[layer.takes]
    return array if array.dtype.kind in "iuf" and len(array) > 1 else None


def _fix(layer: LayerFacts, array: np.ndarray) -> tuple[Text, list[JSON]] | None:
    """Both as the layer would learn them: of each place along its axes."""
    axis: Any = layer.config.get("axis")
    kept = {each % array.ndim for each in ((axis,) if isinstance(axis, int) else axis or ())}
    over = tuple(each for each in range(array.ndim) if each not in kept)
    values = array.astype("float64")
    mean, variance = np.nanmean(values, over), np.nanvar(values, over)
    if not (np.isfinite(mean).all() and np.isfinite(variance).all()):
        return None
    arguments = {"mean": mean.astype("float32").tolist(), "variance": variance.astype("float32").tolist()}
    title = text("Set mean and variance from the training data")
    return title, [{"edit": "set", "layer": layer.name, "arguments": arguments}]
