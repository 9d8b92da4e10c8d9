"""Weights are taken layer by layer, by name: what does not fit is skipped, and the note lists it."""

import json

import h5py
import keras
import numpy as np
import pytest
from keras import layers

from kerasviz.config import ModelFileError
from kerasviz.models.startweights import start_from_file
from kerasviz.protocol import RequestError

FORMATS = ["base.keras", "base.h5", "base.weights.h5", "old.weights.h5"]


def base(filters=6):
    start = keras.Input((16, 16, 3), name="in")
    x = layers.MaxPooling2D(name="p1")(layers.Conv2D(4, 3, name="c1")(start))
    return keras.Model(start, layers.Conv2D(filters, 3, name="c2")(x), name="base")


def longer():
    model = base()
    return keras.Model(model.input, layers.Dense(2, name="head")(layers.Flatten()(model.output)))


def nested(name="base"):
    model = base()
    model.name = name
    start = keras.Input((16, 16, 3))
    return keras.Model(start, layers.Dense(2, name="head")(layers.Flatten()(model(start))))


def shorter():
    start = keras.Input((16, 16, 3))
    return keras.Model(start, layers.Conv2D(4, 3, name="c1")(start))


def write(model, path):
    """Saves as plain Keras does; the old layout of weights alone has a list of weights for each layer."""
    if path.name.startswith("old"):
        from keras.src.legacy.saving import legacy_h5_format

        with h5py.File(path, "w") as file:
            legacy_h5_format.save_weights_to_hdf5_group(file, model)
    elif path.name.endswith(".weights.h5"):
        model.save_weights(path)
    else:
        model.save(path)


def layer_named(model, name):
    for layer in model.layers:
        if hasattr(layer, "layers") and (found := layer_named(layer, name)):
            return found
        if layer.name == name:
            return layer
    return None


def same(one, other, name):
    pairs = zip(layer_named(one, name).get_weights(), layer_named(other, name).get_weights(), strict=True)
    return all(np.array_equal(a, b) for a, b in pairs)


@pytest.mark.parametrize("file", FORMATS)
@pytest.mark.parametrize("drawn", [longer, nested, lambda: nested("encoder")])
def test_a_base_starts_from_its_file_under_a_new_head(file, drawn, tmp_path):
    source, model = base(), drawn()
    write(source, tmp_path / file)
    note = start_from_file(model, file, tmp_path, some=True).note
    assert same(source, model, "c1") and same(source, model, "c2")
    assert "except those of: head." in note and "c1" in note.partition("head.")[2]


@pytest.mark.parametrize("file", FORMATS)
@pytest.mark.parametrize("stored", [longer, nested])
@pytest.mark.parametrize("drawn", [base, shorter])
def test_layers_start_from_the_file_of_a_larger_model(file, stored, drawn, tmp_path):
    source, model = stored(), drawn()
    write(source, tmp_path / file)
    assert start_from_file(model, file, tmp_path, some=True).note == f"Weights start from {file}."
    assert same(source, model, "c1")


@pytest.mark.parametrize("file", FORMATS)
def test_a_layer_of_another_shape_keeps_its_weights(file, tmp_path):
    source, model = base(filters=7), base()
    before = model.get_layer("c2").get_weights()
    write(source, tmp_path / file)
    assert "except those of: c2." in start_from_file(model, file, tmp_path, some=True).note
    assert same(source, model, "c1")
    assert np.array_equal(before[0], model.get_layer("c2").get_weights()[0])


@pytest.mark.parametrize("file", FORMATS)
def test_where_nothing_fits_the_file_is_refused_and_nothing_changes(file, tmp_path):
    write(base(), tmp_path / file)
    model = keras.Sequential([layers.Input((4,)), layers.Dense(3, name="c1"), layers.Dense(2, name="z")])
    before = model.get_weights()
    with pytest.raises((ModelFileError, RequestError)):
        start_from_file(model, file, tmp_path, some=True)
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


@pytest.mark.parametrize("file", ["lambda.keras", "lambda.h5"])
def test_a_layer_that_cannot_be_built_does_not_bar_the_others(file, tmp_path):
    def build(first):
        start = keras.Input((16, 16, 3))
        inner = layers.Bidirectional(layers.LSTM(2, name="rnn"), name="both")
        x = inner(layers.Reshape((196, 4))(layers.Conv2D(4, 3, name="c1")(first(start))))
        return keras.Model(start, layers.Dense(1, name="out")(x))

    source = build(layers.Lambda(lambda x: x / 2, output_shape=(16, 16, 3)))
    model = build(layers.Rescaling(0.5))
    source.save(tmp_path / file)
    assert start_from_file(model, file, tmp_path, some=True).note == f"Weights start from {file}."
    assert all(same(source, model, name) for name in ("c1", "both", "out"))


def test_names_come_from_the_config_where_the_weights_have_none(tmp_path):
    from kerasviz.storage.path_names import named_paths

    config = json.loads(nested().to_json())
    groups = {"layers/functional/layers/conv2d", "layers/functional/layers/conv2d_1", "layers/dense"}
    found = named_paths(config, groups)
    assert found["base/c1"] == "layers/functional/layers/conv2d"
    assert found["base/c2"] == "layers/functional/layers/conv2d_1" and found["head"] == "layers/dense"
