"""Training goes on from the optimizer's state in a file; the next step is the one that its own Keras made."""

import json
from itertools import product

import h5py
import keras
import numpy as np
import pytest
from conftest import FIXTURES, LEGACY, computed, few

from kerasviz.storage import load, load_weights, save

FILES = FIXTURES / "keras_files"
TRAINED = sorted(path for path in FILES.glob("*.npz") if not path.name.startswith("graph"))
VALUES = np.random.default_rng(0).uniform(size=(8, 3)).astype("float32")


@pytest.mark.parametrize("expected", few(TRAINED, 3), ids=lambda path: path.stem)
def test_the_next_step_after_an_old_file_is_that_of_the_old_keras(expected, recwarn):
    path = next(path for end in (".keras", ".h5") if (path := expected.with_suffix(end)).exists())
    model = load(path)
    assert not [warning for warning in recwarn if "reset" in str(warning.message)]
    with np.load(expected, allow_pickle=False) as arrays:
        model.fit(arrays["x"], arrays["goal"], verbose=0)
        np.testing.assert_allclose(
            computed(model(arrays["x"], training=False)), arrays["after"], rtol=1e-4, atol=1e-5
        )


def build(optimizer):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name="d")])
    model.compile(optimizer, "mse")
    model.fit(VALUES, np.ones((8, 2)), verbose=0)
    return model


def test_a_file_of_keras_2_2_has_all_m_then_all_v_then_numbers_without_use(tmp_path):
    """The order of `Adam.get_updates` in keras/optimizers.py of Keras 2.2.4."""
    model = build("adam")
    save(model, tmp_path / "m.h5")
    kept = {variable.path.rpartition("_")[2]: [] for variable in model.optimizer.variables[2:]}
    for variable in model.optimizer.variables[2:]:
        kept[variable.path.rpartition("_")[2]].append(np.asarray(variable))
    with h5py.File(tmp_path / "m.h5", "r+") as file:
        file.attrs["keras_version"] = "2.2.4"
        for name in list(file):
            file[name].attrs["keras_version"] = "2.2.4"
        del file["optimizer_state"]
        group = file.create_group("optimizer_weights")
        arrays = [np.float32(1), *kept["momentum"], *kept["velocity"], np.zeros(1), np.zeros(1)]
        names = ["Adam/iterations:0", *(f"training/Adam/Variable_{n}:0" for n in range(len(arrays) - 1))]
        for name, array in zip(names, arrays, strict=True):
            group[name] = array
        group.attrs["weight_names"] = [name.encode() for name in names]
    loaded = load(tmp_path / "m.h5")
    for ours, theirs in zip(loaded.optimizer.variables, model.optimizer.variables, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_state_that_is_not_whole_is_said_to_start_anew(tmp_path):
    save(build("rmsprop"), tmp_path / "m.h5")
    with h5py.File(tmp_path / "m.h5", "r+") as file:
        del file["optimizer_state"].attrs["weight_names"]
        file["optimizer_state"].attrs["weight_names"] = [b"rmsprop/iteration"]
    with pytest.warns(UserWarning, match="reset"):
        load(tmp_path / "m.h5")


@pytest.mark.parametrize(
    "end, make, policy",
    few(
        product(
            [".keras", ".h5", ".weights.h5"],
            [keras.optimizers.Adam, keras.optimizers.Nadam, keras.optimizers.SGD],
            ["float32", "mixed_float16"],
        ),
        9,
    ),
)
def test_a_model_that_never_trained_has_no_state_to_lose(end, make, policy, tmp_path, recwarn):
    dense = keras.layers.Dense(2, dtype=policy)
    schedule = keras.optimizers.schedules.ExponentialDecay(0.1, 10, 0.9)
    for optimizer in (make(0.25), make(schedule), make(0.25, use_ema=True)):
        model = keras.Sequential([keras.Input((3,)), dense])
        if policy == "mixed_float16":
            optimizer = keras.optimizers.LossScaleOptimizer(optimizer)
        model.compile(optimizer, "mse")
        save(model, tmp_path / f"m{end}")
        again = model if end == ".weights.h5" else load(tmp_path / f"m{end}")
        if end == ".weights.h5":
            assert load_weights(model, tmp_path / f"m{end}") == []
        again.fit(VALUES, np.ones((8, 2)), verbose=0)
    assert not [warning for warning in recwarn if "reset" in str(warning.message)]


@pytest.mark.parametrize("end", [".keras", ".h5"])
def test_the_scale_of_a_loss_comes_back_with_its_optimizer(end, tmp_path):
    inner = keras.optimizers.SGD(0.1, momentum=0.9)
    model = build(keras.optimizers.LossScaleOptimizer(inner, initial_scale=512.0))
    save(model, tmp_path / f"m{end}")
    loaded = load(tmp_path / f"m{end}")
    assert loaded.optimizer.get_config() == model.optimizer.get_config()
    assert [np.asarray(v).tolist() for v in loaded.optimizer.variables] == [
        np.asarray(v).tolist() for v in model.optimizer.variables
    ]


def test_the_state_of_another_optimizer_is_not_taken(tmp_path):
    """Both keep one array for each weight, which mean different things."""
    save(build(keras.optimizers.SGD(momentum=0.9)), tmp_path / "m.weights.h5")
    other = build("adagrad")
    before = [np.asarray(variable) for variable in other.optimizer.variables]
    assert "reset" in load_weights(other, tmp_path / "m.weights.h5")[0]
    for ours, theirs in zip(other.optimizer.variables, before, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_nadam_of_keras_2_starts_anew_as_its_file_lacks_a_factor():
    with pytest.warns(UserWarning, match="reset"):
        assert int(load(LEGACY / "rnn_masked.h5").optimizer.iterations) == 0


def test_convert_says_what_starts_anew(tmp_path):
    from kerasviz.storage import convert_file

    (tmp_path / "m.json").write_text(json.dumps(json.loads(build("adam").to_json())))
    save(build("sgd"), tmp_path / "w.weights.h5")
    report = convert_file(tmp_path / "m.json", tmp_path / "m.keras", tmp_path / "w.weights.h5")
    assert any("reset" in sentence for sentence in report)
