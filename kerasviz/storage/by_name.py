"""Takes weights from a file layer by layer, by name: what does not fit is skipped."""

import math
import os
import re
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.storage.container import Container, open_container
from kerasviz.storage.hdf5 import HDF5File
from kerasviz.storage.hdf5_weights import finish
from kerasviz.storage.layer_layout import Stored, load_layer, stored_layers
from kerasviz.storage.path_layout import load_path
from kerasviz.storage.path_names import named_paths

if TYPE_CHECKING:
    import keras

OWN_VARIABLES = re.compile(r"((?:layers/[^/]+/)*layers/[^/]+)/vars")


def inner_layers(model: "keras.Model", way: str = "") -> Iterator[tuple[str, "keras.layers.Layer"]]:
    """Yields the layers of a model, and those of the models inside instead of these.

    Args:
        model: The model.
        way: Names of the models around it, each followed by a slash.

    Yields:
        Names of the models around a layer and its own, with slashes between them; and the layer.
    """
    for layer in model.layers:
        if hasattr(layer, "layers"):
            yield from inner_layers(layer, f"{way}{layer.name}/")
        else:
            yield f"{way}{layer.name}", layer


def match(way: str, ways: list[str]) -> str | None:
    """Finds a layer of a file for one of a model.

    Args:
        way: Where the layer is in the model, as `inner_layers` has it.
        ways: Where the layers of the file are.

    Returns:
        The one at the same place, or the only one of the same name; None where there is none.
    """
    if way in ways:
        return way
    name = way.rpartition("/")[2]
    found = [other for other in ways if other.rpartition("/")[2] == name]
    return found[0] if len(found) == 1 else None


def load_by_name(model: "keras.Model", path: str | os.PathLike[str]) -> list[str]:
    """Sets the weights of those layers that a file has under the same name and with the same shapes.

    No other layer of the file is looked at, so that one that can't be built is no obstacle.

    Args:
        model: A built model.
        path: A `.keras`, `.h5` or `.weights.h5` file.

    Returns:
        The layers that got weights, as `inner_layers` names them.

    Raises:
        ModelFileError: When the file can't be read.
    """
    taken = []
    with open_container(path) as container:
        load = _loader(container)
        for way, layer in inner_layers(model):
            if not layer.weights:
                continue
            before = layer.get_weights()
            try:
                if load(way, layer):
                    taken.append(way)
            except (ModelFileError, ValueError, KeyError):
                layer.set_weights(before)
    finish(model)
    return taken


def stored_counts(path: str | os.PathLike[str]) -> Callable[[str], int]:
    """Reads how many numbers a file has for each layer, without the numbers.

    Args:
        path: A `.keras`, `.h5` or `.weights.h5` file.

    Returns:
        What counts those of a layer, which is named as `inner_layers` does; 0 where the file has none.

    Raises:
        ModelFileError: When the file can't be read.
    """
    with open_container(path) as container:
        weights = container.weights
        if weights is None:
            return lambda way: 0
        sizes = {name: math.prod(shape) for name, (shape, _) in weights.arrays.items() if shape is not None}
        lists = _lists(weights)
        if lists:
            stored, _ = stored_layers(weights, lists[0])
            return lambda way: sum(sizes.get(array, 0) for _, array in _listed(way, stored))
        paths = _paths(weights) or named_paths(container.config, weights.groups)

        def count(way: str) -> int:
            found = match(way, list(paths))
            within = "" if found is None else f"{paths[found]}/"
            return sum(size for name, size in sizes.items() if within and name.startswith(within))

        return count


def _lists(weights: HDF5File) -> list[str]:
    """The groups that list the layers, as files of the older layout have."""
    return [prefix for prefix in ("model_weights", "") if weights.names(prefix, "layer_names") is not None]


def _loader(container: Container) -> Callable[[str, Any], bool]:
    """Chooses by the layout of the file what sets the weights of a layer, if the file has it."""
    weights = container.weights
    if weights is None:
        return lambda way, layer: False
    lists = _lists(weights)
    if lists:
        stored, writer = stored_layers(weights, lists[0])

        def from_list(way: str, layer: Any) -> bool:
            found = _listed(way, stored)
            if found:
                load_layer(layer, found, weights, writer)
            return bool(found)

        return from_list
    paths = _paths(weights) or named_paths(container.config, weights.groups)

    def from_path(way: str, layer: Any) -> bool:
        found = match(way, list(paths))
        if found is not None:
            load_path(layer, paths[found], weights, container, {})
        return found is not None

    return from_path


def _paths(weights: HDF5File) -> dict[str, str]:
    """Finds the path of each layer by the names that Keras writes beside the weights since 3.7."""
    names: dict[str, str] = {}
    for group, attributes in weights.groups.items():
        owner = OWN_VARIABLES.fullmatch(group)
        if owner and isinstance(attributes.get("name"), str):
            names[owner[1]] = attributes["name"]
    found: dict[str, str] = {}
    for path in names:
        steps = path.split("/")
        around = ["/".join(steps[:end]) for end in range(2, len(steps) + 1, 2)]
        found["/".join(names.get(owner, "") for owner in around)] = path
    return found


def _listed(way: str, stored: dict[str, Stored]) -> Stored:
    """Finds the weights of a layer; those of a model inside are in one list, by the names of the layers."""
    *around, name = way.split("/")

    def inside(group: str) -> Stored:
        return [item for item in stored[group] if f"/{name}/" in f"/{item[0]}"]

    for group in around:
        if group in stored and inside(group):
            return inside(group)
    if name in stored:
        return stored[name]
    groups = [group for group in stored if inside(group)]
    return inside(groups[0]) if len(groups) == 1 else []
