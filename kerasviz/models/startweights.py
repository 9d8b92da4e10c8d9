"""Weights that a model starts from: those of a file in the folder of the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text
from kerasviz.storage.container import open_container


def start_from_file(model: Any, name: str, folder: Path, some: bool = False) -> Text:
    """Loads the weights of a file: those of a whole model layer by layer, by name; else all of them.

    Layers that were changed or added since the model was saved keep their weights.

    Args:
        model: A built `keras.Model`.
        name: Name of the file, without folders.
        folder: The document's folder.
        some: Whether it is an error if no layer gets weights.

    Returns:
        A sentence for the user: which weights were loaded.

    Raises:
        RequestError: With code `weights` if there is no such file in the folder, or no layer fits.
        ModelFileError: If the file contains no weights of a model, or only weights that do not fit.
    """
    from kerasviz import storage

    path = folder / name
    if Path(name).name != name or not path.is_file():
        raise RequestError(
            "weights",
            text(
                "The weights file {file} is not in the folder of the document ({folder}). Copy it there, or "
                "start with new weights.",
                file=repr(name),
                folder=str(folder),
            ),
        )
    if _holds_weights_alone(path):
        storage.load_weights(model, path)
        return text("Weights start from {file}.", file=name)
    saved = {layer.name: layer.get_weights() for layer in storage.load(path).layers}
    own = []
    for layer in model.layers:
        weights = layer.get_weights()
        taken = saved.get(layer.name, [])
        if [array.shape for array in taken] == [array.shape for array in weights]:
            layer.set_weights(taken)
        else:
            own.append(layer.name)
    if some and own == [layer.name for layer in model.layers if layer.weights]:
        raise RequestError(
            "weights",
            text(
                "No layer has the name and shape of a layer in {file}. The file has weights for: {layers}.",
                file=name,
                layers=", ".join(name for name, arrays in saved.items() if arrays),
            ),
        )
    if own:
        return text("Weights start from {file}, except those of: {layers}.", file=name, layers=", ".join(own))
    return text("Weights start from {file}.", file=name)


def _holds_weights_alone(path: Path) -> bool:
    """Whether a file contains weights without a model, as a TensorFlow checkpoint does."""
    if path.name.endswith(".index"):
        return True
    with open_container(path) as container:
        return container.config is None
