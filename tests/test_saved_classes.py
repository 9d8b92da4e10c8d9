"""Every layer of the catalogue, with other arguments too, comes back in plain Keras from each format."""

import copy
import itertools
import json

import keras
import numpy as np
import pytest
from conftest import few
from other_arguments import NO_OTHER, PLAIN, TOGETHER, others
from test_catalog_layers import DTYPES, ENTRIES, SHAPES, STRUCTURED, completions, inputs_of, names

from kerasviz import storage
from kerasviz.codegen import to_code
from kerasviz.config.wholeconfig import left_out
from kerasviz.storage.saving import model_config


def made(entry, config, shape, dtype, complete):
    """A layer, its inputs and its outputs."""
    layer = keras.saving.deserialize_keras_object(copy.deepcopy({**names(entry), "config": config}))
    ports = inputs_of(entry, shape, dtype, complete, batch=2 if config.get("stateful") else None)
    first, *more = ports
    outputs = layer(ports[first], **{name: ports[name] for name in more})
    return keras.tree.flatten(ports), keras.tree.flatten(outputs)


def plainest(entry):
    """The first config and input that the layer takes."""
    if entry["class_name"] in PLAIN:
        config, shape = PLAIN[entry["class_name"]]
        return config, shape, DTYPES[0], False
    for complete, config in itertools.product((False, True), list(completions(entry))):
        for shape, dtype in itertools.product(SHAPES, DTYPES):
            try:
                inputs, outputs = made(entry, config, shape, dtype, complete)
                call(inputs, outputs)
            except Exception:
                continue
            return config, shape, dtype, complete
    return pytest.fail("no config builds")


def call(inputs, outputs):
    keras.Model(inputs, outputs)([values(tensor, 1) for tensor in inputs], training=False)


def values(tensor, seed):
    random = np.random.default_rng(seed)
    shape = (2, *tensor.shape[1:])
    if tensor.dtype == "string":
        return keras.ops.convert_to_tensor(np.full(shape, "a", dtype=object))
    if tensor.dtype == "bool":
        return keras.ops.convert_to_tensor(random.random(shape) > 0.5)
    numbers = random.integers(0, 2, shape) if "int" in tensor.dtype else random.random(shape)
    return keras.ops.convert_to_tensor(numbers.astype(tensor.dtype))


def is_taken(entry, config, data):
    try:
        call(*made(entry, config, *data))
    except Exception:
        return False
    return True


def changes_of(entry):
    """A value for each argument of a layer, with the config and the input that go with it.

    An argument that has none fails by its name: it is new, and goes into `other_arguments`.
    """
    config, *data = plainest(entry)
    found = [({}, data)]
    for change in TOGETHER.get(entry["class_name"], []):
        inputs = [data, *itertools.product(SHAPES, DTYPES, (False, True))]
        fits = next((one for one in inputs if is_taken(entry, {**config, **change}, one)), None)
        assert fits, (entry["class_name"], change)
        found.append((change, fits))
    known = {name for change, _ in found for name in change} | {*NO_OTHER.get(entry["class_name"], {})}
    for name, schema in entry["schema"]["properties"].items():
        tried = [] if name in known else [{name: value} for value in others(schema)]
        found += itertools.islice(
            ((one, data) for one in tried if is_taken(entry, {**config, **one}, data)), 1
        )
    left = [*entry["schema"]["properties"].keys() - {name for change, _ in found for name in change} - known]
    assert left == [], f"{entry['class_name']}: no other value is known for {left}"
    return config, found


def variants(entry):
    """A model that has the layer many times, each time with another value for one argument."""
    config, changes = changes_of(entry)
    inputs, outputs, told = [], [], []
    for number, (change, data) in enumerate(changes):
        one, other = made(entry, {**config, **change, "name": f"layer_{number}"}, *data)
        inputs, outputs = inputs + one, outputs + other
        told += [change] * len(other)
    return keras.Model(inputs, outputs), told


def from_code(model, path):
    scope = {}
    exec(to_code(model_config(model)), scope)
    again = scope["model"]
    again.set_weights(model.get_weights())
    return again


def from_json(model, path):
    storage.save(model, path / "m.json")
    again = keras.models.model_from_json((path / "m.json").read_text())
    storage.save(model, path / "m.weights.h5")
    again.load_weights(path / "m.weights.h5")
    return again


def from_file(end):
    def save_and_load(model, path):
        storage.save(model, path / f"m{end}")
        return keras.models.load_model(path / f"m{end}")

    return save_and_load


WAYS = {".keras": from_file(".keras"), ".h5": from_file(".h5"), ".json": from_json, "code": from_code}


def numbers(tensor):
    if hasattr(tensor, "to_tensor"):
        tensor = tensor.to_tensor()
    return keras.ops.convert_to_numpy(tensor)


def equal(one, other):
    one, other = numbers(one), numbers(other)
    if one.dtype != other.dtype or one.shape != other.shape:
        return False
    return bool(np.array_equal(one, other) or np.allclose(one, other, atol=1e-6, equal_nan=True))


@pytest.mark.parametrize("class_name", few(sorted({*ENTRIES} - {*STRUCTURED} - {"InputLayer"}), 100))
@pytest.mark.filterwarnings("ignore")
def test_a_layer_comes_back_from_every_format_in_plain_keras(class_name, tmp_path):
    model, told = variants(ENTRIES[class_name])
    data = [values(tensor, 2) for tensor in model.inputs]
    expected = keras.tree.flatten(model(data, training=False))
    for way, come_back in WAYS.items():
        again = keras.tree.flatten(come_back(model, tmp_path)(data, training=False))
        wrong = [change for change, *pair in zip(told, expected, again, strict=True) if not equal(*pair)]
        assert wrong == [], (way, wrong)


LOST = [
    (lambda: keras.layers.CategoryEncoding(4, "multi_hot", sparse=True), {"sparse": True}),
    (lambda: keras.layers.SpatialDropout1D(0.5, dtype="mixed_float16"), {"dtype": "mixed_float16"}),
    (lambda: keras.layers.RandomGrayscale(seed=3), {"seed": 3}),
    (lambda: keras.layers.SimpleRNN(2, seed=3), {"seed": 3}),
    (lambda: keras.layers.LSTM(2, use_cudnn=False), {"use_cudnn": False}),
    (lambda: keras.layers.MultiHeadAttention(1, 2, flash_attention=False), {"flash_attention": False}),
    (lambda: keras.layers.MaxNumBoundingBoxes(3, fill_value=7), {"fill_value": 7}),
    (lambda: keras.layers.Dense(2, autocast=False), {"autocast": False}),
    (lambda: keras.layers.RandomShear(0.2), {"x_factor": 0.2}),
]


@pytest.mark.parametrize(("make", "lost"), LOST, ids=lambda item: str(item) if isinstance(item, dict) else "")
def test_what_get_config_leaves_out_is_written_and_read_by_plain_keras(make, lost):
    layer = make()
    config = json.loads(json.dumps(keras.saving.serialize_keras_object(layer)))
    assert left_out(layer, config["config"]) == lost
    config["config"] |= lost
    again = keras.saving.deserialize_keras_object(copy.deepcopy(config))
    written = json.loads(json.dumps(keras.saving.serialize_keras_object(again)))
    assert left_out(again, written["config"]) == lost


def test_no_argument_of_the_catalogue_is_lost_by_a_class_that_is_not_in_this_table():
    """A new Keras may lose others: they must be plain values, or this test names them."""
    for class_name, entry in ENTRIES.items():
        layer = getattr(keras.layers, class_name)
        unwritten = [name for name in left_out_names(layer) if name not in entry["schema"]["properties"]]
        assert set(unwritten) <= {"weights", "shape", "batch_size", "input_tensor"} | {
            name for _, lost in LOST for name in lost
        }, class_name


def left_out_names(cls):
    import inspect

    parameters = list(inspect.signature(cls.__init__).parameters.values())[1:]
    return [p.name for p in parameters if p.kind is p.POSITIONAL_OR_KEYWORD and p.name != "name"]


def test_arguments_of_layers_inside_others_are_written(tmp_path):
    inner = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, autocast=False)], name="inner")
    wrapped = keras.layers.TimeDistributed(keras.layers.SpatialDropout1D(0.5, dtype="mixed_float16"))
    inputs = keras.Input((3, 5, 4))
    model = keras.Model(inputs, keras.layers.TimeDistributed(inner)(wrapped(inputs)[:, 0]))
    text = json.dumps(model_config(model))
    assert '"autocast": false' in text and text.count("mixed_float16") == 1
