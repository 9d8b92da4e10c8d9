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
    means: dict[str, list[tuple[int, ...]]] = {}
    for path, (shape, _) in weights.arrays.items():
        owner, _, name = path.rpartition("/")
        if name == "mean:0" and shape is not None:
            means.setdefault(owner.rpartition("/")[2], []).append(shape)
    for layer in _normalizations(config) if means else ():
        found = layer["config"]
        shape, axes = _plain(found.get("batch_input_shape")), _plain(found.get("axis"))
        axes = axes if isinstance(axes, list) else [axes]
        known = means.get(str(found.get("name")), [])
        if not isinstance(shape, list) or len(known) != 1 or len(known[0]) != len(axes):
            continue
        if all(isinstance(axis, int) and -len(shape) <= axis < len(shape) for axis in axes):
            built = list(shape)
            for axis, width in zip(sorted(axis % len(shape) for axis in axes), known[0], strict=True):
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
