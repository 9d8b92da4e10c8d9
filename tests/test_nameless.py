"""Partials and lambdas in a model of the kernel, which no file can name, are told with the way out."""

import functools
import json

import keras
import numpy as np
import pytest

from kerasviz import analyze, storage
from kerasviz.codegen import to_code
from kerasviz.config import ModelFileError, check_model
from kerasviz.models.opening import draw
from kerasviz.storage.saving import model_config

TOP = keras.metrics.sparse_top_k_categorical_accuracy


class Callable:
    def __call__(self, y_true, y_pred):
        return keras.losses.mse(y_true, y_pred)


def model(activation="relu", **setup):
    hidden = keras.layers.Dense(3, activation=activation, name="hidden")
    made = keras.Sequential([keras.Input((4,)), hidden, keras.layers.Dense(4, "softmax")])
    made.compile(**{"optimizer": "sgd", "loss": "sparse_categorical_crossentropy", **setup})
    return made


HUBER = functools.partial(keras.losses.huber, delta=3.0)
SETUPS = {
    "a partial": ({"loss": HUBER}, "functools.partial", "loss"),
    "an object": ({"loss": Callable()}, f"{__name__}.Callable", "loss"),
    "a metric": ({"metrics": ["accuracy", functools.partial(TOP, k=3)]}, "functools.partial", "metrics"),
    "a wrapped metric": (
        {"metrics": [keras.metrics.MeanMetricWrapper(functools.partial(TOP, k=3), name="top")]},
        "functools.partial",
        "metrics",
    ),
}


@pytest.mark.parametrize("kind", SETUPS)
def test_what_keras_can_not_save_of_the_training_setup_is_named(kind):
    setup, held, part = SETUPS[kind]
    made = model(**setup)
    for refuse in (draw, to_code, model_config):
        with pytest.raises(TypeError, match=r"^Keras can't save"):
            refuse(made)
    with pytest.raises(TypeError) as raised:
        draw(made)
    assert str(raised.value) == (
        f"Keras can't save {held}, which the argument {part!r} of compile holds. Write it as a function, "
        "register that with keras.saving.register_keras_serializable, compile the model again and open it "
        "again."
    )


def test_a_layer_that_keras_can_not_save_is_named():
    with pytest.raises(
        TypeError, match=r"^Layer 'hidden' holds functools.partial, which Keras can't save\. "
    ):
        draw(model(functools.partial(keras.activations.relu, negative_slope=0.3)))


def test_an_activation_that_is_a_lambda_is_told_everywhere(tmp_path):
    made = model(lambda x: keras.ops.relu(x))
    said = "Its activation is a lambda, which has no name that Keras can find it by."
    document = draw(made)[1]
    (error,) = analyze(document).errors
    assert error.layer == "hidden" and said in error.message
    for refuse in (check_model, to_code):
        with pytest.raises(ModelFileError) as raised:
            refuse(json.loads(json.dumps(document)))
        assert raised.value.layer == "hidden" and raised.value.reason.startswith(said)


def test_a_learning_rate_that_is_a_lambda_is_no_optimizer():
    document = draw(model(optimizer=keras.optimizers.SGD(lambda: 0.1)))[1]
    (error,) = analyze(document).errors
    assert error.message.startswith("The learning rate is a lambda or a method")


@pytest.mark.parametrize("end", [".keras", ".h5", ".json"])
def test_the_arguments_of_a_function_that_keras_wraps_are_kept(end, tmp_path):
    made = model(metrics=[keras.metrics.MeanMetricWrapper(TOP, name="top", k=3)])
    document = draw(made)[1]
    assert analyze(document).errors == []
    storage.save(made, tmp_path / f"m{end}")
    samples, classes = np.random.default_rng(3).random((64, 4)), np.arange(64) % 4
    loaded = storage.load(tmp_path / f"m{end}")
    loaded.set_weights(made.get_weights())
    expected = made.evaluate(samples, classes, verbose=0, return_dict=True)
    assert loaded.evaluate(samples, classes, verbose=0, return_dict=True) == pytest.approx(expected)
    scope: dict = {}
    exec(to_code(document), scope)
    scope["model"].set_weights(made.get_weights())
    assert scope["model"].evaluate(samples, classes, verbose=0, return_dict=True) == pytest.approx(expected)
