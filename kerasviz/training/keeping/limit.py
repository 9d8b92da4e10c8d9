"""What the runs of a document may take on the disk all together: weights go, histories stay."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from kerasviz.training.keeping.checkpoints import best_of, epoch_file, sizes
from kerasviz.training.run.folder import CHECKPOINTS, STATE, RunFolder
from kerasviz.training.run.listing import KeptRuns

MOST_BYTES = 4 * 2**30
"""Of all runs of a document; what has no weights is not counted against them."""


def keep_within(kept: KeptRuns, present: Path, most: int = MOST_BYTES) -> list[str]:
    """Removes weights where the runs of a document take too much, those of the oldest runs first.

    Deleted runs go before; of a run that is kept, epochs between go before its best and its end. What a run
    was and measured, and the run that ends now, are never touched.

    Args:
        kept: The runs of the document.
        present: Folder of the run that ends now.
        most: Bytes.

    Returns:
        Names of the runs that lost weights, the oldest first.
    """
    over = sum(run.bytes() for run in [*kept.all(), *kept.deleted()]) - most
    lost = list[str]()
    if over <= 0:
        return lost
    for run in reversed(kept.deleted()):
        if over > 0:
            over -= run.bytes()
            shutil.rmtree(run.path, ignore_errors=True)
    old = [run for run in reversed(kept.all()) if run.path != present and run.ended]
    for choose in (_between, _weights):
        for run in old:
            for file in choose(run):
                if over > 0:
                    over -= file.stat().st_size
                    file.unlink(missing_ok=True)
                    if run.id not in lost:
                        lost.append(run.id)
    return lost


def _between(run: RunFolder) -> Iterator[Path]:
    """The epochs of a run that are not its best."""
    found = sizes(run.path / CHECKPOINTS)
    best = best_of(found, run.read(STATE).get("best"))
    yield from (run.path / CHECKPOINTS / epoch_file(epoch) for epoch in sorted(found) if epoch != best)


def _weights(run: RunFolder) -> Iterator[Path]:
    """All models of a run."""
    yield from sorted(run.path.rglob("*.keras"))
