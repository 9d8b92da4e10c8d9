"""Converts a model: its layers by the rules, its calls, and the names that both use."""

import contextlib
import copy
from collections.abc import Iterator
from typing import Any

from kerasviz.config.allowed import REFUSED_CLASSES, REMOVED_CLASSES
from kerasviz.config.compileconfig import Keeps
from kerasviz.config.layerlist import check_item
from kerasviz.config.malformed import MALFORMED
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.names import accepts, operation_module, public_module
from kerasviz.config.naming import to_snake_case
from kerasviz.config.report import Report
from kerasviz.config.rules import RULES, tensorflow_ops
from kerasviz.config.rules.argumentobjects import kind_of, modern_dtype, modern_object, plain, unknown_object
from kerasviz.config.rules.branches import SAYS, as_graph, begins_with_branches
from kerasviz.config.rules.inputshapes import input_of, modern_input, take_input_shape
from kerasviz.config.rules.nodes import Calls
from kerasviz.config.rules.rule import KERAS_3, Layer, NoCounterpartError, UnknownClassError
from kerasviz.protocol.text import text

MODELS = {"Model": "Functional", "Functional": "Functional", "Sequential": "Sequential"}
INNER_LAYERS = ("layer", "cell", "forward_layer", "backward_layer")


class GraphConverter:
    """Converts one model with the models inside it.

    Args:
        version: The Keras that wrote it.
        is_own: Which registered names are classes of models of the user's that stay.
    """

    def __init__(self, version: tuple[int, ...], is_own: Keeps = lambda name: False) -> None:
        self.version = version
        self._is_own = is_own
        self.old = version < KERAS_3
        self.report = Report()

    def model(self, item: dict[str, Any]) -> dict[str, Any]:
        """Converts a model, at the top or inside another."""
        config = item["config"] if isinstance(item["config"], dict) else {"layers": item["config"]}
        if begins_with_branches(config["layers"]):
            self.report.changed(SAYS, str(config.get("name") or "model"))
            config = {**config, **as_graph(config["layers"])}
        sequential = "input_layers" not in config
        class_name = "Sequential" if sequential else "Functional"
        registered = str(item.get("registered_name") or item["class_name"])
        is_own = not self.old and self._is_own(registered)
        if item["class_name"].rpartition(">")[2] not in MODELS and not is_own:
            self.report.changed(
                text("Turned models of classes that are not in the file into plain models"),
                item["class_name"],
            )
        layers: list[Layer] = config["layers"]
        for layer in layers:
            check_item(layer, dict | list)
        name = config.get("name") or item.get("name") or class_name.lower()
        today: dict[str, Any] = {"name": self._clean(name)}
        if not config.get("trainable", True):
            today["trainable"] = False
        today |= self._sequential(config, layers) if sequential else self._functional(config, layers)
        found = {
            "module": public_module("layer", class_name),
            "class_name": class_name,
            "config": today,
            "registered_name": None if sequential else "Functional",
        }
        if is_own:
            names = {"module": None, "class_name": item["class_name"], "registered_name": registered}
            found |= {**names, "config": {**config, **today}}
        if not self.old and item.get("build_config"):
            found["build_config"] = item["build_config"]
        return found

    def layer(self, layer: Layer) -> Layer:
        """Converts the class and config of a layer; one without a counterpart comes back as it is."""
        name = _name(layer)
        if _is_model(layer):
            return self.model(layer)
        try:
            with _malformed_at(layer):
                return self._modern(layer, name)
        except NoCounterpartError as error:
            self.report.kept(name, layer["class_name"], error.reason)
            kept = {
                "module": layer.get("module") or "",
                "class_name": layer["class_name"].rpartition(">")[2],
                "config": layer["config"],
                "registered_name": layer.get("registered_name") or layer["class_name"],
            }
            # A class that Keras still has would be built without what it no longer has.
            return (
                kept
                if isinstance(error, UnknownClassError)
                else {**kept, "kerasviz": {"reason": str(error.reason)}}
            )

    def _modern(self, layer: Layer, name: str) -> Layer:
        module, class_name = layer.get("module"), layer["class_name"]
        if not self.old and isinstance(module, str) and not module.startswith("keras.layers"):
            return {key: layer[key] for key in layer if key not in ("name", "inbound_nodes")}
        if not self.old and module is None and _is_operation(layer):
            return {**_named(layer), "module": operation_module(class_name), "registered_name": class_name}
        if isinstance(module, str) and "keras" not in module:
            raise UnknownClassError(
                text(
                    "{class_name} is a class of {module}, not of Keras.", class_name=class_name, module=module
                )
            )
        work: Layer = {"class_name": class_name, "config": plain(copy.deepcopy(layer["config"]))}
        for rule in RULES:
            if rule.concerns(work, self.version) and rule.apply(work):
                self.report.changed(rule.says, name)
        class_name, config = work["class_name"], work["config"]
        today = public_module("layer", class_name)
        if today is None:
            reason = REMOVED_CLASSES.get(class_name) or REFUSED_CLASSES.get(class_name)
            raise UnknownClassError(reason or text("Keras has no layer {class_name}.", class_name=class_name))
        if class_name != "InputLayer":
            take_input_shape(work)
        elif "batch_shape" not in config:
            config = modern_input(config)
        self._arguments(class_name, config, name)
        found = {"module": today, "class_name": class_name, "config": config, "registered_name": None}
        for key in ("build_config", "shared_object_id"):
            if not self.old and key in layer:
                found[key] = layer[key]
        return found

    def _arguments(self, class_name: str, config: dict[str, Any], name: str) -> None:
        """Converts the objects and layers inside a config, and drops what is empty and unknown."""
        known = accepts("layer", class_name)
        for key, value in list(config.items()):
            kind = kind_of(key)
            if kind and self.old and unknown_object(value, kind):
                self.report.changed(
                    text("Removed initializers, regularizers and constraints that Keras does not have"), name
                )
                del config[key]
            elif kind:
                config[key] = modern_object(value, kind)
            elif key == "dtype":
                config[key] = modern_dtype(value)
            elif key in INNER_LAYERS and isinstance(value, dict):
                config[key] = self._inner(value)
            elif key == "cells" and isinstance(value, list):
                config[key] = [self._inner(cell) for cell in value]
            elif key.endswith("activation") and isinstance(value, dict):
                config[key] = self._activation(value)
            # What is None, or says that a layer may learn, changes nothing where it is unknown.
            if known and key in config and key not in known and (value is None or key == "trainable"):
                del config[key]
        if config.get("dtype", 0) is None:
            del config["dtype"]

    def _inner(self, layer: Layer) -> Layer:
        """Converts a layer inside a layer; without a counterpart the outer one has none either."""
        return self.model(layer) if _is_model(layer) else self._modern(layer, _name(layer))

    def _activation(self, value: dict[str, Any]) -> Any:
        if value.get("class_name") == "function":
            return value["config"] if self.old else value
        if isinstance(value.get("config"), dict) and "name" in value["config"] and not _is_model(value):
            return self._modern(value, _name(value))
        return value

    def _sequential(self, config: dict[str, Any], layers: list[Layer]) -> dict[str, Any]:
        found = []
        first = layers[0] if layers else None
        if first is not None and first["class_name"] != "InputLayer" and not _is_model(first):
            shape, dtype = input_of(copy.deepcopy(first))
            if self.old:
                shape = shape or config.get("build_input_shape")
            if shape:
                name = f"{_name(first)}_input"
                self.report.changed(text("Added an InputLayer for the shape of the input"), name)
                entry = {
                    "batch_shape": shape,
                    "dtype": dtype or _input_dtype(first),
                    "name": self._clean(name),
                }
                found.append(
                    {
                        "module": "keras.layers",
                        "class_name": "InputLayer",
                        "config": entry,
                        "registered_name": None,
                    }
                )
        names = _unique([self._clean(_name(layer)) for layer in layers])
        for layer, name in zip(layers, names, strict=True):
            modern = self.layer(layer)
            modern["config"] = {**modern["config"], "name": name}
            found.append(modern)
        today = {"layers": found}
        if not self.old and config.get("build_input_shape"):
            today["build_input_shape"] = config["build_input_shape"]
        return today

    def _functional(self, config: dict[str, Any], layers: list[Layer]) -> dict[str, Any]:
        for layer in layers:
            layer.setdefault("name", _name(layer))
        originals = [layer["name"] for layer in layers]
        names = _unique([self._clean(name) for name in originals])
        calls = Calls(layers, dict(zip(originals, names, strict=True)), self.version)
        found = []
        for layer, name in zip(layers, names, strict=True):
            with _malformed_at(layer):
                nodes = [calls.call(layer, node) for node in layer.get("inbound_nodes") or []]
            if self.old:
                for node in nodes:
                    node["kwargs"] = {key: item for key, item in node["kwargs"].items() if not _empty(item)}
            modern = tensorflow_ops.modern(layer, nodes, self.report) or self.layer(layer)
            modern["config"] = {**modern["config"], "name": name}
            modern.setdefault("name", name)
            modern.setdefault("inbound_nodes", nodes)
            found.append(modern)
        return {
            "layers": found,
            "input_layers": calls.ends(config["input_layers"]),
            "output_layers": calls.ends(config["output_layers"]),
        }

    def _clean(self, name: str) -> str:
        """Replaces what Keras 3 does not allow in a name.

        Source: https://github.com/keras-team/keras/blob/v3.0.0/keras/layers/layer.py
        """
        if "/" in name:
            self.report.changed(text("Replaced / with _ in names"), name)
        return name.replace("/", "_")


@contextlib.contextmanager
def _malformed_at(layer: Layer) -> Iterator[None]:
    """Names the layer whose config or call is not as any Keras writes it.

    Raises:
        ModelFileError: With the layer.
    """
    try:
        yield
    except (KeyError, TypeError, ValueError, IndexError, AttributeError) as error:
        if isinstance(error, ModelFileError):
            raise
        raise ModelFileError(MALFORMED, layer=_name(layer)) from error


def _name(layer: Layer) -> str:
    config = layer["config"] if isinstance(layer.get("config"), dict) else {}
    name = config.get("name") or layer.get("name")
    return name if isinstance(name, str) else to_snake_case(layer["class_name"])


def _empty(value: Any) -> bool:
    return value is None or (isinstance(value, list) and bool(value) and all(map(_empty, value)))


def _named(layer: Layer) -> Layer:
    return {"class_name": layer["class_name"], "config": layer["config"]}


def _is_model(layer: Layer) -> bool:
    config = layer.get("config")
    if layer.get("class_name") == "Merge":
        return False
    return isinstance(config, list) or (isinstance(config, dict) and isinstance(config.get("layers"), list))


def _is_operation(layer: Layer) -> bool:
    """Tells the `Add` of `x + 1` from the layer `Add` in a `.h5` file, which names no module for either.

    A layer writes whether it may learn, an operation does not.
    """
    return (
        "trainable" not in layer["config"]
        and layer["class_name"] != "InputLayer"
        and bool(operation_module(layer["class_name"]))
    )


def _input_dtype(layer: Layer) -> str:
    dtype = layer["config"].get("dtype") if isinstance(layer["config"], dict) else None
    return dtype if isinstance(dtype, str) and layer["class_name"] != "Embedding" else "float32"


def _unique(names: list[str]) -> list[str]:
    found: dict[str, None] = {}
    numbers: dict[str, int] = {}  # else thousands of layers with one name would be counted again for each
    for name in names:
        unique = name
        while unique in found:
            numbers[name] = numbers.get(name, 0) + 1
            unique = f"{name}_{numbers[name]}"
        found[unique] = None
    return list(found)
