"""Weights of `.keras` files that Keras 2.12 to 2.14 wrote, by fixtures/keras_files/make.py."""

import io
import zipfile
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from conftest import computed

from kerasviz.storage import load, load_weights

FILES = sorted((Path(__file__).parent / "fixtures" / "keras_files").glob("*.keras"))


def assert_gives_the_same_numbers(model, path):
    with np.load(path.with_suffix(".npz"), allow_pickle=False) as expected:
        np.testing.assert_allclose(
            computed(model(expected["x"], training=False)), expected["y"], rtol=1e-4, atol=1e-5
        )


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_whole_model_gives_the_same_numbers(path, recwarn):
    assert_gives_the_same_numbers(load(path), path)
    assert not [warning for warning in recwarn if "Skipping" in str(warning.message)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_weights_alone_tell_how_they_were_counted(path, tmp_path):
    with zipfile.ZipFile(path) as archive:
        (tmp_path / "m.weights.h5").write_bytes(archive.read("model.weights.h5"))
        (tmp_path / "m.json").write_bytes(archive.read("config.json"))
    model = load(tmp_path / "m.json")
    load_weights(model, tmp_path / "m.weights.h5")
    assert_gives_the_same_numbers(model, path)


def test_a_model_inside_a_wrapper_has_its_weights_too(tmp_path):
    inner = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3), keras.layers.Dense(2)])
    model = keras.Sequential([keras.Input((5, 4)), keras.layers.TimeDistributed(inner)])
    model.save(tmp_path / "m.keras")
    for ours, theirs in zip(load(tmp_path / "m.keras").weights, model.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_file_that_was_written_on_windows_gives_the_same_numbers(path, tmp_path):
    # Keras 2.12 to 2.15 joined the paths of weights with backslashes there, but for the last ones.
    with zipfile.ZipFile(path) as archive, zipfile.ZipFile(tmp_path / path.name, "w") as copy:
        for name in archive.namelist():
            data = archive.read(name)
            copy.writestr(name, on_windows(data, tmp_path / "m.h5") if name.endswith(".h5") else data)
    assert_gives_the_same_numbers(load(tmp_path / path.name), path)


def on_windows(data, target):
    with h5py.File(io.BytesIO(data)) as file, h5py.File(target, "w") as copy:

        def add(name, item):
            if isinstance(item, h5py.Dataset):
                owner, _, number = name.rpartition("/vars/")
                path = owner.replace("/", "\\")
                copy[f"{path}/vars/{number}"] = item[()]

        file.visititems(add)
    return target.read_bytes()
