"""Whether models take text: tensors of JAX and PyTorch hold numbers alone."""

from __future__ import annotations

import keras


def takes_text() -> bool:
    """Whether a model can take text, and look its words up itself."""
    return bool(keras.backend.backend() == "tensorflow")
