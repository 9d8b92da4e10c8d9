"""The numbers of a model while it trains: Keras on JAX takes them out of its variables meanwhile."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import keras


@contextmanager
def values_kept(model: Any) -> Iterator[None]:
    """Around `fit` or `evaluate`: a model has its numbers afterwards, also where the first batch failed.

    Keras puts those of the last batch back where a later one fails. Of the first it has none, and all weights
    would be gone: https://github.com/keras-team/keras/blob/v3.15.1/keras/src/backend/jax/trainer.py. What a
    compiled step takes is freed all the same.
    """
    if keras.backend.backend() != "jax":
        yield
        return
    model._purge_model_variables = lambda **kinds: None
    try:
        yield
    finally:
        del model._purge_model_variables
