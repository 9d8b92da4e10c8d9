"""Digits."""

from kerasviz.data.bundled import bundled, bundled_code
from kerasviz.data.dataset import Data, Facts
from kerasviz.writing.snippet import Snippet

FACTS = Facts(
    samples=1797,
    shape=[8, 8, 1],
    classes=10,
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)


def load() -> Data:
    """Handwritten digits, 8 by 8 pixels of grey: which digit is it?"""
    return bundled("digits", FACTS, divisor=16)


def code() -> Snippet:
    """As `load` does it."""
    return bundled_code("digits", FACTS, divisor=16)
