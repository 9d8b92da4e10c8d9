"""Weights that a model starts from: those of a file in the folder of the document."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import keras

from kerasviz.config import ModelFileError
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, text
from kerasviz.storage.by_name import inner_layers, load_by_name, match
from kerasviz.storage.container import open_container
from kerasviz.storage.loading import load_file

MOST_NAMES = 12


class Start(NamedTuple):
    """Weights that a model starts from.

    Attributes:
        taken: The layers that got them, as `inner_layers` names them.
        note: A sentence for the user: which weights were loaded.
    """

    taken: frozenset[str]
    note: Text


def start_from_file(model: Any, name: str, folder: Path, some: bool = False) -> Start:
    """Loads the weights of a file layer by layer, by name; of a file with weights alone all, where they fit.

    Layers that were changed or added since the model was saved keep their weights, and so do those in the
    place of a layer that can't be built.

    Args:
        model: A built `keras.Model`.
        name: Name of the file, without folders.
        folder: The document's folder.
        some: Whether it is an error if no layer gets weights.

    Returns:
        Which weights were loaded.

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
    before = model.get_weights()
    weighty = frozenset(way for way, layer in inner_layers(model) if layer.weights)
    try:
        if _holds_weights_alone(path):
            storage.load_weights(model, path)
            return Start(weighty, text("Weights start from {file}.", file=name))
        # A class that the user registered is at home in the kernel. How the file's model trains is not asked.
        whole, _ = load_file(path, custom=True)
        saved = _arrays(whole)
    except ModelFileError:
        # It does not fit as a whole, or has a layer that can't be built.
        model.set_weights(before)
        taken = [] if name.endswith(".index") else load_by_name(model, path)
        if not taken:
            raise
    else:
        taken = list(_take(model, saved, _goes_into))
    own = [way for way, _ in inner_layers(model) if way in weighty and way not in taken]
    if some and own and not taken:
        raise RequestError(
            "weights",
            text(
                "No layer has the name and shape of a layer in {file}. The file has weights for: {layers}.",
                file=name,
                layers=", ".join(saved),
            ),
        )
    return Start(frozenset(taken), _note(name, own, taken))


def start_from_model(model: Any, old: Any) -> dict[str, str]:
    """Gives layers the weights that they have in another model, by name, where the shapes are equal.

    Args:
        model: A built `keras.Model`.
        old: Another.

    Returns:
        The layers that got weights, each with the layer of the other model that has them.
    """
    return _take(model, _arrays(old), lambda array, weight: bool(array.dtype == weight.dtype))


def listed(names: list[str]) -> str:
    """Lists names, of many the first."""
    return ", ".join(names[:MOST_NAMES]) + (", …" if len(names) > MOST_NAMES else "")


def _note(name: str, own: list[str], taken: list[str]) -> Text:
    if not own:
        return text("Weights start from {file}.", file=name)
    if not taken:
        return text("Weights start from {file}, except those of: {layers}.", file=name, layers=listed(own))
    return text(
        "Weights start from {file}, except those of: {layers}. Layers with the file's weights: {taken}.",
        file=name,
        layers=listed(own),
        taken=listed(taken),
    )


def _arrays(model: Any) -> dict[str, list[Any]]:
    return {way: arrays for way, layer in inner_layers(model) if (arrays := layer.get_weights())}


def _goes_into(array: Any, weight: Any) -> bool:
    """Whether an array of a file is of the dtype of a weight, or floats that this holds as they are."""
    kinds = [keras.backend.standardize_dtype(value.dtype) for value in (array, weight)]
    floats = all(map(keras.backend.is_float_dtype, kinds))
    return kinds[0] == kinds[1] or (floats and keras.backend.result_type(*kinds) == kinds[1])


def _take(model: Any, saved: dict[str, list[Any]], fits: Callable[[Any, Any], bool]) -> dict[str, str]:
    """Gives layers the weights of those with the same name and shapes, where they fit, and names both."""
    taken: dict[str, str] = {}
    for way, layer in inner_layers(model):
        found = match(way, list(saved))
        if found is None:
            continue
        arrays, weights = saved[found], layer.get_weights()
        same = [a.shape for a in arrays] == [w.shape for w in weights]
        if same and all(map(fits, arrays, weights)):
            layer.set_weights(arrays)
            taken[way] = found
    return taken


def _holds_weights_alone(path: Path) -> bool:
    """Whether a file contains weights without a model, as a TensorFlow checkpoint does."""
    if path.name.endswith(".index"):
        return True
    with open_container(path) as container:
        return container.config is None
