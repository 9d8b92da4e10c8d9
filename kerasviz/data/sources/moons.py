"""Two moons."""

from kerasviz.data.dataset import Data, Facts
from kerasviz.data.pointsets import check_count, made_by, maker_code
from kerasviz.writing.snippet import Snippet

FACTS = Facts(samples=500, shape=[2], classes=2, loss="binary_crossentropy", metrics=["accuracy"])


def load(samples: int = 500, noise: float = 0.1, seed: int = 0) -> Data:
    """Points of two half circles that reach into each other: which of the two is it? No line parts them.

    Args:
        samples: Number of points.
        noise: Standard deviation of what is added to each coordinate.
        seed: Repeats the same points.
    """
    check_count(samples)
    return made_by("moons", 2, n_samples=samples, noise=noise, random_state=seed)


def code(samples: int, noise: float, seed: int) -> Snippet:
    """The same points."""
    return maker_code("moons", n_samples=samples, noise=noise, random_state=seed)
