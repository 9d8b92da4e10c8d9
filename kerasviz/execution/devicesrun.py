"""A run in a process of its own: on PyTorch, each of several devices has one, and they share each batch."""

from __future__ import annotations

import json
import multiprocessing
import os
import secrets
import sys
import threading
import time
from collections.abc import Callable, Sequence
from multiprocessing.queues import SimpleQueue
from pathlib import Path
from typing import Any

from kerasviz.backend.batchshare import Share
from kerasviz.backend.devices import every_device
from kerasviz.backend.installed import backend
from kerasviz.execution.failedrun import end_failed
from kerasviz.execution.handover import JOB
from kerasviz.execution.jobrun import execute
from kerasviz.execution.joinedrun import execute_joined
from kerasviz.protocol import KerasError, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.plan import plan_of
from kerasviz.training.run.folder import RunFolder
from kerasviz.training.together.meeting import free_address
from kerasviz.training.together.workers import WorkerFailed

PATIENCE = 5.0
"""Seconds in which the first process hears that another one ended, before it is ended, too."""
HOST = "127.0.0.1"

Told = SimpleQueue[str]


def execute_on_devices(job: Path, print_to: Callable[[str], None]) -> None:
    """Executes a run, on each of its devices.

    Args:
        job: What `pack` wrote.
        print_to: Takes what is printed to a file.
    """
    said = json.loads((job / JOB).read_text(encoding="utf-8"))
    devices = plan_of(said["plan"]).distribution[0] or []
    if not _have_one_each(devices):
        execute(job, print_to)
        return
    folder = RunFolder(Path(said["runs"]))
    forks = sys.platform == "linux" and all(device.startswith("cpu:") for device in devices)
    context: Any = multiprocessing.get_context("fork" if forks else "spawn")  # CUDA can't be forked
    told: Told = context.SimpleQueue()
    meeting = [free_address(HOST), free_address(HOST)], secrets.token_bytes(32)
    others = [
        context.Process(target=_work, args=(job, folder.path, rank, devices, *meeting, told), daemon=True)
        for rank in range(1, len(devices))
    ]
    for other in others:
        other.start()
    threading.Thread(target=_watch, args=(others, told, folder), name="kerasviz-others", daemon=True).start()
    try:
        execute_joined(job, folder.path, Share(0, len(devices)), *meeting, device=devices[0])
    except WorkerFailed as failed:
        error = json.loads(str(failed.args[0]))
        deadline = time.monotonic() + PATIENCE  # the first that failed knows why
        while told.empty() and any(other.exitcode is None for other in others):
            if time.monotonic() > deadline:
                break
            time.sleep(0.05)
        is_lost = told.empty() and any((other.exitcode or 0) < 0 for other in others)
        end_failed(folder, _lost() if is_lost else error if told.empty() else json.loads(told.get()))


def _have_one_each(devices: Sequence[Any]) -> bool:
    """Whether devices are such as can have a process each; what is wrong with others is told by the run."""
    known = {device["name"] for device in every_device()}
    kinds = {str(device).partition(":")[0] for device in devices}
    return backend() == "torch" and 1 < len(set(devices) & known) == len(devices) and len(kinds) == 1


def _work(
    job: Path,
    folder: Path,
    rank: int,
    devices: Sequence[str],
    addresses: Sequence[str],
    key: bytes,
    told: Told,
) -> None:
    try:
        execute_joined(job, folder, Share(rank, len(devices)), addresses, key, device=devices[rank])
    except WorkerFailed as failed:
        told.put(str(failed.args[0]))
        sys.exit(1)


def _watch(others: Sequence[Any], told: Told, folder: RunFolder) -> None:
    """Ends the run where a process is lost: its first one may wait for that in a computation."""
    while all(other.exitcode is None for other in others):
        multiprocessing.connection.wait([other.sentinel for other in others])
        for other in others:
            other.join(0)
    if not any(other.exitcode for other in others):
        return
    time.sleep(PATIENCE)
    end_failed(folder, _lost() if told.empty() else json.loads(told.get()))
    os._exit(1)


def _lost() -> KerasError:
    ended = text("The process of one of the devices ended before the training did.")
    return RequestError("process", ended).error
