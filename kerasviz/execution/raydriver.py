"""The process that leads the workers of Ray for one run: it asks Ray for them, again where one is lost."""

from __future__ import annotations

import json
import logging
import secrets
import shutil
import sys
from pathlib import Path
from typing import Any

import ray
import ray.train
from ray.train.torch import TorchTrainer
from ray.train.v2.api.data_parallel_trainer import DataParallelTrainer
from ray.train.v2.jax import JaxTrainer

import kerasviz.places as places
from kerasviz.execution.clusterjob import FOLDER
from kerasviz.execution.failedrun import end_failed
from kerasviz.execution.handover import unpack
from kerasviz.execution.raycluster import CHOSEN, join_cluster
from kerasviz.execution.rayworker import work
from kerasviz.protocol import KerasError, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.failure import failure
from kerasviz.training.run.folder import RunFolder
from kerasviz.training.together.workers import WorkerFailed

logger = logging.getLogger(__name__)


def main(job: Path, folder: RunFolder) -> None:
    """Trains a run, and says in its folder why it failed, where it did.

    Args:
        job: What `pack` wrote, and the place of the plan.
        folder: Of the run.
    """
    chosen = json.loads((job / CHOSEN).read_text(encoding="utf-8"))
    variables = chosen.pop("variables")
    place = places.Ray(**chosen)
    try:
        join_cluster(place)
        error = _train(place, variables, job, folder)
    except Exception as raised:
        logger.exception("Ray has failed")
        error = failure(raised)
    shutil.rmtree(job, ignore_errors=True)
    if error is not None:
        end_failed(folder, error)


def _train(place: places.Ray, variables: dict[str, str], job: Path, folder: RunFolder) -> KerasError | None:
    """Trains to the end; returns why it failed, or None."""
    data_sets = _data_sets(place, job)
    for attempt in range(place.retries + 1):
        try:
            _trainer(place, variables, job, folder, attempt, data_sets).fit()
            return None
        except ray.train.TrainingFailedError as error:
            logger.exception("Workers have failed")
            told = _told(error)
            if told is not None:
                return told
    lost = text("Workers were lost {count} times, so it was given up.", count=place.retries + 1)
    return RequestError("process", lost).error


def _trainer(
    place: places.Ray,
    variables: dict[str, str],
    job: Path,
    folder: RunFolder,
    attempt: int,
    data_sets: dict[str, Any],
) -> DataParallelTrainer:
    kind = JaxTrainer if variables["KERAS_BACKEND"] == "jax" else TorchTrainer
    trainer: DataParallelTrainer = kind(
        work,
        datasets=data_sets,
        train_loop_config={"job": str(job), "folder": str(folder.path), "key": secrets.token_hex()},
        scaling_config=ray.train.ScalingConfig(
            num_workers=place.workers, use_gpu=place.gpus > 0, resources_per_worker=place.worker_resources
        ),
        run_config=ray.train.RunConfig(
            name=f"{folder.name}-{attempt}",
            storage_path=str(folder.path / FOLDER / "ray"),
            failure_config=ray.train.FailureConfig(max_failures=0),
            worker_runtime_env={"env_vars": variables},
        ),
    )
    return trainer


def _data_sets(place: places.Ray, job: Path) -> dict[str, Any]:
    """Data sets of Ray among the variables that come along: Ray Train divides them among the workers."""
    _, variables = unpack(job)
    from kerasviz.data.streams.raybatches import RayBatches  # late: Keras is imported with it

    batches = [value for value in variables.values() if isinstance(value, RayBatches)]
    processors = ray.cluster_resources().get("CPU", 0.0)
    if batches and processors < place.workers * place.cpus + 1:
        raise RequestError(
            "place",
            text(
                "Ray needs a core to read the data, beside those of the workers. The cluster has {count}: "
                "ask for fewer workers, or for fewer cores of each.",
                count=round(processors),
            ),
        )
    for each in batches:
        each.dataset.context.enable_progress_bars = False  # the page says how far it is
    return {each.key: each.dataset for each in batches}


def _told(error: ray.train.TrainingFailedError) -> KerasError | None:
    """What a worker has said of why it failed; None where one was lost, so that the others failed, too."""
    failures = getattr(error, "worker_failures", {})
    said = [each for each in failures.values() if isinstance(each, WorkerFailed)]
    if not said or len(said) < len(failures):
        return None
    found: KerasError = json.loads(str(said[0].args[0]))
    return found


if __name__ == "__main__":
    main(Path(sys.argv[1]), RunFolder(Path(sys.argv[2])))
