"""In the kernel."""

from __future__ import annotations

from dataclasses import dataclass

from kerasviz.backend.devicename import DeviceName


@dataclass(frozen=True)
class Thread:
    """In the kernel, on a thread of its own. The model is at hand in cells while it trains.

    Args:
        exclusive: Whether the run waits until its devices are free, and others wait for it, whatever kernel
            they are of. By default it does on a GPU, whose memory one model may fill; on a CPU all train at
            once.
        devices: What it trains on, such as `gpu:0`. Several share each batch: with a MirroredStrategy on
            TensorFlow, with DataParallel on JAX. By default Keras chooses one.
        layout: On JAX, which variables are divided among devices, for models that are too large for one: for
            a pattern of their paths the axes, such as `{".*kernel": [null, "model"]}`.
        shards: Devices that one copy of a model with a layout is divided among. By default all.
    """

    exclusive: bool | None = None
    devices: list[DeviceName] | None = None
    layout: dict[str, list[str | None]] | None = None
    shards: int | None = None
