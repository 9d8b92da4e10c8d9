"""Runs of other documents, in folders that the user has chosen: they are looked at, and left as they are."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import text
from kerasviz.training.run.folder import LABEL, RUNS, STATE, RunFolder
from kerasviz.training.run.loggedrun import LoggedRun, logs_in, title_of

DEPTH = 6
MOST_FOLDERS = 20_000
MOST_RUNS = 500
"""Of all folders together; the latest."""


class OtherRuns:
    """What the runs of a document are compared with.

    Args:
        folder: Of the document: ids and names are paths from there.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._chosen: list[Path] = []
        self._found: dict[str, RunFolder] = {}

    @property
    def chosen(self) -> list[str]:
        """The folders, for people."""
        return [self._relative(path) for path in self._chosen]

    def take(self, folder: str) -> None:
        """Looks at one more folder from now on.

        Args:
            folder: Its path, from the folder of the document.

        Raises:
            RequestError: With code `file`, where there is no such folder, or no run is in it.
        """
        path = (self._folder / folder).resolve()
        if not path.is_dir():
            raise RequestError("file", text("There is no folder {folder}.", folder=folder))
        if next(_below(path), None) is None:
            raise RequestError("file", text("No runs were found in {folder}.", folder=folder))
        if path not in self._chosen:
            self._chosen.append(path)

    def leave(self, folder: str) -> None:
        """Looks at a folder no more."""
        self._chosen = [path for path in self._chosen if self._relative(path) != folder]

    def all(self, own: Sequence[RunFolder]) -> list[RunFolder]:
        """The runs, the latest first.

        Args:
            own: Those of the document, which are left out.
        """
        known = {run.path for run in own}
        named = dict[str, RunFolder]()
        for root in self._chosen:
            found = [run for run in _below(root) if run.path not in known]
            for run in _named(root, found):
                run.id = self._relative(run.file if isinstance(run, LoggedRun) else run.path)
                named.setdefault(run.id, run)
        latest = sorted(named.values(), key=lambda run: (run.began, run.id), reverse=True)[:MOST_RUNS]
        self._found = {run.id: run for run in latest}
        return latest

    def find(self, id: object) -> RunFolder | None:
        """One of those that were told last."""
        return self._found.get(id) if isinstance(id, str) else None

    def _relative(self, path: Path) -> str:
        try:
            return Path(os.path.relpath(path, self._folder)).as_posix()
        except ValueError:  # another drive
            return path.as_posix()


def _below(root: Path) -> Iterator[RunFolder]:
    """The runs in a folder and in those inside, down to a depth; links are not followed."""
    for number, (path, folders, files) in enumerate(os.walk(root)):
        here = Path(path)
        if number > MOST_FOLDERS:
            return
        if len(here.relative_to(root).parts) >= DEPTH:
            folders.clear()
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        if STATE in files and "run" in (run := RunFolder(here)).read(STATE):
            folders.clear()
            yield run
        else:
            yield from map(LoggedRun, logs_in(here, files))


def _named(root: Path, runs: Sequence[RunFolder]) -> Iterator[RunFolder]:
    """Gives runs their titles: by folder, by document where that is not always the same, and a number."""
    places = [_place(root, run) for run in runs]
    documents = {document for folder, document in places if document}
    is_one = len(documents) == 1 and all(folder for folder, document in places if document)
    counted = dict[str, int]()
    for run, (folder, document) in sorted(
        zip(runs, places, strict=True), key=lambda each: (each[0].began, each[0].name)
    ):
        parts = [folder, "" if is_one else document]
        run.origin = "/".join(filter(None, parts)) or root.name
        counted[run.origin] = counted.get(run.origin, 0) + 1
        count = counted[run.origin]
        run.title = run.origin if count == 1 else f"{run.origin} {count}"
        yield run


def _place(root: Path, run: RunFolder) -> tuple[str, str]:
    """Folder and document of a run; the latter is empty where runs do not lie as kerasviz puts them."""
    if isinstance(run, LoggedRun):
        folders = run.file.parent.relative_to(root).parts
        title = title_of(run.file)
        return "/".join([*folders, *([] if folders and folders[-1] == title else [title])]), ""
    folders = run.path.relative_to(root).parts
    document = str(run.read(LABEL).get("file", "")).removesuffix(".keras.json")
    if len(folders) == 1 and root.name == RUNS:
        return "", document
    if len(folders) > 1 and folders[-2] == RUNS:
        return "/".join(folders[:-2]), document
    return "/".join(folders), ""
