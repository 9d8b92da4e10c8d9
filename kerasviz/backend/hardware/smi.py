"""GPUs as nvidia-smi tells them, which comes with the driver and takes a tenth of a second."""

from __future__ import annotations

import subprocess
import threading
import time

from kerasviz.backend.hardware.gpustate import GPUState

_MIB = 1 << 20
_EVERY = 2.0
"""Seconds for which an answer is taken for the present."""
_FORMAT = "--format=csv,noheader,nounits"
_GPUS = ("nvidia-smi", "--query-gpu=uuid,name,memory.total,memory.free,utilization.gpu", _FORMAT)
_PROCESSES = ("nvidia-smi", "--query-compute-apps=gpu_uuid,pid,used_memory", _FORMAT)


class _Told:
    """The last answer."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._gpus: list[GPUState] = []
        self._until = 0.0

    def gpus(self) -> list[GPUState]:
        with self._lock:
            if time.monotonic() >= self._until:
                self._gpus = _asked()
                self._until = time.monotonic() + _EVERY
            return self._gpus


def from_smi() -> list[GPUState]:
    """The GPUs; none where there is no nvidia-smi, or no driver."""
    return _TOLD.gpus()


def _asked() -> list[GPUState]:
    running: dict[str, dict[int, int | None]] = {}
    rows = _rows(_GPUS)
    for row in _rows(_PROCESSES) if rows else []:
        if len(row) == 3 and row[1].isdecimal():
            running.setdefault(row[0], {})[int(row[1])] = _bytes(row[2])
    found = []
    for row in rows:
        total, free = (_bytes(row[2]), _bytes(row[3])) if len(row) == 5 else (None, None)
        if total is not None and free is not None:
            load = float(row[4]) if row[4].isdecimal() else None  # [N/A]
            found.append(GPUState(row[0], row[1], total, free, load, running.get(row[0], {})))
    return found


def _rows(command: tuple[str, ...]) -> list[list[str]]:
    try:
        told = subprocess.run(command, capture_output=True, text=True, timeout=5, check=True).stdout
    except (OSError, subprocess.SubprocessError):
        return []
    return [[cell.strip() for cell in line.split(",")] for line in told.splitlines()]


def _bytes(cell: str) -> int | None:
    return int(cell) * _MIB if cell.isdecimal() else None


_TOLD = _Told()
