"""The mask of a tensor, which Keras keeps beside it on each backend, also where it is traced."""

from __future__ import annotations

from typing import Any

from keras.src import backend


def mask_of(tensor: Any) -> Any:
    """Which of its positions count, a tensor of booleans; None where all do."""
    return backend.get_keras_mask(tensor)


def with_mask(tensor: Any, mask: Any) -> Any:
    """The tensor itself, with a mask; None leaves it the one that it has."""
    if mask is not None:
        backend.set_keras_mask(tensor, mask)
    return tensor
