"""At random."""

from __future__ import annotations

import random

from kerasviz.insight.own import Own
from kerasviz.insight.samples.sampleparts import Part
from kerasviz.insight.samples.samples import Taken


def choose(seed: int = 0, part: Part = "training", *, own: Own) -> Taken:
    """Takes any sample of the data; without data, one of random numbers and words.

    Args:
        seed: The same one gives the same sample.
        part: Of the data.
        own: Knows the data, and what the drawing takes.

    Raises:
        RequestError: With code `no_sample`, where there are none.
    """
    samples = own.samples
    if samples is None:
        return own.random(seed)
    return samples.take(part, random.Random(seed).randrange(max(1, samples.counts.get(part, 0))))
