"""What is known of a program that runs exported models."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.protocol.text import Text
from kerasviz.storage.exports.trialinputs import Trial

if TYPE_CHECKING:
    import keras


Run = Callable[[Trial], Mapping[str, np.ndarray]]
"""Gives the outputs of an opened file for the inputs of a trial, by the names in the file."""


@dataclass(frozen=True)
class Written:
    """How a model was written.

    Attributes:
        note: What a person has to know of the file; None where it takes all that the model takes.
        one: Whether the file takes a single sample at a time.
    """

    note: Text | None = None
    one: bool = False


@dataclass(frozen=True)
class Runtime:
    """A runtime, and how Keras writes for it.

    Attributes:
        name: What people call it.
        format: What Keras calls its format.
        converters: The module that Keras needs to write it, by the backend; an empty name where it needs
            none. On other backends Keras does not write it.
        module: What runs it, beside the backend; an empty name where Keras or the backend does so itself.
        write: Writes a model, given what it takes as `taken_by` says.
        opened: Opens a file, and gives what computes its outputs for a trial.
        most_bytes: Of weights that a file of this format can hold; None for any number.
        marks: The file that tells one of its folders; an empty name where it is no folder.
    """

    name: str
    format: str
    converters: Mapping[str, str]
    module: str
    write: "Callable[[keras.Model, Path, Any], Written]"
    opened: Callable[[Path], Run]
    most_bytes: int | None = None
    marks: str = ""
