"""How a sample enters a model: what Keras makes of it at an Input."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from kerasviz.insight.passage.tensormasks import mask_of, with_mask
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def entered(data: Mapping[str, Any], value: Any) -> Any:
    """Makes the tensor that comes out of an Input, as `keras.Model` does when it is called.

    Args:
        data: Config of the Input.
        value: Array or tensor, the samples are its first axis.

    Returns:
        It with the dtype of the Input, and with or without an axis of one at its end, as the shape has it.

    Raises:
        RequestError: With code `text_input`, where it is text and the backend has none.
        Exception: Any error of Keras.
    """
    config = data["config"]
    mask = mask_of(value)
    try:
        tensor = keras.ops.convert_to_tensor(value, dtype=_dtype(config.get("dtype")))
    except (TypeError, ValueError):
        if getattr(value, "dtype", np.dtype("O")).kind not in "OSU":
            raise
        raise RequestError(
            "text_input",
            text(
                "Keras on {backend} does not take text as a model input. Convert words to indices in "
                "the preparation, or use TensorFlow.",
                backend=keras.backend.backend(),
            ),
            layer=str(config.get("name")),
        ) from None
    shape = config.get("batch_shape") or [None, *(config.get("shape") or [])]
    if len(tensor.shape) == len(shape) + 1 and tensor.shape[-1] == 1:
        tensor = keras.ops.squeeze(tensor, axis=-1)
    elif len(tensor.shape) == len(shape) - 1 and shape[-1] == 1:
        tensor = keras.ops.expand_dims(tensor, axis=-1)
    return tensor if tensor is value else with_mask(tensor, mask)


def _dtype(given: Any) -> str | None:
    return given if isinstance(given, str) else None
