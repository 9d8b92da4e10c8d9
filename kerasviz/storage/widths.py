"""Widths that a `.h5` file of Keras 2 has in its weights alone."""

from collections.abc import Iterator
from typing import Any

from kerasviz.storage.hdf5 import HDF5File


def add_widths(config: Any, weights: HDF5File) -> None:
    """Writes into a config what each Normalization was built for, as `.keras` files have it.

    Keras 2 leaves the width of the input open where a Normalization learned it from data, and today's
    can't be built for an open one.

    Args:
        config: What stands in the file; it is changed.
        weights: The weights of the file.
    """
    found = config.get("config") if isinstance(config, dict) else None
    layers = found.get("layers") if isinstance(found, dict) else found
    for item in layers if isinstance(layers, list) else ():
        if isinstance(item, dict) and isinstance(item.get("config"), dict):
            name = str(item.get("name") or item["config"].get("name"))
            inside = list(_normalizations(item))
            means = dict(_means(weights, name)) if inside else {}
            for layer in inside:
                # In a model inside, Keras 2 may name the weights without their layer.
                only = len(inside) == len(means) == 1
                mean = next(iter(means.values())) if only else means.get(str(layer["config"].get("name")))
                if mean is not None:
                    _add_width(layer, mean)


def _means(weights: HDF5File, name: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    """Yields the shape of each mean in the group of a layer, with the name before it."""
    for path, (shape, _) in weights.arrays.items():
        *owners, last = path.split("/")
        if last == "mean:0" and shape is not None and name in owners:
            yield owners[-1], shape


def _add_width(layer: dict[str, Any], mean: tuple[int, ...]) -> None:
    found = layer["config"]
    shape, axes = _plain(found.get("batch_input_shape")), _plain(found.get("axis"))
    axes = axes if isinstance(axes, list) else [axes]
    if not isinstance(shape, list) or len(mean) != len(axes):
        return
    if all(isinstance(axis, int) and -len(shape) <= axis < len(shape) for axis in axes):
        built = list(shape)
        for axis, width in zip(sorted(axis % len(shape) for axis in axes), mean, strict=True):
            built[axis] = width
        layer["build_config"] = {"input_shape": built}


def _normalizations(value: Any) -> Iterator[dict[str, Any]]:
    stack = [value]
    while stack:
        item = stack.pop()
        if isinstance(item, dict):
            if item.get("class_name") == "Normalization" and isinstance(item.get("config"), dict):
                yield item
            stack.extend(item.values())
        elif isinstance(item, list):
            stack.extend(item)


def _plain(value: Any) -> Any:
    """Reads a list that may be written as a tuple."""
    return value.get("items") if isinstance(value, dict) else value
