"""In a process of its own."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Process:
    """In a process of its own, which goes on when the kernel is restarted or shut down, and frees its memory.

    Variables of the notebook that it trains on are copied to it. The trained model comes back to the kernel
    when the run ends.

    Args:
        exclusive: Whether the run waits until the device is free, and others wait for it, whatever kernel
            they are of. By default it does on a GPU, whose memory one model may fill; on a CPU all train at
            once.
        backend: What Keras computes with. By default it is that of the kernel.
    """

    exclusive: bool | None = None
    backend: Literal["tensorflow", "jax", "torch"] | None = None
