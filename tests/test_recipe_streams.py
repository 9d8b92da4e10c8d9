"""Scripts that train on batches as they come: a pipeline of the notebook, a folder of images."""

import copy
import json
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from conftest import DIGITS, planned
from test_recipe_history import execute
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
    found, of_images = execute([PIPELINE + code, pictures], tmp_path)
    assert found["history"] == {name: pytest.approx(values, rel=1e-6) for name, values in expected.items()}
    assert set(of_images["history"]) == {"loss", "accuracy", "val_loss", "val_accuracy"}
