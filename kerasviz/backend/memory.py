"""How much memory there is to train in."""

from __future__ import annotations

from kerasviz.protocol import Capacity


def capacity(uses_gpu: bool) -> Capacity | None:
    """Returns the free memory of the first GPU, or of the machine where Keras uses none.

    Args:
        uses_gpu: Whether Keras trains on a GPU.

    Returns:
        None where nobody tells.
    """
    from kerasviz.backend.hardware import gpus  # late: a page that only draws needs none of it
    from kerasviz.backend.hardware.machine import machine_memory
    from kerasviz.backend.hardware.visiblegpus import position_of

    if not uses_gpu:
        return Capacity(free=machine_memory()[1], gpu=None)
    there = gpus()
    at = position_of(0, [], [(gpu.uuid, gpu.name) for gpu in there])
    return None if at is None else Capacity(free=there[at].free, gpu=there[at].name)
