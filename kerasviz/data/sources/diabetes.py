"""Diabetes."""

from kerasviz.data.bundled import bundled, bundled_code
from kerasviz.data.dataset import Data, Facts
from kerasviz.writing.snippet import Snippet

FACTS = Facts(
    samples=442,
    shape=[10],
    classes=None,
    loss="mean_squared_error",
    metrics=["mean_absolute_error"],
)


def load() -> Data:
    """Ten measures of a patient: how far will the disease go within a year (25 to 346)?"""
    # Scaled here: the columns of the version that scikit-learn has scaled have a deviation of 0.05.
    return bundled("diabetes", FACTS, scaled=False)


def code() -> Snippet:
    """As `load` does it."""
    return bundled_code("diabetes", FACTS, scaled=False)
