"""Values and objects as expressions."""

from __future__ import annotations

import sys
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from kerasviz.codegen.imports import Imports
from kerasviz.codegen.minimal import is_plain, is_revived, minimal_arguments, positional_names, revive
from kerasviz.config.fullconfig import full_config
from kerasviz.config.wholeconfig import left_out, objects_of
from kerasviz.protocol.text import text
from kerasviz.storage.vocabularies import learned
from kerasviz.writing.expressions import Expression, Group, call, is_identifier, literal, sequence

_INPUT_DEFAULTS = {
    "batch_size": None,
    "dtype": "float32",
    "sparse": False,
    "ragged": False,
    "optional": False,
}


class ObjectWriter:
    """Writes values of configs.

    Args:
        imports: Collects what the expressions name.
        write_model: Defines a model inside a config, and returns the name of its variable.
    """

    def __init__(self, imports: Imports, write_model: Callable[[keras.Model], str]) -> None:
        self._imports = imports
        self._write_model = write_model
        self._written: dict[str, Expression] = {}

    def layer(self, layer: keras.Operation) -> Expression:
        """Writes a layer or operation, with its name, which else depends on other models."""
        if isinstance(layer, keras.Model) and is_plain(layer):
            return self._write_model(layer)
        if isinstance(layer, keras.layers.InputLayer):
            return self._input(layer)
        build_config = layer.get_build_config() if isinstance(layer, keras.Layer) and layer.built else None
        config = layer.get_config()
        is_layer = isinstance(layer, keras.Layer)
        lost = left_out(layer, config) if is_layer else {}
        config |= {**objects_of(layer, config), **learned(layer)} if is_layer else {}
        return self._object(type(layer), config, ("name",), build_config, lost)

    def value(self, value: Any, tensor: Callable[[Any], Expression] | None = None) -> Expression:
        """Writes a value.

        Args:
            value: A value of a config, or an argument of a call.
            tensor: Writes a `KerasTensor`.

        Raises:
            TypeError: If Python has no expression for it.
        """
        if tensor and isinstance(value, keras.KerasTensor):
            return tensor(value)
        if isinstance(value, dict):
            if "class_name" in value and "config" in value:
                return self._serialized(value)
            pairs = [(f"{literal(key)}: ", self.value(item, tensor)) for key, item in value.items()]
            return Group("", "{}", tuple(pairs))
        if isinstance(value, list | tuple):
            written = [self.value(item, tensor) for item in value]
            return sequence(written if isinstance(value, list) else tuple(written))
        if isinstance(value, np.generic):
            return literal(value.item())
        if isinstance(value, np.ndarray):
            dtype = literal(str(value.dtype))
            return call(f"{self._imports.numpy()}.array", self.value(_numbers(value)), dtype=dtype)
        if keras.ops.is_tensor(value):
            items = self.value(_numbers(keras.ops.convert_to_numpy(value)))
            dtype = literal(keras.backend.standardize_dtype(value.dtype))
            return call("keras.ops.convert_to_tensor", items, dtype=dtype)
        return literal(value)

    def _serialized(self, value: dict[str, Any]) -> Expression:
        if value["class_name"] == "__lambda__":
            raise ValueError(text("Its config contains the Python code of a Lambda."))
        revived = revive(value)
        if callable(revived) and not hasattr(revived, "get_config"):
            return self._imports.name_of(revived)
        if isinstance(revived, keras.Operation):
            return self.layer(revived)
        if not hasattr(revived, "get_config"):
            return self.value(revived)
        return self._object(type(revived), full_config(revived))

    def _object(
        self,
        cls: Any,
        config: dict[str, Any],
        keep: tuple[str, ...] = (),
        build_config: dict[str, Any] | None = None,
        lost: dict[str, Any] | None = None,
    ) -> Expression:
        """Writes the call that makes an object; `lost` are arguments that its config lacks."""
        alike = [(name, value) for name, value in config.items() if name not in keep]
        with np.printoptions(threshold=sys.maxsize):
            key = repr((cls, alike, build_config, lost))
        if key not in self._written:
            lost = lost or {}
            try:
                arguments = minimal_arguments(cls, config, keep, build_config) | lost
            except ValueError:
                if not is_revived(cls, config, lost):
                    raise
                # A class that learns, such as Discretization, then writes what its constructor refuses.
                return call(f"{self._imports.name_of(cls)}.from_config", self.value(config | lost))
            self._written[key] = self._arguments(cls, arguments)
        written = self._written[key]
        kept = {name: literal(config[name]) for name in keep if name in config}
        assert isinstance(written, Group)
        items = [(prefix, kept.get(prefix[:-1], item)) for prefix, item in written.items]
        return Group(written.head, written.brackets, tuple(items))

    def _arguments(self, cls: Any, arguments: dict[str, Any]) -> Expression:
        positional = [name for name in positional_names(cls) if name in arguments]
        items: list[tuple[str, Expression]] = [("", self.value(arguments[name])) for name in positional]
        named = {name: value for name, value in arguments.items() if name not in positional}
        items += [
            (f"{name}=", self.value(named[name]))
            for name in sorted(named, key="name".__eq__)
            if is_identifier(name)
        ]
        return Group(self._imports.name_of(cls), "()", tuple(items))

    def _input(self, layer: keras.layers.InputLayer) -> Expression:
        config = layer.get_config()
        batch_size, *shape = config.pop("batch_shape")
        config = {"batch_size": batch_size, **config}
        named = {
            name: self.value(value)
            for name, value in config.items()
            if name == "name" or value != _INPUT_DEFAULTS[name]
        }
        return call("keras.Input", self.value(tuple(shape)), **named)


def _numbers(array: np.ndarray) -> Any:
    """The numbers of an array, those of float32 with the digits that it has: 0.1, not 0.10000000149011612."""
    if array.dtype != np.float32:
        return array.tolist()
    return keras.tree.map_structure(lambda number: float(str(np.float32(number))), array.tolist())
