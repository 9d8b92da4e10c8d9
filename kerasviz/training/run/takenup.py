"""A run that another process has begun, and that this one goes on with in the same folder."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from kerasviz.protocol.text import text
from kerasviz.training.backup.progress import BACKUP, read_progress
from kerasviz.training.run.folder import EVENTS
from kerasviz.training.run.keptrun import run_and_bytes
from kerasviz.training.run.run import Run
from kerasviz.training.run.timing import Timing


def take_up(run: Run) -> Path | None:
    """Gives a run what its folder has of it.

    Batches after the backup are computed again. They are the same, as the backup has the states of all random
    generators, so their points stay as they are.

    Args:
        run: A new one with the folder of the other. Nobody else writes that.

    Returns:
        The backup to go on from; None where no epoch was kept: then the run begins again.
    """
    assert run.folder is not None
    folder = run.folder
    earlier, size = run_and_bytes(folder)
    with suppress(FileNotFoundError):
        os.truncate(folder.path / EVENTS, size)  # the process may have ended in the middle of a line
    run.history, run.marks, run.statistics = earlier.history, earlier.marks, earlier.statistics
    run.best, run.last, run.directions = earlier.best, earlier.last, earlier.directions
    run.timing = Timing(earlier.timing.elapsed())
    for note in earlier.notes:
        run.note(note)
    clock = run.history.clock()
    run.step = max(clock["batch"]["x"], default=0)
    run.epoch = max(clock["epoch"]["x"], default=0)
    run.told = run.step, run.epoch
    backup = folder.path / BACKUP
    progress = read_progress(backup)
    if progress is None:
        run.mark("requeued", text("Interrupted. It began again."))
    else:
        run.mark("requeued", text("Interrupted. It went on after epoch {epoch}.", epoch=progress.epoch))
    if progress is None:
        run.step = run.epoch = 0
        return None
    return backup
