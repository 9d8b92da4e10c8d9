"""A model without trainable weights.

Every layer is frozen (`trainable` is off), or none has weights: `fit` runs, but changes nothing.

Bad: a pretrained model is frozen, and the new last layer with it.

Good: the pretrained layers are frozen, and the new last layer is trained.

If the model learned little, a layer that is frozen with its random initial weights is reported, too. That
these are its initial weights is certain: they are compared with what its initializer draws.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "error"
TITLE = text("Frozen layers")
LEARNED = 0.1
"""Share of the loss of guessing below which layers that were drawn at random are as good as trained ones."""

INITIALIZERS = ("kernel_initializer", "embeddings_initializer")
"""What a layer has that is no model inside."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks whether any layer is trained."""
    weighty = [layer for layer in situation.layers if layer.weights]
    if any(layer.trained for layer in weighty):
        yield from _frozen_as_drawn(situation)
        return
    if not weighty:
        return
    edits = [{"edit": "set", "layer": layer.name, "arguments": {"trainable": True}} for layer in weighty]
    yield hint(
        __name__,
        SEVERITY,
        text(
            "All layers are frozen, so nothing is trained. Turn trainable on, at least for the last layers."
        ),
        text("The model does not change, however long it trains."),
        {text("trainable weights"): 0, text("weights"): sum(layer.weights for layer in weighty)},
        layer=weighty[0].name,
        fix=(text("Train all layers"), edits),
    )


def _frozen_as_drawn(situation: Situation) -> Iterator[Hint]:
    drawn = [layer for layer in situation.layers if layer.is_as_drawn]
    if not drawn:
        return
    edits = [{"edit": "set", "layer": layer.name, "arguments": {"trainable": True}} for layer in drawn]
    are_layers = all(any(name in layer.config for name in INITIALIZERS) for layer in drawn)
    yield hint(
        __name__,
        "info" if situation.has_learned(LEARNED) else "warning",
        text(
            "Layer {layer} is frozen with random weights: it was never trained. Turn trainable "
            "on, or load trained weights.",
            layer=repr(drawn[0].name),
        ),
        text("Its outputs are random features that training never improves."),
        {text("random frozen weights"): sum(layer.weights for layer in drawn)},
        layer=drawn[0].name,
        fix=(text("Train these layers"), edits) if are_layers else None,
    )
