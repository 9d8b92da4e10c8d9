"""A place to train: workers of Ray, which share each batch."""

from __future__ import annotations

import json
import math
import os
import subprocess
import sys
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import kerasviz.places as places
from kerasviz.backend import installed
from kerasviz.execution.clusterjob import FOLDER, JOB
from kerasviz.execution.elsewhere import Elsewhere, Follow
from kerasviz.execution.jobfollowing import follow_job
from kerasviz.execution.pythonpath import python_path
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.training.run.folder import SCHEDULED
from kerasviz.training.run.pulse import process_of
from kerasviz.training.run.run import Run

CHOSEN, LOG = "ray.json", "ray.txt"
"""In the folder of a job: what the plan says of the cluster. Beside it: what Ray prints."""


class Ray(Elsewhere):
    """Trains on workers of Ray. A process of this machine leads them, which does not end with the kernel.

    Args:
        place: What the plan says of it.
    """

    def __init__(self, place: places.Ray) -> None:
        super().__init__(places.Thread())
        self._place = place

    def warm(self) -> None:
        """Gets ready: the cluster is."""

    def environment(self) -> dict[str, str]:
        """Variables that the workers have in addition to those of their machine."""
        chosen = self._place.backend or installed.backend()
        return {
            "KERAS_BACKEND": "jax" if chosen == "tensorflow" else chosen,
            "PYTHONPATH": python_path(),
        }

    def place_for(self, run: Run) -> Path | None:
        """The folder of the run, which the machines of the cluster share."""
        assert run.folder is not None
        return run.folder.path / FOLDER / JOB

    def begin(self, job: Path, run: Run) -> Follow:
        """Starts the process that leads the workers."""
        check_ray()
        folder = run.folder
        assert folder is not None
        run.phase = "waiting"
        folder.wait_in_queue()
        variables = self.environment()
        chosen = {**asdict(self._place), "variables": variables}
        (job / CHOSEN).write_text(json.dumps(chosen), encoding="utf-8")
        with open(folder.path / FOLDER / LOG, "wb") as log:
            started = subprocess.Popen(
                [sys.executable, "-m", "kerasviz.execution.raydriver", str(job), str(folder.path)],
                env={**os.environ, **variables},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        folder.write(SCHEDULED, {"cluster": "ray", "process": process_of(started.pid), "log": LOG})

        return lambda worker, publish, tell: follow_job(run, worker, publish, tell)


def check_ray() -> None:
    """Refuses where Ray is not installed.

    Raises:
        RequestError: With code `place`.
    """
    if find_spec("ray") is None:
        raise RequestError("place", text("Workers of Ray need Ray: pip install kerasviz[ray]"))


def join_cluster(place: places.Ray, environment: dict[str, Any] | None = None) -> None:
    """Joins the cluster, or starts one of as many processors as the workers ask for.

    A document may be a stranger's. So it does not say where the cluster is: the user's environment does.

    Args:
        place: What the plan says of it.
        environment: Of the workers, as Ray takes it.

    Raises:
        RequestError: With code `place`, where there is none.
    """
    import ray

    if place.cluster == "local":
        asked = math.ceil(place.workers * place.cpus)
        processors = max(asked + 1, os.cpu_count() or 1)  # one reads data
        ray.init(address="local", num_cpus=processors, include_dashboard=False, runtime_env=environment)
        return
    try:
        ray.init(address="auto", runtime_env=environment)
    except ConnectionError as error:
        raise RequestError(
            "place",
            text(
                "There is no cluster of Ray here. Start the kernel on a machine of one (ray start), set the "
                "variable RAY_ADDRESS, or choose the cluster local to try it here."
            ),
            detail=str(error),
        ) from error
