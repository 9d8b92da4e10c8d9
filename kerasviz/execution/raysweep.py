"""The trials of a sweep on a cluster of Ray: several train at the same time, one process each."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Any

import kerasviz.places as places
from kerasviz.execution.clusterjob import FOLDER, JOB
from kerasviz.execution.elsewhere import Follow, follow_folder
from kerasviz.execution.raycluster import LOG, Ray
from kerasviz.execution.unexpectedend import unexpected_end
from kerasviz.protocol import JSON
from kerasviz.training.run.folder import ENDED, STATE, RunFolder
from kerasviz.training.run.pulse import this_process
from kerasviz.training.run.run import Run

SWEEPS, CHOSEN, END = ".sweeps", "chosen.json", "end"
"""Beside the runs, while a sweep trains: what is asked of its process, and what says that it was all."""


@contextmanager
def ray_trials(chosen: places.Ray, runs: Path) -> Iterator[RayTrials]:
    """Around a sweep: a process of Ray Tune trains what it is given, as many at a time as there are workers.

    Args:
        chosen: What the plan says of the cluster.
        runs: The folder of the runs, which the machines of the cluster share.
    """
    inbox = runs / SWEEPS / uuid.uuid4().hex
    inbox.mkdir(parents=True)
    variables = Ray(chosen).environment()
    asked = {**asdict(chosen), "variables": variables, "kernel": this_process()}
    (inbox / CHOSEN).write_text(json.dumps(asked), encoding="utf-8")
    with open(inbox / LOG, "wb") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "kerasviz.execution.raytuner", str(inbox)],
            env={**os.environ, **variables},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
    try:
        yield RayTrials(chosen, inbox, process)
    finally:
        (inbox / END).touch()
        process.wait()
        shutil.rmtree(inbox, ignore_errors=True)


class RayTrials(Ray):
    """Trains trials on workers of Ray, one each.

    Args:
        chosen: What the plan says of the cluster.
        inbox: Where trials are put, for the process of Ray Tune.
        process: That process.
    """

    def __init__(self, chosen: places.Ray, inbox: Path, process: subprocess.Popen[bytes]) -> None:
        super().__init__(chosen)
        self._inbox = inbox
        self._process = process

    def begin(self, job: Path, run: Run) -> Follow:
        """Puts a trial where it is found."""
        folder = run.folder
        assert folder is not None
        run.phase = "waiting"
        folder.wait_in_queue()
        asked = {"job": str(job), "folder": str(folder.path)}
        entry = self._inbox / f"{run.began}-{run.id}.trial"
        beside = entry.with_suffix(".new")
        beside.write_text(json.dumps(asked), encoding="utf-8")
        beside.replace(entry)

        def lives() -> bool:
            if folder.read(STATE).get("state") in ENDED:
                return (folder.path / FOLDER / JOB).exists() and self._process.poll() is None
            is_withdrawn = run.control.stopping and folder.is_queued
            return not is_withdrawn and self._process.poll() is None

        def lost() -> JSON:
            entry.unlink(missing_ok=True)
            return _end_of(folder, run, self._inbox / LOG)

        return lambda worker, publish, tell: follow_folder(
            run, worker, publish, tell, lives=lives, lost=lost, kill=run.control.stop
        )


def _end_of(folder: RunFolder, run: Run, log: Path) -> JSON:
    """The state of a trial that has not ended by itself."""
    state: Mapping[str, Any] = folder.read(STATE)
    folder.leave_queue()
    if state.get("state") in ENDED:
        return dict(state)
    if run.control.stopping:
        folder.write(STATE, {**state, "state": "stopped"})  # it is not begun any more
        return {"state": "stopped", "error": None}
    return {"state": "lost", "error": unexpected_end(folder, None, log)}
