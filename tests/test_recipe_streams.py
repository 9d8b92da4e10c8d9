"""Scripts that train on batches as they come: a pipeline of the notebook, a folder of images."""

import copy
import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pandas as pd
import pytest
from conftest import DIGITS, planned
from test_recipe_history import execute, measured
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


def images(folder: Path) -> dict[str, Any]:
    from PIL import Image

    for number in range(12):
        name = folder / "flowers" / ("rose" if number % 2 else "tulip") / f"{number}.png"
        name.parent.mkdir(parents=True, exist_ok=True)
        pixels = np.random.default_rng(number).integers(0, 255, (10, 10, 3), dtype="uint8")
        Image.fromarray(pixels).save(name)
    model = keras.Sequential(
        [
            keras.Input((8, 8, 3), name="image"),
            keras.layers.Rescaling(1 / 255, name="scaled"),
            keras.layers.Flatten(name="flat"),
            keras.layers.Dense(2, activation="softmax", name="kind"),
        ],
        name="flowers",
    )
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    data = {"class_name": "images", "config": {"path": "flowers", "height": 8, "width": 8}}
    return planned(json.loads(model.to_json()), seed=1, data=data)


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
    pictures = to_code(images(tmp_path), recipe="fit")
    series, nothing = sensors(tmp_path), planned(copy.deepcopy(DIGITS), seed=2)
    nothing["kerasviz"]["training"]["data"] = {"class_name": "random_numbers", "config": {"samples": 90}}
    assert "once its data was looked at" in to_code(series, recipe="fit")
    expectations = [measured(one, tmp_path) for one in (series, nothing)]
    scripts = [
        PIPELINE + code,
        pictures,
        to_code(series, recipe="fit"),
        to_code(nothing, recipe="tensorflow"),
    ]
    found, of_images, *of_others = execute(scripts, tmp_path)
    for expectation, other in zip(expectations, of_others, strict=True):
        assert other["history"] == {name: pytest.approx(each, rel=1e-5) for name, each in expectation.items()}
    assert set(of_others[0]["results"]) == {"loss", "mae"}
    assert found["history"] == {name: pytest.approx(values, rel=1e-6) for name, values in expected.items()}
    assert set(of_images["history"]) == {"loss", "accuracy", "val_loss", "val_accuracy"}
