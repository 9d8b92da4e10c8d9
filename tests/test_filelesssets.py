"""Sets that need no file: points for lessons, those that Keras knows, and random numbers for a drawing."""

import gzip
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from conftest import BACKEND

from kerasviz.data import Data, code_of, load
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.preparation import prepared
from kerasviz.data.sources.keras_datasets import NAMES
from kerasviz.protocol import RequestError

POINTS = {
    "moons": {"samples": 90, "noise": 0.2, "seed": 4},
    "circles": {"samples": 90, "factor": 0.3},
    "blobs": {"samples": 90, "classes": 4, "spread": 0.5},
    "spiral": {"samples": 90, "classes": 3, "turns": 2.0},
    "linnerud": {},
}


def run(snippet: Any) -> dict[str, Any]:
    made: dict[str, Any] = {}
    exec("\n".join([*snippet.imports, *snippet.lines]), made)
    return made


@pytest.mark.parametrize("name", POINTS)
def test_points_are_repeated_by_their_seed_and_by_their_code(name):
    chosen = {"class_name": name, "config": POINTS[name]}
    data, again, made = load(chosen, {}), load(chosen, {}), run(code_of(chosen))
    for one in (again, load({"class_name": name, "config": POINTS[name]}, {})):
        np.testing.assert_array_equal(data.x, one.x)
    np.testing.assert_array_equal(made["x"], data.x)
    np.testing.assert_array_equal(made["y"], data.y)
    assert made["y"].dtype == data.y.dtype
    if data.classes is not None:
        assert data.x.shape == (90, 2) and set(data.y) == set(range(data.classes))
        other = load({"class_name": name, "config": {**POINTS[name], "seed": 9}}, {})
        assert not np.array_equal(data.x, other.x)


@pytest.mark.parametrize("config", [{"samples": 1}, {"samples": 10**9}, {"classes": 1}])
def test_points_that_make_no_set_are_refused(config):
    with pytest.raises(RequestError, match="Choose at least 2 classes"):
        load({"class_name": "blobs", "config": config}, {})


def test_every_set_of_keras_is_offered():
    there = {name for name in dir(keras.datasets) if hasattr(getattr(keras.datasets, name), "load_data")}
    assert set(NAMES) == there
    for name in NAMES:
        compile(
            "\n".join(code_of({"class_name": "keras_datasets", "config": {"name": name}}).lines), "", "exec"
        )


@pytest.fixture
def offline(tmp_path, monkeypatch):
    """Keras' folder is empty, and nothing can be reached."""
    from keras.src.utils import file_utils

    def refuse(*_: Any) -> None:
        raise file_utils.urllib.error.URLError("no network")

    monkeypatch.setattr(file_utils, "urlretrieve", refuse)
    monkeypatch.setattr(file_utils.config, "keras_home", lambda: str(tmp_path))
    return tmp_path / "datasets"


@pytest.mark.parametrize("name", NAMES)
def test_without_internet_the_file_and_its_place_are_said(name, offline):
    with pytest.raises(RequestError) as error:
        load({"class_name": "keras_datasets", "config": {"name": name}}, {})
    said = str(error.value)
    assert f"{name} can't be downloaded: there is no connection to https://" in said
    assert f"put the file here as {offline}" in said


def test_a_file_that_is_there_loads_without_internet(offline):
    offline.joinpath("fashion-mnist").mkdir(parents=True)
    pictures = np.arange(3 * 784, dtype="uint8")
    for part in ("train", "t10k"):
        for kind, head, values in (("labels-idx1", 8, [2, 0, 1]), ("images-idx3", 16, pictures)):
            file = offline / "fashion-mnist" / f"{part}-{kind}-ubyte.gz"
            file.write_bytes(gzip.compress(b"\0" * head + np.array(values, "uint8").tobytes()))
    chosen = {"class_name": "keras_datasets", "config": {"name": "fashion_mnist"}}
    data = load(chosen, {})
    assert (data.x.shape, data.x.max(), data.classes) == ((3, 28, 28), 1.0, 3)
    assert data.y.tolist() == data.test.y.tolist() == [2, 0, 1]
    made = run(code_of(chosen))
    np.testing.assert_allclose(made["x"], data.x)


def test_a_file_that_is_not_the_one_of_keras_is_not_read(offline):
    offline.mkdir(exist_ok=True)
    Path(offline / "mnist.npz").write_bytes(b"something else")
    with pytest.raises(RequestError, match="can't be downloaded"):
        load({"class_name": "keras_datasets", "config": {"name": "mnist"}}, {})


def model_of(inputs: Any, outputs: Any, loss: Any) -> keras.Model:
    model = keras.Model(inputs, outputs)
    model.compile("sgd", loss)
    return model


def several() -> keras.Model:
    words = keras.Input((6,), dtype="int32", name="words")
    lookup = keras.Input((1,), name="text")
    text = lookup
    if BACKEND == "tensorflow":  # others take no text
        text = keras.Input((1,), dtype="string", name="text")
        lookup = keras.layers.TextVectorization(vocabulary=["red", "fox"], output_mode="multi_hot")(text)
    looked = keras.layers.Flatten()(keras.layers.Embedding(7, 2)(words))
    joined = keras.layers.concatenate([looked, keras.layers.Flatten()(lookup)])
    outputs = {
        "kind": keras.layers.Dense(4, activation="softmax", name="kind")(joined),
        "price": keras.layers.Dense(1, name="price")(joined),
    }
    losses = {"kind": "categorical_crossentropy", "price": "mse"}
    return model_of({"words": words, "text": text}, outputs, losses)


def sequence() -> keras.Model:
    steps = keras.Input((None, 3), name="steps")
    each = keras.layers.Dense(5, activation="softmax")(keras.layers.GRU(4, return_sequences=True)(steps))
    return model_of(steps, each, "sparse_categorical_crossentropy")


def listed() -> keras.Model:
    left, right = keras.Input((2, 2, 1)), keras.Input((3,), dtype="bool")
    flat = keras.layers.Flatten()(left)
    return model_of([left, right], [keras.layers.Dense(1, activation="sigmoid")(flat)], "binary_crossentropy")


@pytest.mark.parametrize("make", [several, sequence, listed], ids=lambda make: make.__name__)
def test_random_numbers_suit_any_model_and_its_losses(make):
    model = make()
    loaded = load({"class_name": "random_numbers", "config": {"samples": 12, "seed": 3}}, {})
    data, again = (prepared(loaded, {}, None, None, model=model) for _ in range(2))
    fitted = fit_to_model(data, model)
    losses = model.fit(fitted.x, fitted.y, epochs=1, verbose=0).history["loss"]
    assert np.isfinite(losses).all()
    code = code_of({"class_name": "random_numbers", "config": {"samples": 12, "seed": 3}}, model, model.loss)
    made = {}
    exec("\n".join([*code.imports, *code.lines]), made)
    for other in (again, Data("made", made["x"], made["y"])):
        keras.tree.assert_same_structure([data.x, data.y], [other.x, other.y])
        for pair in zip(*(keras.tree.flatten([each.x, each.y]) for each in (data, other)), strict=True):
            np.testing.assert_array_equal(*pair)
