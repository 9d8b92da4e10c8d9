"""The devices that Keras can train on."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Sequence

from kerasviz.backend.logicaldevices import asked_cpus
from kerasviz.protocol import Device

KINDS = ("gpu", "tpu", "cpu")
"""Kinds of devices as Keras names them."""


def spare_gpu_memory() -> None:
    """Lets TensorFlow and JAX take GPU memory as they need it, unless the user chose otherwise.

    By default they reserve most of it for one kernel. The variables are read when the first GPU is touched,
    so this must come before, and needs no import of theirs.
    """
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")


def devices() -> list[Device]:
    """Lists the devices of Keras' default kind: the GPUs, or else the CPU."""
    return _told(_names(None))


def every_device() -> list[Device]:
    """Lists all devices: GPUs, then CPUs."""
    return _told([name for kind in KINDS for name in _names(kind)])


def device_label(names: Sequence[str]) -> str:
    """What people call devices: `2 x CPU`, `NVIDIA A100, NVIDIA T4`.

    Args:
        names: As Keras names them; without any, the one that Keras chooses.
    """
    if not names:
        return devices()[0]["label"]
    labels = {device["name"]: device["label"] for device in every_device()}
    counted = Counter(labels.get(name, name) for name in names)
    return ", ".join(f"{count} x {label}" if count > 1 else label for label, count in counted.items())


def _told(names: Sequence[str]) -> list[Device]:
    backend = _backend()
    return [Device(name=name, label=_label(name, backend)) for name in names]


def _backend() -> str:
    import keras

    return str(keras.backend.backend())


def _names(kind: str | None) -> list[str]:
    """The names of the devices of a kind, or of Keras' default one."""
    import keras

    try:
        names: list[str] = keras.distribution.list_devices(kind)
        return names
    except AttributeError:  # Keras 3.15 has this for TensorFlow and JAX alone
        gpus = [f"gpu:{index}" for index in range(_torch_gpus(_backend()))]
        cpus = [f"cpu:{index}" for index in range(asked_cpus())]
        return {"gpu": gpus, "cpu": cpus, None: gpus or cpus[:1]}.get(kind, [])
    except RuntimeError:  # JAX has none of this kind
        return []


def _label(name: str, backend: str) -> str:
    """What the maker calls a device, as far as the backend tells."""
    kind, _, index = name.partition(":")
    if kind != "gpu":
        return kind.upper()
    try:
        return _GPU_NAMES[backend](int(index))
    except (KeyError, ImportError, AttributeError, IndexError, RuntimeError):
        return name.upper()


def _tensorflow_gpu(index: int) -> str:
    import tensorflow

    gpu = tensorflow.config.list_physical_devices("GPU")[index]
    return str(tensorflow.config.experimental.get_device_details(gpu)["device_name"])


def _jax_gpu(index: int) -> str:
    import jax

    return str(jax.devices("gpu")[index].device_kind)


def _torch_gpu(index: int) -> str:
    import torch

    return str(torch.cuda.get_device_name(index))


def _torch_gpus(backend: str) -> int:
    if backend != "torch":
        return 0
    import torch

    return int(torch.cuda.device_count())


_GPU_NAMES = {"tensorflow": _tensorflow_gpu, "jax": _jax_gpu, "torch": _torch_gpu}
