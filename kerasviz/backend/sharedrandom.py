"""The one generator that PyTorch has for all, from which Dropout without a seed draws."""

from __future__ import annotations

import keras


def shared_state() -> list[int]:
    """Copies the state of the generator; empty where no layer draws from it."""
    if keras.backend.backend() != "torch":
        return []
    import torch

    state: list[int] = torch.get_rng_state().tolist()
    return state


def set_shared_state(state: list[int]) -> None:
    """Sets the state of the generator, where it has one of this length."""
    if not state or len(state) != len(shared_state()):
        return
    import torch

    torch.set_rng_state(torch.tensor(state, dtype=torch.uint8))
