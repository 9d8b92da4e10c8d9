"""Model files of today's Keras, in and out."""

import json
import sys
import zipfile

import h5py
import keras
import numpy as np
import pytest
from conftest import computed, except_on, few, tensorflow_only

from kerasviz.config import ModelFileError
from kerasviz.storage import FORMATS, format_of, load, load_weights, missing_for, read_config, save

XLA = except_on("torch", "writes no SavedModel")
VALUES = np.random.default_rng(0).uniform(size=(8, 4, 4, 1)).astype("float32")


@pytest.fixture(scope="module")
def model():
    """A trained model with a nested one, an operation, and state of every kind."""
    inner = keras.Sequential(
        [keras.Input((4, 4, 1)), keras.layers.Conv2D(2, 2), keras.layers.BatchNormalization()], name="inner"
    )
    inputs = keras.Input((4, 4, 1))
    x = keras.layers.Flatten()(inner(inputs))
    x = keras.layers.Dense(2, activation=keras.layers.LeakyReLU(0.2))(keras.layers.Dropout(0.5)(x))
    found = keras.Model(inputs, keras.ops.add(x, 1))
    schedule = keras.optimizers.schedules.ExponentialDecay(0.01, 10, 0.9)
    found.compile(
        keras.optimizers.Adam(schedule), "mse", metrics=["mae", keras.metrics.RootMeanSquaredError()]
    )
    found.fit(VALUES, np.zeros((8, 2)), verbose=0)
    return found


@pytest.mark.parametrize("end", few([".h5", ".hdf5", ".keras"], 2))
def test_a_whole_model_comes_back_with_its_training(model, end, tmp_path):
    path = tmp_path / f"m{end}"
    assert "optimizer" in save(model, path)
    for loaded in (load(path), keras.models.load_model(path)):
        np.testing.assert_array_equal(computed(loaded(VALUES)), computed(model(VALUES)))
        assert isinstance(loaded.optimizer, keras.optimizers.Adam)
        found = loaded.evaluate(VALUES, np.zeros((8, 2)), verbose=0)
        np.testing.assert_allclose(found, model.evaluate(VALUES, np.zeros((8, 2)), verbose=0), rtol=1e-5)
        loaded.fit(VALUES, np.zeros((8, 2)), verbose=0)


@pytest.mark.parametrize("end", [".h5", ".keras"])
def test_training_goes_on_where_it_was(model, end, tmp_path):
    save(model, tmp_path / f"m{end}")
    loaded = load(tmp_path / f"m{end}")
    assert int(loaded.optimizer.iterations) > 0
    for ours, theirs in zip(loaded.optimizer.variables, model.optimizer.variables, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("end", [".json", ".yaml", ".yml"])
def test_an_architecture_comes_back_without_weights(model, end, tmp_path):
    save(model, tmp_path / f"m{end}")
    loaded = load(tmp_path / f"m{end}")
    assert loaded.count_params() == model.count_params() and loaded.compiled
    if end == ".json":
        text = (tmp_path / "m.json").read_text()
        assert keras.models.model_from_json(text).count_params() == model.count_params()


def test_weights_alone_go_into_an_architecture(model, tmp_path):
    save(model, tmp_path / "m.weights.h5")
    save(model, tmp_path / "m.json")
    loaded = load(tmp_path / "m.json")
    assert load_weights(loaded, tmp_path / "m.weights.h5") == []
    np.testing.assert_array_equal(computed(loaded(VALUES)), computed(model(VALUES)))


def test_weights_go_by_order_where_names_differ_and_it_is_said(tmp_path):
    def build(name):
        return keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name=name)])

    save(build("a"), tmp_path / "a.h5")
    other = build("b")
    assert "order" in load_weights(other, tmp_path / "a.h5")[0]
    np.testing.assert_array_equal(other.get_weights()[0], load(tmp_path / "a.h5").get_weights()[0])


def test_weights_that_do_not_fit_name_the_layer(tmp_path):
    save(keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name="d")]), tmp_path / "a.weights.h5")
    other = keras.Sequential([keras.Input((3,)), keras.layers.Dense(5, name="d")])
    with pytest.raises(ModelFileError, match="d") as error:
        load_weights(other, tmp_path / "a.weights.h5")
    assert error.value.file == "a.weights.h5" and error.value.layer == "d"


@tensorflow_only("a layer that computes a SavedModel")
def test_a_saved_model_is_a_folder_that_computes_the_same(model, tmp_path):
    save(model, tmp_path / "exported")
    layer = keras.layers.TFSMLayer(tmp_path / "exported", call_endpoint="serve")
    np.testing.assert_allclose(computed(layer(VALUES)), computed(model(VALUES)), rtol=1e-5)


def test_saving_as_h5_leaves_the_model_s_training_alone(model, tmp_path):
    before = model.get_compile_config()
    save(model, tmp_path / "m.h5")
    assert model.get_compile_config() == before and before["optimizer"]


def test_plain_keras_reads_what_it_can_t_write_for_a_loss_by_name(tmp_path):
    made = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
    made.compile("sgd", "mse", metrics=["mae", "accuracy"])
    save(made, tmp_path / "m.h5")
    loaded = keras.models.load_model(tmp_path / "m.h5")
    loaded.fit(np.zeros((4, 3)), np.zeros((4, 2)), verbose=0)


def test_a_vocabulary_travels_in_a_keras_file(tmp_path):
    lookup = keras.layers.StringLookup()
    lookup.adapt(["a", "b", "a"])
    inputs = keras.Input((1,), dtype="string")
    made = keras.Model(inputs, lookup(inputs))
    save(made, tmp_path / "m.keras")
    assert load(tmp_path / "m.keras").layers[-1].get_vocabulary() == ["[UNK]", "a", "b"]


@pytest.mark.parametrize("end", [".h5", ".keras"])
def test_no_default_is_in_the_config_of_a_file(model, end, tmp_path):
    save(model, tmp_path / f"m{end}")
    if end == ".h5":
        with h5py.File(tmp_path / "m.h5") as file:
            text = file.attrs["model_config"]
    else:
        text = zipfile.ZipFile(tmp_path / "m.keras").read("config.json")
    names = {key for layer in json.loads(text)["config"]["layers"] for key in layer["config"]}
    assert "bias_initializer" not in names and "quantization_config" not in names


def test_stateful_layers_and_half_floats_come_back(tmp_path):
    made = keras.Sequential(
        [
            keras.Input(batch_shape=(2, 3, 1)),
            keras.layers.LSTM(2, stateful=True),
            keras.layers.Dense(2, dtype="mixed_bfloat16"),
            keras.layers.Dense(2, dtype="float16"),
        ]
    )
    for name in ("m.keras", "m.h5"):
        save(made, tmp_path / name)
        for ours, theirs in zip(load(tmp_path / name).weights, made.weights, strict=True):
            np.testing.assert_array_equal(np.asarray(ours), np.asarray(theirs))


def test_a_name_without_a_format_is_refused_before_anything_is_written(model, tmp_path):
    with pytest.raises(ValueError, match=r"\.keras"):
        save(model, tmp_path / "m.pt")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "chosen", [each for each in FORMATS if missing_for(each) is None], ids=lambda chosen: chosen.name
)
def test_every_format_says_what_it_keeps_and_loses(chosen, model, tmp_path):
    for end in chosen.ends:
        assert format_of(f"m{end}") == (chosen, end)
    said = save(model, tmp_path / f"m{chosen.ends[0]}")
    assert said.startswith(f"m{chosen.ends[0]} keeps {chosen.keeps}. It does not keep {chosen.loses}.")


def test_weights_alone_keep_the_optimizer_s_state(model, tmp_path):
    save(model, tmp_path / "m.weights.h5")
    save(model, tmp_path / "m.json")
    loaded = load(tmp_path / "m.json")
    load_weights(loaded, tmp_path / "m.weights.h5")
    for ours, theirs in zip(loaded.optimizer.variables, model.optimizer.variables, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@XLA
def test_a_saved_model_takes_the_place_of_another_but_of_nothing_else(tmp_path):
    made = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1)])
    save(made, tmp_path / "exported")
    save(made, tmp_path / "exported")
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.csv").write_text("1")
    (tmp_path / "notes").write_text("mine")
    for name in ("data", "notes"):
        with pytest.raises(FileExistsError, match="SavedModel"):
            save(made, tmp_path / name)
    assert (tmp_path / "data" / "mine.csv").read_text() == "1"
    assert (tmp_path / "notes").read_text() == "mine"


def test_registered_classes_load_only_when_the_caller_says_so(tmp_path):
    @keras.saving.register_keras_serializable("mine")
    class Twice(keras.layers.Layer):
        def call(self, inputs):
            return inputs * 2

    try:
        save(keras.Sequential([keras.Input((3,)), Twice()]), tmp_path / "m.keras")
        with pytest.raises(ModelFileError, match="registered"):
            load(tmp_path / "m.keras")
        assert type(load(tmp_path / "m.keras", custom=True).layers[0]).__name__ == "Twice"
    finally:
        keras.saving.get_custom_objects().pop("mine>Twice")


@pytest.mark.parametrize("end", few([".keras", ".h5", ".json"], 3))
def test_registered_losses_and_metrics_come_back_when_the_caller_says_so(end, tmp_path):
    @keras.saving.register_keras_serializable("mine")
    class Twice(keras.losses.MeanSquaredError):
        def call(self, y_true, y_pred):
            return 2 * super().call(y_true, y_pred)

    @keras.saving.register_keras_serializable("mine")
    def distance(y_true, y_pred):
        return keras.ops.abs(y_true - y_pred)

    try:
        made = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])
        made.compile("sgd", Twice(), metrics=[distance])
        values = np.ones((4, 3)), np.zeros((4, 2))
        expected = made.evaluate(*values, verbose=0)
        save(made, tmp_path / f"m{end}")
        loaded = load(tmp_path / f"m{end}", custom=True)
        loaded.set_weights(made.get_weights())
        np.testing.assert_allclose(loaded.evaluate(*values, verbose=0), expected, rtol=1e-6)
        with pytest.warns(UserWarning, match=r"Twice \(\w+\) is not part of Keras and was left out"):
            assert load(tmp_path / f"m{end}").count_params() == made.count_params()
    finally:
        keras.saving.get_custom_objects().clear()


@pytest.mark.parametrize("end", [".keras", ".h5"])
def test_no_first_values_are_drawn_for_weights_that_a_file_has(end, tmp_path, monkeypatch):
    def draw(*arguments, **named):
        raise AssertionError("drawn in vain")

    layers = [keras.layers.LSTM(3), keras.layers.Dropout(0.5, seed=7), keras.layers.BatchNormalization()]
    made = keras.Sequential([keras.Input((5, 3)), *layers])
    save(made, tmp_path / f"m{end}")
    monkeypatch.setattr(keras.initializers.Orthogonal, "__call__", draw)
    loaded = load(tmp_path / f"m{end}")
    for ours, theirs in zip(loaded.get_weights(), made.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)
    # What is no weight keeps its own first value.
    assert np.asarray(loaded.layers[1].seed_generator.state).tolist() == [7, 0]


def test_variables_that_a_cell_left_waiting_wait_on(tmp_path):
    keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)]).save(tmp_path / "m.keras")
    with keras.StatelessScope(initialize_variables=False):
        waiting = keras.Variable("zeros", shape=(3,))
    load(tmp_path / "m.keras")
    assert waiting._value is None


def test_a_file_that_is_absent_is_an_error_of_the_system(tmp_path):
    with pytest.raises(FileNotFoundError):
        read_config(tmp_path / "none.h5")


def test_the_reader_of_hdf5_imports_neither_keras_nor_kerasviz():
    import subprocess

    from kerasviz.storage import hdf5_child

    code = f"import sys, runpy; runpy.run_path({hdf5_child.__file__!r}); print(*sys.modules)"
    names = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, text=True).stdout.split()
    assert not {"keras", "tensorflow", "kerasviz"} & {name.split(".")[0] for name in names}
