"""What the command line does with model files."""

import math
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.origin import read_source
from kerasviz.protocol.text import Text
from kerasviz.storage.container import open_container
from kerasviz.storage.loading import load, load_file, load_weights, read_document
from kerasviz.storage.nomodel import said_of_hdf5
from kerasviz.storage.saving import save, write_config

if TYPE_CHECKING:
    import keras

CONFIG_EXTENSIONS = (".json", ".yaml", ".yml")


@dataclass(frozen=True)
class FileReport:
    """A model file that loads.

    Attributes:
        layers: Number of its layers, those of models inside it too, or None for a file with weights alone.
        parameters: Number of its parameters, or None when they depend on the shape of an input that the file
            does not know.
        version: The Keras that wrote it, e.g. "2.15", or "2" where it does not say more.
    """

    layers: int | None
    parameters: int | None
    version: str


def inspect_file(path: str | os.PathLike[str]) -> FileReport:
    """Loads a model file to say what is in it.

    Raises:
        ModelFileError: With the layer and the reason, when it does not load.
    """
    with open_container(path) as container:
        if container.config is None and container.weights is not None:
            no_model = said_of_hdf5(container.weights.groups, container.weights.arrays)
            if no_model is not None:
                raise ModelFileError(no_model)
            arrays = container.weights.arrays.values()
            size = sum(math.prod(shape) for shape, _ in arrays if shape is not None)
            return FileReport(None, size, ".".join((container.version or "1").split(".")[:2]))
        source = read_source(container.config, container.version, container.training)
    model = load(path)
    numbers = ".".join(str(number) for number in source.version[:2])
    return FileReport(_count(model), model.count_params() if model.built else None, numbers)


def convert_file(
    source: str | os.PathLike[str],
    target: str | os.PathLike[str],
    weights: str | os.PathLike[str] | None = None,
) -> list[Text]:
    """Reads a model file of any age and writes it for today's Keras.

    Args:
        source: The file to read, which stays as it is.
        target: The file to write; its extension chooses the format.
        weights: A file to take the weights from, or None for those in `source`.

    Returns:
        What was changed in the model, and what the new file keeps, as sentences.

    Raises:
        ModelFileError: When it does not load.
    """
    config, report = read_document(source)
    if str(target).endswith(CONFIG_EXTENSIONS) and weights is None:
        # A config is written even when some of its layers can't be built.
        write_config(config, target)
        return report
    model, notes = load_file(source)
    report += notes
    if weights is not None:
        report += load_weights(model, weights)
    return [*report, save(model, target)]


def _count(model: "keras.Model") -> int:
    return sum(_count(layer) if hasattr(layer, "layers") else 1 for layer in model.layers)
