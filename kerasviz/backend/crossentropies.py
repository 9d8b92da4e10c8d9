"""Binary cross-entropy where PyTorch refuses it: of NaN, and of targets that are not between 0 and 1."""

from __future__ import annotations

from typing import Any


def compute_any_crossentropy() -> None:
    """Has Keras on PyTorch give what it gives on TensorFlow and JAX; all other numbers are PyTorch's own.

    PyTorch raises instead, which on a GPU ends the process' use of it: a run whose weights are not finite any
    more would end before anybody could say at which layer that began.
    """
    import torch
    from keras.src.backend.torch import nn

    computed = nn.binary_crossentropy
    if hasattr(computed, "takes_any"):
        return  # it was done before

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
        return torch.where(
            taken, computed(torch.where(taken, target, 0), torch.where(taken, output, 0.5)), found
        )

    nn.binary_crossentropy = binary_crossentropy
    nn.binary_crossentropy.takes_any = True
