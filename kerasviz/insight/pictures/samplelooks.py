"""What samples look like: it tells how code shows them."""

from __future__ import annotations

from typing import Literal

import numpy as np

from kerasviz.data.preview.pictures import are_pictures
from kerasviz.insight.results.shown import square_side

Looks = Literal["pictures", "square", "values"]
"""Pictures, the pixels of a square picture in a row, or something else."""


def looks_of(array: np.ndarray) -> Looks:
    """What samples look like.

    Args:
        array: Some of them, as they go into the model.
    """
    if square_side(array):
        return "square"
    return "pictures" if are_pictures(array) else "values"
