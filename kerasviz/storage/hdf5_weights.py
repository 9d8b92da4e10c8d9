"""Sets the weights of a model from an HDF5 file, array by array."""

from typing import TYPE_CHECKING

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.origin import numbers_of
from kerasviz.protocol.text import Text, text
from kerasviz.storage.container import Container
from kerasviz.storage.layer_layout import load_layers
from kerasviz.storage.optimizer_state import load_optimizer_state
from kerasviz.storage.path_layout import load_paths

if TYPE_CHECKING:
    import keras


def load_weights_into(model: "keras.Model", container: Container) -> list[Text]:
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
        raise ModelFileError(text("Expected weights, but the file contains only a config."))
    version = numbers_of(container.version or "")
    for prefix in ("model_weights", ""):
        if weights.names(prefix, "layer_names") is not None:
            notes = load_layers(model, weights, prefix)
            finish(model)
            return notes + load_optimizer_state(model, weights, version or (1,))
    if not any(path.split("/")[-2:-1] == ["vars"] for path in weights.arrays) and model.weights:
        raise ModelFileError(text("The HDF5 file contains no Keras weights."))
    load_paths(model, weights, container)
    return load_optimizer_state(model, weights, version)


def finish(model: "keras.Model") -> None:
    """Lets layers compute what they keep beside their weights, as Normalization does."""
    for layer in model._flatten_layers(include_self=False):
        if layer.weights and hasattr(layer, "finalize_state"):
            layer.finalize_state()
