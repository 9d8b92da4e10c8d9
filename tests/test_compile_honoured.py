"""Every key of a document's `compile_config` reaches `compile`, and has its effect on a run."""

import json
from typing import Any

import keras
import numpy as np
import pytest
from conftest import except_on, few, planned
from test_training import train

from kerasviz.catalog.signatures import method_schema
from kerasviz.codegen import to_code
from kerasviz.models.keeper import Keeper
from kerasviz.training.plan import read_plan

RNG = np.random.default_rng(1)
X = RNG.normal(size=(40, 3)).astype("float32")
Y = {"a": X.sum(1, keepdims=True), "b": (X[:, :1] > 0).astype("float32")}
WEIGHT = {"a": np.ones(40), "b": np.tile([0.0, 1.0], 20)}
SETUP = {
    "optimizer": {
        "module": "keras.optimizers",
        "class_name": "SGD",
        "config": {"learning_rate": 0.05, "momentum": 0.9, "clipnorm": 1.0},
        "registered_name": None,
    },
    "loss": {"a": "mse", "b": "binary_crossentropy"},
    "loss_weights": {"a": 0.25, "b": 4.0},
    "metrics": {"a": ["mae"], "b": ["accuracy"]},
    "weighted_metrics": {"a": [], "b": ["accuracy"]},
    "run_eagerly": True,
    "steps_per_execution": 2,
    "jit_compile": False,
    "auto_scale_loss": False,
}


def two_outputs():
    x = keras.Input((3,), name="x")
    a, b = keras.layers.Dense(1, name="a")(x), keras.layers.Dense(1, "sigmoid", name="b")(x)
    return keras.Model(x, {"a": a, "b": b})


def run(tmp_path, setup, weights=None):
    model = two_outputs()
    document = {**json.loads(model.to_json()), "compile_config": setup}
    source = {"x": "x", "y": "y", **({"sample_weight": "w"} if weights else {})}
    fit = {"epochs": 1, "batch_size": 10, "shuffle": False, "validation_split": 0.0}
    plan = read_plan(planned(document, data={"class_name": "arrays", "config": source}, fit=fit))
    keeper = Keeper(tmp_path)
    model.compile()
    keeper.adopt(keras.models.clone_model(model), {**document, "compile_config": None})
    keeper.model.set_weights(model.get_weights())
    made = train(keeper, plan, {"x": X, "y": Y, "w": weights})
    return model, keeper.model, made.history.to_json()["epoch"]


def test_the_setup_of_this_test_has_every_key():
    assert SETUP.keys() == method_schema("compile")["properties"].keys()


@except_on("torch", "trains on one batch in each execution")
def test_every_key_has_its_effect(tmp_path):
    plain, model, curves = run(tmp_path, SETUP, WEIGHT)
    assert (model.run_eagerly, model.steps_per_execution, model.jit_compile) == (True, 2, False)
    assert (model.optimizer.momentum, model.optimizer.clipnorm) == (0.9, 1.0)
    plain.compile(**{**SETUP, "optimizer": keras.optimizers.SGD(0.05, 0.9, clipnorm=1.0)})
    weights = {name: weight for name, weight in WEIGHT.items()}
    history = plain.fit(X, Y, 10, 1, sample_weight=weights, shuffle=False, verbose=0).history
    assert curves.keys() == history.keys() and len(curves) == 6
    for name, values in history.items():
        assert curves[name]["y"] == pytest.approx(values, rel=1e-5), name


@pytest.mark.parametrize("scales", [True, False])
def test_the_loss_is_scaled_where_the_precision_is_mixed_and_the_setup_asks_for_it(tmp_path, scales):
    policy = keras.dtype_policies.serialize(keras.DTypePolicy("mixed_float16"))
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, name="out")])
    document = json.loads(model.to_json())
    document["config"]["layers"][1]["config"]["dtype"] = policy
    document["compile_config"] = {"optimizer": "sgd", "loss": "mse", "auto_scale_loss": scales}
    arrays = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    keeper = Keeper(tmp_path)
    made = train(keeper, read_plan(planned(document, data=arrays)), {"x": X, "y": Y["a"]})
    assert made.state == "finished"
    assert keeper.model.layers[0].compute_dtype == "float16"
    is_scaled = type(keeper.model.optimizer).__name__ == "LossScaleOptimizer"
    assert is_scaled is scales
    names: dict[str, Any] = {}
    exec(to_code(document), names)
    assert type(names["model"].optimizer) is type(keeper.model.optimizer)
    keeper.save(document, "mixed.keras")
    again = keras.saving.load_model(tmp_path / "mixed.keras")
    assert again.layers[0].dtype_policy.name == "mixed_float16"
    assert all(map(np.array_equal, again.get_weights(), keeper.model.get_weights()))


@pytest.mark.parametrize("policy", few(["mixed_bfloat16", "float64", "bfloat16", "float16"], 4))
def test_other_policies_train(tmp_path, policy):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, dtype=policy, name="out")])
    model.compile("sgd", "mse")
    arrays = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    keeper = Keeper(tmp_path)
    plan = read_plan(planned(json.loads(model.to_json()), data=arrays))
    assert train(keeper, plan, {"x": X, "y": Y["a"]}).state == "finished"
    assert keeper.model.layers[0].dtype_policy.name == policy
    assert type(keeper.model.optimizer).__name__ == "SGD"
