"""Whether what a layer computes has numbers already."""

from __future__ import annotations

import keras


def is_compiled_apart() -> bool:
    """Whether a part of a model is being compiled on its own, as by a layer with a `tf.function` inside.

    Its tensors have no numbers, and no other function may use them. JAX always compiles, so there nobody can
    tell.
    """
    if keras.backend.backend() == "tensorflow":
        import tensorflow as tf

        return not tf.executing_eagerly()
    if keras.backend.backend() == "torch":
        import torch

        return bool(torch.compiler.is_compiling())
    return False
