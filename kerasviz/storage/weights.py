"""Sets the weights of a model from an HDF5 file, array by array."""

from typing import TYPE_CHECKING, Any

from kerasviz.config.errors import ModelFileError
from kerasviz.storage.hdf5 import HDF5File
from kerasviz.storage.layer_layout import load_layers
from kerasviz.storage.path_layout import load_paths

if TYPE_CHECKING:
    import keras


def load_weights_into(model: "keras.Model", weights: HDF5File, source: Any = None) -> list[str]:
    """Sets all weights of a built model.

    Args:
        model: The model, built.
        weights: The file, whole or weights alone, in either of the two layouts that Keras has had: lists of
            weights for each layer, or a path for each weight.
        source: The config as it stands in the same file, for the classes that its paths are named after.

    Returns:
        What the user should know of how weights were matched.

    Raises:
        ModelFileError: When a weight is missing, left over, or of another shape; the model may then hold some
            of the file's weights.
    """
    for prefix in ("model_weights", ""):
        if weights.names(prefix, "layer_names") is not None:
            return load_layers(model, weights, prefix)
    if not any(path.split("/")[-2:-1] == ["vars"] for path in weights.arrays) and model.weights:
        raise ModelFileError("the HDF5 file holds no weights of Keras.")
    load_paths(model, weights, source)
    return []
