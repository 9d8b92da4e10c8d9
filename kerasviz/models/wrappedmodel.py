"""What a wrapper such as `TimeDistributed` has inside."""

from __future__ import annotations

import inspect
from typing import Any

import keras


def model_in(wrapper: Any) -> Any:
    """The model that a layer wraps, also by a wrapper inside a wrapper; None where it wraps none.

    A wrapper of the user's may keep its model elsewhere than Keras' wrappers do: that one is not found.
    """
    inside = getattr(wrapper, "layer", None)
    while inside is not None and not isinstance(inside, keras.Model):
        inside = getattr(inside, "layer", None)
    return inside


def layers_in(wrapper: Any) -> list[Any]:
    """The layers that a wrapper calls, as it keeps them: two of `Bidirectional`, of any other layer none."""
    if "layer" not in inspect.signature(type(wrapper).__init__).parameters:
        return []
    return list(wrapper._flatten_layers(include_self=False, recursive=False))
