"""Files that are often found in the place of a model file: what they are, and the way out."""

import os

from kerasviz.protocol.text import Text, text

HEAD_BYTES = 1024
"""As much of a file as is needed to recognize it."""
_FIRST_BYTES = (
    (
        (b"version https://git-lfs.github.com/spec/",),
        text("This is a Git LFS pointer, not the file itself. Run git lfs pull to get the file."),
    ),
    (
        (b"<!doctype html", b"<html"),
        text(
            "This is a web page (HTML), not a model file. Download the file itself, on GitHub with "
            "Download raw file."
        ),
    ),
    ((b"\x1f\x8b",), text("This is a gzip archive. Unpack it and open the model file in it.")),
    (
        (b"\x80\x02", b"\x80\x03", b"\x80\x04", b"\x80\x05"),
        text(
            "This is a pickle of Python, which would run code when it is opened. Load it where it was made "
            "and save the model as .keras."
        ),
    ),
)
_LITERT = text(
    "This is a LiteRT (TensorFlow Lite) model, which has operations but no layers. Open the Keras model that "
    "it was made of."
)
_SAVED_MODEL = text(
    "This is a TensorFlow SavedModel, which has operations but no layers that can be drawn. Load it with the "
    "TensorFlow that wrote it and save the model as .keras or .h5."
)


def said_of_head(head: bytes) -> Text | None:
    """Says what a file is that is no model, by its first bytes.

    Args:
        head: The first `HEAD_BYTES` of it.

    Returns:
        A sentence with the way out, or None when it may be a model.
    """
    start = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not start:
        return text("The file is empty. Download or save it again.") if len(head) < HEAD_BYTES else None
    if head[4:8] == b"TFL3":
        return _LITERT
    return next((sentence for starts, sentence in _FIRST_BYTES if start.startswith(starts)), None)


def said_of_folder(path: str | os.PathLike[str]) -> Text:
    """Says what a path is that is no regular file."""
    if os.path.isfile(os.path.join(path, "saved_model.pb")):
        return _SAVED_MODEL
    return text("Expected a file, received a folder or a device.")


def said_of_name(name: str) -> Text | None:
    """Says what a file is by its name, where its bytes are those of any protobuf."""
    return _SAVED_MODEL if name == "saved_model.pb" else None
