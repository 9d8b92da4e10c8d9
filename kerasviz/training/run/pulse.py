"""What a folder tells and hears while its run trains: that somebody writes it, and `control.json`."""

from __future__ import annotations

import json
import logging
import os
import socket
import threading
import time
import uuid
from pathlib import Path
from typing import Any

import psutil

from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.run.asking import ask
from kerasviz.training.run.control import Control
from kerasviz.training.run.printedlimit import shorten

logger = logging.getLogger(__name__)

STATE, CONTROL, OUTPUT = "state.json", "control.json", "output.txt"
HEARD = "control.heard.json"
"""What `control.json` is while it is read: who asks more meanwhile writes another one."""
INTERVAL = 0.2
"""Seconds between two looks at `control.json`."""
BEAT = 10.0
"""Seconds between two beats: a run that compiles or is paused writes nothing else."""
PATIENCE = 60.0
"""Seconds without a beat after which a run on another machine is taken for lost."""
MOST_BYTES = 10_000


class Pulse:
    """One thread for all runs of this process, as long as there are any."""

    def __init__(self) -> None:
        self._runs: dict[Path, Control] = {}
        self._lock = threading.Lock()
        self._beats = False

    def follow(self, folder: Path, control: Control) -> None:
        """Tells of a run, and listens for it, from now on."""
        with self._lock:
            self._runs[folder] = control
            if not self._beats:
                self._beats = True
                threading.Thread(target=self._beat, name="kerasviz-pulse", daemon=True).start()

    def leave(self, folder: Path) -> None:
        """The run has ended."""
        with self._lock:
            self._runs.pop(folder, None)

    def _beat(self) -> None:
        due = time.monotonic() + BEAT
        while True:
            time.sleep(INTERVAL)
            with self._lock:
                runs = list(self._runs.items())
                if not runs:
                    self._beats = False
                    return
            now = time.monotonic()
            for folder, control in runs:
                hear(folder, control)
                if now >= due:
                    _touch(folder / STATE)
                    shorten(folder / OUTPUT)
            if now >= due:
                due = now + BEAT


PULSE = Pulse()
"""That of this process."""


def hear(folder: Path, control: Control) -> None:
    """Does what `control.json` asks for: one of what `ControlPayload` has, or a list; it is removed then."""
    file, heard = folder / CONTROL, folder / HEARD
    try:
        if not file.is_file() or file.stat().st_size > MOST_BYTES:
            return
        json.loads(file.read_text(encoding="utf-8"))  # else it is being written just now
        file.replace(heard)
        asked = json.loads(heard.read_text(encoding="utf-8"))
        heard.unlink()
    except (OSError, ValueError, RecursionError):
        return
    for each in asked if isinstance(asked, list) else [asked]:
        try:
            if isinstance(each, dict) and control.has_heard(each.get("id")):
                continue
            ask(control, each if isinstance(each, dict) else {"action": each})
        except RequestError as error:
            logger.warning("%s: %s", file, error)


def command(folder: Path, asked: JSON) -> None:
    """Asks something of a run by its `control.json`, behind what was asked before.

    Args:
        folder: Of the run.
        asked: As `ask` takes it.

    Raises:
        RequestError: With code `file`, where that can't be written.
    """
    from kerasviz.storage.atomic import replaced  # late: NumPy is imported with it

    file = folder / CONTROL
    try:
        before = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else []
    except (OSError, ValueError, RecursionError):  # heard just now
        before = []
    # What was asked before may be heard just now: its id tells that it is the same.
    every = [*(before if isinstance(before, list) else [before]), {**asked, "id": uuid.uuid4().hex}]
    try:
        with replaced(file) as beside:
            beside.write_text(json.dumps(every), encoding="utf-8")
    except OSError as error:
        raise RequestError(
            "file",
            text("The run can't be asked: {reason}", reason=error.strerror or str(error)),
        ) from None


def this_process() -> JSON:
    """What tells this process from any other, on any machine."""
    return process_of(os.getpid())


def process_of(pid: int) -> JSON:
    """What tells a process of this machine from any other, on any machine."""
    return {"machine": _machine(), "pid": pid, "begun": psutil.Process(pid).create_time()}


def is_here(process: Any) -> bool:
    """Whether a process lives on this machine.

    Args:
        process: What `this_process` said there.
    """
    if not isinstance(process, dict) or process.get("machine") != _machine():
        return False
    try:
        found = psutil.Process(process["pid"])
        return bool(
            abs(found.create_time() - process["begun"]) < 1 and found.status() != psutil.STATUS_ZOMBIE
        )
    except (psutil.Error, LookupError, TypeError, ValueError):
        return False


def is_alive(process: Any, file: Path) -> bool:
    """Whether a run is still written.

    Args:
        process: What `this_process` said where it trains.
        file: What is touched there.
    """
    if isinstance(process, dict) and process.get("machine") == _machine():
        return is_here(process)
    try:
        return time.time() - file.stat().st_mtime < PATIENCE
    except OSError:
        return False


def _touch(file: Path) -> None:
    try:
        os.utime(file)
    except OSError:  # the next write says so
        return


def _machine() -> str:
    """Name of the machine, and of the container where that counts its processes for itself."""
    try:
        return f"{socket.gethostname()} {os.readlink('/proc/self/ns/pid')}"
    except OSError:
        return socket.gethostname()
