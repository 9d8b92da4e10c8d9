"""Sets the weights of a model from a TensorFlow checkpoint.

Tf.keras names a weight by its way through the model, which ends with `.ATTRIBUTES/VARIABLE_VALUE` and has
`layer_with_weights-0` for a layer, and writes the variable's name beside it. TensorFlow 1 has the name alone.
"""

import re
from collections.abc import Mapping, Set
from typing import TYPE_CHECKING, Any

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.protocol.text import Text, text
from kerasviz.storage.checkpoint import Checkpoint
from kerasviz.storage.innerlayers import finish, inner_layers
from kerasviz.storage.inorder import said_of_nameless, said_of_pairs
from kerasviz.storage.layer_layout import Pairs, layer_weights
from kerasviz.storage.lossless import lossless

if TYPE_CHECKING:
    import keras

VALUE = "/.ATTRIBUTES/VARIABLE_VALUE"
STEP = re.compile(r"layer_with_weights-(\d+)/")
OPTIMIZER = re.compile(r"(\w+/)?optimizer(/(?!_trainable_variables/)|$)")
"""How the keys of an optimizer begin; Keras 3 has the trained weights themselves there."""
Keys = Mapping[str, str]
"""Keys of a checkpoint, each with what tells whose weight it has: a name, or a way."""


def load_checkpoint(model: "keras.Model", checkpoint: Checkpoint) -> list[Text]:
    """Sets all weights of a model: by the names of its layers, else by their order.

    Args:
        model: The model, built.
        checkpoint: The checkpoint.

    Returns:
        What the user should know of the weights.

    Raises:
        ModelFileError: When a weight is not in it, or the names don't tell which it is.
    """
    names = names_of(checkpoint)
    ways = {key: key.removesuffix(VALUE) for key in names}
    roots = [way[: found.start()] for way in ways.values() if (found := STEP.search(way))]
    weighty = [(way, layer) for way, layer in inner_layers(model) if layer.weights]
    by_name = not roots or (names != ways and all(own_keys(way, names) for way, _ in weighty))
    matched: list[Text] = []
    with lossless(model) as notes:
        if by_name:
            for way, layer in weighty:
                load_named(way, layer, names, checkpoint)
            _load_own(model, names, checkpoint)
        else:
            root = min(roots, key=len)
            inside = {key: way[len(root) :] for key, way in ways.items() if way.startswith(root)}
            pairs = _by_way(model, inside, names, checkpoint)
            matched = (
                said_of_nameless(layer for _, layer in weighty) if names == ways else said_of_pairs(pairs)
            )
        finish(model)
    return matched + notes


def names_of(checkpoint: Checkpoint) -> Keys:
    """Finds what may be weights of a model: no state of its optimizer.

    Returns:
        The name of each by its key; where there are no names, what of the key may be one.
    """
    keys = [
        key
        for key, entry in checkpoint.entries.items()
        if entry.dtype is not None and ".OPTIMIZER_SLOT" not in key and not OPTIMIZER.match(key)
    ]
    names = {key: checkpoint.names.get(key, key.removesuffix(VALUE)) for key in keys}
    known = set(names.values())
    return {key: name for key, name in names.items() if not _is_slot(name, known)}


def _is_slot(name: str, names: Set[str]) -> bool:
    """Whether an optimizer of TensorFlow 1 keeps this for a weight: `train/dense/kernel/Adam`."""
    parts = name.split("/")
    ends = range(2, len(parts))
    return any("/".join(parts[start:end]) in names for end in ends for start in range(end - 1))


def own_keys(way: str, names: Keys) -> list[str]:
    """Finds the weights of a layer by its name.

    Args:
        way: The layer, as `inner_layers` names it.
        names: The weights in the checkpoint.

    Returns:
        Keys; those at the very place where there are several layers of this name.
    """
    name = way.rpartition("/")[2]
    found = [key for key, own in names.items() if name in own.split("/")[:-1]]
    placed = [key for key in found if f"/{way}/" in f"/{names[key]}"]
    return placed or found


def load_named(way: str, layer: Any, names: Keys, checkpoint: Checkpoint) -> None:
    """Sets the weights of one layer by its name.

    Args:
        way: The layer, as `inner_layers` names it.
        layer: The layer, built.
        names: Names of the weights in the checkpoint.
        checkpoint: The checkpoint.

    Raises:
        ModelFileError: When a weight is not there, or the names don't tell which it is.
    """
    own = {key: names[key] for key in own_keys(way, names)}
    for variable in layer_weights(layer):
        exact = [key for key, name in own.items() if name == variable.path]
        _assign(variable, exact or _found(variable, own), checkpoint, layer.name)


def _load_own(model: "keras.Model", names: Keys, checkpoint: Checkpoint) -> None:
    """Sets the weights that a model has beside those of its layers."""
    inside = {id(variable) for _, layer in inner_layers(model) for variable in layer.weights}
    for variable in model.weights:
        if id(variable) not in inside:
            found = [key for key, name in names.items() if f"/{variable.path}".endswith(f"/{name}")]
            _assign(variable, found, checkpoint, model.name)


def _by_way(model: Any, keys: Keys, names: Keys, checkpoint: Checkpoint) -> Pairs:
    """Sets the weights of layers in their order, and tells whose each layer has."""
    pairs: Pairs = []
    layers = [layer for layer in model.layers if layer_weights(layer)]
    for number, layer in enumerate(layers):
        start = f"layer_with_weights-{number}/"
        inside = {key: way[len(start) :] for key, way in keys.items() if way.startswith(start)}
        if hasattr(layer, "layers"):
            pairs += _by_way(layer, inside, names, checkpoint)
            continue
        for variable in layer_weights(layer):
            key = _assign(variable, _found(variable, inside), checkpoint, layer.name)
            owners = names[key].split("/")[:-1]
            if owners:
                pairs.append((layer.name, layer.name if layer.name in owners else owners[-1]))
    return pairs


def _found(variable: "keras.Variable", keys: Keys) -> list[str]:
    """Finds the keys that may be those of a weight among all of its layer."""
    found = [
        key for key, way in keys.items() if _same_name(way, variable.name) and _same_side(way, variable.path)
    ]
    if len(found) > 1:
        found = [key for key in found if _same_owner(keys[key], variable.path)] or found
    return found


def _same_name(way: str, name: str) -> bool:
    """Tells whether a way ends at a weight of this name; a depthwise kernel is a kernel today."""
    own = way.rpartition("/")[2].lstrip("_")
    return own == name or own == f"depthwise_{name}"


def _same_owner(way: str, path: str) -> bool:
    """Tells whether a weight is in the part of its layer that a path names, `_query_dense` and `query`."""
    own = way.split("/")[-2].lstrip("_").removesuffix("_dense")
    named = path.split("/")[-2]
    return own in named or named in own


def _same_side(way: str, path: str) -> bool:
    """Tells whether two names go through the same half of a Bidirectional."""
    for side in ("forward", "backward"):
        if (f"{side}_" in way) != (f"{side}_" in path):
            return False
    return True


def _assign(variable: "keras.Variable", keys: list[str], checkpoint: Checkpoint, layer: str) -> str:
    """Sets a weight to the one of these values that has its shape, and tells which."""
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
    variable.assign(checkpoint.read(fitting[0]))
    return fitting[0]
