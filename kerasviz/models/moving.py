"""A model on other devices: Keras has no way to move one, so another is built there with all its numbers."""

from __future__ import annotations

from typing import Any

import keras

from kerasviz.backend.distribution.placement import placed_at, same_replicas
from kerasviz.models.building import build_model
from kerasviz.models.startweights import start_from_model
from kerasviz.protocol import JSON
from kerasviz.storage.optimizer_state import take_optimizer_state


def built_beside(old: Any, document: JSON, seed: int | None = None) -> Any:
    """Builds the model of a document on the devices of another model.

    Args:
        old: The other; None where Keras chooses.
        document: As `build_model` takes it.
        seed: The same.
    """
    with same_replicas(old):
        model = build_model(document, seed)
    placed = placed_at(old)
    if placed is not None:
        placed.take(model)
    return model


def take_everything(model: Any, old: Any, *, optimizer: bool) -> None:
    """Gives a model all that training has changed in another one of the same document.

    Args:
        model: A built model, with the devices that it is to lie on as the current ones.
        old: The other: its weights, states and seeds are copied.
        optimizer: Whether the state of the optimizer is, too.
    """
    start_from_model(model, old)
    for new, before in zip(model.variables, old.variables, strict=False):
        if new.shape == before.shape:  # the states of seeds, too
            new.assign(keras.ops.convert_to_numpy(before))
    if optimizer:
        take_optimizer_state(model, old)
