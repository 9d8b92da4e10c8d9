"""What a backup says about the run it was made of: it lies beside the document while a model trains."""

from __future__ import annotations

import contextlib
import json
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kerasviz.config.naming import MOST_BYTES
from kerasviz.protocol import JSON, Backup, Curves, Series

ENDING = ".backup.keras"
EARLIER = ".earlier.backup.keras"
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
        return Backup(file=path.name, epoch=self.epoch, epochs=self.epochs)


def backup_path(folder: Path, name: str) -> Path:
    """Where the backup of a document is: beside it, under its name.

    Args:
        folder: The document's folder.
        name: The document's file name, or what else a document without a file is called. Of one that leaves
            no room for a longer file extension, the end becomes digits that stand for all of it.
    """
    stem = name.removesuffix(".keras.json").encode()
    if len(stem) + len(ENDING) > MOST_BYTES:
        digits = f"-{zlib.crc32(stem):08x}".encode()
        stem = stem[: MOST_BYTES - len(ENDING) - len(digits)] + digits
    return folder / (stem.decode(errors="ignore") + ENDING)


def set_aside(path: Path) -> Path | None:
    """Moves a backup, which a run that does not continue from it would replace.

    Args:
        path: The backup of a document. What an earlier one left beside it is replaced.

    Returns:
        Where it is now; None where there is none, or something else has that name.
    """
    stem = path.name.removesuffix(ENDING).encode()[: MOST_BYTES - len(EARLIER)]
    earlier = path.with_name(stem.decode(errors="ignore") + EARLIER)
    if read_progress(path) is None or (earlier.exists() and read_progress(earlier) is None):
        return None
    path.replace(earlier)
    return earlier


def move_backup(before: Path, after: Path) -> None:
    """Takes the backup of a document along, where it was renamed; it never takes the place of another one."""
    with contextlib.suppress(OSError):
        if before.is_file() and not after.exists():
            before.rename(after)


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
