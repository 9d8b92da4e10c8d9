"""The gradient of a score at the places of a sample."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kerasviz.insight.why.explained import Explained
from kerasviz.insight.why.places import Place
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text


def score_gradients(explained: Explained, places: Sequence[Place]) -> list[tuple[Place, np.ndarray]]:
    """The gradient of the score, laid out, at each place that the score depends on.

    Raises:
        RequestError: With code `no_slope`, where it depends on none of them.
    """
    found = explained.gradients({place.node: place.value[None] for place in places}, score=True)
    slopes = [
        (place, place.laid_out(slope[0])) for place in places if (slope := found[place.node]) is not None
    ]
    if not slopes:
        raise no_gradient()
    return slopes


def no_slope(places: Sequence[Place]) -> Text | None:
    """Why there is no gradient at all; None where there may be one."""
    if places:
        return None
    return text(
        "This method needs a gradient, and no Input of this model is differentiable. Add an "
        "Embedding after the lookup."
    )


def no_gradient() -> RequestError:
    """What is raised where the answer has no gradient."""
    return RequestError(
        "no_slope",
        text(
            "The output has no gradient with respect to the sample: a layer in between rounds, "
            "compares or looks up values. Choose a method without gradients, such as occlusion."
        ),
    )
