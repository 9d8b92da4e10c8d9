"""Numbers and dtypes stay as they are when what Keras 2 saved, or a run's backup, is saved again."""

import io
import json
import zipfile
from pathlib import Path

import h5py
import keras
import numpy as np
import pytest
from conftest import BACKEND, few
from test_backup import NAME, backup_in, train, wait_for_disk
from test_storage_property import by_plain_keras
from test_training import plan

from kerasviz.models.keeper import Keeper
from kerasviz.storage import load, save
from kerasviz.training.backup import backupkeeper

FIXTURES = Path(__file__).parent / "fixtures"
OLD = sorted(path for folder in ("keras_files", "tf_keras") for path in (FIXTURES / folder).glob("*.keras"))
ENDS = [".keras", ".h5", ".weights.h5"]
DTYPES = ["float32", "float16", *([] if BACKEND == "jax" else ["float64"]), "mixed_float16"]
COUNT = len(DTYPES)  # JAX keeps float64 in 32 bits
EACH = few(((path, DTYPES[(i + k) % COUNT]) for i, path in enumerate(OLD) for k in range(COUNT)), 18)


def of_dtype(path, dtype, folder):
    """Copies a file of Keras 2 as that Keras writes it of layers of another dtype."""
    policy = {"module": "keras.mixed_precision", "class_name": "Policy", "config": {"name": dtype}}
    written = {**policy, "registered_name": None} if "mixed" in dtype else dtype

    def changed(item):
        if isinstance(item, list):
            return [changed(value) for value in item]
        if not isinstance(item, dict):
            return item
        if item.get("class_name") == "InputLayer" and "mixed" in dtype:
            return item
        found = {key: changed(value) for key, value in item.items()}
        return {**found, "dtype": written} if found.get("dtype") == "float32" else found

    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["config.json"] = json.dumps(changed(json.loads(parts["config.json"]))).encode()
    weights = io.BytesIO(parts["model.weights.h5"])
    if "mixed" not in dtype:
        with h5py.File(weights, "r+") as file:
            names = []
            file.visititems(lambda name, item: names.append(name) if isinstance(item, h5py.Dataset) else None)
            for name in names:
                array = file[name][()]
                if array.dtype == "float32":
                    del file[name]
                    file[name] = array.astype(dtype)
    parts["model.weights.h5"] = weights.getvalue()
    with zipfile.ZipFile(folder / "old.keras", "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return folder / "old.keras"


def arrays_of(path):
    """The numbers of the model in a `.keras` file."""
    found = []
    with zipfile.ZipFile(path) as archive, h5py.File(io.BytesIO(archive.read("model.weights.h5"))) as file:
        file.visititems(
            lambda name, item: (
                found.append(item[()])
                if isinstance(item, h5py.Dataset) and not name.startswith(("optimizer", "metrics"))
                else None
            )
        )
    return found


def assert_equal(model, right):
    for own, other in zip(model.weights, right.weights, strict=True):
        assert own.dtype == other.dtype, own.path
        np.testing.assert_array_equal(np.asarray(own, "float64"), np.asarray(other, "float64"))


def assert_saves(model, folder):
    save(model, folder / "m.json")
    for end in ENDS:
        save(model, folder / f"m{end}")
        assert_equal(by_plain_keras(folder, end), model)
        if end != ".weights.h5":
            assert_equal(load(folder / f"m{end}"), model)


@pytest.mark.parametrize("path, dtype", EACH, ids=lambda value: getattr(value, "name", value))
def test_what_keras_2_saved_keeps_its_numbers_and_dtypes(path, dtype, tmp_path):
    if BACKEND != "tensorflow" and dtype == "float16":
        pytest.skip("others draw no orthogonal float16, as plain Keras does to open a recurrent layer")
    source = of_dtype(path, dtype, tmp_path)
    model = load(source)
    plain = "float32" if "mixed" in dtype else dtype
    assert {weight.dtype for weight in model.weights if "float" in weight.dtype} == {plain}
    if not path.name.startswith("cudnn"):  # whose biases are halves, or two rows
        # Of what is counted, each backend has a dtype of its own.
        stored = sorted(array.tobytes() for array in arrays_of(source) if array.dtype.kind != "i")
        own = sorted(np.asarray(weight).tobytes() for weight in model.weights if "int" not in weight.dtype)
        assert [len(array) for array in own] == [len(array) for array in stored]
        assert own == stored
    assert_saves(model, tmp_path)


@pytest.mark.parametrize("dtype", few(["mixed_float16", "bfloat16", "float16", "float64", "float32"], 5))
def test_a_backup_keeps_numbers_and_dtypes(dtype, digits, tmp_path, monkeypatch):
    monkeypatch.setattr(backupkeeper, "INTERVAL", 0.0)
    monkeypatch.setattr(backupkeeper, "SHARE", 0)
    monkeypatch.setattr(backupkeeper.BackupKeeper, "discard", lambda self: None)
    for layer in digits["config"]["layers"][1:]:
        layer["config"]["dtype"] = dtype
    keeper = Keeper(tmp_path, NAME)
    train(keeper, plan(digits, epochs=2))
    wait_for_disk()
    file = backup_in(tmp_path)
    plain = "float32" if "mixed" in dtype else dtype
    assert {weight.dtype for weight in keeper.model.weights} == {plain}
    for opened in (keras.models.load_model(file), load(file)):
        assert_equal(opened, keeper.model)
    assert_saves(load(file), tmp_path)
