"""In a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from kerasviz.backend.devicename import DeviceName


@dataclass(frozen=True)
class Process:
    """In a process of its own, which goes on when the kernel is restarted or shut down, and frees its memory.

    Variables of the notebook that it trains on are copied to it. The trained model comes back to the kernel
    when the run ends.

    Args:
        backend: What Keras computes with. By default it is that of the kernel.
        exclusive: Whether the run waits until its devices are free, and others wait for it, whatever kernel
            they are of. By default it does on a GPU, whose memory one model may fill; on a CPU all train at
            once.
        devices: What it trains on, such as `gpu:0`. Several share each batch: with a MirroredStrategy on
            TensorFlow, with DataParallel on JAX. By default Keras chooses one.
        layout: On JAX, which variables are divided among devices, for models that are too large for one: for
            a pattern of their paths the axes, such as `{".*kernel": [null, "model"]}`.
        shards: Devices that one copy of a model with a layout is divided among. By default all.
        memory: The share of the memory of each GPU that the process may take, such as 0.5. By default as much
            as there is.
    """

    backend: Literal["tensorflow", "jax", "torch"] | None = None
    exclusive: bool | None = None
    devices: list[DeviceName] | None = None
    layout: dict[str, list[str | None]] | None = None
    shards: int | None = None
    memory: float | None = None
