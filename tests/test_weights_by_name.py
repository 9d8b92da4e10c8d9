"""Weights are taken layer by layer, by name: what does not fit is skipped, and the note lists it."""

import json
import zipfile
from itertools import product
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import BACKEND, computed, few
from everykind import MODELS
from keras import layers

from kerasviz.config import ModelFileError
from kerasviz.models.startweights import start_from_file, start_from_model
from kerasviz.models.weightorigins import specs_of
from kerasviz.protocol import RequestError
from kerasviz.storage import load, read_document, save
from kerasviz.storage.by_name import load_by_name
from kerasviz.storage.loading import load_file
from kerasviz.storage.matching import fitting

FORMATS = ["base.keras", "base.h5", "base.weights.h5", "old.weights.h5", "tf_keras.index", "keras_3.index"]
FILES = Path(__file__).parent / "fixtures"


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


def renamed():
    return nested("encoder")


def shorter():
    start = keras.Input((16, 16, 3))
    return keras.Model(start, layers.Conv2D(4, 3, name="c1")(start))


def write(model, path):
    """Saves as plain Keras does; the old layout of weights alone has a list of weights for each layer."""
    if path.name == "tf_keras.index":
        as_tf_keras(model).write(path.with_suffix(""))
    elif path.name == "keras_3.index":
        if BACKEND != "tensorflow":
            pytest.skip("about TensorFlow: it writes checkpoints")
        tf.train.Checkpoint(model=model).write(path.with_suffix(""))
    elif path.name.startswith("old"):
        from keras.src.legacy.saving import legacy_h5_format

        with h5py.File(path, "w") as file:
            legacy_h5_format.save_weights_to_hdf5_group(file, model)
    elif path.name.endswith(".weights.h5"):
        model.save_weights(path)
    else:
        model.save(path)


def as_tf_keras(model):
    """The objects that tf.keras writes of a model: layers have no names, but their variables do."""
    parts = {}
    for layer in model.layers:
        if layer.weights:
            own = {w.name: tf.Variable(w.numpy(), name=f"{layer.name}/{w.name}") for w in layer.weights}
            part = as_tf_keras(layer) if hasattr(layer, "layers") else tf.train.Checkpoint(**own)
            parts[f"layer_with_weights-{len(parts)}"] = part
    return tf.train.Checkpoint(**parts)


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


@pytest.mark.parametrize(("drawn", "file"), few(product([longer, nested, renamed], FORMATS), 5))
def test_a_base_starts_from_its_file_under_a_new_head(file, drawn, tmp_path):
    source, model = base(), drawn()
    write(source, tmp_path / file)
    note = start_from_file(model, file, tmp_path, some=True).note
    assert same(source, model, "c1") and same(source, model, "c2")
    assert "except those of: head." in note and "c1" in note.partition("head.")[2]


@pytest.mark.parametrize(
    ("drawn", "stored", "file"), few(product([base, shorter], [longer, nested], FORMATS), 5)
)
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
    filled = {"layers/functional/layers/conv2d", "layers/functional/layers/conv2d_1", "layers/dense"}
    found = named_paths(config, filled)
    assert found["base/c1"] == "layers/functional/layers/conv2d"
    assert found["base/c2"] == "layers/functional/layers/conv2d_1" and found["head"] == "layers/dense"


def loads(path):
    """Whether a file holds a model that can be built, or weights alone."""
    try:
        return load(path).built
    except ModelFileError:
        return False


OLD = [
    path
    for end in ("*.keras", "*.h5")
    for path in sorted((FILES / "keras_files").glob(end)) + sorted((FILES / "legacy").glob(end))
    if "legacy" not in path.stem
]


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(
            p,
            marks=[] if p.stem in ("chain_212", "graph_214", "cudnn") else pytest.mark.thorough,
        )
        for p in OLD
    ],
    ids=lambda path: path.name,
)
def test_layer_by_layer_gives_what_the_whole_file_does_and_the_cards_know(path):
    if not loads(path):
        pytest.skip("holds a layer that can't be built")
    whole, again = load(path), load(path)
    for layer in again.layers:
        layer.set_weights([np.zeros_like(array) for array in layer.get_weights()])
    taken, notes = load_by_name(again, path)
    assert not notes and set(taken) == set(specs_of(whole)) == fitting(path, specs_of(whole)).keys()
    for ours, theirs in zip(again.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize(("kind", "version"), few(product(["chain", "graph"], ["212", "213", "214"]), 5))
def test_a_keras_2_file_gives_its_weights_past_a_layer_that_cannot_be_built(kind, version, tmp_path):
    path, broken = FILES / "keras_files" / f"{kind}_{version}.keras", tmp_path / "broken.keras"
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(broken, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name)
            if name == "config.json":
                config = json.loads(data)
                config["config"]["layers"][-1]["config"]["activation"] = "no_such"
                data = json.dumps(config).encode()
            copy.writestr(name, data)
    with pytest.raises(ModelFileError):
        load(broken)
    whole = load(path)
    model = keras.models.model_from_json(whole.to_json())
    assert start_from_file(model, "broken.keras", tmp_path).note == "Weights start from broken.keras."
    assert fitting(broken, specs_of(model)).keys() == set(specs_of(model))
    for ours, theirs in zip(model.get_weights(), whole.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize(
    ("file", "stored"),
    few(product(["base.weights.h5", "old.weights.h5", "tf_keras.index"], [base, longer, nested]), 4),
)
def test_the_cards_of_weights_alone_say_what_is_taken(file, stored, tmp_path):
    write(stored(), tmp_path / file)
    for drawn in (base, longer, nested, shorter):
        model = drawn()
        specs = specs_of(model)
        assert fitting(tmp_path / file, specs).keys() == start_from_file(model, file, tmp_path).taken, drawn


def test_a_config_gives_no_weights_and_tensorflow_js_says_so(tmp_path):
    config = json.loads(base().to_json())
    wrapped = {
        "format": "layers-model",
        "modelTopology": {"model_config": config, "keras_version": keras.__version__},
        "weightsManifest": [{"paths": ["group1-shard1of1.bin"], "weights": []}],
    }
    (tmp_path / "model.json").write_text(json.dumps(wrapped))
    (tmp_path / "plain.json").write_text(json.dumps(config))
    _, notes = read_document(tmp_path / "model.json")
    assert len(notes) == 1 and "all layers have new weights" in notes[0]
    assert load_file(tmp_path / "model.json")[1] == notes
    assert read_document(tmp_path / "plain.json")[1] == []
    model = base()
    before = model.get_weights()
    (tmp_path / "words.weights.h5").write_text("hello\n")
    for file in ("model.json", "plain.json", "words.weights.h5"):
        with pytest.raises(ModelFileError, match="this is a text file, which has none"):
            start_from_file(model, file, tmp_path, some=True)
        assert fitting(tmp_path / file, specs_of(model)) == {}
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


def normalized():
    """Layers whose kernel Keras writes twice: with the wrapper, and with the layer inside."""
    start = keras.Input((6,), dtype="int32")
    x = layers.SpectralNormalization(layers.Embedding(9, 4), name="words")(start)
    x = layers.SpectralNormalization(layers.Conv1D(4, 3), name="conv")(x)
    return keras.Model(start, layers.SpectralNormalization(layers.Dense(4, use_bias=False), name="last")(x))


@pytest.mark.parametrize(
    ("by", "make", "end"),
    few(product(["Keras", "the editor"], [*MODELS, normalized], [".keras", ".h5", ".weights.h5"]), 13),
    ids=lambda value: getattr(value, "__name__", value),
)
def test_the_cards_say_what_is_taken_of_every_kind_of_layer(by, make, end, tmp_path):
    stored, path = make(), tmp_path / f"m{end}"
    (save if by == "the editor" else write)(stored, path)
    model = keras.models.model_from_json(stored.to_json())
    specs = specs_of(model)
    assert fitting(path, specs) == dict.fromkeys(specs)
    assert start_from_file(model, path.name, tmp_path).taken == specs.keys()
    for ours, theirs in zip(model.get_weights(), stored.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("end", [None, ".keras", ".h5", ".weights.h5"])
def test_a_normalization_computes_with_the_mean_that_it_is_given(end, tmp_path):
    rows = np.array([[1.0, 200.0], [3.0, 100.0]])
    learned = layers.Normalization(name="n")
    learned.adapt(rows)
    stored = keras.Sequential([keras.Input((2,)), learned])
    model = keras.Sequential([keras.Input((2,)), layers.Normalization(name="n")])
    if end is None:
        start_from_model(model, stored)
    else:
        write(stored, tmp_path / f"m{end}")
        start_from_file(model, f"m{end}", tmp_path)
    np.testing.assert_array_equal(computed(model(rows)), computed(stored(rows)))
