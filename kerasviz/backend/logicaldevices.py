"""Several devices on a machine that has one: its CPU is divided, to try there what several devices do."""

from __future__ import annotations

import logging
import os

from kerasviz.backend.installed import backend
from kerasviz.protocol.text import text

logger = logging.getLogger(__name__)

CPUS = "KERASVIZ_CPUS"
"""Variable with the number of devices that the CPU is divided into."""


def prepare(count: int) -> None:
    """Makes the CPU look like several devices, `cpu:0`, `cpu:1`, ...; call it before Keras computes anything.

    Args:
        count: How many.

    Raises:
        RuntimeError: When the backend has begun to compute, so that its devices are settled.
        NotImplementedError: On PyTorch, which has one CPU.
    """
    name = backend()
    if name == "tensorflow":
        import tensorflow

        cpu = tensorflow.config.list_physical_devices("CPU")[0]
        logical = [tensorflow.config.LogicalDeviceConfiguration()] * count
        tensorflow.config.set_logical_device_configuration(cpu, logical)
    elif name == "jax":
        import jax

        jax.config.update("jax_num_cpu_devices", count)
    else:
        raise NotImplementedError(text("{backend} has one CPU.", backend=name))


def asked_cpus() -> int:
    """How many devices the CPU is to be divided into."""
    asked = os.environ.get(CPUS, "")
    return max(1, int(asked)) if asked.isdecimal() else 1


def prepare_as_asked() -> None:
    """Divides the CPU as `KERASVIZ_CPUS` says; where that can't be done, it stays one device.

    On PyTorch it is one device, which several processes may share.
    """
    if asked_cpus() > 1 and backend() != "torch":
        try:
            prepare(asked_cpus())
        except (RuntimeError, NotImplementedError):
            logger.warning("The CPU is not divided as %s says", CPUS, exc_info=True)
