"""The state of an optimizer: its steps, and the sums that it keeps for each weight.

A file has it as a list. Keras 3 and the optimizers of Keras 2.11 write it in the order in which they make it:
`iteration`, then m and v of the first weight, of the second, ... Optimizers before write all m, then all v.
Source: `build` and `_create_slots` of keras/optimizers in
https://github.com/keras-team/keras/tree/v2.13.1/keras/optimizers (and `legacy` there), `get_updates` in
https://github.com/keras-team/keras/blob/2.2.4/keras/optimizers.py
"""

from typing import TYPE_CHECKING, Any

from kerasviz.protocol.text import Text, text
from kerasviz.storage.hdf5 import HDF5File
from kerasviz.storage.lossless import refusal
from kerasviz.storage.writers import OPTIMIZER_STATE

if TYPE_CHECKING:
    import keras

BLOCKS: dict[str, tuple[str, ...]] = {
    "Adam": ("momentum", "velocity", "velocity_hat"),
    "SGD": ("momentum",),
    "RMSprop": ("velocity", "momentum", "average_gradient"),
    "Adagrad": ("accumulator",),
}
"""What the optimizers before Keras 2.11 keep for each weight, in their order, by today's names."""
IN_ORDER = frozenset({"Adam", "AdamW", "SGD", "RMSprop", "Adagrad", "Adadelta", "Adamax", "Lion", "Ftrl"})
"""Optimizers of Keras 2.11 to 2.15 that keep what today's keep, in the same order; Nadam forgets a factor."""


def load_optimizer_state(model: "keras.Model", weights: HDF5File, version: tuple[int, ...]) -> list[Text]:
    """Sets the state of a model's optimizer, where the file has one that fits.

    Args:
        model: The model, with the weights of the file.
        weights: The file.
        version: The Keras that wrote it; empty where a file of weights alone does not say.

    Returns:
        A sentence when the file has a state, and the optimizer starts without it.
    """
    paths = _paths(weights)
    if not paths:
        return []
    if not model.compiled:
        return [text("The optimizer's state was reset: the model is not compiled.")]
    optimizer = model.optimizer
    if not optimizer.built:
        optimizer.build(model.trainable_variables)
    find = _of_keras_2 if _is_of_keras_2(paths[0], weights, version) else _of_keras_3
    variables = find(optimizer, paths, weights)
    shapes = [weights.arrays.get(path, (None, ""))[0] for path in paths]
    fit = [tuple(variable.shape) == shape for variable, shape in zip(variables, shapes, strict=False)]
    fits = 0 < len(variables) <= len(paths) and all(fit)
    pairs = list(zip(variables, paths, strict=False)) if fits else []
    if not fits or any(
        weights.arrays[path][1] != variable.dtype
        and refusal(variable.name, str(variable.dtype), weights.read(path))
        for variable, path in pairs
    ):
        if _has_never_trained(optimizer, paths, shapes, weights):
            return []
        return [_reset(optimizer)]
    for variable, path in pairs:
        variable.assign(weights.read(path))
    return []


def take_optimizer_state(model: "keras.Model", saved: "keras.Model") -> list[Text]:
    """Gives a model's optimizer the state of that of another model with the same weights.

    Args:
        model: The model.
        saved: The other, as its file has it.

    Returns:
        A sentence when the other has trained, and the same optimizer starts without its state.
    """
    import keras

    if not model.compiled or not saved.compiled:
        return []
    optimizer, old = model.optimizer, saved.optimizer
    if type(optimizer) is not type(old) or not old.built or not _steps(old):
        return []
    if not optimizer.built:
        optimizer.build(model.trainable_variables)
    pairs = list(zip(optimizer.variables, old.variables, strict=False))
    if (
        _specs(model.trainable_variables) != _specs(saved.trainable_variables)
        or len(optimizer.variables) != len(old.variables)
        or any(tuple(new.shape) != tuple(before.shape) for new, before in pairs)
    ):
        return [_reset(optimizer)]
    for new, before in pairs:
        if new is not optimizer._learning_rate:  # that of the document
            new.assign(keras.ops.convert_to_numpy(before))  # it may lie on another device
    return []


def _specs(variables: list[Any]) -> list[tuple[str, Any]]:
    """Tells variables from others, which may be in another order."""
    return [(variable.path, tuple(variable.shape)) for variable in variables]


def _steps(optimizer: Any) -> int:
    import keras

    return int(keras.ops.convert_to_numpy(optimizer.iterations))


def _reset(optimizer: Any) -> Text:
    return text(
        "The optimizer's state was reset: the state in the file does not fit {optimizer}.",
        optimizer=type(optimizer).__name__,
    )


def _paths(weights: HDF5File) -> list[str]:
    """Lists the arrays of the state, in order."""
    for group in (OPTIMIZER_STATE, "optimizer_weights"):
        names = weights.names(group, "weight_names")
        if names:
            return [f"{group}/{name}" for name in names]
    start = "optimizer/vars/"
    numbers = [path[len(start) :] for path in weights.arrays if path.startswith(start)]
    return [start + number for number in sorted(numbers, key=lambda number: (len(number), number))]


def _has_never_trained(optimizer: Any, paths: list[str], shapes: list[Any], weights: HDF5File) -> bool:
    """Tells whether the state is that of an optimizer before its first step, which keeps no sums yet."""
    fresh = type(optimizer).from_config(optimizer.get_config())
    counters = [
        path for path, own in zip(paths, fresh.variables, strict=False) if own.path.endswith("iteration")
    ]
    scalars = shapes == [()] * len(paths) and len(paths) in (1, len(fresh.variables))
    return scalars and all(int(weights.read(path)) == 0 for path in counters)


def _is_of_keras_2(first: str, weights: HDF5File, version: tuple[int, ...]) -> bool:
    """Tells whether a Keras before 3 wrote the state; Keras 3 writes the optimizer's name beside it."""
    return version < (3,) if version else _name(first, weights) is None


def _name(first: str, weights: HDF5File) -> str | None:
    """The name of the optimizer in a file of Keras 3: in `.h5` it begins the names of the arrays."""
    group = first.rpartition("/")[0]
    name = weights.groups.get(group, {}).get("name") if group.endswith("vars") else group.partition("/")[2]
    return name or None


def _of_keras_3(optimizer: Any, paths: list[str], weights: HDF5File) -> list[Any]:
    """The variables of an optimizer in the order of a file of Keras 3; none where it is another optimizer."""
    same = _name(paths[0], weights) in (optimizer.name, None) and len(paths) == len(optimizer.variables)
    return list(optimizer.variables) if same else []


def _of_keras_2(optimizer: Any, paths: list[str], weights: HDF5File) -> list[Any]:
    """The variables of an optimizer in the order of a file of Keras 2; none where that does not tell."""
    name = type(optimizer).__name__
    first = optimizer.iterations
    slots = [v for v in optimizer.variables if v is not first and v is not optimizer._learning_rate]
    if weights.groups[""].get("backend") == "theano":
        return []  # whose kernels are turned around, and so what is kept for them
    unused = name == "SGD" and not optimizer.momentum  # Keras 2 keeps momenta all the same
    if paths[0].endswith(("/iteration:0", "/vars/0")):
        fits = name in IN_ORDER and (unused or len(paths) == 1 + len(slots))
        return [first, *slots] if fits else []
    found = [first]
    for block in BLOCKS.get(name, ()):
        found += [slot for slot in slots if slot.path.endswith(f"_{block}")]
    # Keras 2.1 to 2.3 wrote a number for each weight where Adam has no third block.
    rest = {weights.arrays.get(path, (None, ""))[0] for path in paths[len(found) :]}
    fits = name in BLOCKS and "iter" in paths[0] and len(found) == 1 + len(slots)
    return found if fits and (unused or rest <= {(1,)}) else []
