"""Consecutive linear layers without a nonlinearity between them.

A Dense layer without an activation is a linear map, and two of them in a row are again a single linear map:
more layers add nothing.

Bad: `Dense(64)`, `Dense(64)`, `Dense(3, "softmax")`.

Good: `Dense(64, "relu")`, `Dense(64, "relu")`, `Dense(3, "softmax")`. For a linear relation, the last
layer alone.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.modelfacts import LayerFacts
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.insight.hints.simplemodels import reached
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import Text, text

SEVERITY: Severity = "warning"
TITLE = text("No activation between layers")
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
    "Resizing",
    "Cropping",
    "UpSampling",
    "Random",
    "Gaussian",
    "Identity",
)
"""Parts of the names of layers that bend nothing either; those of maxima do."""
LEARNED = 0.1
"""Share of the loss of guessing below which what bends elsewhere is enough."""
MORE = 0.05
"""What curves have to explain beyond a line of what there is to explain."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for two such layers in a row, and compares what a line and curves reach."""
    pair = _pair(situation.layers) if situation.is_chain else None
    if pair is None:
        return
    line, curves = reached(situation)
    elsewhere = any(_bends(layer) for layer in situation.layers[:-1])
    bends = not situation.has_learned(LEARNED) and not elsewhere
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
        text("The second of the two layers adds nothing.")
        if elsewhere
        else text("The model can only learn linear relations, however many layers it has."),
        evidence,
        layer=pair[0],
        fix=(text("Set the activation of hidden layers to relu"), edits),
    )


def _bends(layer: LayerFacts) -> bool:
    """Whether a layer is no linear map, so that the model is none."""
    if layer.class_name in (*LINEAR, "Activation"):
        return layer.activation not in ("linear", None)
    if layer.class_name in ("InputLayer", "Normalization"):
        return False
    return "Max" in layer.class_name or not any(part in layer.class_name for part in PASSED)


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
