"""By its number."""

from __future__ import annotations

from kerasviz.insight.samples.sampleparts import Part
from kerasviz.insight.samples.samples import Samples, Taken


def choose(index: int = 0, part: Part = "training", *, samples: Samples) -> Taken:
    """Takes the sample with a number.

    Args:
        index: Its number in the part, from 0.
        part: Of the data.
        samples: Those that there are.

    Raises:
        RequestError: With code `no_sample`, where there are fewer.
    """
    return samples.take(part, index)
