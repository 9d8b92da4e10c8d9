"""What TensorFlow's converter to LiteRT is told beside the model."""

from __future__ import annotations

from typing import Any

import keras


def own_operations() -> dict[str, Any]:
    """Arguments for `model.export(format="litert")`: with no operation that only TensorFlow can run."""
    if keras.backend.backend() != "tensorflow":
        return {}
    import tensorflow as tf

    return {"target_spec": {"supported_ops": [tf.lite.OpsSet.TFLITE_BUILTINS]}}
