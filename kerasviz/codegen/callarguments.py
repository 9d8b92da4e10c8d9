"""Which arguments of a call must be written, so that Keras records the same call."""

import inspect
from typing import Any

import keras
from keras.src import backend


def written_arguments(layer: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """Leaves out the keyword arguments that Keras fills in and records by itself.

    `Layer.__call__` adds `training` and `mask` to the arguments it was given. It records them with the call
    only when it did not have to convert those first: with one tensor of the layer's dtype and no keyword.

    Args:
        layer: What is called.
        args: Positional arguments, as Keras recorded them.
        kwargs: Keyword arguments, as Keras recorded them.

    Returns:
        The keyword arguments to write.
    """
    if not isinstance(layer, keras.Layer):
        return kwargs
    filled_in = _filled_in(layer, args)
    given = {
        name: value for name, value in kwargs.items() if name not in filled_in or value is not filled_in[name]
    }
    if not layer._convert_input_args:
        return given
    alone = len(args) == 1 and isinstance(args[0], keras.KerasTensor)
    converted = not alone or backend.standardize_dtype(args[0].dtype) != layer.input_dtype
    return {} if not converted and not given and kwargs.keys() == filled_in.keys() else kwargs


def _filled_in(layer: keras.Layer, args: tuple[Any, ...]) -> dict[str, Any]:
    parameters = inspect.signature(layer.call).parameters
    filled_in: dict[str, Any] = {}
    if "training" in parameters and parameters["training"].default is not None:
        filled_in["training"] = parameters["training"].default
    # A mask that the input carries is a tensor of the graph, with a name: it is always written.
    if "mask" in parameters and len(args) == 1 and not _masks(args):
        filled_in["mask"] = None
    return filled_in


def _masks(args: tuple[Any, ...]) -> list[Any]:
    masks = map(backend.get_keras_mask, keras.tree.flatten(args))
    return [mask for mask in masks if mask is not None]
