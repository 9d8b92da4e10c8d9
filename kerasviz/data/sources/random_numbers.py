"""Random numbers."""

from typing import Any

import numpy as np

from kerasviz.data.files.located import refused
from kerasviz.data.randomdata import RandomData, random_code
from kerasviz.protocol.text import text
from kerasviz.writing.snippet import Snippet

OF_MODEL = True


def load(samples: int = 256, seed: int = 0) -> RandomData:
    """Numbers without a meaning, of the shapes that the model takes: to try whether a drawing trains at all.

    Nothing can be learned of them but the numbers themselves. Inputs are of any number and type, also text;
    targets suit the loss of each output.

    Args:
        samples: Number of samples.
        seed: Repeats the same numbers.
    """
    _check(samples)
    nothing = np.zeros((2, 1), "float32")
    return RandomData(name="random", x=nothing, y=nothing, samples=int(samples), seed=seed)


def code(samples: int, seed: int, *, model: Any, loss: Any) -> Snippet:
    """Writes what `load` gives for a model."""
    _check(samples)
    return random_code(model, loss, int(samples), int(seed))


def _check(samples: int) -> None:
    if not 2 <= samples <= 100_000:
        raise refused(text("Choose from 2 to 100,000 samples."))
