"""The process that has Ray Tune train the trials of a sweep."""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path
from typing import Any

from ray import tune
from ray.tune.search import Searcher

import kerasviz.places as places
from kerasviz.execution.failedrun import end_failed
from kerasviz.execution.raycluster import join_cluster
from kerasviz.execution.raysweep import CHOSEN, END
from kerasviz.execution.rayworker import train_trial
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.training.failure import failure
from kerasviz.training.run.folder import RunFolder
from kerasviz.training.run.pulse import is_here

logger = logging.getLogger(__name__)


class Inbox(Searcher):  # type: ignore[misc]
    """Gives Ray Tune the trials that the kernel has drawn, which also judges them.

    Args:
        folder: Where the kernel puts them.
        kernel: What `this_process` said there: without it, no trial begins.
    """

    def __init__(self, folder: Path, kernel: Any) -> None:
        super().__init__()
        self._folder = folder
        self._kernel = kernel
        self._runs: dict[str, str] = {}

    def suggest(self, trial_id: str) -> Any:
        """The next trial; None while there is none."""
        is_over = (self._folder / END).exists() or not is_here(self._kernel)
        for entry in sorted(self._folder.glob("*.trial")):
            asked: dict[str, str] = json.loads(entry.read_text(encoding="utf-8"))
            entry.unlink()
            self._runs[trial_id] = asked["folder"]
            return asked
        return Searcher.FINISHED if is_over else None

    def on_trial_complete(self, trial_id: str, result: Any = None, error: bool = False) -> None:
        """Says so in the folder of a run that failed without a word."""
        folder = self._runs.pop(trial_id, None)
        if error and folder is not None:
            lost = text("The worker of this trial was lost.")
            end_failed(RunFolder(Path(folder)), RequestError("process", lost).error)

    def save(self, checkpoint_path: str) -> None:
        """The trials are the kernel's: nothing is kept here."""

    def restore(self, checkpoint_path: str) -> None:
        """Nothing was kept."""


def main(folder: Path) -> None:
    """Trains all trials that come, until the kernel says that it was all.

    Args:
        folder: That of the sweep.
    """
    chosen = json.loads((folder / CHOSEN).read_text(encoding="utf-8"))
    variables, kernel = chosen.pop("variables"), chosen.pop("kernel")
    place = places.Ray(**chosen)
    inbox = Inbox(folder, kernel)
    try:
        join_cluster(place, {"env_vars": variables})
        tune.Tuner(
            tune.with_resources(train_trial, place.worker_resources),
            tune_config=tune.TuneConfig(
                search_alg=inbox, num_samples=-1, max_concurrent_trials=place.workers, reuse_actors=False
            ),
            run_config=tune.RunConfig(
                name="trials",
                storage_path=str(folder),
                failure_config=tune.FailureConfig(max_failures=place.retries),
                verbose=0,
            ),
        ).fit()
    except Exception as raised:
        logger.exception("Ray has failed")
        error = failure(raised)
        while (asked := inbox.suggest("")) not in (None, Searcher.FINISHED):
            end_failed(RunFolder(Path(asked["folder"])), error)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
