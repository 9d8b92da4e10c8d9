"""The memory and the load of the machine, or of the container that the kernel is in."""

from __future__ import annotations

import os
from pathlib import Path

import psutil

_CGROUP = Path(os.sep, "sys", "fs", "cgroup")


def machine_memory() -> tuple[int, int]:
    """Total bytes, and those that programs can have without swapping, or what a container is allowed."""
    memory = psutil.virtual_memory()
    total, free = int(memory.total), int(memory.available)
    allowed = _allowed()
    if allowed is not None:
        limit, used = allowed
        total, free = min(total, limit), min(free, max(limit - used, 0))
    return total, free


def machine_load() -> float:
    """Share of the processors' time that was in use since this was asked last, in percent of all of them."""
    return float(psutil.cpu_percent(interval=None))


def _allowed() -> tuple[int, int] | None:
    """What cgroups (version 2) allow this container, and what it uses; None where there is no limit."""
    try:
        limit = int((_CGROUP / "memory.max").read_text())
        return limit, int((_CGROUP / "memory.current").read_text())
    except (OSError, ValueError):  # "max", where there is no limit
        return None


psutil.cpu_percent(interval=None)  # the first answer is about nothing
