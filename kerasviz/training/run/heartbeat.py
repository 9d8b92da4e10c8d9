"""Whether somebody still writes a run: who dies says nothing, so who lives has to."""

from __future__ import annotations

import os
import socket
import threading
import time
from pathlib import Path
from typing import Any

import psutil

from kerasviz.protocol import JSON

INTERVAL = 10.0
"""Seconds between two beats."""
PATIENCE = 60.0
"""Seconds without a beat after which a run on another machine is taken for lost."""


class Heartbeat:
    """Touches the files of the runs of this process: a run that compiles or is paused writes nothing else."""

    def __init__(self) -> None:
        self._files: set[Path] = set()
        self._lock = threading.Lock()
        self._woken = threading.Event()
        self._beats = False

    def follow(self, file: Path) -> None:
        """Touches a file from now on."""
        with self._lock:
            self._files.add(file)
            if not self._beats:
                self._beats = True
                threading.Thread(target=self._beat, name="kerasviz-heartbeat", daemon=True).start()

    def leave(self, file: Path) -> None:
        """Touches a file no longer."""
        with self._lock:
            self._files.discard(file)
            if not self._files:
                self._woken.set()

    def _beat(self) -> None:
        while True:
            self._woken.wait(INTERVAL)
            with self._lock:
                self._woken.clear()
                if not self._files:
                    self._beats = False
                    return
                files = list(self._files)
            for file in files:
                try:
                    os.utime(file)
                except OSError:  # the next write says so
                    continue


HEARTBEAT = Heartbeat()
"""That of this process."""


def this_process() -> JSON:
    """What tells this process from any other, on any machine."""
    return {"machine": _machine(), "pid": os.getpid(), "begun": psutil.Process().create_time()}


def is_alive(process: Any, file: Path) -> bool:
    """Whether a run is still written.

    Args:
        process: What `this_process` said where it trains.
        file: What is touched there.
    """
    if isinstance(process, dict) and process.get("machine") == _machine():
        try:
            begun = psutil.Process(process["pid"]).create_time()
            return bool(abs(begun - process["begun"]) < 1)
        except (psutil.Error, LookupError, TypeError, ValueError):
            return False
    try:
        return time.time() - file.stat().st_mtime < PATIENCE
    except OSError:
        return False


def _machine() -> str:
    """Name of the machine, and of the container where that counts its processes for itself."""
    try:
        return f"{socket.gethostname()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return socket.gethostname()
