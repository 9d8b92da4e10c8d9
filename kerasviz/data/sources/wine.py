"""Wine."""

from kerasviz.data.bundled import bundled, bundled_code
from kerasviz.data.dataset import Data, Facts
from kerasviz.writing.snippet import Snippet

FACTS = Facts(
    samples=178,
    shape=[13],
    classes=3,
    loss="sparse_categorical_crossentropy",
    metrics=["accuracy"],
)


def load() -> Data:
    """13 chemical measures of a wine: which of three growers made it?"""
    return bundled("wine", FACTS)


def code() -> Snippet:
    """As `load` does it."""
    return bundled_code("wine", FACTS)
