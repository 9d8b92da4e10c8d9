"""Breast cancer."""

from kerasviz.data.bundled import bundled, bundled_code
from kerasviz.data.dataset import Data, Facts
from kerasviz.writing.snippet import Snippet

FACTS = Facts(
    samples=569,
    shape=[30],
    classes=2,
    loss="binary_crossentropy",
    metrics=["accuracy"],
)


def load() -> Data:
    """30 measures of cell nuclei in an image: is the tumour malignant (0) or benign (1)?"""
    return bundled("breast_cancer", FACTS)


def code() -> Snippet:
    """As `load` does it."""
    return bundled_code("breast_cancer", FACTS)
