"""Folder of texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kerasviz.backend import decoding
from kerasviz.data.dataset import FolderPath, Stream
from kerasviz.data.folders.checkedfiles import text_length
from kerasviz.data.folders.classfolders import find_folder, list_parts
from kerasviz.data.folders.filereader import Adapt, folder_stream
from kerasviz.data.folders.foldercode import folder_code, taken_shape
from kerasviz.data.folders.seenfolders import seen_folder
from kerasviz.protocol.text import text
from kerasviz.writing.expressions import call, lay_out, literal
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

    def decoder(known: list[int]) -> tuple[decoding.Decode, Adapt, dict[str, int]]:
        return decoding.text_decoder(max_length), lambda shape: None, {}

    kind = text("text in UTF-8")
    return folder_stream(root, classes, parts, text_length, kind, decoder, ("texts", folder, path))


def code(path: FolderPath, max_length: int | None, *, model: Any, folder: Path) -> Snippet:
    """Lists and reads the files as `load` does."""
    cut = call("tf.strings.substr", "texts", "0", literal(max_length), unit=literal("UTF8_CHAR"))
    read = [
        "def read(files):",
        '    """Texts."""',
        "    texts = tf.stack([tf.io.read_file(file) for file in files])",
        *([] if max_length is None else lay_out(cut, "texts = ", indent=4)),
        "    return texts" if taken_shape(model, 1) == (None,) else "    return tf.reshape(texts, (-1, 1))",
    ]
    return folder_code(
        path, ENDINGS, seen_folder(("texts", folder, path)), read, ("import tensorflow as tf",)
    )
