"""What is to be predicted of samples, in numbers."""

from __future__ import annotations

import numpy as np

from kerasviz.data.facts.classofeach import is_one_hot
from kerasviz.insight.samples.sampleparts import Part, targets_in
from kerasviz.insight.samples.samples import Samples


def target_numbers(samples: Samples, part: Part, indices: np.ndarray) -> list[float | None] | None:
    """What is to be predicted of some samples: the number of the class, or a number.

    Args:
        samples: Those of the data.
        part: Of the data.
        indices: Their numbers in the part.

    Returns:
        None where nobody knows, or it is several things.
    """
    held, numbers = samples.held(part)
    targets = targets_in(held)
    if not isinstance(targets, np.ndarray) or targets.dtype.kind not in "biuf":
        return None
    some = targets[numbers[indices]].reshape(len(indices), -1)
    if some.shape[1] > 1:
        return some.argmax(axis=1).astype("float64").tolist() if is_one_hot(some) else None
    return [float(value) if np.isfinite(value) else None for value in some[:, 0]]
