"""A run that several processes execute together: what each of them does."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kerasviz.backend.batchshare import Share
from kerasviz.execution.clusterjob import FOLDER
from kerasviz.protocol import encode
from kerasviz.training.failure import failure
from kerasviz.training.run.folder import ENDED, STATE, RunFolder
from kerasviz.training.run.run import Run
from kerasviz.training.together.workers import WorkerFailed, Workers

logger = logging.getLogger(__name__)


def execute_joined(
    job: Path,
    folder: Path,
    share: Share,
    addresses: Sequence[str],
    key: bytes,
    *,
    device: str | None = None,
    take: Callable[[dict[str, Any]], None] = lambda variables: None,
) -> None:
    """Joins the other processes, and executes a run with them.

    Args:
        job: What `pack` wrote.
        folder: Of the run.
        share: Which of them this is.
        addresses: Two of the first one: where their computations meet, and where they talk.
        key: A secret of theirs.
        device: That of this process, where that is chosen.
        take: Takes the variables of the user that come along, before the run begins.

    Raises:
        WorkerFailed: With why it failed.
    """
    if RunFolder(folder).read(STATE).get("state") in ENDED:
        return
    from kerasviz.execution.rooms import import_rooms_of_keras
    from kerasviz.execution.runnerprocess import print_to
    from kerasviz.execution.thread import DISK

    import_rooms_of_keras()
    from kerasviz.backend.distribution.joined import join
    from kerasviz.execution.jobrun import execute
    from kerasviz.training.together.meeting import meet

    placement = join(share, addresses[0], device)
    workers = Workers(share, meet(share, addresses[1], key), placement)

    def began(run: Run) -> None:
        if workers.is_first:
            DISK.submit(RunFolder(folder).leave_queue)

    (folder / FOLDER).mkdir(exist_ok=True)
    try:
        execute(job, print_to, again=True, began=began, workers=workers, take=take)
    except WorkerFailed:
        raise
    except Exception as raised:  # such as a line to a worker that is lost
        logger.exception("A worker has failed")
        raise WorkerFailed(json.dumps(encode(failure(raised)))) from raised
