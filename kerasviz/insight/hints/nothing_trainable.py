"""A model of which nothing is trained.

Every layer is frozen (`trainable` is off), or none has weights: `fit` computes, and changes nothing.

Bad: a pretrained model is frozen, and the new last layer with it.

Good: the pretrained layers are frozen, and the new last layer is trained.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "error"


def look(situation: Situation) -> Iterator[Hint]:
    """Looks whether any layer is trained."""
    weighty = [layer for layer in situation.layers if layer.weights]
    if not weighty or any(layer.trained for layer in weighty):
        return
    edits = [{"edit": "set", "layer": layer.name, "arguments": {"trainable": True}} for layer in weighty]
    yield hint(
        __name__,
        SEVERITY,
        text("No layer is trained: all of them are frozen. Turn trainable on in the last layers at least."),
        text("The model stays as it began, however long it trains."),
        {text("weights that are trained"): 0, text("weights"): sum(layer.weights for layer in weighty)},
        layer=weighty[0].name,
        fix=(text("Train all layers"), edits),
    )
