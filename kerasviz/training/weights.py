"""Weights that a model starts from: those of a file beside the document."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kerasviz.protocol import RequestError


def start_from_file(model: Any, name: str, folder: Path) -> str:
    """Takes the weights of a file over: of a whole model layer by layer, by name.

    Layers that were changed or added since that model was saved keep their own.

    Args:
        model: A built `keras.Model`.
        name: Name of the file, without folders.
        folder: The document's folder.

    Returns:
        A sentence for the user: what was taken.

    Raises:
        RequestError: With code `weights`, when there is no such file beside the document.
    """
    from kerasviz import storage

    path = folder / name
    if Path(name).name != name or not path.is_file():
        raise RequestError(
            "weights",
            f"Expected the weights in {name!r} beside the document ({folder}), where there is no such file. "
            "Put it there, or train with fresh weights.",
        )
    if name.endswith(".weights.h5"):
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
    return f"Weights start from {name}" + (f", except those of: {', '.join(own)}." if own else ".")
