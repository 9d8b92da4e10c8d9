"""What is compiled: the canvas and the exception say the same of it, and what Keras takes is silent."""

import json

import keras
import numpy as np
import pytest
from conftest import layer, tensorflow_only

from kerasviz.analysis.advice import advised
from kerasviz.analysis.wholemodel import explained
from kerasviz.codegen import to_code
from kerasviz.config import ModelFileError, check_model
from kerasviz.models.building import BuildError, build_model
from kerasviz.training.failure import failure

SPARSE = "sparse_categorical_crossentropy"
SCHEDULE = {"class_name": "ExponentialDecay", "config": {"decay_steps": 9, "decay_rate": 0.9}}


def document(data="iris", **setup):
    """A Sequential that tells three classes apart."""
    layers = [
        layer("InputLayer", batch_shape=[None, 4], name="x"),
        layer("Dense", units=3, activation="softmax", name="out"),
    ]
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {"name": "net", "layers": layers},
        "registered_name": None,
        "compile_config": {"optimizer": "adam", "loss": SPARSE, **setup},
        "kerasviz": {"version": 1, "training": {"data": {"class_name": data, "config": {}}}},
    }


def drawn(model):
    _, of_nodes, of_model = explained(model)
    return [error["message"] for error in (*of_nodes, *of_model)]


def own_loss(targets, outputs):
    return keras.ops.mean(outputs)


class OwnMetric(keras.metrics.Mean):
    """Is registered nowhere."""


class OwnRate(keras.optimizers.schedules.LearningRateSchedule):
    """Is registered nowhere."""

    def get_config(self):
        return {}


def compiled(**setup):
    """What Keras writes of a model that a cell compiled."""
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
    model.compile(**{"optimizer": "adam", "loss": "mse", **setup})
    return json.loads(model.to_json())["compile_config"]


WRONG = {
    "a function": (lambda: compiled(loss=own_loss), "'own_loss' is your own loss"),
    "a metric": (lambda: compiled(metrics=[OwnMetric()]), "'OwnMetric' is your own metric"),
    "a metric by output": (lambda: compiled(metrics=[[own_loss]]), "'own_loss' is your own metric"),
    "a schedule": (lambda: compiled(optimizer=keras.optimizers.SGD(OwnRate())), "'OwnRate' is your own"),
    "a lambda": (lambda: compiled(loss=lambda y, outputs: 0.0), "A loss is a lambda"),
    "a method": (lambda: compiled(loss=OwnMetric().update_state), "A loss is a lambda or a method"),
    "an old optimizer": (lambda: {"optimizer": {"class_name": "TFOptimizer", "config": {}}}, "no optimizer"),
    "small letters": (lambda: {"optimizer": {"class_name": "adamm", "config": {}}}, "Did you mean 'Adam'?"),
    "a path": (lambda: {"optimizer": "tf.keras.optimizers.Adam"}, "Did you mean 'adam'?"),
    "what is missing": (lambda: {"metrics": [{"class_name": "MeanIoU", "config": {}}]}, "needs num_classes"),
    "no number": (
        lambda: {"optimizer": {"class_name": "Adam", "config": {"epsilon": None}}},
        "Adam can't have the epsilon None. Use another value, or the default.",
    ),
    "a number": (lambda: {"optimizer": 3}, "Keras does not know 3, the optimizer"),
    "a list": (lambda: {"optimizer": ["adam"]}, "Keras does not know ['adam'], the optimizer"),
    "a loss of numbers": (lambda: {"loss": [5]}, "Keras does not know [5], the loss"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_canvas_and_exception_say_the_same(kind):
    make, said = WRONG[kind]
    model = document(**make())
    with pytest.raises((BuildError, ModelFileError)) as raised:
        check_model(model, custom=True)
        build_model(model)
    error = advised(model, failure(raised.value))
    assert (error["code"], error["layer"]) == ("compile", None)
    assert said in error["message"] and error["message"] in drawn(model)


RIGHT = {
    "no config": {"optimizer": {"class_name": "Adam"}, "metrics": [{"class_name": "AUC"}], "loss": "mse"},
    "an optimizer inside": {
        "optimizer": {
            "class_name": "LossScaleOptimizer",
            "config": {"inner_optimizer": {"class_name": "SGD", "config": {"learning_rate": 0.5}}},
        }
    },
    "small letters": {
        "optimizer": {"class_name": "adam", "config": {}},
        "loss": {"class_name": "sparse_categorical_crossentropy", "config": {}},
        "metrics": [{"class_name": "accuracy", "config": {}}],
    },
    "a schedule": {
        "optimizer": {
            "class_name": "SGD",
            "config": {
                "learning_rate": {**SCHEDULE, "config": {"initial_learning_rate": 1, **SCHEDULE["config"]}}
            },
        }
    },
    "a loss by output": {"loss": {"out": SPARSE}, "metrics": {"out": ["accuracy"]}},
    "the metric of the loss": {"metrics": ["ce", "crossentropy", "acc"]},
    "the loss of the targets": {"loss": "ce"},
    "a metric outside a list": {"metrics": "accuracy"},
    "an object outside a list": {"metrics": {"class_name": "SparseCategoricalAccuracy", "config": {}}},
    "no metric": {"metrics": [None]},
}


@pytest.mark.parametrize("kind", RIGHT)
def test_what_keras_takes_is_silent_and_compiles(kind):
    model = document(**RIGHT[kind])
    if kind != "no config":  # whose metric judges other targets
        assert drawn(model) == []
    made = build_model(model)
    assert made.compiled


def test_a_class_of_the_user_s_own_is_not_taken_for_that_of_keras():
    own = {"module": None, "class_name": "Adam", "config": {}, "registered_name": "Adam"}
    with pytest.raises(BuildError, match="'Adam' is your own optimizer"):
        build_model(document(optimizer=own))


OLD_ARGUMENTS = [
    {"lr": 0.5},
    {"lr": 0.5, "decay": 0.0},
    {"lr": 0.5, "decay": 0.25, "momentum": 0.5},
    {"learning_rate": 0.5, "decay": 0.25},
    {"decay": 1},
]


@pytest.mark.parametrize("old", OLD_ARGUMENTS, ids=str)
def test_old_arguments_of_an_optimizer_train_as_they_did_in_the_editor_and_as_code(old):
    model = document(optimizer={"class_name": "SGD", "config": old})
    rate, decay = old.get("lr", old.get("learning_rate", 0.01)), old.get("decay", 0)
    namespace = {}
    exec(to_code(model), namespace)
    for made in (build_model(model), namespace["model"]):
        optimizer, rates = made.optimizer, []
        for _ in range(3):
            rates.append(float(optimizer.learning_rate))
            optimizer.iterations.assign(optimizer.iterations + 1)
        assert rates == pytest.approx([rate / (1 + decay * step) for step in range(3)])
        assert optimizer.momentum == old.get("momentum", 0)
    assert any("SGD has no argument" in message for message in drawn(model))  # no form shows them


@pytest.mark.parametrize(
    "optimizer",
    [
        {"class_name": "SGD", "config": {"lr": "fast"}},
        {"class_name": "SGD", "config": {"lr": 0.1, "learning_rate": 0.2}},
        {"class_name": "Adam", "config": {"rate": 0.1}},
        "addam",
        {"class_name": "SGD", "config": {"learning_rate": 0.1, "momentum": 7}},
        {"class_name": "Foo", "config": {}},
    ],
    ids=str,
)
def test_code_is_refused_with_the_sentence_of_training(optimizer):
    model = document(optimizer=optimizer)
    with pytest.raises(BuildError) as training:
        build_model(model)
    with pytest.raises(ModelFileError) as code:
        to_code(model)
    said = advised(model, failure(training.value))["message"]
    assert advised(model, failure(code.value))["message"] == said and said in drawn(model)


def test_an_error_that_nobody_knows_names_the_layer_it_came_out_of():
    class Strict(keras.layers.Layer):
        def call(self, x):
            raise ValueError("something odd")

    with pytest.raises(ValueError) as raised:
        Strict(name="strict")(np.ones((2, 2)))
    told = failure(raised.value)
    assert (told["layer"], told["message"]) == (
        "strict",
        "Layer 'strict' (Strict) raised ValueError: something odd",
    )


@tensorflow_only("others compute gradients of 0")
def test_a_loss_without_gradients_is_said_in_words():
    x = keras.Input((2,))
    model = keras.Model(x, keras.ops.round(keras.layers.Dense(1)(x)))
    model.compile("adam", "mse")
    with pytest.raises(ValueError, match="No gradients") as raised:
        model.fit(np.ones((4, 2)), np.ones((4, 1)), verbose=0)
    assert "such as argmax or round" in failure(raised.value)["message"]


def test_an_error_of_fit_names_no_layer_that_it_did_not_come_out_of():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    with pytest.raises(ZeroDivisionError) as raised:
        x = np.ones((4, 2))
        model.fit(x, x[:, 0], validation_data=(x, x[:, 0]), validation_freq=0, verbose=0)
    assert failure(raised.value)["layer"] is None
