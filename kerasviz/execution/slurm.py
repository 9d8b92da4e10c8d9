"""A place to train: a job of SLURM, by submitit, which goes on from its last backup."""

from __future__ import annotations

import re
import shlex
import shutil
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kerasviz.places as places
from kerasviz.backend import installed
from kerasviz.execution.clusterjob import FOLDER, JOB, name_of
from kerasviz.execution.clustertask import Task
from kerasviz.execution.elsewhere import Elsewhere, Follow
from kerasviz.execution.jobfollowing import follow_job
from kerasviz.execution.pythonpath import python_path
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text, words_of
from kerasviz.training.run.folder import SCHEDULED, RunFolder
from kerasviz.training.run.pulse import process_of
from kerasviz.training.run.run import Run

if TYPE_CHECKING:
    import submitit


class Slurm(Elsewhere):
    """Trains as a job of SLURM.

    Args:
        place: What the plan says of it.
    """

    def __init__(self, place: places.Slurm) -> None:
        super().__init__(places.Thread())
        self._place = place

    def warm(self) -> None:
        """Gets ready: the cluster is."""

    def environment(self) -> dict[str, str]:
        """Variables that the job has in addition to those of this process."""
        return {
            "KERAS_BACKEND": self._place.backend or installed.backend(),
            "PYTHONPATH": python_path(),
        }

    def place_for(self, run: Run) -> Path | None:
        """The folder of the run, which the machines of the cluster share."""
        assert run.folder is not None
        return run.folder.path / FOLDER / JOB

    def begin(self, job: Path, run: Run) -> Follow:
        """Submits the job."""
        folder = run.folder
        assert folder is not None

        try:
            executor = self._executor(run, folder)
            run.phase = "waiting"
            folder.wait_in_queue()
            submitted = executor.submit(Task(str(job), str(folder.path)))
        except BaseException as error:
            if isinstance(error, (RequestError, OSError)) or not isinstance(error, Exception):
                raise
            refused = text("The job was not taken: {reason}", reason=words_of(error))
            raise RequestError("place", refused) from error
        place = self._place
        process = process_of(int(submitted.job_id)) if place.cluster == "local" else None
        log = f"{submitted.job_id}_0_log.err"
        said = {"cluster": place.cluster, "job": submitted.job_id, "process": process, "log": log}
        folder.write(SCHEDULED, said)
        run.note(text("Submitted to the cluster as job {job}.", job=submitted.job_id))
        return lambda worker, publish, tell: follow_job(run, worker, publish, tell)

    def _executor(self, run: Run, folder: RunFolder) -> submitit.Executor:
        place = self._place
        try:
            import submitit
        except ImportError:
            raise RequestError(
                "place", text("Jobs of SLURM need submitit: pip install kerasviz[slurm]")
            ) from None
        variables = [f"{name}={value}" for name, value in self.environment().items()]
        said: dict[str, Any] = {
            "folder": folder.path / FOLDER,
            "max_num_timeout": place.requeues,
            "python": shlex.join(["env", *variables, sys.executable]),
        }
        if place.cluster == "local":
            executor = submitit.LocalExecutor(**said)
            executor.update_parameters(timeout_min=place.minutes, gpus_per_node=place.gpus)
            return executor
        if shutil.which("sbatch") is None or shutil.which("srun") is None:
            raise RequestError(
                "place",
                text(
                    "There is no sbatch on this machine. Start the kernel on a machine of the cluster, such "
                    "as its login node, or choose the cluster local to try it here."
                ),
            )
        executor = submitit.SlurmExecutor(**said)
        executor.update_parameters(**_parameters(place, run.id))
        return executor


ALLOWED = frozenset(
    "comment constraint deadline dependency exclude exclusive gres licenses mail-type nice nodelist "
    "partition priority qos reservation signal time-min wckey".split()
)
"""What a document may ask `sbatch` for. Others write files, or run scripts: it may be a stranger's."""


def _more(place: places.Slurm) -> dict[str, str]:
    more = place.more or {}
    refused = [name for name in more if name.replace("_", "-") not in ALLOWED]
    if refused:
        raise RequestError(
            "place",
            text(
                "A document can't give sbatch the argument {name}. It can give: {known}.",
                name=repr(refused[0]),
                known=", ".join(sorted(ALLOWED)),
            ),
        )
    return more


def _parameters(place: places.Slurm, run: str) -> dict[str, Any]:
    """Those of submitit, which knows them by the names of `sbatch`."""
    more = _more(place)
    for value in (place.partition, place.account, *more.values()):
        if value is not None and not re.fullmatch(r"[^\s\x00-\x20]+", str(value)):
            raise RequestError(
                "place",
                text("Arguments of sbatch are words without spaces, not {value}.", value=f"{value!r:.80}"),
            )
    known: dict[str, Any] = {
        "job_name": name_of(run),
        "time": place.minutes,
        "partition": place.partition,
        "gpus_per_node": place.gpus or None,
        "cpus_per_task": place.cpus,
        "mem": None if place.gigabytes is None else f"{round(place.gigabytes * 1024)}M",
        "account": place.account,
        "additional_parameters": more or None,
    }
    return {name: value for name, value in known.items() if value is not None}
