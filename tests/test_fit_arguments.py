"""Arguments of `fit` and the arrays beside x and y have the effect in a run that they have in plain Keras."""

import keras
import numpy as np
import pytest
from conftest import few, planned
from test_training import train

from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.plan import read_plan

RNG = np.random.default_rng(3)
X, Y = RNG.normal(size=(64, 3)).astype("float32"), RNG.integers(0, 2, 64)
WEIGHT = RNG.random(64)


def net(loss="sparse_categorical_crossentropy", **compiled):
    keras.utils.set_random_seed(5)
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, "softmax", name="out")], name="net")
    model.compile("sgd", loss, **compiled)
    return model


def document(model):
    import json

    return json.loads(model.to_json())


def run_of(tmp_path, model, namespace=None, source=None, callbacks=(), **fit):
    """Trains the model's document from the weights of the model; gives the run and its curves."""
    keeper = Keeper(tmp_path)
    keeper.adopt(keras.models.clone_model(model), document(model))
    keeper.model.set_weights(model.get_weights())
    keeper.model.compile(**{"optimizer": "sgd", "loss": model.loss, "metrics": []})
    data = {"class_name": "arrays", "config": source or {"x": "x", "y": "y"}}
    plan = read_plan(
        planned(
            document(model),
            data=data,
            fit={"shuffle": False, "validation_split": 0.0, **fit},
            callbacks=list(callbacks),
        )
    )
    run = train(keeper, plan, {"x": X, "y": Y, **(namespace or {})})
    return run, run.history.to_json()["epoch"]


def close(one, other):
    assert one == pytest.approx(other, rel=1e-5)


@pytest.mark.parametrize(
    "fit",
    few(
        [
            {"epochs": 2, "batch_size": 16, "validation_split": 0.25, "class_weight": {"0": 1.0, "1": 5.0}},
            {"epochs": 4, "initial_epoch": 2, "validation_split": 0.5, "validation_batch_size": 4},
            {"epochs": 4, "validation_split": 0.5, "validation_freq": 2, "validation_steps": 1},
            {"epochs": 2, "steps_per_epoch": 2, "batch_size": 8},
            {"epochs": 2, "batch_size": None},
        ],
        3,
    ),
    ids=lambda fit: "-".join(fit),
)
def test_a_run_is_the_fit_of_plain_keras(tmp_path, fit):
    model = net()
    run, curves = run_of(tmp_path, model, **fit)
    plain = {**fit, "class_weight": {int(k): v for k, v in fit.get("class_weight", {}).items()} or None}
    if "steps_per_epoch" in fit:  # Keras begins again with each epoch where x is an array
        rows = fit["epochs"] * fit["steps_per_epoch"] * fit["batch_size"]
        batches = keras.src.trainers.data_adapters.array_data_adapter.ArrayDataAdapter(
            X[:rows], Y[:rows], batch_size=fit["batch_size"]
        )
        history = model.fit(batches.get_tf_dataset().repeat(), **{**plain, "batch_size": None}, verbose=0)
    else:
        history = model.fit(X, Y, shuffle=False, verbose=0, **plain)
    close(curves["loss"]["y"], history.history["loss"])
    if "val_loss" in history.history:
        close(curves["val_loss"]["y"], history.history["val_loss"])
    first = fit.get("initial_epoch", 0)
    assert curves["loss"]["x"] == list(range(first + 1, fit["epochs"] + 1))
    assert (run.state, run.epoch) == ("finished", fit["epochs"])


def test_progress_of_a_run_that_begins_at_a_later_epoch_counts_those_before(tmp_path):
    run, _ = run_of(tmp_path, net(), epochs=5, initial_epoch=3, batch_size=16)
    assert (run.step, run.steps_per_epoch) == (20, 4)
    assert run.history.to_json()["batch"]["loss"]["x"] == list(range(13, 21))


def test_weights_of_samples_and_arrays_for_validation_count_as_in_keras(tmp_path):
    model = net()
    source = {"x": "x", "y": "y", "sample_weight": "w", "x_val": "xv", "y_val": "yv"}
    more = {"w": WEIGHT, "xv": X[:20] + 1, "yv": Y[:20]}
    run, curves = run_of(tmp_path, model, more, source, epochs=2, validation_split=0.25, batch_size=16)
    plain = model.fit(
        X, Y, 16, 2, sample_weight=WEIGHT, validation_data=(X[:20] + 1, Y[:20]), shuffle=False, verbose=0
    )
    close(curves["loss"]["y"], plain.history["loss"])
    close(curves["val_loss"]["y"], plain.history["val_loss"])
    assert run.step == 8  # all of x is trained on


def test_the_last_samples_take_their_weights_along_for_validation(tmp_path):
    model = net()
    source = {"x": "x", "y": "y", "sample_weight": "w"}
    _, curves = run_of(tmp_path, model, {"w": WEIGHT}, source, epochs=1, validation_split=0.5)
    plain = model.fit(X, Y, 32, 1, sample_weight=WEIGHT, validation_split=0.5, shuffle=False, verbose=0)
    close(curves["val_loss"]["y"], plain.history["val_loss"])


@pytest.mark.parametrize(
    ("weights", "fit", "says"),
    [
        (WEIGHT[:5], {}, "Expected a weight for each of 64 samples in sample_weight. Received: 5."),
        (-WEIGHT, {}, "missing, infinite or below 0"),
        (WEIGHT * np.nan, {}, "missing, infinite or below 0"),
        (WEIGHT * 0, {}, "All weights in sample_weight are 0"),
        (WEIGHT, {"class_weight": {"0": 2.0}}, "class_weight or weights of samples, not both"),
        ([WEIGHT, WEIGHT], {}, "must have an array for each array of y"),
        (np.array(["a"] * 64), {}, "sample_weight holds text"),
    ],
)
def test_weights_that_mean_nothing_are_said_before_training(tmp_path, weights, fit, says):
    with pytest.raises(RequestError, match=says):
        run_of(tmp_path, net(), {"w": weights}, {"x": "x", "y": "y", "sample_weight": "w"}, **fit)


def test_a_callback_may_monitor_the_validation_of_arrays(tmp_path):
    stops = {"class_name": "EarlyStopping", "config": {"monitor": "val_loss", "patience": 9}}
    source, more = {"x": "x", "y": "y", "x_val": "x", "y_val": "y"}, {}
    assert run_of(tmp_path, net(), more, source, [stops], epochs=1)[0].state == "finished"


@keras.saving.register_keras_serializable("noloss")
class Adds(keras.layers.Layer):
    def call(self, x):
        self.add_loss(keras.ops.mean(x**2))
        return x


@keras.saving.register_keras_serializable("noloss")
class Silent(keras.layers.Layer):
    def call(self, x):
        return x


@pytest.mark.parametrize("source", [{"x": "x"}, {"x": "x", "y": "y"}])
def test_a_layer_that_adds_its_loss_needs_no_other_one_and_no_targets(tmp_path, source):
    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2), Adds()])
    drawn = {**document(model), "compile_config": None}
    plan = read_plan(planned(drawn, data={"class_name": "arrays", "config": source}))
    run = train(Keeper(tmp_path), plan, {"x": X, "y": Y})
    losses = run.history.to_json()["epoch"]["val_loss"]["y"]
    assert run.state == "finished"
    assert losses[-1] < losses[0]


def test_without_any_loss_or_targets_there_is_a_way_out(tmp_path):
    from kerasviz.training.failure import failure

    model = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2), Silent()])
    drawn = {**document(model), "compile_config": {"optimizer": "sgd"}}
    arrays = {"class_name": "arrays", "config": {"x": "x"}}
    with pytest.raises((ValueError, RequestError)) as raised:
        train(Keeper(tmp_path), read_plan(planned(drawn, data=arrays)), {"x": X})
    told = failure(raised.value)
    assert (told["code"], told["message"]) == (
        "no_loss",
        "No loss is selected, and no layer adds one. Choose one on the Train tab.",
    )
    drawn["compile_config"]["loss"] = "mse"
    with pytest.raises(RequestError, match="The loss compares predictions with targets, but no y is chosen"):
        train(Keeper(tmp_path), read_plan(planned(drawn, data=arrays)), {"x": X})
