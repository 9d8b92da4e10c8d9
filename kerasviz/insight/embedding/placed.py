"""Where an embedding places samples."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text


@dataclass(frozen=True)
class Placed:
    """Places of samples.

    Attributes:
        points: `(samples, 2)`.
        notes: What they mean.
        axes: What samples were projected onto, where it can be kept for the next time.
    """

    points: np.ndarray
    notes: Sequence[Text] = ()
    axes: Any = None


def check_finite(values: np.ndarray) -> None:
    """Checks that all that came out of a layer are numbers.

    Raises:
        RequestError: With code `embedding`.
    """
    if not np.isfinite(values).all():
        raise RequestError("embedding", text("Some outputs of this layer are not finite (NaN or infinite)."))
