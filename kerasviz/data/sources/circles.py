"""Two circles."""

from kerasviz.data.dataset import Data, Facts
from kerasviz.data.files.located import refused
from kerasviz.data.pointsets import check_count, made_by, maker_code
from kerasviz.protocol.text import text
from kerasviz.writing.snippet import Snippet

FACTS = Facts(samples=500, shape=[2], classes=2, loss="binary_crossentropy", metrics=["accuracy"])


def load(samples: int = 500, noise: float = 0.1, factor: float = 0.5, seed: int = 0) -> Data:
    """Points of a circle inside of another one: which of the two is it? No line parts them.

    Args:
        samples: Number of points.
        noise: Standard deviation of what is added to each coordinate.
        factor: Size of the inner circle, from 0 to below 1, where the outer one is 1.
        seed: Repeats the same points.
    """
    check_count(samples)
    if not 0 <= factor < 1:
        raise refused(text("The factor must be from 0 to below 1, not {factor}.", factor=f"{factor:g}"))
    return made_by("circles", 2, n_samples=samples, noise=noise, factor=factor, random_state=seed)


def code(samples: int, noise: float, factor: float, seed: int) -> Snippet:
    """The same points."""
    return maker_code("circles", n_samples=samples, noise=noise, factor=factor, random_state=seed)
