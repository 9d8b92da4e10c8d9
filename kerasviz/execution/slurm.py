"""A place to train: a job of SLURM, by submitit, which goes on from its last backup."""

from __future__ import annotations

import shlex
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import kerasviz.places as places
from kerasviz.backend import installed
from kerasviz.execution.clusterjob import FOLDER, JOB, ClusterJob, name_of
from kerasviz.execution.clustertask import Task
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.elsewhere import Elsewhere, Follow, Publish, follow_folder
from kerasviz.execution.pythonpath import python_path
from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text, words_of
from kerasviz.training.run.folder import QUEUED, SCHEDULED, STATE, RunFolder
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
            folder.write(STATE, {**folder.read(STATE), "state": "waiting"})
            (folder.path / QUEUED).touch()
            submitted = executor.submit(Task(str(job), str(folder.path)))
        except BaseException as error:
            shutil.rmtree(job, ignore_errors=True)
            (folder.path / QUEUED).unlink(missing_ok=True)
            if isinstance(error, (RequestError, OSError)) or not isinstance(error, Exception):
                raise
            refused = text("The job was not taken: {reason}", reason=words_of(error))
            raise RequestError("place", refused) from error
        place = self._place
        process = process_of(int(submitted.job_id)) if place.cluster == "local" else None
        said = {"cluster": place.cluster, "job": submitted.job_id, "process": process}
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


def _parameters(place: places.Slurm, run: str) -> dict[str, Any]:
    """Those of submitit, which knows them by the names of `sbatch`."""
    known: dict[str, Any] = {
        "job_name": name_of(run),
        "time": place.minutes,
        "partition": place.partition,
        "gpus_per_node": place.gpus or None,
        "cpus_per_task": place.cpus,
        "mem": None if place.gigabytes is None else f"{round(place.gigabytes * 1024)}M",
        "account": place.account,
        "additional_parameters": place.more,
    }
    return {name: value for name, value in known.items() if value is not None}


def follow_job(
    run: Run, worker: DocumentWorker, publish: Publish, tell: Callable[[], None], read: int = 0
) -> None:
    """Follows a run that a job trains, and takes what comes back; returns at once.

    Args:
        run: It has a folder, and `RemoteControl`.
        worker: Of its document.
        publish: Called with new points, and when it has ended.
        tell: Called when the list of runs is another one.
        read: Bytes of the events that the run has already.
    """
    folder = run.folder
    assert folder is not None
    publish(None)
    job = ClusterJob(folder, run.control)

    def end_without_word() -> JSON:
        shutil.rmtree(folder.path / FOLDER / JOB, ignore_errors=True)
        return job.end_without_word()

    follow_folder(
        run, worker, publish, tell, lives=job.lives, lost=end_without_word, kill=job.cancel, read=read
    )
