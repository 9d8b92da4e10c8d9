"""How much memory there is to train in."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from kerasviz.protocol import Capacity

_NVIDIA = ("nvidia-smi", "--query-gpu=memory.free,name", "--format=csv,noheader,nounits")
_MIB = 1 << 20


def capacity(uses_gpu: bool) -> Capacity | None:
    """Returns the free memory of the first GPU, or of the machine where Keras uses none.

    Args:
        uses_gpu: Whether Keras trains on a GPU.

    Returns:
        None where nobody tells, as the machine on other systems than Linux.
    """
    return _gpu() if uses_gpu else _machine()


def _gpu() -> Capacity | None:
    """Asks the driver: a backend knows only what it has reserved itself."""
    try:
        told = subprocess.run(_NVIDIA, capture_output=True, text=True, timeout=5, check=True).stdout
        free, name = told.splitlines()[0].split(", ", 1)
        return Capacity(free=int(free) * _MIB, gpu=name)
    except (OSError, subprocess.SubprocessError, ValueError, IndexError):
        return None


def _machine() -> Capacity | None:
    """What the kernel of the system says is available, or less where a container is allowed less."""
    try:
        lines = dict(line.split(":", 1) for line in Path("/proc/meminfo").read_text().splitlines())
        free = int(lines["MemAvailable"].split()[0]) * 1024
    except (OSError, KeyError, ValueError):
        return None
    return Capacity(free=min(free, _allowed() or free), gpu=None)


def _allowed() -> int | None:
    """What cgroups (version 2) leave to this container, or None."""
    folder = Path(os.sep, "sys", "fs", "cgroup")
    try:
        return int((folder / "memory.max").read_text()) - int((folder / "memory.current").read_text())
    except (OSError, ValueError):  # "max", where there is no limit
        return None
