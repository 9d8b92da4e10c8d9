"""Arguments that a layer was made with and that its `get_config` leaves out, or writes as another value."""

import copy
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any
from weakref import WeakKeyDictionary

from kerasviz.config.fullconfig import constructor_arguments, full_compile_config, restored
from kerasviz.config.oldnames import of_any_backend

if TYPE_CHECKING:
    import keras

_ABSENT = object()
_PLAIN = (str, int, float, bool, type(None))
_ELSEWHERE = frozenset({"name", "weights"})
"""Arguments that a file has elsewhere."""


def complete(model: "keras.Model", config: dict[str, Any]) -> dict[str, Any]:
    """Adds to the config of a model what its layers, losses and metrics were made with and do not write.

    Keras makes a layer by calling its class with what is in the config, so any Keras reads it there.

    Args:
        model: The model.
        config: Its Keras JSON; changed.

    Returns:
        The config, which names no class of one backend alone.
    """
    for layer, item in _pairs(model, config):
        item["config"] |= left_out(layer, item["config"]) | objects_of(layer, item["config"])
    compiled = full_compile_config(model)
    whole = {**config, "compile_config": compiled} if compiled else config
    found: dict[str, Any] = of_any_backend(whole)
    return found  # a model inside may be compiled by itself


def objects_of(layer: "keras.Layer", config: dict[str, Any]) -> dict[str, Any]:
    """Finds the initializers and the like of one layer whose own config lacks an argument.

    Args:
        layer: A layer, not one that holds others.
        config: What its `get_config` says.

    Returns:
        The whole config of each, by the layer's argument.
    """
    import keras

    written = [name for name, value in config.items() if isinstance(value, dict)]
    made = {name: getattr(layer, name, getattr(layer, f"_{name}", None)) for name in written}
    whole = {
        name: restored(config[name], value)
        for name, value in made.items()
        if value is not None and not isinstance(value, keras.Layer)
    }
    return {name: value for name, value in whole.items() if value != config[name]}


def left_out(layer: "keras.Layer", config: dict[str, Any]) -> dict[str, Any]:
    """Finds the arguments of one layer that its config lacks or has otherwise.

    Args:
        layer: A layer, not one that holds others.
        config: What its `get_config` says.

    Returns:
        Plain values by name; nothing that is a default.
    """
    import keras

    if isinstance(layer, keras.layers.InputLayer):
        return {}  # a shape and a batch size are written together
    found: dict[str, Any] = {}
    given = getattr(getattr(layer, "_auto_config", None), "config", {})
    own = constructor_arguments(layer.__class__)
    for name, parameter in {**constructor_arguments(keras.Layer), **own}.items():
        if name in config or name in _ELSEWHERE:
            continue
        # What the class itself has no name for it may have passed on to its base.
        value = given.get(name, getattr(layer, name, _ABSENT) if name in own else _ABSENT)
        if value is not _ABSENT and _is_plain(value) and value != parameter.default:
            found[name] = _plain(value)
    # Keras makes lists that follow their layer, and can't be copied without it.
    config = {name: _plain(value) for name, value in config.items()}
    plain = {name: _plain(value) for name, value in given.items() if name in config}
    changed = {name: value for name, value in plain.items() if value != config[name]}
    if changed and not _is_taken(type(layer), config) and _is_taken(type(layer), config | changed):
        for name in list(changed):  # RandomShear(0.2) writes [-0.2, 0.2], which it refuses
            fewer = {key: value for key, value in changed.items() if key != name}
            changed = fewer if _is_taken(type(layer), config | fewer) else changed
        found |= changed
    written = config.get("dtype")
    policy = getattr(layer.dtype_policy, "name", written)  # a TextVectorization keeps any text there
    if isinstance(written, str) and written != policy:  # that of the weights alone
        found["dtype"] = policy
    return found


def _pairs(owner: Any, item: dict[str, Any]) -> Iterator[tuple[Any, dict[str, Any]]]:
    """Yields each layer below one that holds others, with its part of the config."""
    import keras

    items = item["config"].get("layers")
    if isinstance(owner, keras.Model):
        named = {layer.name: layer for layer in owner.layers}
        inside = [(named.get(part["config"].get("name")), part) for part in items or []]
    else:
        inside = [
            (layer, part)
            for name, value in item["config"].items()
            for layer, part in zip(_as_list(getattr(owner, name, None)), _as_list(value), strict=False)
            if isinstance(part, dict) and "class_name" in part
        ]
    for layer, part in inside:
        if isinstance(layer, keras.Layer) and isinstance(part.get("config"), dict):
            if not isinstance(layer, keras.Model):
                yield layer, part
            yield from _pairs(layer, part)


def _as_list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list | tuple) else [value]


def _is_taken(cls: type, config: dict[str, Any]) -> bool:
    """Whether a class makes an object of a config."""
    written = repr({name: value for name, value in config.items() if name != "name"})
    known = _TAKEN.setdefault(cls, {})
    if written not in known:
        if len(known) >= _KINDS:
            known.clear()
        known[written] = _makes(cls, config)
    return known[written]


_TAKEN: WeakKeyDictionary[type, dict[str, bool]] = WeakKeyDictionary()
"""By class and config. A large model has many layers of few kinds; making each takes a tenth of a save."""
_KINDS = 200


def _makes(cls: Any, config: dict[str, Any]) -> bool:
    """Makes an object of a config; no random number is drawn for it."""
    numbered = config | {"seed": 0} if "seed" in config else config
    try:
        cls.from_config(copy.deepcopy(numbered))
    except Exception:
        return False
    return True


def _plain(value: Any) -> Any:
    """Makes lists of what Keras compares as lists: a tuple, or a list that follows its layer."""
    return [_plain(item) for item in value] if isinstance(value, list | tuple) else value


def _is_plain(value: Any) -> bool:
    if isinstance(value, list | tuple):
        return all(_is_plain(item) for item in value)
    return isinstance(value, _PLAIN)
