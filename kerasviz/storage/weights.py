"""Sets the weights of a model from an HDF5 file, array by array."""

from typing import TYPE_CHECKING

from kerasviz.config.errors import ModelFileError
from kerasviz.storage.container import Container
from kerasviz.storage.hdf5 import HDF5File
from kerasviz.storage.layer_layout import load_layers
from kerasviz.storage.path_layout import load_paths
from kerasviz.storage.writers import OPTIMIZER_STATE

if TYPE_CHECKING:
    import keras


def load_weights_into(model: "keras.Model", container: Container) -> list[str]:
    """Sets all weights of a built model.

    Args:
        model: The model, built.
        container: A file with weights, in either of the two layouts that Keras has had: lists of weights for
            each layer, or a path for each weight.

    Returns:
        What the user should know of how weights were matched.

    Raises:
        ModelFileError: When a weight is missing, left over, or of another shape; the model may then hold some
            of the file's weights.
    """
    weights = container.weights
    if weights is None:
        raise ModelFileError("expected weights, but the file holds a config alone.")
    for prefix in ("model_weights", ""):
        if weights.names(prefix, "layer_names") is not None:
            notes = load_layers(model, weights, prefix)
            if model.compiled:
                _load_optimizer_state(model, weights)
            return notes
    if not any(path.split("/")[-2:-1] == ["vars"] for path in weights.arrays) and model.weights:
        raise ModelFileError("the HDF5 file holds no weights of Keras.")
    load_paths(model, weights, container)
    return []


def _load_optimizer_state(model: "keras.Model", weights: HDF5File) -> None:
    """Sets the state of the optimizer from a `.h5` file of Keras 3, where number and shapes are the same.

    Keras 2 counts and orders its optimizers' weights otherwise: there training starts with a new state.
    """
    group = OPTIMIZER_STATE if OPTIMIZER_STATE in weights.groups else "optimizer_weights"
    paths = [f"{group}/{name}" for name in weights.names(group, "weight_names") or []]
    variables = model.optimizer.variables
    shapes = [weights.arrays[path][0] if path in weights.arrays else None for path in paths]
    if shapes == [tuple(variable.shape) for variable in variables] and not weights.groups[""].get(
        "keras_version", ""
    ).startswith(("1", "2")):
        for variable, path in zip(variables, paths, strict=True):
            variable.assign(weights.read(path))
