"""What the machine has to compute with, and how much of it is in use: nothing here imports a backend."""

from __future__ import annotations

import os
from collections.abc import Sequence

from kerasviz.backend.hardware.gpustate import GPUState
from kerasviz.backend.hardware.machine import machine_load, machine_memory
from kerasviz.backend.hardware.nvml import from_nvml
from kerasviz.backend.hardware.ownprocesses import own_processes
from kerasviz.backend.hardware.smi import from_smi
from kerasviz.backend.hardware.visiblegpus import position_of
from kerasviz.protocol import Device
from kerasviz.protocol.devices import DeviceState, OthersUse


def gpus() -> list[GPUState]:
    """The NVIDIA GPUs of the machine, whatever the backend sees of them; none where nobody tells."""
    found = from_nvml()
    return from_smi() if found is None else found


def has_accelerator() -> bool:
    """Whether a backend may compute on something else than the CPU; none is asked."""
    return bool(gpus()) or any(os.path.exists(f"{os.sep}dev{os.sep}{name}") for name in ("kfd", "accel0"))


def states(devices: Sequence[Device]) -> list[DeviceState]:
    """Says of devices how much of them is in use.

    Args:
        devices: As Keras lists them.

    Returns:
        One for each, in the same order; what nobody tells is None.
    """
    there = gpus() if any(device["name"].startswith("gpu") for device in devices) else []
    return [_of_gpu(device, devices, there) or _of_machine(device) for device in devices]


def _of_gpu(device: Device, devices: Sequence[Device], there: list[GPUState]) -> DeviceState | None:
    kind, _, number = device["name"].partition(":")
    if kind != "gpu":
        return None
    labels = [each["label"] for each in devices if each["name"].startswith("gpu")]
    at = position_of(int(number), labels, [(gpu.uuid, gpu.name) for gpu in there])
    if at is None:
        return DeviceState(**device, total=None, free=None, load=None, others=None)
    gpu = there[at]
    own = own_processes() if set(gpu.processes) - {os.getpid()} else {os.getpid()}
    others = [used for pid, used in gpu.processes.items() if pid not in own]
    known = [used for used in others if used is not None]
    return DeviceState(
        **device,
        total=gpu.total,
        free=gpu.free,
        load=gpu.load,
        others=OthersUse(count=len(others), bytes=sum(known) if len(known) == len(others) else None),
    )


def _of_machine(device: Device) -> DeviceState:
    total, free = machine_memory() if device["name"].startswith("cpu") else (None, None)
    load = machine_load() if device["name"].startswith("cpu") else None
    return DeviceState(**device, total=total, free=free, load=load, others=None)
