"""Each choice of the training form: set by its schema, trained, saved, reopened and written as code."""

import json

import jsonschema
import keras
import numpy as np
import pytest
from conftest import planned
from test_catalog_training import PACKAGES, values_of
from test_training import train

from kerasviz.callbacks import our_callbacks
from kerasviz.catalog import catalog
from kerasviz.codegen import to_code
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.plan import read_plan
from kerasviz.training.run.folder import RunFolder
from kerasviz.training.run.run import Run

RNG = np.random.default_rng(0)
X = RNG.normal(size=(24, 4)).astype("float32")
CLASS = RNG.integers(0, 3, 24)
HEADS = {
    "numbers": (1, "softplus", "mse", RNG.random((24, 1)) + 0.5),
    "several": (3, None, "mse", RNG.normal(size=(24, 3))),
    "binary": (1, "sigmoid", "binary_crossentropy", RNG.integers(0, 2, (24, 1)).astype("float32")),
    "classes": (3, "softmax", "sparse_categorical_crossentropy", CLASS),
    "one-hot": (3, "softmax", "categorical_crossentropy", np.eye(3, dtype="float32")[CLASS]),
}
"""Units, activation, a loss that fits, and targets."""


def document(head, **setup):
    units, activation, loss, _ = HEADS[head]
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(units, activation, name="out")], name="walk"
    )
    model.compile("sgd", loss)
    drawn = json.loads(model.to_json())
    drawn["compile_config"] = {"optimizer": "sgd", "loss": loss, **setup}
    return drawn


def sequences():
    """What CTC compares: labels of 1 to 3 in the steps of a sequence."""
    model = keras.Sequential([keras.Input((4, 1)), keras.layers.Dense(5, name="out")], name="walk")
    model.compile("sgd", keras.losses.CTC())
    return json.loads(model.to_json())


def written(entry, config):
    return {
        "module": entry["module"],
        "class_name": entry["class_name"],
        "config": config,
        "registered_name": entry["registered_name"],
    }


def walk(tmp_path, drawn, x, y, callbacks=()):
    """Trains, saves, reopens in plain Keras and runs the code; what was set up is the same in all."""
    arrays = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    plan = read_plan(
        planned(drawn, data=arrays, fit={"epochs": 1, "batch_size": 8}, callbacks=list(callbacks))
    )
    run = Run(plan.model_name, 1)
    (tmp_path / "run").mkdir(exist_ok=True)
    run.folder = RunFolder(tmp_path / "run")
    keeper = Keeper(tmp_path)
    train(keeper, plan, {"x": x, "y": y}, run=run)
    assert run.state == "finished"
    losses = run.history.to_json()["epoch"]["loss"]["y"]
    keeper.save(drawn, "walk.keras")
    again = keras.saving.load_model(tmp_path / "walk.keras")
    assert again.optimizer.get_config() == keeper.model.optimizer.get_config()
    setup = keeper.model.get_compile_config()
    assert again.get_compile_config() == setup
    namespace = {}
    exec(to_code(drawn), namespace)
    built = next(value for value in namespace.values() if isinstance(value, keras.Model))
    assert built.get_compile_config().keys() == setup.keys()
    for part in ("optimizer", "loss", "metrics"):
        assert kinds(built.get_compile_config()[part]) == kinds(setup[part])
    return losses


def kinds(value):
    """What is chosen, without names that Keras numbers."""
    if isinstance(value, dict):
        return {key: kinds(item) for key, item in value.items() if key != "name"}
    return [kinds(item) for item in value] if isinstance(value, list) else value


def each(key):
    entries = [entry for entry in catalog()[key] if not entry.get("disabled")]
    return pytest.mark.parametrize("entry", entries, ids=[entry["class_name"] for entry in entries])


@pytest.mark.thorough
@each("optimizers")
def test_each_optimizer(tmp_path, entry):
    config = values_of(entry)
    jsonschema.validate(config, entry["schema"])
    losses = walk(tmp_path, document("classes", optimizer=written(entry, config)), X, CLASS)
    assert None not in losses


@pytest.mark.thorough
@each("schedules")
def test_each_schedule(tmp_path, entry):
    rate = written(entry, values_of(entry))
    sgd = {"module": "keras.optimizers", "class_name": "SGD", "config": {"learning_rate": rate}}
    walk(tmp_path, document("classes", optimizer={**sgd, "registered_name": None}), X, CLASS)


@pytest.mark.thorough
@each("losses")
def test_each_loss(tmp_path, entry):
    chosen = written(entry, values_of(entry))
    if entry["class_name"] == "CTC":
        drawn = sequences()
        drawn["compile_config"]["loss"] = chosen
        walk(tmp_path, drawn, X[:, :, None], RNG.integers(1, 4, (24, 2)))
        return
    fitting = []
    for head in HEADS:
        try:
            losses = walk(tmp_path, document(head, loss=chosen), X, HEADS[head][3])
        except RequestError:  # said before the run
            continue
        fitting += [head] if None not in losses else []
    assert fitting


@pytest.mark.thorough
@each("metrics")
def test_each_metric(tmp_path, entry):
    config = values_of(entry)
    fitting = []
    for head in HEADS:
        for more in ({}, {"num_classes": 3}, {"num_classes": 2}):
            if more and "num_classes" not in entry["schema"].get("required", []):
                continue
            chosen = written(entry, {**config, **more})
            try:
                walk(tmp_path, document(head, metrics=[chosen]), X, HEADS[head][3])
            except RequestError:
                continue
            fitting.append(head)
            break
        if fitting:
            break
    assert fitting


@pytest.mark.thorough
@each("callbacks")
def test_each_callback(tmp_path, entry):
    if entry["class_name"] in PACKAGES:
        pytest.skip("needs a package of its own")
    ema = {"module": "keras.optimizers", "class_name": "SGD", "config": {"use_ema": True}}
    chosen = {"class_name": entry["class_name"], "config": values_of(entry)}
    setup = {"optimizer": {**ema, "registered_name": None}, "metrics": ["accuracy"]}
    walk(tmp_path, document("classes", **setup), X, CLASS, [chosen])
    assert our_callbacks().keys() <= {one["class_name"] for one in catalog()["callbacks"]}
