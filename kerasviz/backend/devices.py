"""The devices that Keras can train on."""

from __future__ import annotations

import os

from kerasviz.protocol import Device


def spare_gpu_memory() -> None:
    """Lets TensorFlow and JAX take GPU memory as they need it, unless the user chose otherwise.

    By default they reserve most of it for one kernel. The variables are read when the first GPU is touched,
    so this must come before, and needs no import of theirs.
    """
    os.environ.setdefault("TF_FORCE_GPU_ALLOW_GROWTH", "true")
    os.environ.setdefault("XLA_PYTHON_CLIENT_PREALLOCATE", "false")


def devices() -> list[Device]:
    """Lists the devices of Keras' default kind: the GPUs, or else the CPU."""
    import keras

    backend = keras.backend.backend()
    try:
        names = keras.distribution.list_devices()
    except AttributeError:  # Keras 3.15 has this for TensorFlow and JAX alone
        names = [f"gpu:{index}" for index in range(_torch_gpus(backend))] or ["cpu:0"]
    return [Device(name=name, label=_label(name, backend)) for name in names]


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
