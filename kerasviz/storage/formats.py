"""The formats that models are saved in, and what of a model each keeps."""

from dataclasses import dataclass
from pathlib import PurePath

from kerasviz.config.naming import MOST_BYTES
from kerasviz.protocol.text import Text, text
from kerasviz.storage.exports import EXPORTS, missing

_ALL = text("architecture, weights, vocabularies, optimizer and its state, loss and metrics")
_CODE = text("the code of your own layers, losses and metrics: register them where you load the file")
_GRAPH_ONLY = text("the layers, optimizer, loss and metrics: it can't be drawn or trained further")
_CONFIG = text("architecture, optimizer, loss and metrics")


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        name: What people call it.
        ends: Ends of names that choose it, the usual one first: file extensions, or that of a folder; a
            SavedModel is a folder whose name has none.
        keeps: What of the model is in the file, as a list in words.
        loses: What is not.
        weights: Whether the weights are in the file.
    """

    name: str
    ends: tuple[str, ...]
    keeps: Text
    loses: Text
    weights: bool = True


FORMATS = (
    Format("Keras", (".keras",), _ALL, _CODE),
    Format(
        "HDF5",
        (".h5", ".hdf5"),
        text("{parts}; every Keras since 2016 reads the weights", parts=_ALL),
        _CODE,
    ),
    Format(
        "Keras weights",
        (".weights.h5",),
        text("weights and the optimizer's state"),
        text("the architecture, optimizer, loss and metrics: keep the document as well"),
    ),
    Format(
        "Keras JSON",
        (".json",),
        _CONFIG,
        text("the weights and the optimizer's state"),
        weights=False,
    ),
    Format(
        "YAML",
        (".yaml", ".yml"),
        _CONFIG,
        text("the weights and the optimizer's state; kerasviz reads YAML, but Keras 3 does not"),
        weights=False,
    ),
    Format("ONNX", (".onnx",), text("what the model computes, for ONNX Runtime and others"), _GRAPH_ONLY),
    Format(
        "LiteRT", (".tflite",), text("what the model computes, for phones and small devices"), _GRAPH_ONLY
    ),
    Format(
        "OpenVINO",
        ("_openvino_model",),
        text("what the model computes, for OpenVINO: a folder with model.xml and model.bin"),
        _GRAPH_ONLY,
    ),
    Format(
        "TensorFlow SavedModel",
        ("",),
        text("what the model computes, for TensorFlow Serving and others: a folder"),
        _GRAPH_ONLY,
    ),
    Format(
        "PyTorch program",
        (".pt2",),
        text("what the model computes, for PyTorch without Keras"),
        _GRAPH_ONLY,
    ),
)
"""All of them, the one that suits most first."""


def format_of(path: str | PurePath) -> tuple[Format, str]:
    """Finds the format that a file's extension chooses.

    Returns:
        The format, and the extension.

    Raises:
        ValueError: When the name has none of them, or is no name of a file.
    """
    name = PurePath(path).name
    _check_name(str(path))
    ends = {end: found for found in FORMATS for end in found.ends}
    for end in sorted(ends, key=len, reverse=True):
        if name.endswith(end) and name != end if end else name and "." not in name:
            return ends[end], end
    raise ValueError(
        text(
            "Expected a name that ends with {extensions}, or one without a file extension for a SavedModel. "
            "Received: {name}",
            extensions=", ".join(end for end in ends if end),
            name=repr(name),
        )
    )


def missing_for(chosen: Format) -> Text | None:
    """Says what this kernel lacks to write a format; None where it lacks nothing."""
    runtime = EXPORTS.get(chosen.ends[0])
    return None if runtime is None else missing(runtime)


def _check_name(path: str) -> None:
    """Refuses what no file can be called.

    Raises:
        ValueError: With the reason.
    """
    if path.endswith("/"):
        raise ValueError(text("{path} ends with a slash. Enter a file name.", path=repr(path)))
    try:
        longest = max(len(part.encode()) for part in PurePath(path).parts or ("",))
    except UnicodeEncodeError:
        longest = 0
    if not longest or "\0" in path:
        raise ValueError(
            text("{path} contains a character that no file name can have. Remove it.", path=ascii(path))
        )
    if longest > MOST_BYTES:
        raise ValueError(
            text(
                "The file name is {bytes} bytes long, more than the {most} allowed. Choose a shorter one.",
                bytes=longest,
                most=MOST_BYTES,
            )
        )
