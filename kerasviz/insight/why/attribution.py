"""Attribution: how much each position of a sample counts for an output."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from kerasviz.insight.why.places import Place
from kerasviz.protocol.text import Text


@dataclass(frozen=True)
class Attribution:
    """The attributions of one Input.

    Attributes:
        place: What they belong to.
        weights: One for each position, of the shape of `place.shape`; of a series also one for each time.
        notes: What else there is to say.
    """

    place: Place
    weights: np.ndarray
    notes: list[Text] = field(default_factory=list)
