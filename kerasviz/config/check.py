"""Refuses a Keras config that would run, import, read or reserve anything that a model does not need."""

import re
from typing import Any

from kerasviz.config.allowed import public_functions, refusal
from kerasviz.config.arrayvalues import check_dtype, check_numbers, check_texts
from kerasviz.config.budget import most, way_on
from kerasviz.config.layercalls import Calls
from kerasviz.config.layerlist import check_graph, check_layers, layer_name
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.naming import is_writable, no_text
from kerasviz.config.parsing import MAX_DEPTH
from kerasviz.config.patterns import check_patterns
from kerasviz.config.sizes import check_sizes
from kerasviz.protocol.text import Text, text

OBJECT_KEYS = frozenset(
    "module class_name config registered_name build_config compile_config name inbound_nodes "
    "shared_object_id".split()
)
PATH_ARGUMENTS = frozenset(
    {"vocabulary", "vocabulary_file", "idf_weights", "weights", "filepath", "file_path"}
)
"""Arguments for which Keras reads a file, or downloads one, when they are a string."""
MAX_LAYERS = 2000
"""Layers of a model and of the models in it: twice as many as the largest of keras.applications."""
MAX_INT = 2**53
MAX_REASON = 1000
"""Characters shown of what a file says of a layer."""
_NAMED_BUT_NO_LAYERS = ("keras.losses", "keras.metrics", "keras.optimizers")
_URL = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_CODE = {
    "__lambda__": text("The config contains a Python function, and code inside a file is never run."),
    "__typespec__": text("The config contains a TensorFlow type, which is not part of a Keras model."),
}


def check_model(model_json: dict[str, Any], custom: bool = False) -> None:
    """Checks that a whole Keras JSON names nothing but what may be built.

    Args:
        model_json: A model in today's Keras JSON; a `kerasviz` key is left aside.
        custom: Whether classes that the user registered in this process with
            `keras.saving.register_keras_serializable` are allowed too. A file from elsewhere that names
            one would instantiate it, so only a document of the user's own should be checked like this.

    Raises:
        ModelFileError: With the layer and the reason, at the first part that is not allowed.
    """
    if not isinstance(model_json, dict) or "class_name" not in model_json:
        raise ModelFileError(text("Expected a Keras model: an object with class_name and config."))
    check_layers(model_json)
    check_graph(model_json)
    keys = {key: value for key, value in model_json.items() if key != "kerasviz"}
    _Check(custom).object(keys, None, 0)


def check_layer(layer_json: dict[str, Any], custom: bool = False) -> None:
    """Checks that one layer of a Keras JSON, with all that is nested in it, may be built.

    Args:
        layer_json: An item of the `layers` of a model in today's Keras JSON.
        custom: As for `check_model`.

    Raises:
        ModelFileError: With the layer and the reason.
    """
    if not isinstance(layer_json, dict) or "class_name" not in layer_json:
        raise ModelFileError(text("Expected a Keras layer: an object with class_name and config."))
    _Check(custom).object(layer_json, None, 0)


class _Check:
    """One walk through a config."""

    def __init__(self, custom: bool) -> None:
        import keras

        self.custom = custom
        self.registered = keras.saving.get_custom_objects()
        self.layers = 0
        self.calls = Calls()
        self.texts = 0

    def value(self, value: Any, layer: str | None, depth: int) -> None:
        kind = type(value)
        if kind is dict:
            if "class_name" in value:
                self.object(value, layer, depth)
            else:
                self.mapping(value, layer, depth)
        elif kind is list or kind is tuple:
            if depth > MAX_DEPTH:
                raise ModelFileError(_too_deep(), layer=layer)
            if texts := [item for item in value if type(item) is str]:
                self.texts = check_texts(texts, layer, self.texts)
            for item in value:
                if type(item) in (dict, list, tuple, int):
                    self.value(item, layer, depth + 1)
        elif kind is int:
            if not -MAX_INT < value < MAX_INT:
                number = f"{value:.3e}"
                raise ModelFileError(text("The number {number} is too large.", number=number), layer=layer)
        elif kind not in (str, float, bool, type(None)):
            raise ModelFileError(
                text("Expected JSON, received a value of type {type}.", type=kind.__name__), layer=layer
            )

    def mapping(self, mapping: dict[str, Any], layer: str | None, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise ModelFileError(_too_deep(), layer=layer)
        for key, value in mapping.items():
            if type(value) is str:
                self.string(key, value, layer)
            elif type(value) is dict and key.endswith("activation") and "class_name" not in value:
                raise ModelFileError(_nameless(key), layer=layer)  # so Keras writes a lambda there
            elif value is not None and value is not True and value is not False:
                self.value(value, layer, depth + 1)

    def string(self, key: str, value: str, layer: str | None) -> None:
        if not is_writable(value):
            raise ModelFileError(no_text(key, value), layer=layer)
        if key in PATH_ARGUMENTS:
            raise ModelFileError(
                text(
                    "Expected {key} as a list, received the text {value}: Keras would read the file of that "
                    "name. Put the values themselves into the model.",
                    key=key,
                    value=repr(value[:80]),
                ),
                layer=layer,
            )
        if key == "name":
            return
        if "://" in value and _URL.match(value):
            raise ModelFileError(
                text(
                    "{key} is the address {value}; a model may not read from one.",
                    key=key,
                    value=repr(value[:80]),
                ),
                layer=layer,
            )
        if value in self.registered and not self.custom:
            raise ModelFileError(
                text("{key} names {name}, which was registered in this process.", key=key, name=repr(value)),
                layer=layer,
            )

    def object(self, item: dict[str, Any], layer: str | None, depth: int) -> None:
        class_name, config = item["class_name"], item.get("config")
        if type(class_name) is not str:
            raise ModelFileError(text("Expected class_name as text."), layer=layer)
        if class_name.startswith("__") and class_name.endswith("__"):
            self.special(class_name, config, layer, depth)
            return
        module, registered = item.get("module"), item.get("registered_name")
        if module not in _NAMED_BUT_NO_LAYERS:
            name = config.get("name") if type(config) is dict else None
            layer = name if type(name) is str else layer
        if "kerasviz" in item:
            told = item["kerasviz"] if type(item["kerasviz"]) is dict else {}
            # The converter wrote a sentence, which is translated where nothing was put into it.
            given = Text(str(told.get("reason"))[:MAX_REASON], {})
            raise ModelFileError(text("It can't be built. {reason}", reason=given), layer=layer)
        unknown = item.keys() - OBJECT_KEYS
        if unknown:
            raise ModelFileError(
                text(
                    "{class_name} has the unknown key {key}.", class_name=class_name, key=repr(min(unknown))
                ),
                layer=layer,
            )
        if class_name == "function":
            self.function(module, config, registered, layer)
            return
        if registered is not None and type(registered) is not str:
            raise ModelFileError(
                text("Expected registered_name of {class_name} as text.", class_name=class_name), layer=layer
            )
        # Keras gives a registered class the first word, whatever the module says.
        if self.registered and (registered or class_name) in self.registered:
            if not self.custom:
                raise ModelFileError(
                    text(
                        "{class_name} is a class registered in this process, which the file would construct. "
                        "If you trust the file, load it with kerasviz.load(path, custom=True).",
                        class_name=class_name,
                    ),
                    layer=layer,
                )
        else:
            if type(module) is not str:
                raise ModelFileError(
                    text(
                        "Keras does not know the class {class_name}. If it is yours, register it with "
                        "keras.saving.register_keras_serializable, then create and open the model again.",
                        class_name=class_name,
                    ),
                    layer=layer,
                )
            reason: Text | None = refusal(module, class_name)
            if reason is None and registered not in (None, class_name):
                reason = text(
                    "Expected {class_name} of Keras, received the registered name {name}.",
                    class_name=class_name,
                    name=repr(registered),
                )
            if reason is not None:
                raise ModelFileError(reason, layer=layer)
        if type(config) is not dict:
            raise ModelFileError(
                text("Expected the config of {class_name} as an object.", class_name=class_name), layer=layer
            )
        if type(config.get("layers")) is list:
            self.layers += len(config["layers"])
            allowed = most(MAX_LAYERS, "seconds")
            if self.layers > allowed:
                raise ModelFileError(
                    text(
                        "It has more than {most} layers. {way_on}",
                        most=f"{allowed:,}",
                        way_on=way_on("seconds", 1.25 * self.layers / allowed),
                    ),
                    layer=layer,
                )
            self.calls.check(config, layer)
            for one in config["layers"]:
                is_layer = type(one) is dict and type(one.get("class_name")) is str
                self.value(one, layer_name(one) if is_layer else layer, depth + 2)
            config = {key: value for key, value in config.items() if key != "layers"}
        check_sizes(class_name, config, layer)
        check_patterns(config, layer)
        self.mapping(config, layer, depth + 1)
        for key in ("build_config", "inbound_nodes", "shared_object_id"):
            if item.get(key):
                self.value(item[key], layer, depth + 1)
        if item.get("compile_config"):
            try:
                self.value(item["compile_config"], None, depth + 1)
            except ModelFileError as error:  # an optimizer may have a name, too, and is no layer
                raise ModelFileError(error.reason, in_training=True) from None

    def function(self, module: Any, config: Any, registered: Any, layer: str | None) -> None:
        if type(config) is str and config in self.registered and self.custom:
            return
        known = type(config) is str and config.isidentifier() and f"{module}.{config}" in public_functions()
        if not known or config in self.registered or registered not in (None, config, "function"):
            raise ModelFileError(
                text(
                    "Expected an activation, loss or metric function of Keras, received {function}. One of "
                    "your own is known once a cell has registered it with "
                    "keras.saving.register_keras_serializable.",
                    function=f"{module}.{config}".removeprefix("builtins."),
                ),
                layer=layer,
            )

    def special(self, class_name: str, config: Any, layer: str | None, depth: int) -> None:
        if class_name in _CODE:
            raise ModelFileError(_CODE[class_name], layer=layer)
        if class_name == "__keras_tensor__" and type(config) is dict:
            check_dtype(config.get("dtype"), layer)
            self.value(config.get("shape"), layer, depth + 1)
            self.value(config.get("keras_history"), layer, depth + 1)
        elif class_name in ("__numpy__", "__tensor__") and type(config) is dict:
            check_dtype(config.get("dtype"), layer)
            check_numbers(config.get("value"), layer)
        elif (
            class_name == "__slice__" and type(config) is dict and config.keys() >= {"start", "stop", "step"}
        ):
            self.mapping(config, layer, depth + 1)
        elif class_name == "__bytes__" and type(config) is dict and type(config.get("value")) is str:
            self.mapping(config, layer, depth + 1)
        elif class_name != "__ellipsis__":
            raise ModelFileError(
                text("The config contains {value}, which Keras does not know.", value=class_name), layer=layer
            )


def _too_deep() -> Text:
    return text("The config is nested more than {most} levels deep.", most=MAX_DEPTH)


def _nameless(key: str) -> Text:
    return text(
        "Its {key} is a lambda, which has no name that Keras can find it by. Write it as a function, "
        "register that with keras.saving.register_keras_serializable, and create the model again.",
        key=key,
    )
