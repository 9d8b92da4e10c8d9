"""Diabetes."""

from kerasviz.data.bundled import bundled
from kerasviz.data.dataset import Data, Facts

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
