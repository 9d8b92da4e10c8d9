"""Each rule of the allow-list refuses its case, and lets a near twin of it pass."""

import sys

import keras
import pytest

from kerasviz.config import ModelFileError, check_layer, check_model


def layer(class_name="Dense", module="keras.layers", **config):
    return {
        "module": module,
        "class_name": class_name,
        "config": {"name": "it", **config},
        "registered_name": None,
    }


def function(module, name):
    return {"module": module, "class_name": "function", "config": name, "registered_name": name}


def numbers(dtype, value=(1.0,), kind="__numpy__"):
    return {"class_name": kind, "config": {"value": list(value), "dtype": dtype}}


def nested(depth):
    value = 1
    for _ in range(depth):
        value = [value]
    return value


CASES = {
    "Lambda": (layer("Lambda", function=function("keras.activations", "relu")), layer("Activation")),
    "TFSMLayer": (layer("TFSMLayer", filepath="m"), layer("Rescaling", scale=2)),
    "TorchModuleWrapper": (layer("TorchModuleWrapper"), layer("Identity")),
    "JaxLayer": (layer("JaxLayer"), layer("Identity")),
    "FlaxLayer": (layer("FlaxLayer"), layer("Identity")),
    "foreign module": (layer("system", module="os"), layer("Dropout", rate=0.5)),
    "test module": (layer("TestCase", module="keras.src.testing.test_case"), layer("Flatten")),
    "function instead of a class": (layer("deserialize"), layer("Add")),
    "removed class": (layer("LocallyConnected1D"), layer("Conv1D", filters=1)),
    "module missing": ({"class_name": "Dense", "config": {}}, layer()),
    "class name no text": (layer(class_name=["Dense"]), layer()),
    "config no object": ({**layer(), "config": "relu"}, layer()),
    "unknown key": ({**layer(), "code": "x"}, {**layer(), "build_config": {"input_shape": [None, 1]}}),
    "registered name differs": (
        {**layer(), "registered_name": "u>Dense"},
        {**layer(), "registered_name": "Dense"},
    ),
    "operation that calls": (
        layer("Map", module="keras.src.ops.core"),
        layer("Add", module="keras.src.ops.numpy"),
    ),
    "function that downloads": (
        layer(activation=function("keras.datasets.mnist", "load_data")),
        layer(activation=function("keras.activations", "relu")),
    ),
    "function that deserializes": (
        layer(activation=function("keras.activations", "deserialize")),
        layer(activation=function("keras.ops", "silu")),
    ),
    "function that maps": (
        layer(activation=function("keras.ops", "vectorized_map")),
        layer(activation=function("builtins", "relu")),
    ),
    "lambda": (
        layer(activation={"class_name": "__lambda__", "config": {"value": "x"}}),
        layer(activation={"class_name": "__ellipsis__", "config": {}}),
    ),
    "typespec": (
        layer(x={"class_name": "__typespec__", "config": []}),
        layer(x={"class_name": "__bytes__", "config": {"value": "a"}}),
    ),
    "unknown special": (
        layer(x={"class_name": "__code__", "config": {}}),
        layer(x={"class_name": "__slice__", "config": {"start": None, "stop": 1, "step": None}}),
    ),
    "vocabulary path": (
        layer("StringLookup", vocabulary="/etc/passwd"),
        layer("StringLookup", vocabulary=["/etc/passwd"]),
    ),
    "address": (layer(data_format="http://example.com/x"), layer(data_format="channels_last")),
    "slice without an end": (
        layer(x={"class_name": "__slice__", "config": {"start": None}}),
        layer(x={"class_name": "__slice__", "config": {"start": 0, "stop": None, "step": 2}}),
    ),
    "dtype with a length": (layer(x=numbers("S1000000000")), layer(x=numbers("float32"))),
    "tensor dtype": (layer(x=numbers("U5", kind="__tensor__")), layer(x=numbers("int32", kind="__tensor__"))),
    "array of texts": (layer(x=numbers("float32", ["a"])), layer(x=numbers("float32", [1]))),
    "array too large": (
        layer(x=numbers("float32", [0] * (2**17 + 1))),
        layer(x=numbers("float32", [0] * 2**17)),
    ),
    "tensor reference": (
        layer(x={"class_name": "__keras_tensor__", "config": {"shape": [1], "dtype": "S9"}}),
        layer(x={"class_name": "__keras_tensor__", "config": {"shape": [None, 1], "dtype": "int32"}}),
    ),
    "huge number": (layer(units=2**53), layer(units=2**53 - 1)),
    "too deep": (layer(x=nested(80)), layer(x=nested(40))),
    "not JSON": (layer(x={1, 2}), layer(x=(1, 2))),
    "too many layers": (
        layer(
            "Sequential",
            module="keras",
            layers=[layer("Sequential", module="keras", layers=[layer()] * 2000)],
        ),
        layer(
            "Sequential",
            module="keras",
            layers=[layer("Sequential", module="keras", layers=[layer()] * 1999)],
        ),
    ),
    "inside a wrapper": (
        layer("TimeDistributed", layer=layer("Lambda")),
        layer("TimeDistributed", layer=layer("Dense", units=1)),
    ),
    "in an argument of a call": (
        {**layer(), "inbound_nodes": [{"args": [], "kwargs": {"f": function("keras.utils", "get_file")}}]},
        {**layer(), "inbound_nodes": [{"args": [1], "kwargs": {"training": False}}]},
    ),
    "in compile_config": (
        {**layer("Sequential", module="keras", layers=[]), "compile_config": {"loss": layer("Lambda")}},
        {**layer("Sequential", module="keras", layers=[]), "compile_config": {"loss": "mse"}},
    ),
}


@pytest.mark.parametrize("rule", CASES)
def test_refuses_what_a_model_does_not_need(rule):
    with pytest.raises(ModelFileError):
        check_layer(CASES[rule][0])


@pytest.mark.parametrize("rule", CASES)
def test_lets_the_benign_twin_pass(rule):
    check_layer(CASES[rule][1])


def test_names_the_layer_and_the_reason():
    model = layer("Sequential", module="keras", layers=[layer("Lambda", name="shift")])
    with pytest.raises(ModelFileError) as error:
        check_model(model)
    assert error.value.layer == "shift" and "Lambda" in error.value.reason


def test_a_layer_without_a_name_is_told_by_its_class():
    nameless = layer("Lambda")
    del nameless["config"]["name"]
    with pytest.raises(ModelFileError) as error:
        check_model(layer("Sequential", module="keras", layers=[layer(), nameless]))
    assert error.value.layer == "Lambda"


def test_allows_registered_classes_only_when_asked():
    @keras.saving.register_keras_serializable("mine")
    class Twice(keras.layers.Layer):
        pass

    item = {**layer("Twice", module="__main__"), "registered_name": "mine>Twice"}
    try:
        with pytest.raises(ModelFileError, match="registered in this process"):
            check_layer(item)
        with pytest.raises(ModelFileError, match="registered in this process"):
            check_layer(layer(activation="mine>Twice"))
        check_layer(item, custom=True)
    finally:
        keras.saving.get_custom_objects().pop("mine>Twice")


def test_every_layer_that_keras_writes_passes():
    for name in dir(keras.layers):
        found = getattr(keras.layers, name)
        try:
            config = keras.saving.serialize_keras_object(found())
        except Exception:  # an abstract class, or arguments are missing
            continue
        if isinstance(config, dict) and "class_name" in config and isinstance(found, type):
            check_layer(config)


def test_a_layer_costs_the_same_among_a_thousand():
    def cost(count):
        """How many functions of Python are called to check so many layers."""
        arguments = keras.layers.Dense(2).get_config()
        layers = [layer(**{**arguments, "name": f"dense_{number}"}) for number in range(count)]
        config = layer("Sequential", "keras", layers=layers)
        check_model(config)  # imports what is imported late
        calls = []
        sys.setprofile(lambda frame, event, argument: calls.append(event) if event == "call" else None)
        try:
            check_model(config)
        finally:
            sys.setprofile(None)
        return len(calls)

    few, many = cost(10), cost(1000)
    assert many < 100 * few
    assert many < 1000 * 100
