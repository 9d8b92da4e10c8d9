"""By its class."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.samples.sampleparts import Part
from kerasviz.insight.samples.samples import Samples, Taken
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def choose(name: str, number: int = 0, part: Part = "training", *, samples: Samples) -> Taken:
    """Takes a sample of a class.

    Args:
        name: Of the class, or its number as text where it has no name.
        number: The first of them has 0; behind the last one, counting begins again.
        part: Of the data.
        samples: Those that there are.

    Raises:
        RequestError: With code `no_sample`, where no sample of the part has this class.
    """
    found = np.flatnonzero(np.array(samples.labels(part)) == name)
    if not len(found):
        raise RequestError(
            "no_sample", text("This part of the data has no samples of class {name}.", name=repr(name))
        )
    return samples.take(part, int(found[number % len(found)]))
