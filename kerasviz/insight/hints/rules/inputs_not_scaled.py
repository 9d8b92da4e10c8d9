"""Inputs that are far from the range that initial weights are made for.

Initial weights suit inputs of about -1 to 1. With inputs in the thousands the first outputs are in the
thousands, too, gradients of large columns dominate those of small ones, and a learning rate that is right for
one weight is far too high for another.

Bad: age (0 to 100) and income (0 to 200,000) go into a Dense layer unscaled.

Good: a Normalization layer that is adapted to the training data; for pixels, a Rescaling layer with a scale
of 1/255.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.data.facts.magnitude import LARGE, SMALL, are_pixels, largest_column
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.owned import JSON
from kerasviz.protocol.text import Text, text

SEVERITY: Severity = "warning"
TITLE = text("Inputs not scaled")
LEARNED = 0.7
"""Share of the loss of guessing below which it was enough."""
FAR = 60
"""Size up to which large inputs, such as ages and percentages, may do no harm."""
HARMLESS = 0.4
"""Share of the loss of guessing below which they did none."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for large inputs that a layer with weights takes as they are."""
    raw = () if situation.model is None else situation.model.takes_raw
    if len(raw) != len(situation.x):
        return
    for layer, array in zip(raw, situation.x, strict=True):
        if layer is None or array.dtype.kind not in "iuf":
            continue
        size = largest_column(array)
        largest = f"{size:.3g}"
        if 0 < size < SMALL and not situation.has_learned(LEARNED):
            severity = SEVERITY
            sentence = text(
                "The inputs of layer {layer} are at most {size}; they may have been scaled twice. "
                "Scale them to about -1 to 1.",
                layer=repr(layer),
                size=largest,
            )
            consequence = text(
                "The outputs of the first layer are almost 0, so the model learns slowly or not at all."
            )
        elif size > LARGE or are_pixels(array):
            severity = _severity(situation, size)
            sentence = text(
                "The inputs of layer {layer} are as large as {size}. Scale them to about -1 to 1 "
                "with a Normalization layer, or a Rescaling layer for pixels.",
                layer=repr(layer),
                size=largest,
            )
            consequence = text(
                "The model learns slowly or not at all, and features with small values are ignored."
            )
        else:
            continue
        evidence, fix = {text("largest inputs"): size}, _fix(situation, array, layer)
        yield hint(__name__, severity, sentence, consequence, evidence, layer=layer, fix=fix)


def _severity(situation: Situation, size: float) -> Severity:
    if situation.is_lost:
        return "error"
    return "info" if size < FAR and situation.left is not None and situation.left < HARMLESS else SEVERITY


def _fix(situation: Situation, array: np.ndarray, layer: str) -> tuple[Text, list[JSON]]:
    """Pixels are divided, small numbers multiplied; other columns are brought to about -1 to 1."""
    most = float(np.nanmax(abs(array.astype("float64"))))
    pixels = array.ndim > 2 and 1 < array.max() <= 255 and array.min() >= 0
    taken = {each.name for each in situation.layers}
    name = next(each for each in ("scaled", "scaled_inputs", f"scaled_{layer}") if each not in taken)
    kind, config = ("BatchNormalization", {})
    if pixels or most < 1:
        kind, config = "Rescaling", {"scale": 1 / 255 if pixels else float(f"{1 / most:.3g}"), "offset": 0.0}
    new: JSON = {
        "module": "keras.layers",
        "class_name": kind,
        "config": {"name": name, **config},
        "registered_name": None,
    }
    title = text("Add a {kind} layer before {layer}", kind=kind, layer=repr(layer))
    return title, [{"edit": "insert", "new": new, "layer": layer}]
