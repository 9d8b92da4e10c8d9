"""A limit of the memory that a process takes of a GPU, so that others can use the rest."""

from __future__ import annotations

import os

from kerasviz.backend.installed import backend
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text


def environment(share: float) -> dict[str, str]:
    """Variables for a process that is to be started, as JAX reads them when it begins.

    Args:
        share: Of a GPU's memory, above 0 and up to 1.

    Raises:
        RequestError: With code `devices`, for another number.
    """
    if isinstance(share, bool) or not isinstance(share, (int, float)) or not 0 < share <= 1:
        raise RequestError(
            "devices",
            text(
                "Expected a share of the memory above 0 and up to 1, such as 0.5, received: {share}.",
                share=f"{share!r:.40}",
            ),
        )
    return {"XLA_PYTHON_CLIENT_MEM_FRACTION": f"{share:g}", "XLA_PYTHON_CLIENT_PREALLOCATE": "false"}


def cap(share: float) -> None:
    """Limits this process; call it before Keras computes anything. Where there is no GPU, nothing is limited.

    Args:
        share: Of the memory of each GPU.

    Raises:
        RequestError: As `environment` does.
        RuntimeError: When TensorFlow has begun to compute.
    """
    os.environ.update(environment(share))
    name = backend()
    if name == "tensorflow":
        _cap_tensorflow(share)
    elif name == "torch":
        import torch

        for index in range(torch.cuda.device_count()):
            torch.cuda.set_per_process_memory_fraction(share, index)


def _cap_tensorflow(share: float) -> None:
    import tensorflow

    from kerasviz.backend.hardware import gpus
    from kerasviz.backend.hardware.visiblegpus import position_of

    there = gpus()
    for index, gpu in enumerate(tensorflow.config.list_physical_devices("GPU")):
        at = position_of(index, [], [(each.uuid, each.name) for each in there])
        if at is None:  # TensorFlow takes a number of bytes alone, and nobody tells how many there are
            continue
        limit = tensorflow.config.LogicalDeviceConfiguration(memory_limit=share * there[at].total / (1 << 20))
        tensorflow.config.set_logical_device_configuration(gpu, [limit])
