"""The epochs in the folder of a run: which there are, and which are given up for others."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

from kerasviz.protocol import KeptEpoch, RequestError, Series
from kerasviz.protocol.text import text
from kerasviz.training.run.folder import CHECKPOINTS, STATE, RunFolder

MOST = 60
"""Epochs of one run, where they are small."""
SMALL_BYTES = 2**28
"""Of more than `FEW` epochs of one run."""
FEW = 10
MOST_BYTES = 2**30
"""Of all epochs of one run."""
END = "end.keras"
_EPOCH = re.compile(r"epoch-(\d{1,15})\.keras")


def epoch_file(epoch: int | None) -> str:
    """Name of the file of an epoch, counted from 1; 0 is before the first one, None the end of the run."""
    return END if epoch is None else f"epoch-{epoch:04d}.keras"


def kept_epochs(run: RunFolder, curves: Mapping[str, Series] | None = None) -> list[KeptEpoch]:
    """The epochs that are kept of a run, in order, and its end.

    Args:
        run: The run.
        curves: What was measured, with a point for each epoch.
    """
    values = {
        name: dict(zip(series["x"], series["y"], strict=False)) for name, series in (curves or {}).items()
    }
    found = sizes(run.path / CHECKPOINTS)
    best = best_of(found, run.read(STATE).get("best"))
    kept = [
        KeptEpoch(
            epoch=epoch,
            bytes=found[epoch],
            best=epoch == best,
            values={name: of[epoch] for name, of in values.items() if epoch in of},
        )
        for epoch in sorted(found)
    ]
    end = run.path / CHECKPOINTS / END
    if end.is_file():
        kept.append(KeptEpoch(epoch=None, bytes=end.stat().st_size, best=False, values={}))
    return kept


def kept_file(run: RunFolder, epoch: object) -> Path:
    """The file of an epoch that is kept.

    Raises:
        RequestError: With code `file`, where it is not kept.
    """
    if epoch is None or type(epoch) is int:
        path = run.path / CHECKPOINTS / epoch_file(epoch)
        if path.is_file():
            return path
    raise RequestError(
        "file", text("Epoch {epoch} of {run} is not kept any more.", epoch=str(epoch), run=run.name)
    )


def sizes(folder: Path) -> dict[int, int]:
    """Bytes of each epoch in a folder, which may not be there."""
    files = [(_EPOCH.fullmatch(path.name), path) for path in folder.glob("epoch-*.keras")]
    return {int(match[1]): path.stat().st_size for match, path in files if match}


def best_of(epochs: Mapping[int, int], best: object) -> int | None:
    """The best epoch of a run, if it is kept; by the validation loss where there is one."""
    known = best if isinstance(best, dict) else {}
    for metric in ("val_loss", "loss"):
        at = known.get(metric)
        if isinstance(at, dict):
            return at["epoch"] if at.get("epoch") in epochs else None
    return None


def superfluous(epochs: Sequence[int], best: int | None) -> int | None:
    """The epoch whose loss leaves the others most evenly apart: neither the first, the last nor the best.

    Args:
        epochs: In order.
        best: Of them.

    Returns:
        None where there is no other.
    """
    inner = [at for at in range(1, len(epochs) - 1) if epochs[at] != best]
    gaps = {epochs[at]: epochs[at + 1] - epochs[at - 1] for at in inner}
    return min(gaps, key=lambda epoch: (gaps[epoch], epoch)) if gaps else None


def thin(folder: Path, best: object) -> None:
    """Removes what is too much.

    Args:
        folder: Of the epochs of one run.
        best: The best values of the run, by metric.
    """
    found = sizes(folder)
    while _is_too_much(len(found), sum(found.values())):
        gone = superfluous(sorted(found), best_of(found, best))
        if gone is None:
            return
        (folder / epoch_file(gone)).unlink(missing_ok=True)
        del found[gone]


def _is_too_much(epochs: int, size: int) -> bool:
    return epochs > MOST or size > (SMALL_BYTES if epochs > FEW else MOST_BYTES)
