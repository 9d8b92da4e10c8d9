"""Sizes of inputs that files leave open, though a Normalization was built for them.

Keras 2 adapts a Normalization to any width that it sees, and writes that of the input as unknown; today's
can't be built for that. The width stands in `build_config`, which `.keras` files have. Source:
https://github.com/keras-team/keras/blob/v2.15.0/keras/layers/preprocessing/normalization.py
"""

from collections.abc import Iterator
from typing import Any

from kerasviz.config.rules.argumentobjects import plain
from kerasviz.config.rules.rule import Layer


def write_known_widths(model: Layer) -> None:
    """Gives the inputs of a model, and of those inside it, the sizes that their Normalization was built for.

    Args:
        model: A model of Keras 2; it is changed.
    """
    layers = _layers(model)
    for layer in layers:
        if _layers(layer):
            write_known_widths(layer)
    named = {_name(layer): layer for layer in layers}
    before = [None, *layers]
    for layer, previous in zip(layers, before, strict=False):
        built = _takes(layer)
        source = named.get(_source(layer)) if "inbound_nodes" in layer else previous
        if built is None or source is None:
            continue
        if source.get("class_name") == "InputLayer":
            _write(source["config"], built)
        elif layer["class_name"] == "Normalization" and None not in built[1:]:
            axes = [
                axis for axis in range(1, len(built)) if _is_open(source, axis, len(built), named, layers)
            ]
            if axes:
                _insert(model, layer, built)


def _is_open(layer: Layer, axis: int, rank: int, named: dict[str, Layer], chain: list[Layer]) -> bool:
    """Whether what a layer gives is as open at an axis as an input that it comes from."""
    seen: set[int] = set()
    left = [layer]
    while left:
        item = left.pop()
        if id(item) in seen:
            continue
        seen.add(id(item))
        if item.get("class_name") == "InputLayer":
            shape = plain(item["config"].get("batch_input_shape"))
            if isinstance(shape, list) and len(shape) == rank and shape[axis] is None:
                return True
        elif "inbound_nodes" in item:
            left += [named[name] for name in _references(item["inbound_nodes"]) if name in named]
        else:
            left += chain[: chain.index(item)][-1:]
    return False


def _insert(model: Layer, layer: Layer, built: list[Any]) -> None:
    """Puts a Reshape before a layer: its inputs are together as wide as it is, which of them is not known."""
    config = model["config"]
    layers = config["layers"] if isinstance(config, dict) else config
    name = f"{_name(layer)}_width"
    reshape: Layer = {"class_name": "Reshape", "config": {"name": name, "target_shape": built[1:]}}
    if "inbound_nodes" in layer:
        reshape |= {"name": name, "inbound_nodes": layer["inbound_nodes"]}
        layer["inbound_nodes"] = [[[name, 0, 0, {}]]]
    layers.insert(layers.index(layer), reshape)


def _takes(layer: Layer) -> list[Any] | None:
    """The shape, with the batch, that a Normalization was built for, or of the only input of a model."""
    if layer.get("class_name") == "Normalization":
        built = plain((layer.get("build_config") or {}).get("input_shape"))
        axes = plain(layer["config"].get("axis"))
        if not isinstance(built, list):
            return None
        places = [axis for axis in (axes if isinstance(axes, list) else [axes]) if isinstance(axis, int)]
        known = {axis % len(built) for axis in places if -len(built) <= axis < len(built)}
        return [size if axis in known else None for axis, size in enumerate(built)]
    inputs = [inner for inner in _layers(layer) if inner.get("class_name") == "InputLayer"]
    shape = plain(inputs[0]["config"].get("batch_input_shape")) if len(inputs) == 1 else None
    return shape if isinstance(shape, list) else None


def _write(config: dict[str, Any], built: list[Any]) -> None:
    shape = plain(config.get("batch_input_shape"))
    if isinstance(shape, list) and len(shape) == len(built):
        config["batch_input_shape"] = [
            size if size is not None else known for size, known in zip(shape, built, strict=True)
        ]


def _source(layer: Layer) -> str:
    """The only layer that feeds one; empty where there are several."""
    found = set(_references(layer.get("inbound_nodes")))
    return found.pop() if len(found) == 1 else ""


def _references(value: Any) -> Iterator[str]:
    match value:
        case [str(name), int(), int(), *_]:
            yield name
        case list():
            for item in value:
                yield from _references(item)


def _layers(model: Layer) -> list[Layer]:
    config = model.get("config")
    layers = config.get("layers") if isinstance(config, dict) else config
    found = layers if isinstance(layers, list) else []
    return [item for item in found if isinstance(item, dict) and isinstance(item.get("config"), dict | list)]


def _name(layer: Layer) -> str:
    config = layer["config"]
    return str(layer.get("name") or (config.get("name") if isinstance(config, dict) else None))
