"""Token Weights."""

from __future__ import annotations

from collections.abc import Sequence

from kerasviz.insight.why.attribution import Attribution
from kerasviz.insight.why.explained import Explained
from kerasviz.insight.why.places import Place
from kerasviz.insight.why.scoregradients import score_gradients
from kerasviz.protocol.text import Text, text

OF_SCORE, IS_SIGNED = True, True
MEANS = text(
    "A word with a positive attribution raises the score of this output, one with a "
    "negative attribution lowers it."
)
MEANS_NOT = text(
    "It does not say what the model would predict without the word, and it misses words "
    "that matter only together."
)


def unfit(explained: Explained, places: Sequence[Place]) -> Text | None:
    """Why it can't be computed; None where it can."""
    if any(place.kind == "tokens" for place in places):
        return None
    return text("Token attributions need an Embedding after the Input, and there is none. Choose saliency.")


def weigh(*, explained: Explained, places: Sequence[Place]) -> list[Attribution]:
    """The gradient of the score times the vector of each word.

    The weight of a word is Σ ∂S/∂eᵢ · eᵢ over the numbers eᵢ of its vector, where S is the score of the
    answer before a softmax or sigmoid: what it would lose without the vector, if it were a straight line.

    M. Denil, A. Demiraj, N. de Freitas, "Extraction of Salient Sentences from Labelled Documents", 2014
    (arXiv:1412.6815).

    Args:
        explained: What is answered.
        places: Where the numbers of the sample are.
    """
    words = [place for place in places if place.kind == "tokens"]
    return [
        Attribution(place, (slope * place.value).sum(axis=-1))
        for place, slope in score_gradients(explained, words)
    ]
