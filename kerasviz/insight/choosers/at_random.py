"""At random."""

from __future__ import annotations

import random

from kerasviz.insight.samples.sampleparts import Part
from kerasviz.insight.samples.samples import Samples, Taken


def choose(seed: int = 0, part: Part = "training", *, samples: Samples) -> Taken:
    """Takes any sample.

    Args:
        seed: The same one gives the same sample.
        part: Of the data.
        samples: Those that there are.

    Raises:
        RequestError: With code `no_sample`, where there are none.
    """
    return samples.take(part, random.Random(seed).randrange(max(1, samples.counts.get(part, 0))))
