"""Files that are often found in the place of a model file: what they are, and the way out."""

import os
import re
from collections.abc import Collection, Mapping

from kerasviz.protocol.text import Text, text

HEAD_BYTES = 1024
"""As much of a file as is needed to recognize it."""
_PICKLE = text(
    "This is a pickle of Python, which would run code when it is opened. Load it where it was made and save "
    "the model as .keras."
)
_PYTORCH = text(
    "This is a PyTorch file, which has no layers of Keras. Draw the model here, and set its weights in a "
    "cell with layer.set_weights."
)
_ONNX = text(
    "This is an ONNX model, which has operations but no layers. Open the Keras model that it was made of."
)
_LITERT = text(
    "This is a LiteRT (TensorFlow Lite) model, which has operations but no layers. Open the Keras model that "
    "it was made of."
)
_SAVED_MODEL = text(
    "This is a TensorFlow SavedModel, which has operations but no layers that can be drawn. Load it with the "
    "TensorFlow that wrote it and save the model as .keras or .h5."
)
_OPENVINO = text(
    "This is an OpenVINO model, which has operations but no layers. Open the Keras model that it was made of."
)
_TORCH_PROGRAM = text(
    "This is an exported program of PyTorch, which has operations but no layers. Open the Keras model that "
    "it was made of."
)
_GRAPH = text(
    "This is a graph of TensorFlow, which has operations but no layers. Open the Keras model that it was "
    "made of."
)
_ARRAYS = text("These are arrays of NumPy. Load them in a cell with numpy.load, and train on them.")
_TABLE = text("This is a table, not a model. Read it in a cell with pandas, and train on its columns.")
_COMPRESSED = text("This is a compressed archive. Unpack it and open the model file in it.")
_IMAGE = text("This is an image or a PDF, not a model file.")
_WEB_PAGE = text(
    "This is a web page (HTML), not a model file. Download the file itself, on GitHub with Download raw file."
)
_LFS = text("This is a Git LFS pointer, not the file itself. Run git lfs pull to get the file.")
_NOTEBOOK = text("This is a notebook, not a model. Run it and save the model in it as .keras.")
_FIRST_BYTES = (
    (rb"version https://git-lfs\.github\.com/spec/", _LFS),
    (rb"<!doctype html|<html", _WEB_PAGE),
    (rb"\x1f\x8b", text("This is a gzip archive. Unpack it and open the model file in it.")),
    (rb"\x80\x02\x8a\x0a\x6c\xfc\x9c\x66\xf9\x20\x6a\xa8\x70\x19\.", _PYTORCH),
    (rb"\x80[\x02-\x05]|\([dl]p0\n|ccopy_?reg\n|\x78[\x01\x5e\x9c\xda]", _PICKLE),
    (rb"\x93numpy", _ARRAYS),
    (rb"\x89png|\xff\xd8\xff|gif8[79]a|%pdf-", _IMAGE),
    (rb"rar!\x1a|7z\xbc\xaf|bzh[1-9]1ay|\xfd7zxz|\x28\xb5\x2f\xfd", _COMPRESSED),
    (rb"[\s\S]{4}tfl3", _LITERT),
    (rb"\x08[\x03-\x1f][\x12\x3a]", _ONNX),
    (
        rb'[\s\S]{6}\0\0\{"',
        text(
            "This is a safetensors file, which has weights but no layers. Draw the model here, and set its "
            "weights in a cell with layer.set_weights."
        ),
    ),
)
"""Patterns of how files begin, of which letters are small."""
_NAMES = (
    (r"saved_model\.pb", _SAVED_MODEL),
    (r".*\.pb", _GRAPH),
    (r".*\.onnx", _ONNX),
    (r".*\.pth?", _PYTORCH),
    (r".*\.(pkl|pickle|joblib)", _PICKLE),
    (r".*\.pt2", _TORCH_PROGRAM),
    (r".*\.tflite", _LITERT),
    (r".*\.xml", _OPENVINO),
    (r".*\.[ct]sv", _TABLE),
    (r".*\.py", text("This is Python code, not a model file. Run it and save the model as .keras.")),
    (
        r".*\.bin",
        text("This file has weights but no layers. Open the model.json or the config that belongs to it."),
    ),
    (
        r".*\.data-\d+-of-\d+",
        text(
            "This is a part of a TensorFlow checkpoint, which has weights but no layers. Draw the model, and "
            "load the .index file beside it."
        ),
    ),
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
    return next(
        (said for begins, said in _FIRST_BYTES for at in (head.lower(), start) if re.match(begins, at)), None
    )


def said_of_folder(path: str | os.PathLike[str]) -> Text:
    """Says what a path is that is no regular file."""
    if os.path.isfile(os.path.join(path, "saved_model.pb")):
        return _SAVED_MODEL
    if os.path.isfile(os.path.join(path, "model.xml")):
        return _OPENVINO
    return text("Expected a file, received a folder or a device.")


def said_of_name(name: str) -> Text | None:
    """Says what a file is by its name, where its bytes are those of any protobuf or text."""
    return next((said for pattern, said in _NAMES if re.fullmatch(pattern, name, re.IGNORECASE)), None)


def said_of_members(names: Collection[str]) -> Text:
    """Says what a zip archive is that has no config of a model."""
    inside = next((name for name in names if re.search(r"\.(keras|h5|hdf5)$", name)), None)
    if inside is not None:
        return text("This is a zip archive. Unpack it and open {file}.", file=repr(inside))
    if any(name.endswith("/saved_model.pb") or name == "saved_model.pb" for name in names):
        return _SAVED_MODEL
    if any(name.endswith("/archive_format") for name in names):
        return _TORCH_PROGRAM
    if any(name.endswith("data.pkl") for name in names):
        return _PYTORCH
    if names and all(name.endswith(".npy") for name in names):
        return _ARRAYS
    if "[Content_Types].xml" in names:
        return text("This is an Office document, not a model file.")
    return text("This is a zip archive without config.json, so no .keras file. Open the model file itself.")


def said_of_hdf5(groups: Mapping[str, Mapping[str, object]], arrays: Collection[str]) -> Text | None:
    """Says what an HDF5 file is that has no config of a model at its top.

    Args:
        groups: The attributes of each group, by its path.
        arrays: The paths of its arrays.

    Returns:
        A sentence with the way out, or None when it has weights of Keras.
    """
    inside = next((path for path in groups if path and "model_config" in groups[path]), None)
    if inside is not None:
        return text(
            "The model is inside this HDF5 file, in the group {group}. Copy the group into a file of its own "
            "with h5py, and open that.",
            group=repr(inside),
        )
    listed = any(name.startswith("layer_names") for attributes in groups.values() for name in attributes)
    if listed or any("vars" in path.split("/") for path in (*groups, *arrays)):
        return None
    return text(
        "This HDF5 file has no model and no weights of Keras. Read its arrays in a cell with h5py or pandas."
    )


def said_of_json(value: object) -> Text | None:
    """Says what JSON is that is no model, by its keys."""
    return _NOTEBOOK if isinstance(value, dict) and {"cells", "nbformat"} <= value.keys() else None
