"""Every layer of the palette, completed with valid values by rule, builds and passes data."""

import copy
import itertools
import json

import jsonschema
import keras
import numpy as np
import pytest

from kerasviz.catalog import catalog

ENTRIES = {entry["class_name"]: entry for entry in catalog()["layers"] if not entry["disabled"]}
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
]
STATE = (2,)
DTYPES = ["float32", "int32", "string"]
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
    if kind == "shape":
        return [[None, 2], [2, -1], [2]]
    if kind == "json":
        return [["a", "b"], [1, 2], [0.5], 2]
    if "integer" in kinds:
        return [2, 1]
    if "number" in kinds:
        return [0.5]
    if "array" in kinds:
        return [[2, 1], [1], [1, 2, 3]]
    if "string" in kinds:
        return ["abc,cd->abd"]
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


def inputs_of(entry, shape, dtype):
    """One tensor, or a list of two, for every port that must be connected; states have a cell's size."""
    tensors = {}
    for port in entry["inputs"]:
        if not port["optional"]:
            of_port = STATE if port["name"] == "states" else shape
            made = [keras.Input(of_port, dtype=dtype) for _ in range(1 + port["many"])]
            tensors[port["name"]] = made if port["many"] else made[0]
    return tensors


def data_for(tensor):
    shape = (2, *tensor.shape[1:])
    if tensor.dtype == "string":
        return keras.ops.convert_to_tensor(np.full(shape, "a", dtype=object))
    return keras.ops.convert_to_tensor(np.ones(shape, dtype=tensor.dtype))


def attempt(entry, config, shape, dtype):
    layer = keras.layers.deserialize(copy.deepcopy({**names(entry), "config": config}))
    if isinstance(layer, keras.layers.InputLayer):
        return layer, layer.output
    ports = inputs_of(entry, shape, dtype)
    first, *others = ports
    outputs = layer(ports[first], **{name: ports[name] for name in others})
    inputs = keras.tree.flatten(ports)
    model = keras.Model(inputs, outputs)
    return layer, model([data_for(tensor) for tensor in inputs])


def first_success(entry):
    errors = []
    for config in completions(entry):
        for shape, dtype in itertools.product(SHAPES, DTYPES):
            try:
                return config, *attempt(entry, config, shape, dtype)
            except Exception as error:
                errors.append(f"{config} {shape} {dtype}: {str(error)[:300]}")
    return pytest.fail("\n".join(errors[:40]))


@pytest.mark.parametrize("class_name", sorted(set(ENTRIES) - set(STRUCTURED)))
def test_layer_completed_by_its_form_builds_and_passes_data(class_name):
    entry = ENTRIES[class_name]
    config, layer, outputs = first_success(entry)
    jsonschema.validate(config, entry["schema"])
    assert keras.tree.flatten(outputs)
    kept = json.loads(json.dumps(keras.saving.serialize_keras_object(layer)))["config"]
    arguments = {name: kept[name] for name in entry["schema"]["properties"] if name in kept}
    jsonschema.validate(arguments, entry["schema"])


@pytest.mark.parametrize("class_name", sorted(STRUCTURED))
def test_layer_of_structured_data_builds(class_name):
    entry = ENTRIES[class_name]
    assert keras.layers.deserialize({**names(entry), "config": next(completions(entry))}).built is not None
