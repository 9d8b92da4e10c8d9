"""Linnerud."""

from kerasviz.data.bundled import bundled, bundled_code
from kerasviz.data.dataset import Data, Facts
from kerasviz.writing.snippet import Snippet

_INSIDE = Facts(
    samples=20, shape=[3], classes=None, loss="mean_squared_error", metrics=["mean_absolute_error"]
)


def load() -> Data:
    """Chin-ups, sit-ups and jumps of twenty men: their weight, waist and pulse are to be predicted."""
    return bundled("linnerud", _INSIDE)


def code() -> Snippet:
    """The same numbers."""
    return bundled_code("linnerud", _INSIDE)
