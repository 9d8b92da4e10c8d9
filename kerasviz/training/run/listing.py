"""The runs of a document that are kept: found, renamed, deleted and restored."""

from __future__ import annotations

import os
import shutil
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from kerasviz.protocol import JSON, RequestError
from kerasviz.protocol.text import text
from kerasviz.training.run.folder import GOES_TO, LABEL, LOGS, RUNS, TRASH, RunFolder, safe_stem

MOST_IN_TRASH = 20
DAYS_IN_TRASH = 30
MOST_COPIED = 20
"""Runs that a copy of a document gets."""


_WEIGHTS = shutil.ignore_patterns("*.keras", LOGS)


class KeptRuns:
    """The runs of one document.

    Args:
        folder: Where the document is.
        file: Its name.
    """

    def __init__(self, folder: Path, file: str) -> None:
        self.path = folder / RUNS
        self.file = file

    def all(self) -> list[RunFolder]:
        """Their folders, the latest first."""
        return sorted(self._in(self.path), key=lambda run: (run.began, run.name), reverse=True)

    def deleted(self) -> list[RunFolder]:
        """Those in the trash, the last deleted first."""
        return sorted(self._in(self.path / TRASH), key=_deleted, reverse=True)

    def find(self, id: object) -> RunFolder:
        """The folder of a run.

        Raises:
            RequestError: With code `unknown_run`.
        """
        for path in (self.path, self.path / TRASH):
            if isinstance(id, str) and id and id == os.path.basename(id) and id[0] != ".":
                found = path / id
                if found.is_dir() and not found.is_symlink():
                    return RunFolder(found)
        raise RequestError("unknown_run", text("The run {name} no longer exists.", name=f"{id!r:.80}"))

    def change(self, id: str, change: JSON) -> None:
        """Renames, hides, deletes or restores a run.

        Args:
            id: Which one.
            change: Some of `name`, `note`, `hidden` and `deleted`.

        Raises:
            RequestError: With code `unknown_run`; `busy` where it is to be deleted while it trains; `file`
                where the disk does not allow it.
        """
        run = self.find(id)
        try:
            said: JSON = {key: change[key] for key in ("name", "note", "hidden") if key in change}
            if said:
                run.write(LABEL, {**run.read(LABEL), **said})
            if change.get("deleted") is True and run.path.parent == self.path:
                self._delete(run)
            elif change.get("deleted") is False and run.path.parent != self.path:
                run.path.rename(self.path / run.name)
        except OSError as error:
            reason = error.strerror or str(error)
            raise RequestError(
                "file", text("The run {name} was not changed: {reason}", name=repr(id), reason=reason)
            ) from None

    def move(self, folder: Path, file: str) -> None:
        """Takes the runs along where their document is another file now.

        A run that trains follows when it ends. Several may do this at once: a kernel and the server.

        Args:
            folder: Where the document is now.
            file: Its name.
        """
        target = KeptRuns(folder, file).path
        for run in [*self.all(), *self.deleted()]:
            take_along(run, target / run.path.parent.relative_to(self.path), file)

    def copy(self, folder: Path, file: str) -> None:
        """Gives a copy of the document what its last runs were and measured, and not their weights.

        Args:
            folder: Where the copy is.
            file: Its name.
        """
        target = KeptRuns(folder, file).path
        stem = safe_stem(self.file)
        for run in self.all()[:MOST_COPIED]:
            name = safe_stem(file) + run.name.removeprefix(stem)
            if run.ended and not (target / name).exists():
                with suppress(OSError):
                    shutil.copytree(run.path, target / name, symlinks=True, ignore=_WEIGHTS)
                    RunFolder(target / name).write(LABEL, {**run.read(LABEL), "file": file})

    def _delete(self, run: RunFolder) -> None:
        if not run.ended:
            raise RequestError(
                "busy", text("The run {name} is still training. Stop it first.", name=repr(run.name))
            )
        trash = self.path / TRASH
        trash.mkdir(exist_ok=True)
        run.write(LABEL, {**run.read(LABEL), "deleted": time.time()})
        run.path.rename(trash / run.name)
        for number, old in enumerate(self.deleted()):
            if number >= MOST_IN_TRASH or time.time() - _deleted(old) > DAYS_IN_TRASH * 86400:
                shutil.rmtree(old.path, ignore_errors=True)

    def _in(self, path: Path) -> Iterator[RunFolder]:
        try:
            entries = [entry for entry in os.scandir(path) if entry.is_dir(follow_symlinks=False)]
        except OSError:
            return
        for entry in entries:
            run = RunFolder(Path(entry.path))
            if not entry.name.startswith(".") and run.read(LABEL).get("file") == self.file:
                yield run


def take_along(run: RunFolder, place: Path, file: str) -> None:
    """Takes a run along with its document; where it trains, its label says where it goes when it has ended.

    Args:
        run: Which one.
        place: The folder that it is to lie in.
        file: Name of the document.
    """
    with suppress(OSError):
        label = {**run.read(LABEL), "file": file}
        if run.ended:
            run.write(LABEL, {key: value for key, value in label.items() if key != GOES_TO})
            run.move(place)
        else:
            run.write(LABEL, {**label, GOES_TO: os.fspath(place)})


def _deleted(run: RunFolder) -> float:
    when = run.read(LABEL).get("deleted")
    return when if isinstance(when, (int, float)) else 0.0
