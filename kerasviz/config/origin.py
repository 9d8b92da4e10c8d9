"""What a file says of itself: the model in it, and the Keras that wrote it."""

import re
from dataclasses import dataclass
from typing import Any

from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.rules.keras1 import CLASSES, NAMES_OF_KERAS_1
from kerasviz.config.yaml_text import parse_text
from kerasviz.protocol.text import text

UNKNOWN_2 = (2,)


@dataclass(frozen=True)
class Source:
    """A config without what was wrapped around it.

    Attributes:
        model: `class_name` and `config` of the model.
        version: The Keras that wrote it, e.g. (2, 2, 4); only the first number where the file does not say.
        training: Its `training_config`, or None.
    """

    model: dict[str, Any]
    version: tuple[int, ...]
    training: Any


def read_source(config: Any, version: str | None, training: Any) -> Source:
    """Unwraps a config: JSON or YAML as a text inside either, TensorFlow.js, and Keras itself.

    Args:
        config: What stands in the file.
        version: The Keras that wrote it, where the file says so outside its config.
        training: The `training_config` of a `.h5` file, or None.

    Raises:
        ModelFileError: When there is no model in it.
    """
    if isinstance(config, str):
        # json.dump(model.to_json(), file) writes a text of a text, and so does yaml.dump(model.to_yaml()).
        config = parse_text(config.encode())
    if _is_graph(config):
        raise ModelFileError(
            text(
                "This is a graph model of TensorFlow.js, which has operations but no layers. Open the Keras "
                "model that it was made of, or convert that to a layers model."
            )
        )
    if isinstance(config, dict) and isinstance(config.get("modelTopology"), dict):
        config = config["modelTopology"]
    if isinstance(config, dict) and isinstance(config.get("model_config"), dict):
        version = version or _text(config.get("keras_version"))
        training = training or config.get("training_config")
        config = config["model_config"]
    if not isinstance(config, dict) or not isinstance(config.get("class_name"), str):
        raise ModelFileError(text("Expected a Keras model: an object with class_name and config."))
    if not isinstance(config.get("config"), (dict, list)) or not _layers(config):
        raise ModelFileError(
            text(
                "The {class_name} in this file has no list of layers, so it can't be drawn or built. "
                "A model of a class of your own consists of its weights and the code of the class. Load "
                "it in a cell and open its variable.",
                class_name=config["class_name"],
            )
        )
    return Source(config, _version(version or _text(config.get("keras_version")), config), training)


def _is_graph(config: Any) -> bool:
    if not isinstance(config, dict):
        return False
    topology = config.get("modelTopology")
    return config.get("format") == "graph-model" or (isinstance(topology, dict) and "node" in topology)


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None


def _layers(model: dict[str, Any]) -> list[Any]:
    config = model["config"]
    layers = config if isinstance(config, list) else config.get("layers")
    if not isinstance(layers, list):
        return []
    return [layer for layer in layers if isinstance(layer, dict)]


def _version(text: str | None, model: dict[str, Any]) -> tuple[int, ...]:
    return numbers_of(text or "") or _guess(model)


def numbers_of(version: str) -> tuple[int, ...]:
    """Reads the three numbers of a version, e.g. (2, 4, 0) of "2.4.0-tf"; none where there are none."""
    found = re.match(r"(\d+)\.(\d+)(?:\.(\d+))?", version)
    return tuple(int(number) for number in found.groups(default="0")) if found else ()


def _guess(model: dict[str, Any]) -> tuple[int, ...]:
    """Finds the first number of the version by what only that Keras wrote."""
    stack = _layers(model)
    shape_in_layer = False
    while stack:
        layer = stack.pop()
        config = layer.get("config")
        if not isinstance(config, dict):
            continue
        if "batch_shape" in config or any(
            isinstance(call, dict) and "args" in call for call in layer.get("inbound_nodes") or ()
        ):
            return (3,)
        old_names = NAMES_OF_KERAS_1 & config.keys()
        if str(layer.get("class_name")) in CLASSES or (old_names and layer.get("class_name") != "Embedding"):
            return (1,)
        shape_in_layer |= "batch_input_shape" in config
        stack.extend(_layers(layer) if isinstance(layer.get("class_name"), str) else [])
    # Keras 2.12 has modules too, but the shape of the input in the first layer still.
    of_3 = isinstance(model.get("module"), str) and "compile_config" in model and not shape_in_layer
    return (3,) if of_3 else UNKNOWN_2
