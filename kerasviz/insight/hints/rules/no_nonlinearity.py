"""Layers in a row with nothing between them that bends a line.

A Dense layer without an activation is a linear map, and two of them in a row are one linear map again: more
layers add nothing.

Bad: `Dense(64)`, `Dense(64)`, `Dense(3, "softmax")`.

Good: `Dense(64, "relu")`, `Dense(64, "relu")`, `Dense(3, "softmax")`. For data that lies on a line, the last
layer alone.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.data.facts.finite import is_finite
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.modelfacts import LayerFacts
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import Text, text

SEVERITY: Severity = "warning"
LINEAR = ("Dense", "Conv1D", "Conv2D", "Conv3D")
PASSED = (
    "Dropout",
    "Flatten",
    "Reshape",
    "BatchNormalization",
    "Permute",
    "ZeroPadding",
    "Pooling",
    "Rescaling",
)
"""Parts of the names of layers that bend nothing either; those of maxima do."""
LEARNED = 0.1
"""Share of the loss of guessing below which what bends elsewhere is enough."""
MORE = 0.05
"""What curves have to explain beyond a line of what there is to explain."""
MOST = 1500
"""Samples for the comparison."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for two such layers in a row, and compares what a line and curves reach."""
    pair = _pair(situation.layers) if situation.is_chain else None
    if pair is None:
        return
    line, curves = _reached(situation)
    bends = not situation.has_learned(LEARNED)
    if line is not None and curves is not None:
        bends = bends and curves - line > MORE
    evidence: dict[Text, float] = {}
    if line is not None and curves is not None:
        evidence = {
            text("variance explained by a linear model"): line,
            text("variance explained by a nonlinear model"): curves,
        }
    linear = [layer.name for layer in situation.layers[:-1] if _is_linear(layer)]
    edits = [{"edit": "set", "layer": name, "arguments": {"activation": "relu"}} for name in linear]
    yield hint(
        __name__,
        SEVERITY if bends else "info",
        text(
            "There is no activation between layers {first} and {second}, so together they are a "
            "single linear layer. Give {first} an activation such as relu.",
            first=repr(pair[0]),
            second=repr(pair[1]),
        ),
        text("The model can only learn linear relations, however many layers it has."),
        evidence,
        layer=pair[0],
        fix=(text("Set the activation of hidden layers to relu"), edits),
    )


def _is_linear(layer: LayerFacts) -> bool:
    return layer.class_name in LINEAR and layer.activation == "linear"


def _pair(layers: tuple[LayerFacts, ...]) -> tuple[str, str] | None:
    """Two layers in a row of which the first is linear, and nothing between them bends."""
    before: LayerFacts | None = None
    for layer in layers:
        if layer.class_name in LINEAR:
            if before is not None:
                units = [
                    each.config.get("units") or each.config.get("filters") or 0 for each in (before, layer)
                ]
                if units[0] >= units[1]:  # else it may be narrow on purpose
                    return before.name, layer.name
            before = layer if _is_linear(layer) else None
        elif "Max" in layer.class_name or not any(part in layer.class_name for part in PASSED):
            before = None
    return None


def _reached(situation: Situation) -> tuple[float | None, float | None]:
    """The share of the target's variance that a line explains in new samples, and that curves do."""
    y = situation.y
    if len(situation.x) != 1 or situation.x[0].ndim != 2 or y is None or len(y) < 40:
        return None, None
    x, classes = situation.x[0][:MOST].astype("float64"), situation.classes
    goal = y[:MOST].reshape(min(len(y), MOST), -1).astype("float64")
    if classes is not None:
        goal = (classes[:MOST, None] == np.unique(classes)).astype("float64")
    x = (x - x.mean(axis=0)) / (x.std(axis=0) + 1e-9)
    if not (is_finite(x) and is_finite(goal)):
        return None, None
    draw = np.random.default_rng(0)
    units = min(200, len(x) // 4)
    bent = np.maximum(x @ draw.normal(size=(x.shape[1], units)) + draw.normal(size=units), 0)
    return _explained(x, goal), _explained(np.concatenate([x, bent], axis=1), goal)


def _explained(x: np.ndarray, goal: np.ndarray) -> float:
    """What ridge regression on three of four samples explains of the fourth."""
    held = np.arange(len(x)) % 4 == 0
    x = np.concatenate([x, np.ones((len(x), 1))], axis=1)
    known, wanted = x[~held], goal[~held]
    weights = np.linalg.solve(known.T @ known + 0.01 * len(known) * np.eye(x.shape[1]), known.T @ wanted)
    left = ((x[held] @ weights - goal[held]) ** 2).sum()
    return float(1 - left / (((goal[held] - wanted.mean(axis=0)) ** 2).sum() + 1e-12))
