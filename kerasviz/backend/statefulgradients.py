"""Stateful layers of which a backend computes no gradients."""

from __future__ import annotations

from functools import cache

import keras

from kerasviz.backend.isolation import aside


@cache
def lacks_gradients(class_name: str) -> bool:
    """Whether a recurrent layer of Keras can't be trained while it keeps its states; a small one is tried.

    Keras 3.15 on PyTorch changes states of a GRU and an LSTM that their gradients need:
    https://github.com/keras-team/keras/issues/23462
    """
    if keras.backend.backend() != "torch":
        return False
    return aside(lambda: _fails(class_name))


def _fails(class_name: str) -> bool:
    import torch

    layer = getattr(keras.layers, class_name)(1, stateful=True)
    try:
        with torch.enable_grad():
            keras.ops.sum(layer(keras.ops.ones((1, 2, 1)))).backward()
    except RuntimeError:
        return True
    return False
