"""A callback that monitors what a run does not measure is refused before an epoch is trained."""

from typing import Any

import keras
import pytest
from conftest import few, planned
from test_training import train

from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run


def callback(class_name: str, **config: Any) -> list[dict[str, Any]]:
    return [{"class_name": class_name, "config": config}]


def refused(tmp_path, document, callbacks, **fit):
    run = Run("digits", 2)
    with pytest.raises(RequestError) as raised:
        train(Keeper(tmp_path), read_plan(planned(document, fit=fit, callbacks=callbacks)), run=run)
    assert raised.value.error["code"] == "callback"
    return raised.value.error["message"], run


@pytest.mark.parametrize("name", ["EarlyStopping", "ReduceLROnPlateau", "KeepBest"])
@pytest.mark.parametrize(
    "fit", [{"validation_split": 0.0}, {"validation_freq": 3}, {"validation_freq": [5, 7]}]
)
def test_a_validation_that_there_is_not_is_said_before_the_run(name, fit, tmp_path, digits):
    said, run = refused(tmp_path, digits, callback(name), **fit)
    assert said == (
        f"{name} monitors 'val_loss', but no epoch of this run is validated. Set validation_split and "
        "validation_freq, or monitor 'loss'."
    )
    assert (run.step, run.notes) == (0, [])


@pytest.mark.parametrize("name", few(["EarlyStopping", "ReduceLROnPlateau", "KeepBest"], 3))
def test_a_metric_that_there_is_not_is_said_after_a_batch_with_those_that_there_are(name, tmp_path, digits):
    said, run = refused(tmp_path, digits, callback(name, monitor="val_acc"))
    assert said == (
        f"{name} monitors 'val_acc', which this run does not have. Did you mean 'val_accuracy'? It has "
        "'accuracy', 'loss', 'val_accuracy' and 'val_loss'."
    )
    assert run.step == 0
    said, _ = refused(tmp_path, digits, callback(name, monitor="psnr"), validation_split=0.0)
    assert said == f"{name} monitors 'psnr', which this run does not have. It has 'accuracy' and 'loss'."


@keras.saving.register_keras_serializable("monitors")
def own(y_true, y_pred):
    return keras.ops.mean(y_pred)


@keras.saving.register_keras_serializable("monitors")
class Measures(keras.callbacks.Callback):
    """Measures something more."""

    def on_epoch_end(self, epoch, logs=None):
        logs["mine"] = 1.0 / (epoch + 1)

    def get_config(self):
        return {}


def test_what_keras_can_not_tell_the_better_of_is_asked_for(tmp_path, digits):
    digits["compile_config"]["metrics"] = [
        {
            "module": "builtins",
            "class_name": "function",
            "config": "monitors>own",
            "registered_name": "function",
        }
    ]
    said, _ = refused(tmp_path, digits, callback("EarlyStopping", monitor="own"))
    assert said == (
        "EarlyStopping can't tell whether a lower or a higher 'own' is better. Set its mode to min or max."
    )
    chosen = callback("EarlyStopping", monitor="own", mode="max")
    assert train(Keeper(tmp_path), read_plan(planned(digits, callbacks=chosen))).state == "finished"


def test_what_a_callback_of_the_users_own_measures_may_be_monitored(tmp_path, digits):
    chosen = callback("Measures") + callback("EarlyStopping", monitor="mine", mode="min")
    assert train(Keeper(tmp_path), read_plan(planned(digits, callbacks=chosen))).state == "finished"


def test_the_learning_rate_that_another_callback_sets_may_be_monitored(tmp_path, digits):
    chosen = callback("ReduceLROnPlateau") + callback("EarlyStopping", monitor="learning_rate", mode="min")
    assert train(Keeper(tmp_path), read_plan(planned(digits, callbacks=chosen))).state == "finished"
