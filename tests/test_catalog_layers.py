"""Every layer and operation of the palette, completed with valid values by rule, builds and passes data."""

import copy
import itertools
import json

import jsonschema
import keras
import numpy as np
import pytest
from conftest import BACKEND
from keras.src.utils.naming import to_snake_case

from kerasviz.catalog import catalog

ENTRIES = {entry["class_name"]: entry for entry in catalog()["layers"] if not entry["disabled"]}
OPERATIONS = {entry["class_name"]: entry for entry in catalog()["operations"]}
SHAPES = [
    (8,),
    (6, 8),
    (8, 8, 3),
    (4, 4, 4, 3),
    (2, 8, 8, 3),
    (2, 4, 4, 4, 3),
    (1,),
    (2048,),
    (512, 1),
    (4, 4, 32),
    (8, 8),
]
STATE = (2,)
DTYPES = ["float32", "int32", "string", "bool"]
WRAPPED = ["Dense", "SimpleRNN", "SimpleRNNCell"]
# Their data is not one tensor, which is all that a port can carry.
STRUCTURED = {
    "MaxNumBoundingBoxes": "takes a dict of images and bounding boxes",
}


def layer_json(class_name):
    config = {name: values(schema)[0] for name, schema in required(ENTRIES[class_name]).items()}
    return {**names(ENTRIES[class_name]), "config": config}


def names(entry):
    return {key: entry[key] for key in ("module", "class_name", "registered_name")}


def required(entry):
    return {name: entry["schema"]["properties"][name] for name in entry["schema"].get("required", [])}


def values(schema):
    """Valid values for an argument, likeliest first."""
    kind = schema.get("x-keras")
    kinds = schema.get("type", [])
    if "default" in schema and schema["default"] is not None:
        return [schema["default"]]
    if "enum" in schema:
        return [schema["enum"][0]]
    if kind == "layer":
        return [layer_json(name) for name in WRAPPED]
    if kind == "layers":
        return [[layer_json(name)] for name in WRAPPED[::2]]
    if kind == "activation":
        return ["relu"]
    if kind == "dtype":
        return ["float16"]
    if kind == "shape":
        return [[None, 2], [2, -1], [2], [2, 8]]
    if kind == "strings":
        return [["a", "b"]]
    if kind == "index":
        return [[{"class_name": "__slice__", "config": {"start": None, "stop": None, "step": 2}}, 0]]
    if kind == "json":
        return [["a", "b"], [1, 2], [0.5], 2]
    if "items" in schema.get("items", []):
        return [[[1, 1], [1, 1]], [1]]
    if "integer" in kinds:
        return [2, 1]
    if "number" in kinds:
        return [0.5]
    if "array" in kinds:
        return [[2, 1], [1], [1, 2, 3]]
    if "string" in kinds:
        return ["abc,cd->abd", "ab,ab->a"]
    return [True]


def completions(entry):
    """Configs with the required arguments; then with one more, or two, that Keras asks for in some cases."""
    needed = required(entry)
    optional = {
        name: schema
        for name, schema in entry["schema"]["properties"].items()
        if name not in needed and schema.get("default") is None
    }
    for count in range(3):
        for chosen in itertools.combinations(optional, count):
            arguments = needed | {name: optional[name] for name in chosen}
            for filled in itertools.product(*(values(schema) for schema in arguments.values())):
                yield dict(zip(arguments, filled, strict=True))


def inputs_of(entry, shape, dtype, complete, batch=None):
    """One tensor, or a list of two, for each required port, or for each; states have a cell's size."""
    tensors = {}
    for port in entry["inputs"]:
        if (complete or not port["optional"]) and not port.get("carried"):
            of_port = STATE if port["name"] == "states" else shape
            several = port["many"] or port.get("variadic", False)
            made = [keras.Input(of_port, batch, dtype=dtype) for _ in range(1 + several)]
            tensors[port["name"]] = made if several else made[0]
    return tensors


def called_with(entry):
    """Values that a call can't do without."""
    properties = entry["call"]["properties"]
    return [values(properties[name])[0] for name in entry["call"].get("required", [])]


def data_for(tensor):
    shape = (2, *tensor.shape[1:])
    if tensor.dtype == "string":
        return keras.ops.convert_to_tensor(np.full(shape, "a", dtype=object))
    return keras.ops.convert_to_tensor(np.ones(shape, dtype=tensor.dtype))


def attempt(entry, config, shape, dtype, complete):
    layer = keras.saving.deserialize_keras_object(copy.deepcopy({**names(entry), "config": config}))
    if isinstance(layer, keras.layers.InputLayer):
        return layer, layer.output, None
    ports = inputs_of(entry, shape, dtype, complete)
    first, *others = ports
    args = [*ports[first]] if entry["inputs"][0].get("variadic") else [ports[first]]
    args += [keras.saving.deserialize_keras_object(value) for value in called_with(entry)]
    outputs = layer(*args, **{name: ports[name] for name in others})
    inputs = keras.tree.flatten(ports)
    model = keras.Model(inputs, outputs)
    return layer, model([data_for(tensor) for tensor in inputs]), model


def first_success(entry):
    errors = []
    # `where` takes a condition alone, or all three.
    for complete, config in itertools.product((False, True), list(completions(entry))):
        for shape, dtype in itertools.product(SHAPES, DTYPES):
            try:
                return config, *attempt(entry, config, shape, dtype, complete)
            except Exception as error:
                errors.append(f"{config} {shape} {dtype}: {str(error)[:300]}")
    return pytest.fail("\n".join(errors[:40]))


@pytest.mark.parametrize("class_name", sorted(set(ENTRIES) - set(STRUCTURED)))
def test_layer_completed_by_its_form_builds_and_passes_data(class_name):
    if class_name in ("StringLookup", "TextVectorization") and BACKEND != "tensorflow":
        pytest.skip("about TensorFlow: it takes text as an input")
    entry = ENTRIES[class_name]
    config, layer, outputs, _ = first_success(entry)
    jsonschema.validate(config, entry["schema"])
    assert keras.tree.flatten(outputs)
    kept = json.loads(json.dumps(keras.saving.serialize_keras_object(layer)))["config"]
    arguments = {name: kept[name] for name in entry["schema"]["properties"] if name in kept}
    jsonschema.validate(arguments, entry["schema"])


@pytest.mark.parametrize("class_name", OPERATIONS)
def test_operation_completed_by_its_form_builds_passes_data_and_is_read_back(class_name):
    entry = OPERATIONS[class_name]
    config, operation, outputs, model = first_success(entry)
    jsonschema.validate(config, entry["schema"])
    again = keras.models.model_from_json(model.to_json())
    assert again.get_config() == model.get_config()
    assert type(again.operations[-1]) is type(operation)
    data = [data_for(tensor) for tensor in model.inputs]
    for one, other in zip(keras.tree.flatten(outputs), keras.tree.flatten(again(data)), strict=True):
        assert keras.ops.all(keras.ops.equal(one, other))


@pytest.mark.parametrize(
    "class_name",
    [name for name, entry in OPERATIONS.items() if entry["call"]["properties"] and not called_with(entry)],
)
def test_operation_takes_numbers_instead_of_tensors(class_name):
    entry = OPERATIONS[class_name]
    tensor = keras.Input((8,), dtype="bool" if class_name == "Where" else "float32")
    operation = keras.saving.deserialize_keras_object({**names(entry), "config": {}})
    model = keras.Model(tensor, operation(tensor, **dict.fromkeys(entry["call"]["properties"], 1)))
    again = keras.models.model_from_json(model.to_json())
    assert again.get_config() == model.get_config()
    assert keras.tree.flatten(again(data_for(tensor)))


def test_operation_goes_by_the_name_of_its_function():
    for entry in catalog()["operations"]:
        assert hasattr(keras.ops, to_snake_case(entry["class_name"])), entry["class_name"]


@pytest.mark.parametrize("class_name", sorted(STRUCTURED))
def test_layer_of_structured_data_builds(class_name):
    entry = ENTRIES[class_name]
    assert keras.layers.deserialize({**names(entry), "config": next(completions(entry))}).built is not None
