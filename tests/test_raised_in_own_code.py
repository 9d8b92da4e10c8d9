"""What the user's own code raises in training is said to be of it: a layer, a function, a callback."""

import json
from typing import Any

import keras
import pytest
from conftest import planned
from test_training import train

from kerasviz.models.keeper import Keeper
from kerasviz.training.failure import failure
from kerasviz.training.plan import read_plan

own = keras.saving.register_keras_serializable("mine")


def broken(*args: Any, **named: Any) -> Any:
    raise ValueError("odd")


@own
class OwnCallback(keras.callbacks.Callback):
    def __init__(self, at):
        super().__init__()
        self.at = at

    def on_epoch_end(self, epoch, logs=None):
        return logs["val_acc"] if self.at == "epoch" else None

    def on_train_batch_end(self, batch, logs=None):
        if self.at == "batch":
            open("nowhere/log.csv")

    def set_model(self, model):
        if self.at == "model":
            raise RuntimeError
        super().set_model(model)

    def on_train_end(self, logs=None):
        if self.at == "end":
            raise SystemExit(3)

    def get_config(self):
        return {"at": self.at}


@own
class OwnLayer(keras.layers.Layer):
    def call(self, x, training=False):
        return broken() if training else x


@own
class OwnModel(keras.Model):
    """Is a layer in another model."""

    def __init__(self, **named):
        super().__init__(**named)
        self.inner = keras.layers.Dense(4)

    def build(self, shape):
        self.inner.build(shape)

    def call(self, x, training=False):
        return broken() if training else self.inner(x)

    def get_config(self):
        return {"name": self.name}


@own
class OwnSchedule(keras.optimizers.schedules.LearningRateSchedule):
    def __call__(self, step):
        return broken()

    def get_config(self):
        return {}


@own
def own_loss(y_true, y_pred):
    return broken()


@own
def own_metric(y_true, y_pred):
    return y_pred.no_such


def digits(*inner, optimizer="adam", loss="sparse_categorical_crossentropy", metrics=(), **named):
    digit = keras.layers.Dense(10, activation="softmax", name="digit", **named)
    model = keras.Sequential([keras.Input((64,), name="pixels"), *inner, digit], name="digits")
    model.compile(optimizer, loss, metrics=list(metrics))
    return json.loads(model.to_json())


CASES = {
    "Layer 'mine' (OwnLayer) raised ValueError: odd": lambda: digits(OwnLayer(name="mine")),
    "Layer 'mine' (OwnModel) raised ValueError: odd": lambda: digits(OwnModel(name="mine")),
    "Function 'own_loss' raised ValueError: odd": lambda: digits(loss=own_loss),
    "Function 'own_metric' raised AttributeError: ": lambda: digits(metrics=[own_metric]),
    "Schedule 'OwnSchedule' raised ValueError: odd": lambda: digits(
        optimizer=keras.optimizers.SGD(OwnSchedule())
    ),
}


def failed(tmp_path, document, **plan):
    with pytest.raises(BaseException) as raised:
        train(Keeper(tmp_path, "own.keras.json"), read_plan(planned(document, fit={"epochs": 1}, **plan)))
    return failure(raised.value)


@pytest.mark.parametrize("sentence", CASES)
def test_what_a_models_own_part_raises_is_said_to_be_of_it(sentence, tmp_path):
    error = failed(tmp_path, CASES[sentence]())
    assert error["message"].startswith(sentence)
    assert error["layer"] == ("mine" if "mine" in sentence else None)


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("epoch", "raised KeyError: 'val_acc'"),
        ("batch", "raised FileNotFoundError: [Errno 2] No such file or directory: 'nowhere/log.csv'"),
        ("model", "raised RuntimeError."),
        ("end", "raised SystemExit. Raise another exception there."),
    ],
)
def test_what_a_callback_raises_is_said_to_be_of_it(at, words, tmp_path):
    chosen = [{"class_name": "OwnCallback", "config": {"at": at}}]
    error = failed(tmp_path, digits(), callbacks=chosen)
    assert error["message"] == f"Callback 'OwnCallback' {words}"
    assert error["layer"] is None
