"""Sets the weights of a model from a TensorFlow checkpoint.

Tf.keras names a weight by its way through the model, TensorFlow 1 by its variable, `dense/kernel`. A way is
e.g. `layer_with_weights-0/kernel/.ATTRIBUTES/VARIABLE_VALUE`.
"""

import re
from typing import TYPE_CHECKING, Any

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import text
from kerasviz.storage.checkpoint import Checkpoint
from kerasviz.storage.layer_layout import layer_weights
from kerasviz.storage.wholenumbers import check_kind

if TYPE_CHECKING:
    import keras

VALUE = "/.ATTRIBUTES/VARIABLE_VALUE"
STEP = re.compile(r"layer_with_weights-(\d+)/")


def load_checkpoint(model: "keras.Model", checkpoint: Checkpoint) -> None:
    """Sets all weights of a model.

    Args:
        model: The model, built.
        checkpoint: The checkpoint.

    Raises:
        ModelFileError: When a weight is not in it, or the names don't tell which it is.
    """
    keys = {
        key.removesuffix(VALUE): key
        for key, entry in checkpoint.entries.items()
        if entry.dtype is not None and ".OPTIMIZER_SLOT" not in key and not key.startswith("optimizer")
    }
    starts = [STEP.search(way) for way in keys]
    if any(starts):
        root = min((way[: found.start()] for way, found in zip(keys, starts, strict=True) if found), key=len)
        inside = {way[len(root) :]: key for way, key in keys.items() if way.startswith(root)}
        _by_way(model, inside, checkpoint)
        return
    for variable in model.weights:
        found = [
            key for way, key in keys.items() if way == variable.path or variable.path.endswith(f"/{way}")
        ]
        _assign(variable, found, checkpoint, variable.path.rpartition("/")[0])


def _by_way(model: Any, keys: dict[str, str], checkpoint: Checkpoint) -> None:
    layers = [layer for layer in model.layers if layer_weights(layer)]
    for number, layer in enumerate(layers):
        start = f"layer_with_weights-{number}/"
        inside = {way[len(start) :]: key for way, key in keys.items() if way.startswith(start)}
        if hasattr(layer, "layers"):
            _by_way(layer, inside, checkpoint)
            continue
        for variable in layer_weights(layer):
            found = [
                key
                for way, key in inside.items()
                if _same_name(way, variable.name) and _same_side(way, variable.path)
            ]
            if len(found) > 1:
                found = [key for key in found if _same_owner(key, variable.path)] or found
            _assign(variable, found, checkpoint, layer.name)


def _same_name(way: str, name: str) -> bool:
    """Tells whether a way ends at a weight of this name; a depthwise kernel is a kernel today."""
    own = way.rpartition("/")[2].lstrip("_")
    return own == name or own == f"depthwise_{name}"


def _same_owner(way: str, path: str) -> bool:
    """Tells whether a weight is in the part of its layer that a path names, `_query_dense` and `query`."""
    own = way.removesuffix(VALUE).split("/")[-2].lstrip("_").removesuffix("_dense")
    named = path.split("/")[-2]
    return own in named or named in own


def _same_side(way: str, path: str) -> bool:
    """Tells whether two names go through the same half of a Bidirectional."""
    for side in ("forward", "backward"):
        if (f"{side}_" in way) != (f"{side}_" in path):
            return False
    return True


def _assign(variable: "keras.Variable", keys: list[str], checkpoint: Checkpoint, layer: str) -> None:
    fitting = [key for key in keys if checkpoint.entries[key].shape == tuple(variable.shape)]
    if len(fitting) != 1:
        raise ModelFileError(
            text(
                "Expected one weight {weight} of shape {shape}, found {count}.",
                weight=variable.name,
                shape=str(tuple(variable.shape)),
                count=len(fitting),
            ),
            layer=layer,
        )
    array = checkpoint.read(fitting[0])
    check_kind(variable, array, layer)
    variable.assign(array)
