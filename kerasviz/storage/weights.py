"""Sets the weights of a model from an HDF5 file, array by array, in each layout that Keras has had."""

import math
from collections.abc import Iterator, KeysView
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.config.errors import ModelFileError
from kerasviz.storage.hdf5 import HDF5File

if TYPE_CHECKING:
    import keras


def load_weights_into(model: "keras.Model", weights: HDF5File) -> None:
    """Sets all weights of a built model.

    Args:
        model: The model, built.
        weights: The file, whole or weights alone.

    Raises:
        ModelFileError: When a weight is missing, left over, or of another shape; the model may then hold some
            of the file's weights.
    """
    prefix = next(
        (path for path in ("model_weights", "") if weights.names(path, "layer_names") is not None), None
    )
    if prefix is None:
        _load_paths(model, weights)
    else:
        _load_layers(model, weights, prefix)


def _load_paths(model: "keras.Model", weights: HDF5File) -> None:
    """Reads the layout of `.weights.h5`, where a weight's path says which object has it."""
    from keras.src.saving import saving_lib

    largest = max((math.prod(variable.shape) for variable in model.variables), default=0)

    class Store(saving_lib.NpzIOStore):  # type: ignore[misc]
        """What Keras reads weights from: for each object of the model the arrays of that object."""

        def __init__(self) -> None:
            pass

        def get(self, path: str) -> "_Arrays":
            return _Arrays(weights, f"{path}/vars" if path else "vars", max(largest, 16))

        def has_path(self, path: str) -> bool:
            return path in weights.groups

    failed: set[int] = set()
    errors: dict[int, tuple[Any, Exception]] = {}
    saving_lib._load_state(
        model,
        weights_store=Store(),
        assets_store=None,
        inner_path="",
        visited_saveables=set(),
        failed_saveables=failed,
        error_msgs=errors,
    )
    for layer, error in errors.values():
        if isinstance(error, ModelFileError):
            raise error
        name = getattr(layer, "name", None)
        raise ModelFileError(f"the weights don't fit: {str(error).strip()}", layer=name)


class _Arrays:
    """The arrays of one object, as a mapping that reads each when it is asked for."""

    def __init__(self, weights: HDF5File, group: str, largest: int) -> None:
        self.weights, self.group, self.largest = weights, group, largest
        prefix = f"{group}/"
        self.paths = {path[len(prefix) :]: path for path in weights.arrays if path.startswith(prefix)}

    def keys(self) -> KeysView[str]:
        return self.paths.keys()

    def __iter__(self) -> Iterator[str]:
        return iter(self.paths)

    def __len__(self) -> int:
        return len(self.paths)

    def __contains__(self, key: str) -> bool:
        return key in self.paths

    def __getitem__(self, key: str) -> np.ndarray:
        path = self.paths[key]
        shape = self.weights.arrays[path][0]
        if shape is not None and math.prod(shape) > self.largest:
            raise ModelFileError(
                f"expected at most {self.largest:,} numbers at {path!r}, received the shape {shape}."
            )
        return self.weights.read(path)


def _load_layers(model: "keras.Model", weights: HDF5File, prefix: str) -> None:
    """Reads the layout of `.h5`, where each layer has the list of its weights."""
    stored = []
    for name in weights.names(prefix, "layer_names") or []:
        group = f"{prefix}/{name}" if prefix else name
        paths = [f"{group}/{inner}" for inner in weights.names(group, "weight_names") or []]
        if paths:
            stored.append((name, paths))
    layers = [layer for layer in model.layers if layer_weights(layer)]
    if len(layers) != len(stored):
        raise ModelFileError(f"expected weights of {len(layers)} layers, received those of {len(stored)}.")
    by_name = dict(stored)
    if set(by_name) != {layer.name for layer in layers}:
        by_name = {layer.name: paths for layer, (_, paths) in zip(layers, stored, strict=True)}
    for layer in layers:
        assign(layer.name, layer_weights(layer), by_name[layer.name], weights)


def layer_weights(layer: "keras.layers.Layer") -> list["keras.Variable"]:
    """Lists the weights of a layer in the order of `.h5` files: trainable ones first."""
    from keras.src.legacy.saving.legacy_h5_format import _legacy_weights

    return list(_legacy_weights(layer))


def assign(layer: str, variables: list["keras.Variable"], paths: list[str], weights: HDF5File) -> None:
    """Sets the variables of one layer, after comparing number and shapes."""
    if len(variables) != len(paths):
        raise ModelFileError(
            f"expected {len(variables)} weights, received {len(paths)} in the file.", layer=layer
        )
    for variable, path in zip(variables, paths, strict=True):
        if path not in weights.arrays:
            raise ModelFileError(f"the file lacks the weight {path!r} that it lists.", layer=layer)
        shape = weights.arrays[path][0]
        if shape != tuple(variable.shape):
            raise ModelFileError(
                f"expected the shape {tuple(variable.shape)} for {variable.name}, received {shape}.",
                layer=layer,
            )
    for variable, path in zip(variables, paths, strict=True):
        variable.assign(weights.read(path))
