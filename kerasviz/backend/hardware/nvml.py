"""GPUs as NVIDIA's driver tells them through `nvidia-ml-py`: what nvidia-smi says, within a millisecond.

https://docs.nvidia.com/deploy/nvml-api/
"""

from __future__ import annotations

from functools import cache
from types import ModuleType
from typing import Any, Protocol

from kerasviz.backend.hardware.gpustate import GPUState


class Driver(Protocol):
    """What is used of the module `pynvml`."""

    NVMLError: type[Exception]

    def nvmlInit(self) -> None: ...  # noqa: D102
    def nvmlDeviceGetCount(self) -> int: ...  # noqa: D102
    def nvmlDeviceGetHandleByIndex(self, index: int) -> Any: ...  # noqa: D102
    def nvmlDeviceGetUUID(self, handle: Any) -> str | bytes: ...  # noqa: D102
    def nvmlDeviceGetName(self, handle: Any) -> str | bytes: ...  # noqa: D102
    def nvmlDeviceGetMemoryInfo(self, handle: Any) -> Any: ...  # noqa: D102
    def nvmlDeviceGetUtilizationRates(self, handle: Any) -> Any: ...  # noqa: D102
    def nvmlDeviceGetComputeRunningProcesses(self, handle: Any) -> list[Any]: ...  # noqa: D102


def from_nvml() -> list[GPUState] | None:
    """The GPUs; None where there is no `nvidia-ml-py`, or no driver."""
    driver = _driver()
    return None if driver is None else read(driver)


def read(driver: Driver) -> list[GPUState] | None:
    """Asks the driver; None where it fails as a whole. A GPU that fails is left out."""
    try:
        count = driver.nvmlDeviceGetCount()
    except driver.NVMLError:
        return None
    found = []
    for index in range(count):
        try:
            found.append(_state(driver, driver.nvmlDeviceGetHandleByIndex(index)))
        except driver.NVMLError:  # such as a GPU that has fallen off the bus
            continue
    return found


def _state(driver: Driver, handle: Any) -> GPUState:
    memory = driver.nvmlDeviceGetMemoryInfo(handle)
    try:
        load = float(driver.nvmlDeviceGetUtilizationRates(handle).gpu)
    except driver.NVMLError:  # one that is divided (MIG)
        load = None
    try:
        running = driver.nvmlDeviceGetComputeRunningProcesses(handle)
    except driver.NVMLError:
        running = []
    return GPUState(
        uuid=_text(driver.nvmlDeviceGetUUID(handle)),
        name=_text(driver.nvmlDeviceGetName(handle)),
        total=int(memory.total),
        free=int(memory.free),
        load=load,
        processes={process.pid: process.usedGpuMemory for process in running},
    )


def _text(value: str | bytes) -> str:
    return value.decode() if isinstance(value, bytes) else value  # releases before 11.5 give bytes


@cache
def _driver() -> ModuleType | None:
    """The module, once it has found the driver; it is asked for once."""
    try:
        import pynvml
    except ImportError:
        return None
    try:
        pynvml.nvmlInit()
    except pynvml.NVMLError:
        return None
    return pynvml  # type: ignore[no-any-return]
