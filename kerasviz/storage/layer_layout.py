"""The layout of `.h5`: each layer has the list of its weights."""

import math
import re
from typing import TYPE_CHECKING, Any

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import Text, text
from kerasviz.storage.hdf5 import HDF5File
from kerasviz.storage.innerlayers import inner_layers
from kerasviz.storage.inorder import said_of_pairs
from kerasviz.storage.transforms import Writer, to_today

if TYPE_CHECKING:
    import keras

Stored = list[tuple[str, str]]
"""Weights of a layer in a file: the name of each, and its path."""
Pairs = list[tuple[str, str]]
"""Layers, each with the layer of the file whose weights it has."""


def load_layers(model: "keras.Model", weights: HDF5File, prefix: str) -> list[Text]:
    """Sets all weights of a model.

    Layers are matched by name, or by order when the names differ.

    Args:
        model: The model, built.
        weights: The file.
        prefix: Path of the group that has the layers.

    Returns:
        What the user should know of how layers were matched.

    Raises:
        ModelFileError: When a weight is missing, left over, or of another shape.
    """
    stored, writer = stored_layers(weights, prefix)
    layers = [layer for layer in model.layers if layer_weights(layer)]
    if len(layers) != len(stored):
        raise ModelFileError(
            text(
                "The model has {expected} layers with weights, but the file has {received}.",
                expected=len(layers),
                received=len(stored),
            )
        )
    names = [layer.name for layer in layers]
    own = list(stored) if set(stored) != set(names) else names
    inside = [
        pair
        for layer, name in zip(layers, own, strict=True)
        for pair in load_layer(layer, stored[name], weights, writer)
    ]
    return said_of_pairs([*zip(names, own, strict=True), *inside])


def list_of_layers(weights: HDF5File) -> str | None:
    """Finds the group that lists the layers; None in a file of the other layout."""
    groups = ("model_weights", "")
    return next((prefix for prefix in groups if weights.names(prefix, "layer_names") is not None), None)


def stored_layers(weights: HDF5File, prefix: str) -> tuple[dict[str, Stored], Writer]:
    """Lists the layers of a file that have weights.

    Args:
        weights: The file.
        prefix: Path of the group that has the layers.

    Returns:
        The weights of each layer by its name, and who wrote the file.
    """
    attributes = {**weights.groups[""], **weights.groups[prefix]}
    # A file that does not name its Keras is of Keras 1, as Keras itself has it.
    numbers = re.findall(r"\d+", attributes.get("keras_version", "1"))
    writer = Writer(tuple(int(number) for number in numbers[:3]), attributes.get("backend"))
    stored: dict[str, Stored] = {}
    for name in weights.names(prefix, "layer_names") or []:
        group = f"{prefix}/{name}" if prefix else name
        names = weights.names(group, "weight_names") or []
        if names:
            stored[name.replace("/", "_")] = [(inner, f"{group}/{inner}") for inner in names]
    return stored, writer


def layer_weights(layer: "keras.layers.Layer") -> list["keras.Variable"]:
    """Lists the weights of a layer in the order of `.h5` files: trainable ones first."""
    from keras.src.legacy.saving.legacy_h5_format import _legacy_weights

    return list(_legacy_weights(layer))


def load_layer(layer: Any, stored: Stored, weights: HDF5File, writer: Writer) -> Pairs:
    """Sets the weights of a layer.

    Args:
        layer: The layer, built.
        stored: Its weights in the file.
        weights: The file.
        writer: Who wrote the file.

    Returns:
        The layers of a model inside, each with the one whose weights it has, where the order had to tell.

    Raises:
        ModelFileError: When a weight is missing, left over, or of another shape.
    """
    inner = _by_layer(layer, stored)
    if inner is not None:
        return [pair for sublayer, found in inner for pair in load_layer(sublayer, found, weights, writer)]
    variables = layer_weights(layer)
    # Several arrays of an old file may make one of today's, and one of its arrays be twice as large.
    most = 2 * sum(math.prod(variable.shape) for variable in variables)
    arrays = []
    for _, path in stored:
        if path not in weights.arrays:
            raise ModelFileError(
                text("The file lists the weight {path}, but does not contain it.", path=repr(path)),
                layer=layer.name,
            )
        shape = weights.arrays[path][0]
        if shape is not None and math.prod(shape) > most:
            raise ModelFileError(
                text(
                    "Expected at most {most} numbers, received {shape}.",
                    most=f"{most // 2:,}",
                    shape=str(shape),
                ),
                layer=layer.name,
            )
        try:
            arrays.append(weights.read(path))
        except ModelFileError as error:
            error.layer = layer.name
            raise
    arrays = to_today(layer, arrays, writer)
    if len(arrays) != len(variables):
        raise ModelFileError(
            text(
                "Expected {expected} weights, received {received}.",
                expected=len(variables),
                received=len(arrays),
            ),
            layer=layer.name,
        )
    for variable, array in zip(variables, arrays, strict=True):
        if array.shape != tuple(variable.shape):
            raise ModelFileError(
                text(
                    "Expected shape {expected} for {weight}, received {received}.",
                    expected=str(tuple(variable.shape)),
                    weight=variable.name,
                    received=str(array.shape),
                ),
                layer=layer.name,
            )
    for variable, array in zip(variables, arrays, strict=True):
        variable.assign(array)
    return _pairs_inside(layer, variables, stored) if hasattr(layer, "layers") else []


def _pairs_inside(layer: Any, variables: list["keras.Variable"], stored: Stored) -> Pairs:
    """Tells whose weights the layers of a model inside have, as far as the file names its weights."""
    owners = {id(variable): way for way, inner in inner_layers(layer) for variable in inner.weights}
    pairs = []
    for variable, (name, _) in zip(variables, stored, strict=False):
        if id(variable) in owners and "/" in name:
            own, steps = owners[id(variable)].rpartition("/")[2], name.split("/")[:-1]
            pairs.append((own, own if own in steps else steps[-1]))
    return pairs if len(stored) == len(variables) else []


def _by_layer(layer: Any, stored: Stored) -> list[tuple[Any, Stored]] | None:
    """Sorts the weights of a nested model by the layers in it, by their names.

    The order of a nested model's weights depends on what was frozen when it was saved, and its weights are
    often of equal shapes, so that a wrong order would not show.

    Returns:
        Each inner layer with its weights; None when the layer is no model, or the names don't tell.
    """
    if not hasattr(layer, "layers"):
        return None
    sublayers = [sublayer for sublayer in layer.layers if layer_weights(sublayer)]
    found: list[tuple[Any, Stored]] = [(sublayer, []) for sublayer in sublayers]
    for item in stored:
        depths = [_depth(sublayer, item[0]) for sublayer in sublayers]
        nearest = min(depths, default=math.inf)
        if nearest == math.inf or depths.count(nearest) > 1:
            return None
        found[depths.index(nearest)][1].append(item)
    return found if all(len(mine) == len(layer_weights(sublayer)) for sublayer, mine in found) else None


def _depth(layer: Any, weight: str) -> float:
    """Counts what stands in the name of a weight before that of a layer, or of one in it; inf without it."""
    inside = inner_layers(layer) if hasattr(layer, "layers") else ()
    names = {layer.name, *(way.rpartition("/")[2] for way, _ in inside)}
    for written in (weight, _cleaned(weight)):
        for depth, step in enumerate(written.split("/")[:-1]):
            if step in names:
                return depth
    return math.inf


def _cleaned(name: str) -> str:
    """Writes the name of a weight as if the layer's name had no /, which Keras no longer allows."""
    owner, _, weight = name.rpartition("/")
    return f"{owner.replace('/', '_')}/{weight}"
