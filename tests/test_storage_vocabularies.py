"""Words that layers learned come back from every format, or the file is refused at the layer."""

import io
import json
import zipfile
from itertools import product

import h5py
import keras
import numpy as np
import pytest
from conftest import BACKEND, computed, few

from kerasviz.config import ModelFileError
from kerasviz.storage import load, load_weights, save

WORDS = ["a b", "b c", "c c"]
LAYERS = {
    "words": lambda: keras.layers.StringLookup(mask_token="", num_oov_indices=2),
    "weighted words": lambda: keras.layers.StringLookup(output_mode="tf_idf"),
    "texts": lambda: keras.layers.TextVectorization(),
    "weighted texts": lambda: keras.layers.TextVectorization(output_mode="tf_idf"),
}


def model_of(layer, learn=True):
    if learn:
        layer.adapt(WORDS if isinstance(layer, keras.layers.TextVectorization) else [["a", "b"], ["b", "c"]])
    inputs = keras.Input((1,), dtype="string")
    inner = keras.Model(inputs, layer(inputs), name="inner")
    outer = keras.Input((1,), dtype="string")
    return keras.Model(outer, inner(outer))


def answers(model):
    """What the model makes of words; its words, where a backend takes no text."""
    if BACKEND == "tensorflow":
        return computed(model(keras.ops.convert_to_tensor([["a"], ["c"], ["zz"]])))
    last = model.layers[-1]
    return (last.layers[-1] if isinstance(last, keras.Model) else last).get_vocabulary()


@pytest.mark.parametrize(("kind", "end"), few(product(LAYERS, [".keras", ".h5", ".json", ".yaml"]), 5))
def test_what_a_layer_learned_comes_back(kind, end, tmp_path):
    model = model_of(LAYERS[kind]())
    save(model, tmp_path / f"m{end}")
    np.testing.assert_array_equal(answers(load(tmp_path / f"m{end}")), answers(model))


def test_numbers_come_back_too(tmp_path):
    layer = keras.layers.IntegerLookup()
    layer.adapt([5, 6, 5])
    model = keras.Sequential([keras.Input((1,), dtype="int64"), layer])
    save(model, tmp_path / "m.h5")
    np.testing.assert_array_equal(
        computed(load(tmp_path / "m.h5")(np.array([[6], [7]]))), computed(model(np.array([[6], [7]])))
    )


def test_a_file_of_keras_that_lost_its_words_is_refused_at_the_layer(tmp_path):
    model_of(keras.layers.StringLookup(name="words")).save(tmp_path / "m.h5")
    with pytest.raises(ModelFileError, match="vocabulary") as error:
        load(tmp_path / "m.h5")
    assert error.value.layer == "words"


def test_weights_alone_leave_no_layer_without_words_unsaid(tmp_path):
    model_of(keras.layers.StringLookup(name="words")).save_weights(tmp_path / "m.weights.h5")
    with pytest.raises(ModelFileError, match="vocabulary") as error:
        load_weights(
            model_of(keras.layers.StringLookup(name="words"), learn=False), tmp_path / "m.weights.h5"
        )
    assert error.value.layer == "words"
    load_weights(model_of(keras.layers.StringLookup(name="words")), tmp_path / "m.weights.h5")


def test_a_keras_file_without_its_assets_is_refused_at_the_layer(tmp_path):
    save(model_of(keras.layers.TextVectorization(name="texts")), tmp_path / "m.keras")
    out = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "m.keras") as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            if not name.startswith("assets/"):
                target.writestr(name, source.read(name))
    (tmp_path / "m.keras").write_bytes(out.getvalue())
    with pytest.raises(ModelFileError, match="vocabulary") as error:
        load(tmp_path / "m.keras")
    assert error.value.layer == "texts"


def test_a_layer_that_is_yet_to_learn_opens_from_its_config(tmp_path):
    save(model_of(keras.layers.StringLookup(), learn=False), tmp_path / "m.json")
    assert load(tmp_path / "m.json").layers


def test_words_of_keras_2_13_are_found_where_it_put_them(tmp_path):
    """Its archives have `assets/_layer_checkpoint_dependencies/string_lookup/vocabulary.txt`."""
    layer = keras.layers.StringLookup(name="words")
    layer.adapt(["a", "c"])
    model = keras.Sequential([keras.Input((1,), dtype="string"), layer])
    save(model, tmp_path / "m.keras")
    out = io.BytesIO()
    with zipfile.ZipFile(tmp_path / "m.keras") as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "metadata.json":
                data = json.dumps({"keras_version": "2.13.1"})
            if name == "model.weights.h5":
                weights = io.BytesIO()
                with h5py.File(weights, "w") as file:
                    file.create_group("_layer_checkpoint_dependencies/string_lookup/vars")
                data = weights.getvalue()
            target.writestr(name.replace("/layers/", "/_layer_checkpoint_dependencies/"), data)
    (tmp_path / "m.keras").write_bytes(out.getvalue())
    np.testing.assert_array_equal(answers(load(tmp_path / "m.keras")), answers(model))


def test_boundaries_come_back_or_are_missed_when_weights_alone_are_loaded(tmp_path):
    def model(learn):
        layer = keras.layers.Discretization(num_bins=3, name="bins")
        if learn:
            layer.adapt(np.arange(9.0))
        return keras.Sequential([keras.Input((1,)), layer, keras.layers.Dense(1)])

    learned = model(learn=True)
    save(learned, tmp_path / "m.keras")
    np.testing.assert_allclose(
        computed(load(tmp_path / "m.keras")(np.ones((1, 1)))), computed(learned(np.ones((1, 1))))
    )
    learned.save_weights(tmp_path / "m.weights.h5")
    with pytest.raises(ModelFileError, match="bin_boundaries") as error:
        load_weights(model(learn=False), tmp_path / "m.weights.h5")
    assert error.value.layer == "bins"
