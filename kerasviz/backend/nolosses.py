"""A model without any loss: on JAX, Keras trains it with a loss of zero, and nothing is learned."""

from __future__ import annotations

from typing import Any

import keras


def trains_without_loss(model: Any, x: Any) -> bool:
    """Whether no loss was chosen and no layer adds one, where Keras does not raise for that.

    Args:
        model: A compiled `keras.Model`.
        x: Samples for it, of which one is taken: an array, or a list or dict of arrays.
    """
    if keras.backend.backend() != "jax" or model._compile_loss is not None:
        return False
    one = keras.tree.map_structure(lambda array: array[:1], x)
    kinds = (model.trainable_variables, model.non_trainable_variables)
    values = ([variable.value for variable in kind] for kind in kinds)
    *_, losses = model.stateless_call(*values, one, return_losses=True)
    return not losses
