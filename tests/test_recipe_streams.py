"""Scripts that train on batches as they come: a pipeline of the notebook, a folder of images."""

import copy
import json
import subprocess
import sys
import wave
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pandas as pd
import pytest
from conftest import BACKEND, DIGITS, few, planned
from interpreter import execute
from test_recipe_history import measured
from test_training import train

from kerasviz.codegen import to_code
from kerasviz.models.keeper import Keeper
from kerasviz.training.plan import read_plan

PIPELINE = """
import numpy as np
import tensorflow as tf
numbers = np.random.default_rng(0)
pairs = numbers.normal(size=(96, 64)).astype("float32"), numbers.integers(0, 10, 96), numbers.random(96)
pipeline = tf.data.Dataset.from_tensor_slices(pairs).batch(16).repeat()
"""


def pictures(folder: Path) -> dict[str, Any]:
    """Pictures of which one is broken, in a network that augments them, with weights of classes."""
    from PIL import Image

    for number in range(21):
        name = folder / "flowers" / ("rose" if number % 3 else "tulip") / f"{number}.png"
        name.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(number).integers(0, 255, (10 + number, 10, 3), dtype="uint8")
        Image.fromarray(pixels).save(name)
    (folder / "flowers" / "rose" / "1.png").write_bytes(b"no picture")
    layers = [
        keras.Input((8, 8, 3), name="image"),
        keras.layers.RandomFlip(name="flipped"),
        keras.layers.Rescaling(1 / 255, name="scaled"),
        keras.layers.Flatten(name="flat"),
        keras.layers.Dense(2, activation="softmax", name="kind"),
    ]
    split = {"class_name": "by_class", "config": {"validation": 0.2, "test": 0.2}}
    fit = {"batch_size": 4, "class_weight": {"0": 1.0, "1": 2.0}, "epochs": 3}
    data = {"class_name": "images", "config": {"path": "flowers"}}
    return _document(layers, "sparse_categorical_crossentropy", data=data, split=split, fit=fit)


def reviews(folder: Path) -> dict[str, Any]:
    """Texts in folders for training and validation, with one-hot targets."""
    for part, count in (("train", 12), ("val", 4)):
        for number in range(count):
            name = folder / "reviews" / part / ("bad" if number % 2 else "good") / f"{number}.txt"
            name.parent.mkdir(parents=True, exist_ok=True)
            name.write_text(f"word{number} word{number % 3}\r\n{name.parent.name if number % 4 else 'so'}")
    words = [f"word{number}" for number in range(12)] + ["good", "bad"]
    layers = [
        keras.Input((1,), dtype="string", name="review"),
        keras.layers.TextVectorization(vocabulary=words, output_sequence_length=4, name="words"),
        keras.layers.Embedding(16, 3, name="embedded"),
        keras.layers.Flatten(name="flat"),
        keras.layers.Dense(2, activation="softmax", name="kind"),
    ]
    data = {"class_name": "texts", "config": {"path": "reviews", "max_length": 14}}
    return _document(layers, "categorical_crossentropy", data=data, fit={"batch_size": 5, "epochs": 3})


def sounds(folder: Path) -> dict[str, Any]:
    """Sounds, with one output for two classes, and epochs that end in the middle of the samples."""
    for number in range(12):
        name = folder / "words" / ("no" if number % 2 else "yes") / f"{number}.wav"
        name.parent.mkdir(parents=True, exist_ok=True)
        with wave.open(str(name), "wb") as sound:
            sound.setparams((1, 2, 8000, 0, "NONE", ""))
            sound.writeframes(
                np.random.default_rng(number).integers(-9999, 9999, 30 + number, "int16").tobytes()
            )
    layers = [
        keras.Input((32, 1), name="sound"),
        keras.layers.Conv1D(2, 3, activation="relu", name="filters"),
        keras.layers.GlobalMaxPooling1D(name="most"),
        keras.layers.Dense(1, activation="sigmoid", name="kind"),
    ]
    data = {"class_name": "sounds", "config": {"path": "words"}}
    fit = {"batch_size": 4, "epochs": 3, "steps_per_epoch": 2}
    return _document(layers, "binary_crossentropy", data=data, fit=fit)


def _document(layers: list[Any], loss: str, **training: Any) -> dict[str, Any]:
    model = keras.Sequential(layers, name="net")
    model.compile("adam", loss, metrics=["accuracy"])
    return planned(json.loads(model.to_json()), seed=1, **training)


def sensors(folder: Path) -> dict[str, Any]:
    """Three channels every ten minutes, with a gap, a missing value, and the date and time in two columns."""
    when = pd.date_range("2024-03-30", periods=500, freq="10min")
    values = np.random.default_rng(0).normal(size=(500, 3)).cumsum(axis=0).round(2)
    frame = pd.DataFrame(values, columns=["gas", "heat", "wind"])
    frame.insert(0, "day", when.strftime("%d/%m/%Y"))
    frame.insert(1, "hour", when.strftime("%H.%M.%S"))
    frame.loc[50, "heat"] = np.nan
    frame.drop(index=range(200, 220)).to_csv(folder / "sensors.csv", index=False, sep=";", decimal=",")
    model = keras.Sequential(
        [
            keras.Input((12, 2), name="window"),
            keras.layers.GRU(4, name="memory"),
            keras.layers.Dense(6, name="gas"),
        ],
        name="sensors",
    )
    model.compile("adam", "mse", metrics=["mae"])
    table = {"class_name": "csv", "config": {"file": "sensors.csv"}}
    cut = {"length": 12, "horizon": 6, "stride": 2, "sampling": 2, "test": 0.1}
    data = {
        "class_name": "windows",
        "config": {"table": table, "target": "gas", "inputs": ["heat", "wind"], **cut},
    }
    return planned(json.loads(model.to_json()), seed=3, data=data)


def machines(folder: Path) -> dict[str, Any]:
    """Readings of some machines in one table, with short gaps that are filled."""
    when = pd.date_range("2024-03-30", periods=120, freq="h")
    random = np.random.default_rng(1)
    frames = [
        pd.DataFrame(
            {"time": when, "machine": name, "heat": random.normal(size=120), "load": random.normal(size=120)}
        ).drop(index=[30, 60 + at, *range(80, 90)])
        for at, name in enumerate("abcd")
    ]
    frame = pd.concat(frames).sort_values("time", kind="stable").reset_index(drop=True)
    frame.loc[100, "heat"] = np.nan
    frame.to_csv(folder / "machines.csv", index=False)
    model = keras.Sequential(
        [
            keras.Input((6, 2), name="window"),
            keras.layers.GRU(3, name="memory"),
            keras.layers.Dense(2, name="load"),
        ],
        name="machines",
    )
    model.compile("adam", "mse", metrics=["mae"])
    table = {"class_name": "csv", "config": {"file": "machines.csv"}}
    cut = {"length": 6, "horizon": 2, "stride": 3, "fill": 2, "split": "by_group", "test": 0.25, "seed": 1}
    return planned(
        json.loads(model.to_json()), seed=3, data={"class_name": "windows", "config": {"table": table, **cut}}
    )


@pytest.mark.thorough
def test_batches_as_they_come_are_trained_on_by_the_script_too(tmp_path: Path) -> None:
    data = {"class_name": "batches", "config": {"batches": "pipeline"}}
    fit = {"steps_per_epoch": 4, "epochs": 3}
    document = planned(copy.deepcopy(DIGITS), seed=6, data=data, fit=fit)
    namespace: dict[str, Any] = {}
    exec(PIPELINE, namespace)
    run = train(Keeper(tmp_path), read_plan(document), namespace)
    expected = {name: series["y"] for name, series in run.history.to_json()["epoch"].items()}
    code = to_code(document, recipe="fit")
    assert "# pipeline is a variable of the notebook." in code
    assert "trained on with fit" in to_code(document, recipe="jax")
    series, several, nothing = sensors(tmp_path), machines(tmp_path), planned(copy.deepcopy(DIGITS), seed=2)
    nothing["kerasviz"]["training"]["data"] = {"class_name": "random_numbers", "config": {"samples": 90}}
    assert "once its data was looked at" in to_code(series, recipe="fit", folder=tmp_path)
    expectations = [measured(one, tmp_path) for one in (series, several, nothing)]
    scripts = [
        PIPELINE + code,
        to_code(series, recipe="fit", folder=tmp_path),
        to_code(several, recipe="fit", folder=tmp_path),
        to_code(nothing, recipe="loop"),
    ]
    found, *of_others = execute(scripts, tmp_path)
    for expectation, other in zip(expectations, of_others, strict=True):
        assert other["history"] == {name: pytest.approx(each, rel=1e-5) for name, each in expectation.items()}
    assert set(of_others[0]["results"]) == {"loss", "mae"}
    assert found["history"] == {name: pytest.approx(values, rel=1e-6) for name, values in expected.items()}


# A loop has no epochs that end in the middle, as those of sounds do.
CASES = [(pictures, "fit"), (reviews, "loop"), (sounds, "fit")]
OTHERS = [(pictures, "loop"), (reviews, "fit")]


@pytest.mark.parametrize("cases", few([CASES, OTHERS], 2))
def test_scripts_that_read_folders_repeat_the_runs_of_the_editor(
    cases: list[tuple[Callable[[Path], dict[str, Any]], str]], tmp_path: Path
) -> None:
    if BACKEND != "tensorflow":  # which alone takes reviews as they are
        cases = [(make, recipe) for make, recipe in cases if make is not reviews]
    documents = {make: make(tmp_path) for make in {make for make, _ in cases}}
    expected = {}
    for make, document in documents.items():
        run = train(Keeper(tmp_path), read_plan(document))
        expected[make] = {name: series["y"] for name, series in run.history.to_json()["epoch"].items()}
    scripts = [to_code(documents[make], recipe=recipe, folder=tmp_path) for make, recipe in cases]
    for (make, recipe), found in zip(cases, execute(scripts, tmp_path), strict=True):
        close = {"rel": 0, "abs": 0} if recipe == "fit" else {"rel": 1e-5}
        assert set(found["history"]) == {"loss", "accuracy", "val_loss", "val_accuracy"}
        assert found["history"] == {
            name: pytest.approx(values, **close) for name, values in expected[make].items()
        }, (recipe, make.__name__)
    laid_out = [*scripts, to_code(documents[pictures], recipe="jax")]
    for number, script in enumerate(laid_out):
        (tmp_path / f"{number}.py").write_text(script)
        ruff = [
            sys.executable,
            "-m",
            "ruff",
            "format",
            "--isolated",
            "--diff",
            str(tmp_path / f"{number}.py"),
        ]
        done = subprocess.run(ruff, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout
