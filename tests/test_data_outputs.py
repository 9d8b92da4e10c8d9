"""Losses, metrics and targets of models with several outputs: each is fitted and named."""

import json

import keras
import numpy as np
import pytest
from conftest import few

from kerasviz.analysis.mistakes import apply_fix
from kerasviz.analysis.mistakes.sortedoutputs import misplaced
from kerasviz.analysis.wholemodel import explained
from kerasviz.data import load
from kerasviz.data.fitting import fit_to_model
from kerasviz.models.building import BuildError, build_model
from kerasviz.protocol import RequestError

SPARSE = "sparse_categorical_crossentropy"
CLASSES = np.random.default_rng(0).integers(0, 3, 60)
SIZES = np.linspace(0, 9, 60)


def document(**compiled):
    x = keras.Input((4,), name="x")
    outputs = [keras.layers.Dense(3, "softmax", name="kind")(x), keras.layers.Dense(1, name="size")(x)]
    made = json.loads(keras.Model(x, outputs).to_json())
    return {**made, "compile_config": {"optimizer": "adam", "loss": [SPARSE, "mse"], **compiled}}


def errors(model):
    return explained(model)[2]


@pytest.mark.parametrize(
    ("compiled", "said", "fixed"),
    [
        ({"metrics": ["accuracy"]}, "metrics does not say which of them", True),
        ({"weighted_metrics": ["mae", "mse", "mape"]}, "weighted_metrics does not say which", True),
        ({"metrics": {"kind": ["accuracy"], "sise": ["mae"]}}, "no output 'sise', which metrics", True),
        ({"loss": {"kind": SPARSE, "siz": "mse"}}, "no output 'siz', which loss", True),
        ({"loss": [SPARSE]}, "but loss has 1 entry", False),
        ({"loss": [SPARSE, "mse", "mse"]}, "but loss has 3 entries", False),
        ({"loss_weights": [1.0]}, "but loss_weights has 1 entry", False),
        ({"loss_weights": {"a": 1.0, "b": 2.0}}, "no output 'a', which loss_weights", False),
        ({"loss_weights": 2.0}, "but loss_weights is one number", False),
        (
            {"loss": {"kind": SPARSE, "size": "mse"}, "loss_weights": {"kind": 2.0}},
            "leaves out the output 'size'. Give a number for it.",
            True,
        ),
        ({"loss": "mse", "loss_weights": [1.0, 2.0]}, "one loss for all of 'kind', 'size'", False),
    ],
)
def test_what_is_not_sorted_as_the_outputs_is_said_before_training(compiled, said, fixed):
    model = document(**compiled)
    (error,) = errors(model)
    assert said in error["message"]
    with pytest.raises(BuildError) as refused:
        build_model(model)
    assert refused.value.error["message"] == error["message"]
    assert (error["fix"] is not None) is fixed
    if fixed:
        right = apply_fix(model, json.loads(json.dumps(error["fix"])))
        assert errors(right) == []
        build_model(right)


def reversed_outputs(as_dict, **compiled):
    """Outputs whose order is not that of their names."""
    x = keras.Input((4,), name="x")
    outputs = {"size": keras.layers.Dense(1, name="size")(x), "kind": keras.layers.Dense(1, name="kind")(x)}
    made = json.loads(keras.Model(x, outputs if as_dict else list(outputs.values())).to_json())
    return {**made, "compile_config": {"optimizer": "adam", **compiled}}


@pytest.mark.parametrize(
    ("as_dict", "compiled", "right"),
    [
        (False, {"loss": ["mse", "mae"], "loss_weights": {"size": 2.0, "kind": 5.0}}, [2.0, 5.0]),
        (True, {"loss": ["mse", "mae"]}, {"size": "mse", "kind": "mae"}),
        (
            True,
            {"loss": {"size": "mse", "kind": "mae"}, "loss_weights": [2.0, 5.0]},
            {"size": 2.0, "kind": 5.0},
        ),
    ],
)
def test_what_keras_would_give_to_another_output_in_silence_is_said(as_dict, compiled, right):
    model = reversed_outputs(as_dict, **compiled)
    (error,) = [error for error in errors(model) if error["code"] == "compile"]
    assert "alphabetical order" in error["message"]
    fixed = apply_fix(model, json.loads(json.dumps(error["fix"])))
    assert right in fixed["compile_config"].values()
    build_model(fixed)
    with pytest.raises(BuildError, match="alphabetical order"):
        build_model(model)


def test_targets_in_a_list_for_a_dict_of_outputs_are_refused_where_keras_would_swap_them():
    model = build_model(reversed_outputs(True, loss={"size": "mse", "kind": "mae"}))
    arrays = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    targets = {"size": SIZES, "kind": CLASSES}
    with pytest.raises(RequestError, match="Keras sorts the list y"):
        fit_to_model(load(arrays, {"x": np.ones((60, 4)), "y": list(targets.values())}), model, 0.2)
    fit_to_model(load(arrays, {"x": np.ones((60, 4)), "y": targets}), model, 0.2)


def test_a_dict_of_outputs_needs_no_loss_for_each_as_in_keras():
    model = reversed_outputs(True, loss={"size": "mse"})
    assert not [error for error in errors(model) if error["code"] == "compile"]
    build_model(model)


@pytest.mark.parametrize(
    "metrics", [["accuracy", "mae"], [["accuracy"], ["mae"]], {"kind": "accuracy"}, None]
)
def test_metrics_of_each_output_are_as_keras_takes_them(metrics):
    model = document(metrics=metrics)
    assert errors(model) == []
    build_model(model)


def fitted(y, loss=(SPARSE, "mse")):
    model = build_model(document(loss=list(loss)))
    namespace = {"x": np.ones((60, 4)), "y": y}
    return fit_to_model(load({"class_name": "arrays", "config": {"x": "x", "y": "y"}}, namespace), model, 0.2)


def test_the_targets_of_each_output_are_fitted():
    one_hot = fitted([np.eye(3)[CLASSES], SIZES])
    assert one_hot.y[0].tolist() == CLASSES.tolist() and one_hot.y[1].shape == (60, 1)
    assert fitted([CLASSES, SIZES], ("categorical_crossentropy", "mse")).y[0].shape == (60, 3)
    assert "y[0] is sorted by class" in fitted([np.sort(CLASSES), SIZES]).notes[0]


def test_labels_of_one_of_several_outputs_are_named():
    with pytest.raises(RequestError, match=r"y\[0\] has classes 1 to 3. Use y\[0\] - 1"):
        fitted([CLASSES + 1, SIZES])
    with pytest.raises(RequestError, match="whole numbers as classes, but y"):
        fitted([CLASSES + 0.5, SIZES])


@pytest.mark.parametrize("loss", few(["crossentropy", "ce"], 2))
@pytest.mark.parametrize(("units", "y"), [(3, CLASSES), (3, np.eye(3)[CLASSES]), (1, CLASSES > 0)])
def test_crossentropy_is_the_one_that_suits_the_targets(loss, units, y):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(units, "sigmoid")])
    model = {**json.loads(model.to_json()), "compile_config": {"optimizer": "adam", "loss": loss}}
    built = build_model(model)
    arrays = load({"class_name": "arrays", "config": {"x": "x", "y": "y"}}, {"x": np.ones((60, 4)), "y": y})
    data = fit_to_model(arrays, built)
    assert np.isfinite(built.fit(data.x, data.y, verbose=0).history["loss"]).all()


def test_the_metric_crossentropy_is_no_mistake():
    for name in ("ce", "crossentropy", "acc"):
        model = document(metrics={"kind": ["acc"]}, loss=[SPARSE, "mse"])
        assert errors(model) == []
        one = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, "softmax")])
        compiled = {"optimizer": "adam", "loss": SPARSE, "metrics": [name]}
        assert errors({**json.loads(one.to_json()), "compile_config": compiled}) == []


def test_an_optimizer_without_a_module_is_keras_own():
    optimizer = {"class_name": "Adam", "config": {"lr": 0.5}}
    model = document(optimizer=optimizer)
    assert "Adam has no argument 'lr'" in errors(model)[0]["message"]
    model = document(optimizer={"class_name": "Adam", "config": {"learning_rate": 0.5}})
    assert float(build_model(model).optimizer.learning_rate) == 0.5


def test_losses_of_a_dict_of_outputs_go_by_its_keys():
    """https://github.com/tensorflow/tensorflow/issues/34691"""
    found = misplaced("loss", {"dense": "mse", "dense_1": "mae"}, ["dense", "dense_1"], ["b", "a"])
    assert found is not None and found.value == {"a": "mse", "b": "mae"}
    assert misplaced("loss", {"a": "mse", "b": "mae"}, ["dense", "dense_1"], ["b", "a"]) is None
