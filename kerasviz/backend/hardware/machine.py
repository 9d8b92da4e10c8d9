"""The memory and the load of the machine, or of the container that the kernel is in."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import psutil

_CGROUP = Path(os.sep, "sys", "fs", "cgroup")

SPAN = 0.5
"""Seconds over which a load is measured, at least."""


def machine_memory() -> tuple[int, int]:
    """Total bytes, and those that programs can have without swapping, or what a container is allowed."""
    memory = psutil.virtual_memory()
    total, free = int(memory.total), int(memory.available)
    allowed = _allowed()
    if allowed is not None:
        limit, used = allowed
        total, free = min(total, limit), min(free, max(limit - used, 0))
    return total, free


def machine_load() -> float | None:
    """Share of the processors' time that was in use lately, in percent of all of them.

    Returns:
        None as long as too little time has passed to tell.
    """
    return _LOAD.percent()


class _Load:
    """The load between two looks, which are long enough apart to say something."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._percent: float | None = None
        self._looked = time.monotonic()
        psutil.cpu_percent(interval=None)  # from now on

    def percent(self) -> float | None:
        with self._lock:
            now = time.monotonic()
            if now - self._looked >= SPAN:
                self._percent, self._looked = float(psutil.cpu_percent(interval=None)), now
            return self._percent


def _allowed() -> tuple[int, int] | None:
    """What cgroups (version 2) allow this container, and what it uses; None where there is no limit."""
    try:
        limit = int((_CGROUP / "memory.max").read_text())
        return limit, int((_CGROUP / "memory.current").read_text())
    except (OSError, ValueError):  # "max", where there is no limit
        return None


_LOAD = _Load()
