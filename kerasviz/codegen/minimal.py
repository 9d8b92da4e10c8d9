"""The fewest arguments that make an object of Keras with a given config: Keras itself is asked."""

import copy
import inspect
from typing import Any

import keras
import numpy as np

from kerasviz.config.fullconfig import full_config
from kerasviz.config.live_names import is_made_of_layers
from kerasviz.config.naming import to_snake_case
from kerasviz.config.wholeconfig import objects_of
from kerasviz.protocol.text import text

_Config = dict[str, Any]


def minimal_arguments(
    cls: Any, config: _Config, keep: tuple[str, ...] = (), build_config: _Config | None = None
) -> _Config:
    """Finds the constructor's arguments that matter.

    Args:
        cls: A class of Keras, or of the user's.
        config: What `get_config` of the object says; objects in it are serialised.
        keep: Arguments that are written even when Keras would choose the same.
        build_config: What a layer was built with, if it was.

    Returns:
        Arguments by name, required ones first in their order; values as in `config`, or shorter.

    Raises:
        ValueError: If the class can't be made from its own config.
    """
    arguments = _accepted(cls, config)
    simpler = _with_one_layer(arguments)
    if simpler is not None and _makes(cls, simpler, config):
        arguments = simpler
    if not _makes(cls, arguments, config):
        raise ValueError(
            text(
                "{class_name} can't be made from the arguments in its config: {config}",
                class_name=cls.__name__,
                config=str(config),
            )
        )
    # Building turns some numbers into lists, such as the axis of a LayerNormalization, and puts the axes of a
    # MultiHeadAttention in the place of None: those come last, and are compared after building.
    for late, built in ((False, None), (True, build_config)):
        names = [name for name, value in arguments.items() if _is_built(cls, name, value) is late]
        for name in names:
            shorter = {key: value for key, value in arguments.items() if key != name}
            if name not in keep and not _is_required(cls, name) and _makes(cls, shorter, config, built):
                arguments = shorter
        for name in [name for name in names if name in arguments]:
            for candidate in _shorter(arguments[name]):
                if _makes(cls, {**arguments, name: candidate}, config, built):
                    arguments[name] = candidate
                    break
    order = [*_parameters(cls), *arguments]
    return dict(sorted(arguments.items(), key=lambda item: order.index(item[0])))


def is_plain(model: keras.Model) -> bool:
    """Whether its layers make up a model: Keras' own, or a graph that a class of the user's only trains."""
    if type(model).__module__.startswith("keras."):
        return True
    is_graph = bool(getattr(model, "inputs", None)) and is_made_of_layers(type(model))
    return is_graph and "input_layers" in model.get_config()


def positional_names(cls: Any) -> list[str]:
    """Returns the required arguments that lead the signature, which people write without their names."""
    leading = []
    for name, parameter in _parameters(cls).items():
        if parameter.kind is not parameter.POSITIONAL_OR_KEYWORD or parameter.default is not parameter.empty:
            break
        leading.append(name)
    return leading


def revive(value: Any) -> Any:
    """Makes the objects that are serialised in a value of a config; the value stays as it is."""
    if isinstance(value, dict):
        if "class_name" in value and "config" in value:
            return keras.saving.deserialize_keras_object(copy.deepcopy(value))
        return {key: revive(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(revive(item) for item in value)
    return value


def same(one: Any, other: Any) -> bool:
    """Compares configs, aside from what Keras adds when a layer is built."""
    if isinstance(one, dict) and isinstance(other, dict):
        left, right = (
            {key: value for key, value in config.items() if key not in ("build_config", "shared_object_id")}
            for config in (one, other)
        )
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    # A layer may have a list of the backend's, which is a list, too.
    if type(one) is not type(other) and not (isinstance(one, list) and isinstance(other, list)):
        return False
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(same, one, other))
    if isinstance(one, np.ndarray):
        return np.array_equal(one, other)
    return bool(one == other) or (one != one and other != other)


def is_revived(cls: Any, config: _Config, lost: _Config) -> bool:
    """Whether `from_config` makes the same object again of a config that the constructor refuses."""
    try:
        return same(cls.from_config(copy.deepcopy(config | lost)).get_config(), config)
    except Exception:
        return False


def _makes(cls: Any, arguments: _Config, config: _Config, build_config: _Config | None = None) -> bool:
    try:
        made = cls(**revive(arguments))
        if build_config:
            made.build_from_config(build_config)
        made_config = full_config(made)
        if isinstance(made, keras.Layer):
            made_config |= objects_of(made, made_config)
    except Exception:
        # Keras says in many ways that it can't do without an argument.
        return False
    if isinstance(made, keras.optimizers.Optimizer):
        # Keras counts unnamed ones: adam, adam_1. Nothing else uses the name.
        made_config["name"] = config.get("name")
    return same(made_config, config)


def _parameters(cls: Any) -> dict[str, inspect.Parameter]:
    return dict(list(inspect.signature(cls.__init__).parameters.items())[1:])


def _is_required(cls: Any, name: str) -> bool:
    parameter = _parameters(cls).get(name)
    return parameter is not None and parameter.default is parameter.empty


def _with_one_layer(arguments: _Config) -> _Config | None:
    """Bidirectional without its second layer, which it makes of the first, and what it sets in both."""
    first = arguments.get("layer")
    if not isinstance(first, dict) or "backward_layer" not in arguments:
        return None
    name = str(first["config"].get("name")).removeprefix("forward_")
    others = {key: value for key, value in arguments.items() if key != "backward_layer"}
    inner = {key: value for key, value in first["config"].items() if key != "zero_output_for_mask"}
    return {**others, "layer": {**first, "config": {**inner, "name": name}}}


def _is_built(cls: Any, name: str, value: Any) -> bool:
    """Whether building may have given an argument this value."""
    parameter = _parameters(cls).get(name)
    return isinstance(value, list) or (
        isinstance(value, tuple) and parameter is not None and parameter.default is None
    )


def _accepted(cls: Any, config: _Config) -> _Config:
    parameters = _parameters(cls)
    open_ended = any(parameter.kind is parameter.VAR_KEYWORD for parameter in parameters.values())
    return {
        # Layers that leave their config to Keras accept no policy but by its name.
        name: value["config"]["name"] if _is_policy(value) else value
        for name, value in config.items()
        if open_ended or name in parameters
    }


def _is_policy(value: Any) -> bool:
    return isinstance(value, dict) and value.get("class_name") == "DTypePolicy"


def _shorter(value: Any) -> list[Any]:
    """Ways to write a value that people like better, best first."""
    if isinstance(value, dict) and "class_name" in value and isinstance(value.get("config"), dict):
        return [_snake_case(value["class_name"])] if not value.get("registered_name") else []
    if isinstance(value, list | tuple):
        # (2, 2), ((1, 1), (1, 1)) and (-0.2, 0.2) as one number.
        numbers = keras.tree.flatten(value)
        alike = numbers and all(
            isinstance(number, int | float) and abs(number) == abs(numbers[0]) for number in numbers
        )
        return [numbers[-1]] if alike else []
    if isinstance(value, float):
        with np.errstate(over="ignore"):
            short = float(str(np.float32(value)))
        return [short] if short != value and np.float32(short) == np.float32(value) else []
    return []


def _snake_case(class_name: str) -> str:
    return to_snake_case(class_name)
