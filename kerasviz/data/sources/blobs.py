"""Blobs."""

from kerasviz.data.dataset import Data
from kerasviz.data.pointsets import check_count, made_by, maker_code
from kerasviz.writing.snippet import Snippet


def load(samples: int = 500, classes: int = 3, spread: float = 1.0, seed: int = 0) -> Data:
    """Points around a centre for each class: which centre is it? Lines part them where the spread is small.

    Args:
        samples: Number of points.
        classes: Number of centres.
        spread: Standard deviation of the points around their centre.
        seed: Repeats the same points.
    """
    check_count(samples, classes)
    return made_by(
        "blobs", classes, n_samples=samples, centers=classes, cluster_std=spread, random_state=seed
    )


def code(samples: int, classes: int, spread: float, seed: int) -> Snippet:
    """The same points."""
    return maker_code("blobs", n_samples=samples, centers=classes, cluster_std=spread, random_state=seed)
