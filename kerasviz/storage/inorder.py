"""What is said where weights are matched by the order of layers: whose weights each layer has."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from kerasviz.protocol.text import Text, all_of, text

if TYPE_CHECKING:
    import keras

MOST_PAIRS = 6
"""Layers that the sentence names."""


def said_of_pairs(pairs: Iterable[tuple[str, str]]) -> list[Text]:
    """Says which layers have weights of a layer with another name, if any.

    Args:
        pairs: A layer, and the layer of the file whose weights it has.

    Returns:
        A sentence, or nothing. It names first the layers whose own weights another one has.
    """
    names = list(dict.fromkeys(pairs))
    stored = {other for _, other in names}
    differing = [(own, other) for own, other in names if own != other]
    if not differing:
        return []
    differing.sort(key=lambda pair: pair[0] not in stored)
    told: list[Text] = [
        text("{layer} has those of {stored}", layer=repr(own), stored=repr(other))
        for own, other in differing[:MOST_PAIRS]
    ]
    if len(differing) > MOST_PAIRS:
        told.append(text("{count} more", count=len(differing) - MOST_PAIRS))
    return [
        text(
            "Weights were matched by the order of layers, because the names differ: {pairs}.",
            pairs=all_of(told),
        )
    ]


def said_of_nameless(layers: Iterable["keras.layers.Layer"]) -> list[Text]:
    """Says that the order alone tells whose weights are whose, where two layers could have each other's."""
    alike = Counter(
        (type(layer).__name__, tuple(tuple(variable.shape) for variable in layer.weights)) for layer in layers
    )
    if not any(count > 1 for count in alike.values()):
        return []
    return [text("The file does not name its layers: weights were matched by the order of the layers.")]
