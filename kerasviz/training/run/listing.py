"""The runs of a document that are kept: found, told, renamed, deleted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kerasviz.protocol import JSON, Clock, Curves, KeptCurves, Mark, RequestError, RunSummary
from kerasviz.protocol.text import text
from kerasviz.training.run.folder import LABEL, PLAN, RUNS, STATE, RunFolder
from kerasviz.training.run.history import History

TRASH = ".trash"
"""Name of the folder in `runs/` that deleted runs lie in."""
ENDED = frozenset({"finished", "stopped", "failed", "lost"})


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
        return self._in(self.path)

    def deleted(self) -> list[RunFolder]:
        """Those in the trash, the latest first."""
        return self._in(self.path / TRASH)

    def find(self, id: object) -> RunFolder:
        """The folder of a run.

        Raises:
            RequestError: With code `unknown_run`.
        """
        for found in (self.path, self.path / TRASH):
            if isinstance(id, str) and id == os.path.basename(id) and not id.startswith("."):
                path = found / id
                if path.is_dir() and not path.is_symlink():
                    return RunFolder(path)
        raise RequestError("unknown_run", text("There is no run {name} any more.", name=f"{id!r:.80}"))

    def change(self, id: str, change: JSON) -> None:
        """Renames, hides, deletes or restores a run.

        Args:
            id: Which one.
            change: Some of `name`, `note`, `hidden` and `deleted`.

        Raises:
            RequestError: With code `unknown_run`, or `file` where the disk does not allow it.
        """
        run = self.find(id)
        said: JSON = {key: change[key] for key in ("name", "note", "hidden") if key in change}
        try:
            if said:
                run.write(LABEL, {**run.read(LABEL), **said})
            if change.get("deleted") is True and run.path.parent == self.path:
                (self.path / TRASH).mkdir(exist_ok=True)
                shutil.move(run.path, self.path / TRASH / run.name)
            elif change.get("deleted") is False and run.path.parent != self.path:
                shutil.move(run.path, self.path / run.name)
        except OSError as error:
            reason = error.strerror or str(error)
            raise RequestError(
                "file", text("The run {name} was not changed: {error}", name=repr(id), error=reason)
            ) from None

    def _in(self, path: Path) -> list[RunFolder]:
        return sorted(self._found(path), key=lambda run: (_started(run), run.name), reverse=True)

    def _found(self, path: Path) -> Iterator[RunFolder]:
        try:
            entries = [entry for entry in os.scandir(path) if entry.is_dir(follow_symlinks=False)]
        except OSError:
            return
        for entry in entries:
            run = RunFolder(Path(entry.path))
            if not entry.name.startswith(".") and run.read(LABEL).get("file") == self.file:
                yield run


def summary(run: RunFolder) -> RunSummary:
    """One run as a list shows it."""
    state, label = run.read(STATE), run.read(LABEL)
    return RunSummary(
        id=run.name,
        run=str(state.get("run", "")),
        name=str(label.get("name") or run.name),
        note=str(label.get("note", "")),
        state=state.get("state", "lost"),
        hidden=label.get("hidden") is True,
        group=label.get("group"),
        started=_number(state.get("started")),
        ended=state.get("ended"),
        elapsed=_number(state.get("elapsed")),
        device=str(state.get("device", "")),
        epoch=int(_number(state.get("epoch"))),
        epochs=int(_number(state.get("epochs"))),
        step=int(_number(state.get("step"))),
        parameters=state.get("parameters"),
        best=state.get("best", {}),
        last=state.get("last", {}),
        changes=[],
        error=state.get("error"),
    )


def curves_of(run: RunFolder) -> KeptCurves:
    """All that is drawn of a run."""
    history, marks = History(), list[Mark]()
    for event in run.events():
        curves, clock = event.get("curves"), event.get("clock")
        try:
            if curves is not None:
                history.extend(Curves(batch=curves["batch"], epoch=curves["epoch"]))
            if clock is not None:
                history.time(Clock(batch=clock["batch"], epoch=clock["epoch"], ends=clock["ends"]))
            marks += event.get("marks", [])
        except (LookupError, TypeError, ValueError, AttributeError):
            continue
    return KeptCurves(id=run.name, curves=history.to_json(), clock=history.clock(), marks=marks)


def document_of(run: RunFolder) -> JSON:
    """The document of a run as it was."""
    document = run.read(PLAN).get("document")
    return document if isinstance(document, dict) else {}


def _started(run: RunFolder) -> float:
    return _number(run.read(STATE).get("started"))


def _number(value: Any) -> float:
    return value if isinstance(value, (int, float)) else 0
