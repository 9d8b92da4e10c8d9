"""A script measures what the editor's run measures with the same seed, number by number."""

import copy
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import pytest
from conftest import DIGITS, few, layer, planned
from interpreter import execute
from sklearn.datasets import load_digits
from test_training import train

from kerasviz.codegen import to_code
from kerasviz.models.building import build_model
from kerasviz.models.keeper import Keeper
from kerasviz.training.plan import read_plan


def dropped() -> dict[str, Any]:
    """The digits with a dropout, a schedule and callbacks."""
    document = copy.deepcopy(DIGITS)
    document["config"]["layers"].insert(2, layer("Dropout", rate=0.5, name="drop"))
    rate = {
        "module": "keras.optimizers.schedules",
        "class_name": "CosineDecay",
        "config": {"initial_learning_rate": 0.01, "decay_steps": 60},
        "registered_name": None,
    }
    document["compile_config"]["optimizer"] = {
        "module": "keras.optimizers",
        "class_name": "AdamW",
        "config": {"learning_rate": rate},
        "registered_name": None,
    }
    return planned(document, seed=3)


def stopped() -> dict[str, Any]:
    """Callbacks that change the learning rate and end the run, class weights, a test part, larger batches."""
    document = copy.deepcopy(DIGITS)
    document["compile_config"]["optimizer"] = "sgd"
    callbacks = [
        {"class_name": "ReduceLROnPlateau", "config": {"patience": 0, "min_delta": 9.0}},
        {"class_name": "EarlyStopping", "config": {"patience": 2, "min_delta": 9.0}},
        {"class_name": "KeepBest", "config": {"monitor": "val_accuracy"}},
    ]
    fit = {"epochs": 9, "batch_size": 64, "class_weight": {"0": 5.0, "1": 2}}
    split = {"class_name": "by_class", "config": {"validation": 0.2, "test": 0.1, "seed": 4}}
    return planned(document, seed=5, callbacks=callbacks, fit=fit, split=split)


def one_hot() -> dict[str, Any]:
    """Batches of a convolution, one-hot targets, a regularizer, validation now and then."""
    inputs = keras.Input((8, 8, 1), name="image")
    x = keras.layers.Conv2D(4, 3, activation="relu", name="conv", kernel_regularizer="l2")(inputs)
    x = keras.layers.BatchNormalization(name="norm")(x)
    left = keras.layers.GlobalMaxPooling2D(name="max")(x)
    right = keras.layers.Dense(4, name="right")(keras.layers.Flatten(name="flat")(x))
    x = keras.layers.Concatenate(name="both")([right, left])
    model = keras.Model(inputs, keras.layers.Dense(10, activation="softmax", name="digit")(x), name="net")
    model.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
    fit = {"epochs": 3, "validation_freq": 2, "shuffle": False}
    return planned(json.loads(model.to_json()), seed=1, fit=fit)


def number() -> dict[str, Any]:
    """A number to predict."""
    model = keras.Sequential(
        [keras.Input((10,)), keras.layers.Dense(4, "relu"), keras.layers.Dense(1)], name="n"
    )
    model.compile("adam", "mse", metrics=["mae"])
    data = {"class_name": "diabetes", "config": {}}
    return planned(json.loads(model.to_json()), seed=2, data=data, fit={"validation_split": 0.0})


def steps() -> dict[str, Any]:
    """Epochs that end in the middle of the samples."""
    return planned(copy.deepcopy(DIGITS), seed=8, fit={"steps_per_epoch": 20, "batch_size": 32, "epochs": 4})


CASES = {
    ("fit", stopped), ("loop", one_hot), ("batch", number)
}  # fmt: skip
OTHERS = {
    ("loop", dropped), ("batch", dropped), ("loop", stopped), ("batch", stopped),
    ("fit", one_hot), ("fit", number), ("fit", dropped), ("fit", steps)
}  # fmt: skip


def measured(document: dict[str, Any], folder: Path) -> dict[str, list[float]]:
    """What the editor's run measures in each epoch."""
    run = train(Keeper(folder), read_plan(document))
    curves = run.history.to_json()["epoch"]
    return {name: series["y"] for name, series in curves.items()}


@pytest.mark.thorough
@pytest.mark.parametrize("file", ["before.keras", "before.weights.h5"])
def test_a_script_starts_from_the_file_of_the_document(tmp_path, file):
    """With its layers by name, wherever they are now, and with the state of its optimizer."""
    document = dropped()
    document["compile_config"]["optimizer"] = "adam"
    before = copy.deepcopy(document)
    if file.endswith(".keras"):  # the same layers behind a new one of the same kind
        document["config"]["layers"].insert(1, layer("Dense", units=64, name="new"))
    trained = build_model(before)
    x, y = load_digits(return_X_y=True)
    trained.fit(x[:200], y[:200], verbose=0)
    trained.save_weights(tmp_path / file) if "weights" in file else trained.save(tmp_path / file)
    document["kerasviz"]["weights"] = file
    (found,) = execute([to_code(document, recipe="fit")], tmp_path)
    assert found["history"] == measured(document, tmp_path)


@pytest.mark.parametrize("cases", few([CASES, OTHERS], 2))
def test_scripts_repeat_the_runs_of_the_editor(cases, tmp_path):
    cases = sorted(cases, key=str)
    documents = {make: make() for make in {make for _, make in cases}}
    scripts = [to_code(documents[make], recipe=recipe) for recipe, make in cases]
    found = execute(scripts, tmp_path)
    expected = {make: measured(document, tmp_path) for make, document in documents.items()}
    for (recipe, make), one in zip(cases, found, strict=True):
        close = {"rel": 0, "abs": 0} if recipe == "fit" else {"rel": 1e-5}
        assert one["history"] == {
            name: pytest.approx(values, **close) for name, values in expected[make].items()
        }, (recipe, make.__name__)
        assert (one["results"] or {}).keys() == ({"loss", "accuracy"} if make is stopped else set())


def test_scripts_are_laid_out_and_lack_no_import(tmp_path):
    for number, (recipe, make) in enumerate(
        sorted(CASES | OTHERS | {("jax", stopped), ("torch", stopped)}, key=str)
    ):
        document = make()
        document["kerasviz"]["weights"] = "before.keras"
        (tmp_path / f"{number}.py").write_text(to_code(document, recipe=recipe))
    for command in (["format", "--diff"], ["check", "--select", "E,F,I,N", "--ignore", "E402,E501"]):
        ruff = [sys.executable, "-m", "ruff", command[0], "--isolated", *command[1:], str(tmp_path)]
        done = subprocess.run(ruff, capture_output=True, text=True)
        assert done.returncode == 0, done.stdout


def test_a_recipe_that_is_none_is_refused():
    with pytest.raises(ValueError, match="Expected a recipe"):
        to_code(planned(copy.deepcopy(DIGITS)), recipe="boil")
