"""Going step by step: one batch, one epoch, and several batches in one execution."""

import threading

import keras
import pytest
from conftest import except_on, few
from test_training import plan, train

from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.run.run import Run


@pytest.fixture
def keeper(tmp_path):
    return Keeper(tmp_path)


class Person:
    """Presses a button each time that a run holds."""

    def __init__(self, run, *presses):
        self.held = []
        self._run = run
        self._presses = list(presses)

    def __call__(self, curves):
        run = self._run
        if run.state == "paused" and run.control.pausing:
            self.held.append((run.epoch, run.step))
            press = self._presses.pop(0) if self._presses else run.control.stop
            threading.Thread(target=press).start()


def test_a_run_does_a_batch_or_the_rest_of_an_epoch_and_holds(keeper, digits):
    run = Run("model", 3)
    control = run.control
    control.go_on_until("batch")
    person = Person(
        run,
        lambda: control.go_on_until("batch"),
        lambda: control.go_on_until("epoch"),
        lambda: control.go_on_until("epoch"),
        lambda: control.go_on_until("batch"),
    )
    train(keeper, plan(digits, epochs=3), run=run, publish=person)
    assert person.held == [(1, 1), (1, 2), (1, 45), (2, 90), (3, 91)]
    assert (run.state, run.step) == ("stopped", 91)
    assert run.history.to_json()["epoch"]["val_loss"]["x"] == [1, 2]


def test_after_the_last_epoch_nothing_holds(keeper, digits):
    run = Run("model", 1)
    run.control.go_on_until("epoch")
    train(keeper, plan(digits, epochs=1), run=run, publish=Person(run))
    assert (run.state, run.step) == ("finished", 45)


def test_a_stop_between_two_epochs_trains_no_further_batch(keeper, digits):
    run = Run("model", 3)
    run.control.go_on_until("epoch")
    train(keeper, plan(digits, epochs=3), run=run, publish=Person(run))
    assert (run.state, run.step, int(keeper.model.optimizer.iterations)) == ("stopped", 45, 45)


@except_on("torch", "trains on one batch in each execution")
@pytest.mark.parametrize("steps", few([8, None], 2))
def test_batches_are_counted_right_where_several_are_one_execution(keeper, digits, steps):
    digits["compile_config"]["steps_per_execution"] = 4
    fit = {"steps_per_epoch": steps} if steps else {}
    run = train(keeper, plan(digits, epochs=3, **fit))
    assert run.step == int(keeper.model.optimizer.iterations)
    curves = run.history.to_json()
    assert curves["batch"]["loss"]["x"][-1] == run.step
    assert curves["epoch"]["loss"]["x"] == [1, 2, 3]
    assert keeper.model.steps_per_execution == 4


def test_an_epoch_that_keras_would_make_longer_is_said_with_a_fix(keeper, digits):
    digits["compile_config"]["steps_per_execution"] = 4
    with pytest.raises(RequestError, match="would train 8 batches in each epoch, not 7") as error:
        train(keeper, plan(digits, steps_per_epoch=7))
    assert error.value.error["fix"]["edits"] == [{"edit": "fit", "arguments": {"steps_per_epoch": 8}}]


@except_on("torch", "trains on one batch in each execution")
def test_a_run_of_several_batches_in_one_execution_holds_and_stops_between_two(keeper, digits):
    digits["compile_config"]["steps_per_execution"] = 4
    run = Run("model", 2)
    run.control.go_on_until("batch")
    person = Person(run, lambda: run.control.go_on_until("batch"))
    train(keeper, plan(digits), run=run, publish=person)
    assert person.held == [(1, 4), (1, 8)]
    assert run.state == "stopped"


@except_on("jax", "gives layers no numbers while it differentiates, eagerly neither")
def test_one_batch_is_watched_where_the_model_runs_eagerly(keeper, digits):
    digits["compile_config"]["run_eagerly"] = True
    seen = []

    @keras.saving.register_keras_serializable("steps")
    class Watch(keras.layers.Layer):
        def call(self, x):
            seen.append(hasattr(x, "numpy"))
            return x

    try:
        layers = digits["config"]["layers"]
        watch = {
            "module": None,
            "class_name": "Watch",
            "config": {"name": "watch"},
            "registered_name": "steps>Watch",
        }
        layers.insert(len(layers) - 1, watch)
        run = Run("model", 1)
        run.control.go_on_until("batch")
        train(keeper, plan(digits, epochs=1), run=run, publish=Person(run))
    finally:
        del keras.saving.get_custom_objects()["steps>Watch"]
    assert run.step == 1
    assert any(seen)


def test_what_a_stop_waits_for_is_told():
    run = Run("model", 1)
    assert "awaits" not in run.status()
    run.control.stop()
    assert "model is built" in run.status()["awaits"]
    run.begin(8)
    assert "this batch" in run.status()["awaits"]
    run.batches_at_once = 4
    assert "after the 4 batches" in run.status()["awaits"]
    run.end("stopped")
    assert "awaits" not in run.status()
