"""Iris."""

from kerasviz.data.bundled import bundled, bundled_code
from kerasviz.data.dataset import Data, Facts
from kerasviz.writing.snippet import Snippet

FACTS = Facts(
    samples=150,
    shape=[4],
    classes=3,
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)


def load() -> Data:
    """Lengths and widths of petals and sepals: which of three irises is it?"""
    return bundled("iris", FACTS)


def code() -> Snippet:
    """As `load` does it."""
    return bundled_code("iris", FACTS)
