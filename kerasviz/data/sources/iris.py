"""Iris."""

from kerasviz.data.bundled import bundled
from kerasviz.data.dataset import Data, Facts

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
