"""Follows the runs of clusters."""

from __future__ import annotations

import shutil
from collections.abc import Callable

from kerasviz.execution.clusterjob import FOLDER, JOB, ClusterJob
from kerasviz.execution.documentworker import DocumentWorker
from kerasviz.execution.elsewhere import Publish, follow_folder
from kerasviz.protocol import JSON
from kerasviz.training.run.run import Run


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
