"""A copy of a model that only this worker has, on which it can compute without the others."""

from __future__ import annotations

import random
from collections.abc import Callable
from typing import Any

from kerasviz.backend.isolation import layers_drawn_from
from kerasviz.backend.localvalues import local_value
from kerasviz.models.building import build_model
from kerasviz.protocol import JSON


def twin_of(document: JSON) -> Callable[[Any], Any]:
    """Makes what gives the copy of a model, with the numbers that it has now.

    Args:
        document: Of the model.
    """
    made: list[Any] = []

    def twin(model: Any) -> Any:
        if not made:
            with layers_drawn_from(random.Random(0)):  # which moves no generator of the run
                made.append(build_model(document))
        for own, variable in zip(made[0].weights, model.weights, strict=True):
            own.assign(local_value(variable))
        return made[0]

    return twin
