"""Weights are not cut to whole numbers: what a dtype says of the input is not said of the weights."""

import json
from itertools import product

import h5py
import keras
import numpy as np
import pytest
from conftest import computed, except_on, few

from kerasviz.config import ModelFileError
from kerasviz.storage import load, load_weights, save

TABLE = np.linspace(-0.9, 0.9, 12).reshape(6, 2).astype("float32")
OLD = {"name": "e", "trainable": True, "batch_input_shape": [None, 4], "input_dim": 6, "output_dim": 2}


@pytest.mark.parametrize("dtype", ["int32", "int64", "float32"])
def test_an_embedding_of_keras_2_0_keeps_its_numbers(dtype, tmp_path):
    embedding = {**OLD, "dtype": dtype, "embeddings_initializer": "uniform"}
    config = {"class_name": "Sequential", "config": [{"class_name": "Embedding", "config": embedding}]}
    with h5py.File(tmp_path / "m.h5", "w") as file:
        file.attrs["keras_version"], file.attrs["model_config"] = b"2.0.2", json.dumps(config).encode()
        group = file.create_group("model_weights")
        group.attrs["layer_names"], group.attrs["keras_version"] = [b"e"], b"2.0.2"
        group = group.create_group("e")
        group.attrs["weight_names"] = [b"e/embeddings:0"]
        group["e/embeddings:0"] = TABLE
    model = load(tmp_path / "m.h5")
    np.testing.assert_array_equal(computed(model(np.array([[0, 1, 2, 5]])))[0], TABLE[[0, 1, 2, 5]])


def embedding_of(dtype):
    table = keras.layers.Embedding(6, 2, embeddings_initializer="zeros", name="e", dtype=dtype)
    return keras.Sequential([keras.Input((4,)), table], name="s")


@except_on("torch", "has no weights of whole numbers that train")
@pytest.mark.parametrize("end", [".h5", ".keras", ".weights.h5"])
def test_fractions_never_go_into_whole_numbers(end, tmp_path):
    model, path = embedding_of("float32"), tmp_path / f"m{end}"
    model.set_weights([TABLE])
    (model.save_weights if end == ".weights.h5" else model.save)(path)
    whole = embedding_of("int32")
    with pytest.raises(ModelFileError, match="whole numbers") as error:
        load_weights(whole, path)
    assert error.value.layer == "e"
    model.set_weights([np.round(TABLE)])
    (model.save_weights if end == ".weights.h5" else model.save)(path)
    load_weights(whole, path)
    np.testing.assert_array_equal(whole.get_weights()[0], np.round(TABLE))


@pytest.mark.parametrize(
    ("dtype", "end"), few(product(["bfloat16", "float16", "float64"], [".h5", ".keras"]), 5)
)
def test_plain_keras_opens_weights_of_every_kind_of_float(dtype, end, tmp_path):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, dtype=dtype), keras.layers.Dense(2)])
    model.compile("adam", "mse")
    model.fit(np.ones((2, 4)), np.ones((2, 2)), verbose=0)
    save(model, tmp_path / f"m{end}")
    for again in (keras.models.load_model(tmp_path / f"m{end}"), load(tmp_path / f"m{end}")):
        for ours, right in zip(again.get_weights(), model.get_weights(), strict=True):
            assert ours.dtype == right.dtype
            np.testing.assert_array_equal(ours, right)


@pytest.mark.parametrize("end", [".h5", ".keras"])
def test_what_keras_itself_writes_of_bfloat16_opens(end, tmp_path):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, dtype="bfloat16")])
    model.save(tmp_path / f"m{end}")
    for ours, right in zip(load(tmp_path / f"m{end}").get_weights(), model.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, right)
