"""Batches that do not tell their shapes, with which TensorFlow can't trace a model of Keras."""

from __future__ import annotations

from typing import Any

from kerasviz.backend import pipelines
from kerasviz.backend.installed import backend
from kerasviz.data.streams.changes import leaves
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def check_shapes(batches: Any, model: Any, name: str) -> None:
    """Refuses what Keras is known to end with, in words about ranks of shapes.

    PyTorch and JAX, a model that runs eagerly, and classes and losses of the user's own may do without.

    Args:
        batches: What gives batches.
        model: A compiled `keras.Model`.
        name: What a person calls the batches.

    Raises:
        RequestError: With code `shape`.
    """
    traced = backend() == "tensorflow" and not model.run_eagerly and _is_of_keras(model)
    if not (traced and model.built and model.inputs and pipelines.is_pipeline(batches)):
        return
    needed = [True, all(isinstance(loss, str) or _is_of_keras(loss) for loss in leaves(model.loss))]
    if any(need and lacks for need, lacks in zip(needed, pipelines.without_shapes(batches), strict=False)):
        raise RequestError(
            "shape",
            text(
                "{name} does not tell the shapes of what it gives, which TensorFlow has to know. Give "
                "tf.data.Dataset.from_generator the argument output_signature instead of output_types: a "
                "tf.TensorSpec(shape, dtype) for the inputs and one for the targets, with None for a length "
                "that changes. After a py_function, set it with tf.ensure_shape.",
                name=name,
            ),
        )


def _is_of_keras(value: Any) -> bool:
    return type(value).__module__.partition(".")[0] == "keras"
