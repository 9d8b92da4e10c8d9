"""TensorFlow's SavedModels, which Keras writes on TensorFlow and JAX."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import keras
import numpy as np

PLATFORMS = ("cpu", "cuda")
"""What JAX compiles for; by default that of the process alone, and a file of a GPU runs on no CPU."""


def for_any_device() -> dict[str, Any]:
    """What `model.export` is told so that a SavedModel runs on whatever TensorFlow has."""
    if keras.backend.backend() != "jax":
        return {}
    told = {"native_serialization": True, "native_serialization_platforms": PLATFORMS}
    return {"jax2tf_kwargs": told}


def opened_saved_model(path: Path) -> Callable[[Any], Mapping[str, np.ndarray]]:
    """Gives what computes the outputs of a SavedModel, each by its place in their structure.

    It takes arrays in the structure in which the model takes them.

    Args:
        path: The folder.
    """
    import tensorflow as tf

    loaded = tf.saved_model.load(path)  # which keeps the variables

    def compute(structure: Any) -> Mapping[str, np.ndarray]:
        given = loaded.serve(keras.tree.map_structure(tf.constant, structure))
        return {
            "_".join(map(str, way)) or "output": value.numpy()
            for way, value in keras.tree.flatten_with_path(given)
        }

    return compute
