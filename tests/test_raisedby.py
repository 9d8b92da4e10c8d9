"""An exception of anybody's code, of any class, ends the run in a sentence that names where it came from."""

from itertools import cycle

import keras
import pytest
from said import said
from test_training import plan, train

from kerasviz.models.keeper import Keeper
from kerasviz.training.failure import failure

RAISED: dict[str, type[BaseException]] = {}


class Mute(BaseException):
    """Raises where it is looked at."""

    def __str__(self):
        raise SystemExit

    @property
    def args(self):
        raise KeyboardInterrupt


class Hidden:
    """An object that does not tell its class."""

    @property
    def __class__(self):
        raise SystemExit

    def leave(self, at):
        if at in RAISED:
            raise RAISED[at]("enough")


def leave(at):
    Hidden().leave(at)


mine = keras.saving.register_keras_serializable("origin")


@mine
class MyDense(keras.layers.Dense):
    def build(self, shape):
        leave("build")
        super().build(shape)

    def call(self, inputs):
        leave("call")
        return super().call(inputs)


@mine
class MyZeros(keras.initializers.Zeros):
    def __call__(self, *args, **options):
        leave("initializer")
        return super().__call__(*args, **options)


@mine
class MyL2(keras.regularizers.L2):
    def __call__(self, weights):
        leave("regularizer")
        return super().__call__(weights)


@mine
class MyNonNeg(keras.constraints.NonNeg):
    def __call__(self, weights):
        leave("constraint")
        return super().__call__(weights)


@mine
class MyLoss(keras.losses.Loss):
    def __init__(self, **options):
        super().__init__(**options)
        leave("loss made")

    def call(self, y_true, y_pred):
        leave("loss")
        return keras.losses.sparse_categorical_crossentropy(y_true, y_pred)


@mine
class MyMetric(keras.metrics.Mean):
    def __init__(self, **options):
        super().__init__(**options)
        leave("metric made")

    def update_state(self, y_true, y_pred, sample_weight=None):
        leave("metric")

    def result(self):
        leave("result")
        return super().result()

    def reset_state(self):
        leave("reset")
        super().reset_state()


@mine
class MySGD(keras.optimizers.SGD):
    def __init__(self):
        super().__init__()
        leave("optimizer made")

    def update_step(self, *args):
        leave("optimizer")
        super().update_step(*args)


@mine
class MyCallback(keras.callbacks.Callback):
    def __init__(self):
        super().__init__()
        leave("callback made")

    def on_epoch_end(self, epoch, logs=None):
        leave("epoch")

    def on_train_end(self, logs=None):
        leave("end")

    def get_config(self):
        return {}


def made(kind, **config):
    name = f"My{kind}"
    return {"module": None, "class_name": name, "config": config, "registered_name": f"origin>{name}"}


@pytest.fixture
def document(digits):
    first, last = digits["config"]["layers"][1:]
    first["config"] |= {"kernel_regularizer": made("L2"), "kernel_constraint": made("NonNeg")}
    last.update(made("Dense", **last["config"], kernel_initializer=made("Zeros")))
    loss, metric = made("Loss", name="mistakes"), made("Metric", name="mean")
    digits["compile_config"] = {"optimizer": made("SGD"), "loss": loss, "metrics": [metric]}
    return digits


PARTS = {
    "build": "layer 'digit'",
    "call": "layer 'digit'",
    "initializer": "initializer 'MyZeros'",
    "regularizer": "regularizer 'MyL2'",
    "constraint": "constraint 'MyNonNeg'",
    "loss made": "loss 'mistakes'",
    "metric made": "metric 'mean'",
    "optimizer made": "optimizer 'MySGD'",
    "loss": "loss 'mistakes'",
    "metric": "metric 'mean'",
    "result": "metric 'mean'",
    "reset": "metric 'mean'",
    "optimizer": "optimizer 'MySGD'",
    "callback made": "callback",
    "epoch": "callback 'MyCallback'",
    "end": "callback 'MyCallback'",
}
CASES = list(zip(PARTS, cycle([ValueError, SystemExit, Mute, GeneratorExit, ValueError]), strict=False))


@pytest.mark.parametrize(("at", "kind"), CASES)
def test_the_part_that_an_exception_came_out_of_is_named_and_no_other(
    at, kind, document, tmp_path, monkeypatch
):
    monkeypatch.setitem(RAISED, at, kind)
    callbacks = [{"class_name": "origin>MyCallback", "config": {}}]
    with pytest.raises(BaseException) as raised:
        train(Keeper(tmp_path), plan(document, callbacks=callbacks, epochs=1))
    error = failure(raised.value)
    message = said(error["message"])
    assert PARTS[at].lower() in message.lower()
    assert kind.__name__ in message or "enough" in message
    assert error["layer"] == ("digit" if "layer" in PARTS[at] else None)


def test_an_exception_that_can_not_be_looked_at_is_told_all_the_same():
    class Unseen(Exception):
        __str__ = Mute.__str__
        args = Mute.args

    assert failure(Unseen())["message"] == "Code in the kernel raised Unseen."
