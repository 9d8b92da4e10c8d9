"""A sample that says as little as can be: the mean of those that train."""

from __future__ import annotations

import numpy as np

from kerasviz.insight.passage.fittinginputs import fitted_inputs, inputs_of
from kerasviz.insight.samples.samples import Samples
from kerasviz.insight.why.places import Place
from kerasviz.protocol import JSON, RequestError

MOST = 256
"""Samples of which it is the mean."""


def average_at(place: Place, document: JSON, samples: Samples | None) -> np.ndarray | None:
    """The mean of samples at a place, without the axis of the samples.

    Args:
        place: Where.
        document: Keras JSON.
        samples: Those of the data, where there is data.

    Returns:
        Of the shape of `place.value`, float32; None where the place is behind a layer, or nobody knows.
    """
    if samples is None or place.node != f"{place.name}:0":
        return None
    arrays = samples.prepared(samples.first(MOST))
    means = {
        key: array[:1] if array.dtype.kind in "OSU" else array.mean(axis=0, keepdims=True)
        for key, array in arrays.items()
    }
    names = [name for name, _ in inputs_of(document)]
    try:
        mean = fitted_inputs(document, means)[names.index(place.name)]
    except RequestError:  # the sample is one of another kind, which a page gave
        return None
    return mean.astype("float32").reshape(place.value.shape) if mean.size == place.value.size else None
