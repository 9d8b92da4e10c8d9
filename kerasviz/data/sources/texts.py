"""Folder of texts."""

from __future__ import annotations

from pathlib import Path

from kerasviz.backend import decoding
from kerasviz.data.dataset import FolderPath, Stream
from kerasviz.data.folders.checkedfiles import text_length
from kerasviz.data.folders.classfolders import find_folder, list_parts
from kerasviz.data.folders.filereader import Adapt, folder_stream
from kerasviz.data.folders.foldercode import directory_code
from kerasviz.protocol.text import text
from kerasviz.writing.snippet import Snippet

ENDINGS = (".txt",)
"""What `keras.utils.text_dataset_from_directory` reads."""


def load(path: FolderPath, max_length: int | None = None, *, folder: Path) -> Stream:
    """Texts in a folder for each class: `reviews/good/1.txt`. The names of the folders are the classes.

    Where the folder has folders called train, val or test, these hold the classes, and are the parts. Texts
    are read as their turn comes. Those that are not in UTF-8 are named and left out.

    Args:
        path: The folder.
        max_length: Characters of each text that are read; all of them without it.
        folder: Of the document.

    Returns:
        Texts, and the number of the class of each.

    Raises:
        RequestError: With code `no_data`, where there are no classes or no texts.
    """
    root = find_folder(path, folder)
    classes, parts = list_parts(root, ENDINGS)

    def decoder(known: list[int]) -> tuple[decoding.Decode, Adapt]:
        return decoding.text_decoder(max_length), lambda shape: None

    return folder_stream(root, classes, parts, text_length, text("text in UTF-8"), decoder)


def code(path: FolderPath, max_length: int | None = None) -> Snippet:
    """Keras' own utility: it divides and mixes the files in another order than the editor."""
    return directory_code("text_dataset_from_directory", path, max_length=max_length)
