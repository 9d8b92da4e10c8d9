"""The formats that models are saved in, and what of a model each keeps."""

from dataclasses import dataclass
from pathlib import PurePath

_ALL = "architecture, weights, vocabularies, optimizer and its state, loss and metrics"
_CODE = "the code of layers, losses and metrics of your own: register them where you load the file"


@dataclass(frozen=True)
class Format:
    """One format.

    Attributes:
        name: What people call it.
        ends: Ends of file names that choose it, the usual one first; a SavedModel is a folder, without one.
        keeps: What of the model is in the file, as the rest of a sentence.
        loses: What is not.
    """

    name: str
    ends: tuple[str, ...]
    keeps: str
    loses: str


FORMATS = (
    Format("Keras", (".keras",), _ALL, _CODE),
    Format("HDF5", (".h5", ".hdf5"), f"{_ALL}; every Keras since 2016 reads the weights", _CODE),
    Format(
        "Keras weights",
        (".weights.h5",),
        "weights and the optimizer's state",
        "the architecture and how it is compiled: keep the drawing beside it",
    ),
    Format(
        "Keras JSON",
        (".json",),
        "architecture, optimizer, loss and metrics",
        "the weights and the optimizer's state",
    ),
    Format(
        "YAML",
        (".yaml", ".yml"),
        "architecture, optimizer, loss and metrics",
        "the weights and the optimizer's state; Keras 3 itself reads no YAML, kerasviz does",
    ),
    Format(
        "TensorFlow SavedModel",
        ("",),
        "what the model computes, for TensorFlow Serving, LiteRT and others",
        "the layers, the optimizer, loss and metrics: it can't be drawn or trained further",
    ),
)
"""All of them, the one that suits most first."""


def format_of(path: str | PurePath) -> tuple[Format, str]:
    """Finds the format that the end of a file's name chooses.

    Returns:
        The format, and the end.

    Raises:
        ValueError: When the name ends in none of them.
    """
    name = PurePath(path).name
    ends = {end: found for found in FORMATS for end in found.ends}
    for end in sorted(ends, key=len, reverse=True):
        if name.endswith(end) and name != end if end else name and "." not in name:
            return ends[end], end
    known = ", ".join(end for end in ends if end)
    raise ValueError(f"Expected a name that ends in {known}, or in none for a SavedModel. Received: {name!r}")
