"""Writes the lists of weights that a `.h5` file has for each layer."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import numpy as np

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import text
from kerasviz.storage.innerlayers import inner_layers
from kerasviz.storage.layer_layout import layer_weights

if TYPE_CHECKING:
    import h5py
    import keras

OWN_WEIGHTS = "top_level_model_weights"
"""What the file calls the list of weights that are the model's own, beside those of its layers."""


def write_layers(group: "h5py.Group", model: "keras.Model") -> None:
    """Writes the weights of a model as Keras does, also where two of them have the same path.

    Source: `save_weights_to_hdf5_group` in keras/src/legacy/saving/legacy_h5_format.py.

    Args:
        group: Where to.
        model: The model, built.

    Raises:
        ModelFileError: When a layer has the name of a list that is not a layer's.
    """
    import keras
    from keras.src.legacy.saving.legacy_h5_format import save_attributes_to_hdf5_group

    if any(layer.name == OWN_WEIGHTS for layer in model.layers):
        raise ModelFileError(
            text("A .h5 file can't hold a layer of this name. Rename the layer, or save as .keras."),
            layer=OWN_WEIGHTS,
        )
    names = [layer.name.encode() for layer in model.layers]
    save_attributes_to_hdf5_group(group, "layer_names", names)
    group.attrs["backend"] = keras.backend.backend().encode()
    group.attrs["keras_version"] = keras.__version__.encode()
    for layer in model.layers:
        write_list(group.create_group(layer.name), layer_weights(layer), _owners(layer))
    own = model._trainable_variables + model._non_trainable_variables
    kept = {id(weight) for weight in model.weights}
    write_list(group.create_group(OWN_WEIGHTS), [weight for weight in own if id(weight) in kept])


def write_list(group: "h5py.Group", weights: Iterable[Any], owners: Mapping[int, str] | None = None) -> None:
    """Writes arrays and the list of their names, whose order tells Keras whose they are.

    Args:
        group: Where to.
        weights: Variables.
        owners: The layer of each, as `inner_layers` names it, by the identity of the variable.
    """
    from keras.src.legacy.saving.legacy_h5_format import save_attributes_to_hdf5_group

    weights = list(weights)
    names = list(_names(weights, owners or {}))
    save_attributes_to_hdf5_group(group, "weight_names", [name.encode() for name in names])
    for name, weight in zip(names, weights, strict=True):
        group.create_dataset(name, data=_array(weight))


def _array(weight: Any) -> np.ndarray:
    """The numbers of a variable in a dtype that Keras reads again: HDF5 has no bfloat16."""
    import keras

    array: np.ndarray = keras.ops.convert_to_numpy(weight)
    return array.astype("float32") if array.dtype.name == "bfloat16" else array


def _owners(layer: Any) -> dict[int, str]:
    """The layer of each weight of a model inside."""
    inner = inner_layers(layer, f"{layer.name}/") if hasattr(layer, "layers") else ()
    return {id(weight): way for way, owner in inner for weight in owner.weights}


def _names(weights: list[Any], owners: Mapping[int, str]) -> Iterator[str]:
    """Names weights by their paths, and those with the path of another by their layers or a number, too."""
    alike = Counter(weight.path for weight in weights)
    arrays: set[str] = set()
    folders: set[str] = set()
    for weight in weights:
        first = weight.path
        if alike[first] > 1 and id(weight) in owners:
            layer = PurePosixPath(owners[id(weight)])
            first = f"{layer}/{f'/{first}'.rpartition(f'/{layer.name}/')[2].lstrip('/')}"
        for name in (first, *(f"{number}/{first}" for number in range(1, len(weights) + 1))):
            around = {str(folder) for folder in PurePosixPath(name).parents}
            if name not in arrays | folders and not around & arrays:
                break
        arrays.add(name)
        folders |= around
        yield name
