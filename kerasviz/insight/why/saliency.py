"""Saliency."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from kerasviz.insight.why.attribution import Attribution
from kerasviz.insight.why.explained import Explained
from kerasviz.insight.why.places import Place
from kerasviz.insight.why.scoregradients import no_slope, score_gradients
from kerasviz.protocol.text import Text, text

OF_SCORE, IS_SIGNED = True, False
MEANS = text("The output is most sensitive to small changes where the attribution is largest.")
MEANS_NOT = text(
    "It does not say whether something counts for or against the output, and where the "
    "output is saturated, it is mostly noise."
)


def unfit(explained: Explained, places: Sequence[Place]) -> Text | None:
    """Why it can't be computed; None where it can."""
    return no_slope(places)


def weigh(*, explained: Explained, places: Sequence[Place]) -> list[Attribution]:
    """The size of the gradient of the score.

    The weight of a position is |∂S/∂x|, where S is the score of the answer before a softmax or sigmoid: of a
    pixel the largest of its channels, of a word the length of the gradient at its vector, of a column the
    largest of what became of it.

    K. Simonyan, A. Vedaldi, A. Zisserman, "Deep Inside Convolutional Networks: Visualising Image
    Classification Models and Saliency Maps", 2013 (arXiv:1312.6034).

    Args:
        explained: What is answered.
        places: Where the numbers of the sample are.
    """
    return [Attribution(place, _sizes(place, slope)) for place, slope in score_gradients(explained, places)]


def _sizes(place: Place, slope: np.ndarray) -> np.ndarray:
    if place.kind == "tokens":
        lengths: np.ndarray = np.linalg.norm(slope, axis=-1)
        return lengths
    sizes = np.abs(slope)
    if place.kind == "columns":
        return np.array([sizes[group].max() for group in place.groups])
    return np.asarray(sizes.max(axis=-1)) if place.has_channels else sizes
