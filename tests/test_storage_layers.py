"""Layers that write, name or count their weights in a way of their own."""

import keras
import numpy as np
import pytest
from conftest import computed, few
from keras import layers

from kerasviz.storage import load, read_config, save


def same(model, other):
    data = np.random.default_rng(0).uniform(size=(2, *model.input_shape[1:])).astype("float32")
    for one, two in zip(keras.tree.flatten(model(data)), keras.tree.flatten(other(data)), strict=True):
        np.testing.assert_array_equal(computed(one), computed(two))


def changed(model):
    """The model with weights that are not those it began with."""
    random = np.random.default_rng(1)
    model.set_weights([w + random.uniform(size=w.shape).astype(w.dtype) for w in model.get_weights()])
    return model


@pytest.mark.parametrize("end", [".keras", ".h5", ".json"])
def test_plain_keras_reads_what_its_from_config_asks_for(end, tmp_path):
    model = keras.Sequential([keras.Input((3,)), layers.Rescaling(1 / 255), layers.Dense(2)])
    save(model, tmp_path / f"m{end}")
    if end == ".json":
        made = keras.models.model_from_json((tmp_path / "m.json").read_text())
        made.set_weights(model.get_weights())
    else:
        made = keras.models.load_model(tmp_path / f"m{end}")
    same(model, made)


@pytest.mark.parametrize("end", [".keras", ".weights.h5", ".h5"])
def test_a_layer_with_lora_is_saved(end, tmp_path):
    model = keras.Sequential([keras.Input((3,)), layers.Dense(4, lora_rank=2), layers.Dense(2)])
    save(changed(model), tmp_path / f"m{end}")
    if end == ".weights.h5":
        other = keras.models.clone_model(model)
        other.load_weights(tmp_path / "m.weights.h5")
    else:
        other = load(tmp_path / f"m{end}")
    np.testing.assert_allclose(computed(other(np.ones((1, 3)))), computed(model(np.ones((1, 3)))), rtol=1e-6)


@pytest.mark.parametrize("mode", few(["int8", "int4"], 2))
def test_a_quantized_model_is_saved(mode, tmp_path):
    model = keras.Sequential([keras.Input((16,)), layers.Dense(8), layers.Dense(4)])
    model.quantize(mode)
    save(model, tmp_path / "m.keras")
    same(model, load(tmp_path / "m.keras"))
    same(model, keras.models.load_model(tmp_path / "m.keras"))


def test_a_class_that_has_another_name_in_public_has_its_weights(tmp_path):
    inputs = keras.Input((5, 8))
    model = changed(keras.Model(inputs, layers.GroupQueryAttention(4, 4, 2)(inputs, inputs)))
    model.save(tmp_path / "m.keras")
    same(model, load(tmp_path / "m.keras"))


def test_a_layer_that_two_models_inside_share_has_its_weights_in_both(tmp_path):
    shared = layers.Dense(3, name="shared")
    first, second = (
        keras.Sequential([keras.Input((3,)), shared, layers.Dense(2)], name=name) for name in ("one", "two")
    )
    inputs = keras.Input((3,))
    model = changed(keras.Model(inputs, [first(inputs), second(inputs)]))
    model.save(tmp_path / "m.keras")
    same(model, load(tmp_path / "m.keras"))


@pytest.mark.parametrize("end", [".keras", ".h5", ".json", ".yaml"])
def test_what_a_model_returns_keeps_its_form(end, tmp_path):
    inputs = keras.Input((3,), name="x")
    x = layers.Dense(2)(inputs)
    for outputs in (x, [x], {"one": [x], "two": [x, {"three": inputs}]}):
        model = keras.Model({"x": inputs}, outputs)
        save(model, tmp_path / f"m{end}")
        assert (
            read_config(tmp_path / f"m{end}")["config"]["output_layers"]
            == model.get_config()["output_layers"]
        )
