"""In the kernel."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Thread:
    """In the kernel, on a thread of its own. The model is at hand in cells while it trains.

    Args:
        exclusive: Whether the run waits until the device is free, and others wait for it, whatever kernel
            they are of. By default it does on a GPU, whose memory one model may fill; on a CPU all train at
            once.
    """

    exclusive: bool | None = None
