"""Files of Keras 1 and 2, as they were written: the same numbers, or a reason."""

import csv
from pathlib import Path

import keras
import numpy as np
import pytest
from conftest import BACKEND, LEGACY, WILD, computed, few

from kerasviz.config import ModelFileError
from kerasviz.config.build import build_model
from kerasviz.storage import load, load_weights, read_config

WEIGHTS = ".weights-legacy.h5"
REMOVED = {"Lambda", "LocallyConnected1D", "LocallyConnected2D", "RandomHeight", "RandomWidth"}
BUILDABLE = sorted(path for path in LEGACY.iterdir() if path.suffix != ".npz")
FOUND = sorted(path for path in WILD.glob("*.*") if path.suffix != ".csv")


def classes(value):
    if isinstance(value, dict):
        found = {value["class_name"]} if isinstance(value.get("class_name"), str) else set()
        return found.union(*map(classes, value.values()))
    return set().union(*map(classes, value)) if isinstance(value, list) else set()


def model_of(path):
    if not path.name.endswith(WEIGHTS):
        return load(path)
    model = load(path.with_name(path.name.removesuffix(WEIGHTS) + ".json"))
    load_weights(model, path)
    return model


def assert_gives(model, expected):
    inputs = [expected[key] for key in sorted(expected) if key.startswith("x")]
    if inputs[0].dtype.kind == "U":
        if BACKEND != "tensorflow":
            pytest.skip("about TensorFlow: it takes text as an input")
        inputs = [keras.ops.convert_to_tensor(array) for array in inputs]
    outputs = keras.tree.flatten(model(inputs if len(inputs) > 1 else inputs[0], training=False))
    wanted = [expected[key] for key in sorted(expected) if key.startswith("y")]
    assert len(outputs) == len(wanted)
    for output, want in zip(outputs, wanted, strict=True):
        bound = 1e-2 if want.dtype == np.float16 else 1e-4
        np.testing.assert_allclose(computed(output).astype(want.dtype), want, rtol=bound, atol=bound)


@pytest.mark.parametrize("path", few(BUILDABLE, 3), ids=lambda path: path.name)
def test_a_file_of_keras_2_gives_the_same_numbers_or_says_at_which_layer_not(path):
    base = path.name.partition(".")[0]
    if BACKEND != "tensorflow" and "bicubic" in base:
        pytest.skip("about TensorFlow: others have another bicubic filter")
    try:
        model = model_of(path)
    except ModelFileError as error:
        assert error.layer and error.reason
        assert classes(read_config(path.with_name(f"{base}.json"))) & REMOVED
        return
    expected = path.with_name(f"{base}.npz")
    if path.suffix != ".json" and expected.exists():
        with np.load(expected, allow_pickle=False) as arrays:
            assert_gives(model, dict(arrays))


def test_a_wrong_order_of_equal_shapes_in_a_frozen_model_does_not_load(tmp_path):
    """The weights of a nested model are found by name, whatever was frozen when they were saved."""
    inner = keras.Sequential(
        [keras.Input((3,)), keras.layers.Dense(3, name="a"), keras.layers.BatchNormalization(name="b")],
        name="in",
    )
    model = keras.Sequential([keras.Input((3,)), inner])
    values = [np.random.default_rng(number).uniform(1, 2, v.shape) for number, v in enumerate(model.weights)]
    model.set_weights(values)
    inner.trainable = False
    model.save(tmp_path / "m.h5")
    inner.trainable = True
    loaded = load(tmp_path / "m.h5")
    for variable in model.variables:
        found = next(v for v in loaded.variables if v.path.split("/")[-2:] == variable.path.split("/")[-2:])
        np.testing.assert_array_equal(found, variable)


@pytest.mark.parametrize("inside", [False, True])
def test_a_normalization_uses_the_weights_of_the_file(inside, tmp_path):
    """It computes with a mean and a deviation that it keeps beside its weights."""

    def build():
        layers = [keras.Input((2,)), keras.layers.Normalization()]
        model = keras.Sequential(layers, name="n")
        return keras.Sequential([keras.Input((2,)), model]) if inside else model

    model = build()
    model.set_weights([np.array([1.0, 2.0]), np.array([4.0, 9.0]), np.array(3)])
    model.save(tmp_path / "m.h5")
    loaded = build()
    load_weights(loaded, tmp_path / "m.h5")
    np.testing.assert_allclose(computed(loaded(np.array([[3.0, 5.0]]))), [[1.0, 1.0]], rtol=1e-6)


@pytest.mark.wild
@pytest.mark.parametrize("path", FOUND, ids=lambda path: path.name)
def test_a_file_from_the_wild_opens_and_builds_or_says_at_which_layer_not(path):
    config = read_config(path)
    assert config["config"]["layers"]
    try:
        model = build_model(config)
    except ModelFileError as error:
        assert error.layer
        layer = next(item for item in layers(config) if item["config"].get("name") == error.layer)
        found = getattr(keras.layers, layer["class_name"], None)
        assert found is None or layer["class_name"] == "Lambda", error.reason
        return
    declared = [item["config"]["batch_shape"] for item in layers(config) if "batch_shape" in item["config"]]
    for shape in keras.tree.flatten(model.inputs):
        assert list(shape.shape) in declared


def layers(config):
    for item in config["config"]["layers"]:
        if "layers" in item["config"]:
            yield from layers(item)
        else:
            yield item


@pytest.mark.wild
def test_the_list_of_wild_files_is_the_folder():
    with open(WILD / "index.csv", newline="") as file:
        assert {Path(row["file"]).name for row in csv.DictReader(file)} == {path.name for path in FOUND}
