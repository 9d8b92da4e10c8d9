"""What a backup says about the run it was made of: it lies in the run's folder while that trains."""

from __future__ import annotations

import json
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kerasviz.protocol import JSON, Backup, Curves, Series
from kerasviz.training.run.folder import STATE
from kerasviz.training.run.listing import KeptRuns

BACKUP = "backup.keras"
"""Name of the file in the folder of a run."""
PROGRESS = "run.json"
"""Name of the progress in the archive."""
ARRAYS = "callbacks.bin"
"""Name of the arrays that callbacks keep, such as the weights of the best epoch."""
MAX_BYTES = 2**24
_NOT_AS_EXPECTED = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError)


@dataclass(frozen=True)
class Progress:
    """How far a run had come.

    Attributes:
        document: What was trained.
        epoch: Epochs that were finished.
        epochs: Epochs that were asked for.
        step: Batches in the finished epochs.
        curves: The points of these epochs.
        seed: Of the order of the samples.
        generators: States of the model's random generators.
        memories: What stateful layers remember.
        shared: State of the generator that a backend has for all.
        callbacks: States of the callbacks, as `CallbackStates` has them.
        changes: Numbers that were changed while it trained: what they were, and what they are.
    """

    document: JSON
    epoch: int
    epochs: int
    step: int
    curves: Curves
    seed: int
    generators: list[list[int]]
    memories: list[list[float]]
    shared: list[int]
    callbacks: list[JSON]
    changes: dict[str, tuple[float, float]]

    def offer(self, path: Path) -> Backup:
        """Tells a page about it."""
        return Backup(file="/".join(path.parts[-3:]), epoch=self.epoch, epochs=self.epochs)


def last_backup(kept: KeptRuns) -> Path | None:
    """The backup of a document's last run, where that did not come to its end.

    Runs that failed before their first epoch, or that somebody trains now, are passed over; behind one that
    has finished an epoch, nobody wants to go back.
    """
    for run in kept.all():
        if not run.ended:
            continue
        path = run.path / BACKUP
        if read_progress(path) is not None:
            return path
        if run.read(STATE).get("last"):
            return None
    return None


def read_progress(path: Path) -> Progress | None:
    """Reads how far the run of a backup had come; takes a few milliseconds, and no Keras.

    Args:
        path: A file that may not exist, or that somebody else has put there.

    Returns:
        None when it is no backup of a run that had finished an epoch.
    """
    try:
        if not path.is_file():
            return None
        from kerasviz.storage.container import open_archive  # late: NumPy is imported with it

        with open(path, "rb") as file, open_archive(file) as archive:
            run, document = _part(archive, PROGRESS), _part(archive, "config.json")
        epoch, epochs, step = (run[key] for key in ("epoch", "epochs", "step"))
        if not all(type(count) is int and 0 < count < 2**53 for count in (epoch, epochs, step)):
            return None
        return Progress(
            document,
            epoch,
            epochs,
            step,
            _curves(run["curves"]),
            _below_2_to_32(run["seed"]),
            [[_below_2_to_32(number) for number in state] for state in run["generators"]],
            [[float(number) for number in memory] for memory in run.get("memories", [])],
            [number % 256 for number in map(_below_2_to_32, run.get("shared", []))],
            [dict(callback=state["callback"], values=state["values"]) for state in run.get("callbacks", [])],
            {str(what): (float(old), float(new)) for what, (old, new) in run.get("changes", {}).items()},
        )
    except (OSError, zipfile.BadZipFile, RuntimeError, *_NOT_AS_EXPECTED):
        return None


def read_arrays(path: Path) -> bytes:
    """Reads the arrays that the callbacks of a backup keep.

    Raises:
        OSError, zipfile.BadZipFile, KeyError: When there are none, or they are damaged.
    """
    from kerasviz.storage.container import open_archive

    with open(path, "rb") as file, open_archive(file) as archive:
        info = archive.getinfo(ARRAYS)
        if info.compress_type != zipfile.ZIP_STORED:
            raise ValueError(ARRAYS)
        return archive.read(info)


def _part(archive: zipfile.ZipFile, name: str) -> JSON:
    info = archive.getinfo(name)
    if info.file_size > MAX_BYTES or info.compress_type != zipfile.ZIP_STORED:
        raise ValueError(name)
    return dict(json.loads(archive.read(info)))


def _below_2_to_32(value: Any) -> int:
    if type(value) is not int or not 0 <= value < 2**32:
        raise ValueError(value)
    return value


def _curves(value: Any) -> Curves:
    """Takes curves only as they must be, since they are added to and drawn."""
    return Curves(
        batch={str(metric): _series(points) for metric, points in value["batch"].items()},
        epoch={str(metric): _series(points) for metric, points in value["epoch"].items()},
    )


def _series(points: Any) -> Series:
    x = [int(number) for number in points["x"]]
    y = [None if number is None else float(number) for number in points["y"]]
    if len(x) != len(y):
        raise ValueError(points)
    return Series(x=x, y=y)
