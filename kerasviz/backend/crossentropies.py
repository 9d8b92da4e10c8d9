"""Cross-entropies where PyTorch refuses them though TensorFlow and JAX compute them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_MAPS = 4
"""Dimensions of a class for each pixel, `(samples, height, width, classes)`."""


def compute_any_crossentropy() -> None:
    """Has Keras on PyTorch give what it gives on TensorFlow and JAX; all other numbers are PyTorch's own.

    Of NaN, and of targets that are not between 0 and 1, PyTorch raises, which on a GPU ends the process' use
    of it: a run whose weights are not finite any more would end before anybody could say at which layer that
    began. Of a class for each pixel it has no gradients: https://github.com/pytorch/pytorch/issues/175084
    """
    from keras.src.backend.torch import nn

    if hasattr(nn.binary_crossentropy, "takes_any"):
        return  # it was done before
    nn.binary_crossentropy = _of_any_numbers(nn, nn.binary_crossentropy)
    nn.binary_crossentropy.takes_any = True
    nn.sparse_categorical_crossentropy = _of_pixels(nn, nn.sparse_categorical_crossentropy)


def _of_any_numbers(nn: Any, computed: Callable[..., Any]) -> Callable[..., Any]:
    import torch

    def binary_crossentropy(target: Any, output: Any, from_logits: bool = False) -> Any:
        if from_logits:
            return computed(target, output, from_logits)
        target, output = nn.convert_to_tensor(target), nn.convert_to_tensor(output)
        if target.shape != output.shape:
            return computed(target, output)  # which says so
        taken = (target >= 0) & (target <= 1) & ~torch.isnan(output)
        small = nn.backend.epsilon()
        between = torch.clip(output, small, 1.0 - small)
        found = -(target * torch.log(between) + (1 - target) * torch.log(1 - between))
        safe = computed(torch.where(taken, target, 0), torch.where(taken, output, 0.5))
        return torch.where(taken, safe, found)

    return binary_crossentropy


def _of_pixels(nn: Any, computed: Callable[..., Any]) -> Callable[..., Any]:
    import torch

    def sparse_categorical_crossentropy(
        target: Any, output: Any, from_logits: bool = False, axis: int = -1
    ) -> Any:
        target = nn.convert_to_tensor(target, dtype=torch.long)
        output = nn.convert_to_tensor(output)
        pixels = output.shape[:-1]
        if len(output.shape) != _MAPS or axis not in (-1, _MAPS - 1) or target.numel() != pixels.numel():
            return computed(target, output, from_logits, axis)
        rows = computed(target.reshape(-1), output.reshape(-1, output.shape[-1]), from_logits)
        return rows.reshape(pixels)

    return sparse_categorical_crossentropy
