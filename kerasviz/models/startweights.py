"""Weights that a model starts from: those of a file beside the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kerasviz.protocol import RequestError
from kerasviz.storage.container import open_container


def start_from_file(model: Any, name: str, folder: Path, some: bool = False) -> str:
    """Takes the weights of a file over: of a whole model layer by layer, by name; else all of them.

    Layers that were changed or added since a model was saved keep their own.

    Args:
        model: A built `keras.Model`.
        name: Name of the file, without folders.
        folder: The document's folder.
        some: Whether it is a mistake that no layer finds its weights.

    Returns:
        A sentence for the user: what was taken.

    Raises:
        RequestError: With code `weights`, when there is no such file beside the document, or none fits.
        ModelFileError: When the file holds no weights of a model; or weights alone, and they do not fit.
    """
    from kerasviz import storage

    path = folder / name
    if Path(name).name != name or not path.is_file():
        raise RequestError(
            "weights",
            f"Expected the weights in {name!r} beside the document ({folder}), where there is no such file. "
            "Put it there, or train with fresh weights.",
        )
    if _holds_weights_alone(path):
        storage.load_weights(model, path)
        return f"Weights start from {name}."
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
            f"Expected layers of the same names and shapes in {name}, where there are none. "
            f"It has weights for: {', '.join(name for name, arrays in saved.items() if arrays)}.",
        )
    return f"Weights start from {name}" + (f", except those of: {', '.join(own)}." if own else ".")


def _holds_weights_alone(path: Path) -> bool:
    """Whether there is no model in a file to match layers with, as in a TensorFlow checkpoint."""
    if path.name.endswith(".index"):
        return True
    with open_container(path) as container:
        return container.config is None
