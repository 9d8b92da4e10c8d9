"""Sets the weights of a model from an HDF5 file, array by array."""

from typing import TYPE_CHECKING

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.origin import numbers_of
from kerasviz.protocol.text import Text, text
from kerasviz.storage.container import Container
from kerasviz.storage.hdf5 import HDF5File
from kerasviz.storage.innerlayers import finish, inner_layers
from kerasviz.storage.inorder import said_of_nameless, said_of_pairs
from kerasviz.storage.layer_layout import list_of_layers, load_layers
from kerasviz.storage.lossless import lossless
from kerasviz.storage.optimizer_state import load_optimizer_state
from kerasviz.storage.path_layout import load_paths
from kerasviz.storage.path_names import paths_of
from kerasviz.storage.storedlayers import InPaths

if TYPE_CHECKING:
    import keras


def load_weights_into(model: "keras.Model", container: Container) -> list[Text]:
    """Sets all weights of a built model.

    Args:
        model: The model, built.
        container: A file with weights, in either of the two layouts that Keras has had: lists of weights for
            each layer, or a path for each weight.

    Returns:
        What the user should know of the weights: how they were matched, and what their dtype changed.

    Raises:
        ModelFileError: When a weight is missing, left over, of another shape, or nothing that its dtype can
            hold; the model may then hold some of the file's weights.
    """
    weights = container.need_weights()
    matched: list[Text] = []
    with lossless(model) as notes:
        prefix = list_of_layers(weights)
        if prefix is not None:
            matched = load_layers(model, weights, prefix)
            finish(model)
        elif not any(path.split("/")[-2:-1] == ["vars"] for path in weights.arrays) and model.weights:
            raise ModelFileError(text("The HDF5 file contains no Keras weights."))
        else:
            matched = _load_paths(model, weights, container)
    return matched + notes


def load_state(model: "keras.Model", container: Container) -> list[Text]:
    """Sets the state of a model's optimizer, where the file has one.

    Args:
        model: The model, with the weights of the file.
        container: The file.

    Returns:
        A sentence when the file has a state, and the optimizer starts without it.
    """
    weights, version = container.weights, numbers_of(container.version or "")
    if weights is None:
        return []
    is_list = list_of_layers(weights) is not None
    return load_optimizer_state(model, weights, version or (1,) if is_list else version)


def _load_paths(model: "keras.Model", weights: HDF5File, container: Container) -> list[Text]:
    """Sets weights by their paths, which count layers; by names where weights alone have them elsewhere."""
    stored = InPaths(container, weights)
    weighty = {way: layer for way, layer in inner_layers(model) if layer.weights}
    named = {way: stored.path(way) for way in weighty}
    counted = {way: path for way, path in paths_of(model).items() if way in weighty}
    if container.config is None and named != counted and stored.names and None not in named.values():
        for way, layer in weighty.items():
            stored.load(way, layer)
        return []
    taken = load_paths(model, weights, container)
    owners = {path: way.rpartition("/")[2] for way, path in stored.paths.items()}
    if not owners:
        return said_of_nameless(weighty.values())
    found = {way: owners.get(taken.get(path, path)) for way, path in counted.items()}
    return said_of_pairs((way.rpartition("/")[2], owner) for way, owner in found.items() if owner)
