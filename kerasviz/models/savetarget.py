"""Where a model is saved: the place that people may name, and what is told of the file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from kerasviz import storage
from kerasviz.protocol import RequestError
from kerasviz.protocol.files import Saved
from kerasviz.protocol.text import Text, sentence_of, text


@dataclass(frozen=True)
class SaveTarget:
    """A file, or a folder, that a model is to be written to.

    Attributes:
        folder: Where the document is.
        path: Inside it.
        format: That which the end of the name chooses.
        end: The end of the name.
    """

    folder: Path
    path: Path
    format: storage.Format
    end: str

    def saved(self, notes: list[Text]) -> Saved:
        """What is told of it once it is written.

        Args:
            notes: What was found out of a file for another program.

        Returns:
            `path` of the file relative to the folder, its `bytes`, what it `keeps` and `loses`, and `notes`.
        """
        files = (
            [file for file in self.path.rglob("*") if file.is_file()] if self.path.is_dir() else [self.path]
        )
        return {
            "path": self.path.relative_to(self.folder).as_posix(),
            "bytes": sum(file.stat().st_size for file in files),
            "keeps": self.format.keeps,
            "loses": self.format.loses,
            "notes": [*notes],
        }


def target_in(folder: Path, path: str) -> SaveTarget:
    """The target that people name.

    Args:
        folder: Where the document is.
        path: With the file extension of one of `storage.FORMATS`; relative to the folder, and inside it.

    Raises:
        RequestError: With code `path`, when it is no such path.
    """
    try:
        chosen, end = storage.format_of(path)
    except ValueError as error:
        raise RequestError("path", sentence_of(error)) from None
    target = (folder / path).resolve()
    if not target.is_relative_to(folder) or target == folder:
        raise RequestError(
            "path",
            text(
                "Expected a file name inside {folder}, received: {path}.",
                folder=str(folder),
                path=repr(path),
            ),
        )
    return SaveTarget(folder, target, chosen, end)
