"""Training with real Keras: what a run leaves behind, and what it does when it is stopped or fails."""

import math
import time
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import BACKEND, few, layer, planned

from kerasviz import LiveCharts, analyze, storage
from kerasviz.analysis.wholemodel import explained
from kerasviz.backend.devices import devices
from kerasviz.callbacks import our_callbacks
from kerasviz.config import ModelFileError
from kerasviz.data import load
from kerasviz.data.fitting import fit_to_model
from kerasviz.execution.thread import DISK
from kerasviz.models.building import build_model
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import Curves, RequestError
from kerasviz.training.callbacks.recorder import Recorder
from kerasviz.training.fit import fit, fit_arguments
from kerasviz.training.plan import Plan, read_plan
from kerasviz.training.run.history import History
from kerasviz.training.run.run import Run


def plan(document: dict[str, Any], start: str = "trained", **changes: Any) -> Plan:
    """The plan of a document, for the digits and two epochs; `changes` are of the plan or of its `fit`."""
    known = {"data", "callbacks", "seed", "place", "model_name"}
    training = {name: value for name, value in changes.items() if name in known}
    fit = {name: value for name, value in changes.items() if name not in known}
    return read_plan(planned(document, fit=fit, **training), start)


def train(keeper: Keeper, plan: Plan, namespace: Any = None, run: Any = None, publish: Any = None) -> Run:
    """Trains and returns the run, with its curves."""
    run = run or Run(plan.model_name, plan.epochs)

    def heard(curves: Curves | None) -> None:
        run.history.extend(curves or Curves(batch={}, epoch={}))
        if publish is not None:
            publish(curves)

    run.end(fit(plan, keeper, run, {} if namespace is None else namespace, heard, DISK.submit))
    return run


@pytest.fixture
def keeper(tmp_path):
    return Keeper(tmp_path)


def test_a_function_that_nobody_registered_is_said_with_the_way_out(keeper, digits):
    """As Keras writes a loss that was defined in a notebook."""
    own = {
        "module": "builtins",
        "class_name": "function",
        "config": "dice_loss",
        "registered_name": "function",
    }
    digits["compile_config"]["loss"] = own
    with pytest.raises(ModelFileError, match=r"received dice_loss\. One of your own is known once a cell"):
        train(keeper, plan(digits))


REFUSED = {
    "tensorflow": ["couche cach\u00e9e", "\u9690\u85cf\u5c42", "a+b"],
    "torch": ["stem.dense"],
    "jax": [],
}


@pytest.mark.parametrize("name", REFUSED[BACKEND])
def test_a_name_that_the_backend_refuses_is_said_before_the_first_batch(keeper, digits, name):
    digits["config"]["layers"][1]["config"]["name"] = name
    told = analyze(digits).errors
    with pytest.raises(RequestError, match="Rename it") as refused:
        train(keeper, plan(digits))
    assert [(error.layer, error.message) for error in told] == [(name, str(refused.value))]


def test_a_run_has_every_batch_and_epoch(keeper, digits):
    run = train(keeper, plan(digits))
    curves = run.history.to_json()
    assert run.state == "finished"
    assert (run.step, run.steps_per_epoch, run.epoch) == (90, 45, 2)
    assert curves["batch"]["loss"]["x"] == list(range(1, 91))
    assert set(curves["epoch"]) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert curves["epoch"]["val_loss"]["x"] == [1, 2]
    assert run.status()["remaining"] == 0


def test_the_time_left_does_not_take_the_first_batch_for_the_others(monkeypatch):
    now = 0.0
    monkeypatch.setattr(time, "perf_counter", lambda: now)
    run = Run("model", epochs=2)
    run.begin(10)
    now = 40.0  # compiles the model
    run.reach(1)
    assert run.status()["remaining"] is None
    now = 40.5
    run.reach(6)
    assert run.status()["remaining"] == pytest.approx(1.4)


def test_a_model_in_which_nothing_is_trained_says_so(keeper, digits):
    for each in digits["config"]["layers"][1:]:
        each["config"]["trainable"] = False
    run = train(keeper, plan(digits, epochs=1))
    assert "No layer has weights that are trained, so training changes nothing." in run.notes


def test_the_digits_are_learned(keeper, digits):
    curves = train(keeper, plan(digits, epochs=25)).history.to_json()
    assert curves["epoch"]["val_accuracy"]["y"][-1] > 0.9


def test_the_model_is_in_the_users_namespace_under_the_chosen_name(keeper, digits):
    namespace: dict[str, Any] = {}
    run = train(keeper, plan(digits, model_name="net"), namespace)
    assert isinstance(namespace["net"], keras.Model)
    assert not [note for note in run.notes if "net" in note]


@pytest.mark.parametrize("name", few(["rows", "print"], 2))
def test_what_the_user_has_under_the_name_of_the_model_stays(name, keeper, digits):
    namespace: dict[str, Any] = {"rows": [1, 2], "net": None}
    run = train(keeper, plan(digits, model_name=name), namespace)
    assert namespace == {"rows": [1, 2], "net": None, f"{name}_2": keeper.model}
    assert run.model_name == f"{name}_2"
    train(keeper, plan(digits, model_name="net"), namespace)
    assert isinstance(namespace["net"], keras.Model)


def test_a_model_of_the_users_own_is_not_replaced_by_a_trained_one(keeper, digits):
    mine = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    namespace: dict[str, Any] = {"model": mine, "model_2": [1]}
    for start in ("fresh", "trained", "fresh"):  # another model each time, under the name of the first
        run = train(keeper, plan(digits, start), namespace)
        assert run.model_name == "model_3"
        assert namespace == {"model": mine, "model_2": [1], "model_3": keeper.model}
        assert any("The trained model is 'model_3'" in note for note in run.notes)


@pytest.mark.parametrize(
    "changes", few([["sgd trained", "sgd fresh"], ["adam trained", "sgd trained", "adam trained"]], 2)
)
def test_a_model_on_several_devices_stays_there(keeper, digits, changes):
    if keras.backend.backend() != "tensorflow":
        pytest.skip("strategies are TensorFlow's")
    with tf.distribute.MirroredStrategy(["cpu:0"]).scope():
        keeper.adopt(build_model(digits), digits)
    for optimizer, start in map(str.split, changes):
        document = {**digits, "compile_config": {**digits["compile_config"], "optimizer": optimizer}}
        assert train(keeper, plan(document, start, epochs=1)).state == "finished"
        for variable in (keeper.model.layers[0].kernel, keeper.model.optimizer.iterations):
            assert type(variable.value).__name__ == "MirroredVariable", (start, variable.path)


def test_training_goes_on_from_the_weights_unless_fresh_ones_are_asked_for(keeper, digits):
    train(keeper, plan(digits, epochs=5))
    model, iterations = keeper.model, int(keeper.model.optimizer.iterations)
    train(keeper, plan(digits, epochs=1))
    assert keeper.model is model
    assert int(model.optimizer.iterations) == iterations + 45
    first = train(keeper, plan(digits, "fresh", epochs=1)).history.to_json()
    assert keeper.model is not model
    assert first["batch"]["loss"]["y"][0] > 1.5


def test_another_compilation_keeps_the_weights(keeper, digits):
    train(keeper, plan(digits))
    model = keeper.model
    weights = [array.copy() for array in model.get_weights()]
    digits["compile_config"]["optimizer"] = {
        "module": "keras.optimizers",
        "class_name": "SGD",
        "config": {"learning_rate": 1e-30},
        "registered_name": None,
    }
    train(keeper, plan(digits))
    assert keeper.model is model
    assert type(model.optimizer).__name__ == "SGD"
    assert all(np.array_equal(a, b) for a, b in zip(weights, model.get_weights(), strict=True))


@pytest.mark.parametrize("config", [{"learning_rate": 0}, {"learning_rate": -1.0}, {"momentum": "x"}])
def test_what_the_canvas_says_of_an_optimizer_is_said_before_training(keeper, digits, config):
    optimizer = {"module": "keras.optimizers", "class_name": "SGD", "config": config, "registered_name": None}
    digits["compile_config"]["optimizer"] = optimizer
    with pytest.raises(RequestError) as refused:
        train(keeper, plan(digits))
    assert refused.value.error["message"] in [error["message"] for error in explained(digits)[2]]


def test_another_architecture_starts_anew(keeper, digits):
    train(keeper, plan(digits))
    model = keeper.model
    digits["config"]["layers"][1]["config"]["units"] = 16
    train(keeper, plan(digits))
    assert keeper.model is not model


def test_stop_ends_within_one_batch_and_keeps_the_weights(keeper, digits):
    namespace: dict[str, Any] = {}
    run = Run("model", 100_000)
    asked: list[int] = []

    def stop_after_two_epochs(curves: Curves | None) -> None:
        if run.step > 100 and not asked:
            asked.append(run.step)
            run.control.stop()

    train(keeper, plan(digits, epochs=100_000), namespace, run, stop_after_two_epochs)
    assert run.state == "stopped"
    # Asked for at the end of an epoch, the stop comes with the first batch of the next one.
    assert asked[0] <= run.step <= asked[0] + 1
    curves = run.history.to_json()
    assert curves["batch"]["loss"]["x"] == list(range(1, run.step + 1))
    # Asked for at the last batch of an epoch, or while it validates, the stop leaves that epoch without one.
    assert len(curves["epoch"]["val_loss"]["x"]) in ((run.step - 1) // 45, run.step // 45)
    assert int(namespace["model"].optimizer.iterations) == run.step


def test_weights_start_from_the_file_beside_the_document(keeper, digits, tmp_path):
    train(keeper, plan(digits))
    storage.save(keeper.model, tmp_path / "trained.keras")
    saved = keeper.model.get_weights()
    digits["kerasviz"] = {"version": 1, "weights": "trained.keras"}
    other = Keeper(tmp_path)
    assert all(np.array_equal(a, b) for a, b in zip(saved, other.current(digits).get_weights(), strict=True))
    digits["config"]["layers"][2:2] = [layer("Dense", units=32, name="added")]
    changed = Keeper(tmp_path)
    run = train(changed, plan(digits))
    note = next(note for note in run.notes if "except those of: added." in note)
    assert note.startswith("Weights start from trained.keras") and "added" not in note.partition(". ")[2]


def _write_checkpoint(model: keras.Model, path: Path) -> None:
    layers = [layer for layer in model.layers if layer.weights]
    values = {
        f"layer_with_weights-{index}/{variable.name}/.ATTRIBUTES/VARIABLE_VALUE": np.asarray(variable)
        for index, layer in enumerate(layers)
        for variable in layer.weights
    }
    tf.raw_ops.SaveV2(
        prefix=str(path.with_suffix("")),
        tensor_names=list(values),
        shape_and_slices=[""] * len(values),
        tensors=list(values.values()),
    )


@pytest.mark.parametrize("end", few([".keras", ".h5", ".index", ".weights.h5"], 2))
def test_weights_of_a_file_are_loaded_into_what_is_drawn(keeper, digits, tmp_path, end):
    file = tmp_path / f"net{end}"
    model = build_model(digits)
    (_write_checkpoint if end == ".index" else storage.save)(model, file)
    train(keeper, plan(digits, epochs=1))
    assert keeper.load_weights(digits, file.name) == f"Weights start from {file.name}."
    loaded = keeper.current(digits).get_weights()
    assert all(np.array_equal(a, b) for a, b in zip(loaded, model.get_weights(), strict=True))
    run = train(keeper, plan(digits, epochs=1))
    assert "Continuing from the current weights." in run.notes


def test_weights_that_do_not_fit_leave_the_model_as_it_was(keeper, digits, tmp_path):
    train(keeper, plan(digits, epochs=1))
    model, before = keeper.model, keeper.model.get_weights()
    other = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name="other")])
    for file in ("other.keras", "other.weights.h5"):
        storage.save(other, tmp_path / file)
        with pytest.raises((RequestError, ModelFileError), match=file):
            keeper.load_weights(digits, file)
    assert keeper.current(digits) is model
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


@pytest.mark.parametrize("name", ["missing.keras", "../trained.keras", "/etc/passwd"])
def test_weights_elsewhere_are_not_read(keeper, digits, name):
    digits["kerasviz"] = {"version": 1, "weights": name}
    with pytest.raises(RequestError) as refused:
        train(keeper, plan(digits))
    assert refused.value.error["code"] == "weights"


def test_the_trained_model_is_saved_in_the_folder_only(keeper, digits, tmp_path):
    train(keeper, plan(digits))
    for name in ("net.keras", "net.h5"):
        saved = keeper.save(digits, name)
        assert saved["path"] == name and saved["bytes"] == (tmp_path / name).stat().st_size
        assert "optimizer" in saved["keeps"] and "code" in saved["loses"]
        same = keras.models.load_model(tmp_path / name)
        assert np.array_equal(same.get_weights()[0], keeper.model.get_weights()[0])
    exported = keeper.save(digits, "exported")
    assert exported["bytes"] > (tmp_path / "exported" / "saved_model.pb").stat().st_size
    for path in ("../net.keras", "/net.keras", "net.txt", ".", "", ".keras"):
        with pytest.raises(RequestError) as refused:
            keeper.save(digits, path)
        assert refused.value.error["code"] == "path"


def test_a_loss_that_is_not_a_number_is_null_and_noted(keeper, digits):
    digits["compile_config"]["optimizer"] = {
        "module": "keras.optimizers",
        "class_name": "SGD",
        "config": {"learning_rate": 1e30},
        "registered_name": None,
    }
    digits["compile_config"]["loss"] = "mean_squared_error"
    digits["config"]["layers"][2]["config"] = {"units": 1, "name": "digit"}
    run = train(keeper, plan(digits))
    assert run.state == "finished"
    assert None in run.history.to_json()["batch"]["loss"]["y"]
    assert any("not a number" in note for note in run.notes)


def test_a_metric_of_several_numbers_is_noted():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(3, activation="softmax")])
    model.compile(loss="mse", metrics=[keras.metrics.F1Score()])
    charts = LiveCharts()
    model.fit(np.ones((8, 2)), np.eye(8, 3), validation_split=0.5, verbose=0, callbacks=[charts])
    assert [note for note in charts.run.notes if "average='macro'" in note] == charts.run.notes
    assert len(charts.run.notes) == 1 and charts.run.notes[0].startswith("f1_score ")


def test_a_metric_of_several_numbers_is_told_only_what_it_takes_and_one_number_is_a_curve():
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, activation="sigmoid")])
    several, one = keras.metrics.Precision(thresholds=[0.2, 0.8]), keras.metrics.F1Score(threshold=0.5)
    model.compile(loss="mse", metrics=[several, one])
    charts = LiveCharts()
    model.fit(np.ones((8, 2)), np.ones((8, 1)), verbose=0, callbacks=[charts])
    assert charts.run.notes == [f"{several.name} is several numbers, which a curve can't show."]
    assert 0 <= charts.run.history.to_json()["epoch"][one.name]["y"][0] <= 1


def test_a_metric_without_a_name_has_the_same_in_every_run(keeper, digits):
    auc = {
        "module": "keras.metrics",
        "class_name": "MeanIoU",
        "config": {"num_classes": 10, "sparse_y_pred": False},
    }
    digits["compile_config"]["metrics"] = [{**auc, "registered_name": None}] * 2
    for _ in range(2):
        run = train(keeper, plan(digits))
        assert run.state == "finished", run.error
        assert {"mean_io_u", "mean_io_u_1"} <= run.history.to_json()["epoch"].keys()


def test_a_fault_of_the_chart_does_not_end_the_training(digits):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(loss="mse")
    run = Run("model", 3)

    def broken(curves: Curves) -> None:
        raise RuntimeError("the page is gone")

    history = model.fit(np.ones((8, 2)), np.ones(8), epochs=3, verbose=0, callbacks=[Recorder(run, broken)])
    assert len(history.history["loss"]) == 3
    assert any("the page is gone" in note for note in run.notes)


@pytest.mark.parametrize("steps", [4, None])
def test_a_part_of_an_epoch_is_no_point_of_an_epoch(steps):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile("sgd", "mse")
    run = Run("model", 3)

    def heard(curves: Curves | None) -> None:
        run.history.extend(curves or Curves(batch={}, epoch={}))

    recorder = Recorder(run, heard)
    data = tf.data.Dataset.from_tensors((np.ones((1, 2)), np.ones(1))).repeat(4)
    if steps is None:  # nobody knows how many there are until an epoch has ended
        data = data.filter(lambda x, y: True)
    each = keras.callbacks.LambdaCallback(
        on_train_batch_end=lambda batch, logs: run.control.stop() if run.step == 5 else None
    )
    model.fit(data, validation_data=data, epochs=3, verbose=0, callbacks=[each, recorder])
    curves = run.history.to_json()
    assert curves["batch"]["loss"]["x"] == [1, 2, 3, 4, 5, 6]
    assert curves["epoch"]["loss"]["x"] == [1]
    assert run.steps_per_epoch == 4


def test_a_seed_makes_a_run_repeatable(tmp_path, digits):
    digits["config"]["layers"][2:2] = [layer("Dropout", rate=0.5, name="dropout")]
    weights = []
    for seed in (7, 7, 8):
        keeper = Keeper(tmp_path)
        train(keeper, plan(digits, seed=seed))
        weights.append(keeper.model.get_weights())
    first, second, third = ([array.tolist() for array in arrays] for arrays in weights)
    assert first == second
    assert first != third


def test_callbacks_of_a_plan_take_part(keeper, digits):
    stopping = {"class_name": "EarlyStopping", "config": {"monitor": "loss", "min_delta": 1e9}}
    run = train(keeper, plan(digits, epochs=50, callbacks=[stopping]))
    assert run.state == "finished"
    assert run.epoch == 1 + 1  # the second one is not better, with a patience of 0


def test_keep_best_ends_with_the_weights_of_the_best_epoch(keeper, digits):
    """The learning rate grows until the model is destroyed, so the last epoch is the worst."""
    growing = {"class_name": "ExponentialDecay", "config": {"decay_steps": 45, "decay_rate": 40.0}}
    growing["config"]["initial_learning_rate"] = 0.01
    digits["compile_config"]["optimizer"] = {
        "module": "keras.optimizers",
        "class_name": "SGD",
        "config": {
            "learning_rate": {"module": "keras.optimizers.schedules", "registered_name": None, **growing}
        },
        "registered_name": None,
    }
    best = {"class_name": "KeepBest", "config": {"monitor": "val_loss"}}
    run = train(keeper, plan(digits, epochs=4, callbacks=[best], seed=1))
    losses = [math.inf if y is None else y for y in run.history.to_json()["epoch"]["val_loss"]["y"]]
    assert run.epoch == 4
    assert losses[-1] > 2 * min(losses)
    data = fit_to_model(load(plan(digits).data, {}), keeper.model)
    held_out = len(data.x) - int(len(data.x) * 0.8)
    loss = keeper.model.evaluate(data.x[-held_out:], data.y[-held_out:], verbose=0)[0]
    assert loss == pytest.approx(min(losses), rel=1e-3)


@pytest.mark.parametrize("name", our_callbacks())
def test_our_callbacks_take_part_with_their_defaults(keeper, digits, name):
    run = train(keeper, plan(digits, callbacks=[{"class_name": name, "config": {}}]))
    assert (run.state, run.epoch) == ("finished", 2)


def test_a_callback_that_the_user_registered_takes_part(keeper, digits):
    seen = []

    @keras.saving.register_keras_serializable("mine")
    class Seen(keras.callbacks.Callback):
        def __init__(self, what):
            super().__init__()
            self.what = what

        def get_config(self):
            return {"what": self.what}

        def on_epoch_end(self, epoch, logs=None):
            seen.append(self.what)

    train(keeper, plan(digits, callbacks=[{"class_name": "mine>Seen", "config": {"what": "epoch"}}]))
    assert seen == ["epoch", "epoch"]
    with pytest.raises(RequestError, match="'mine>Seen' can't be made"):
        train(keeper, plan(digits, callbacks=[{"class_name": "mine>Seen", "config": {}}]))


def test_arguments_of_fit_are_those_of_keras(keeper, digits):
    run = train(keeper, plan(digits, steps_per_epoch=3, validation_freq=2, class_weight={"0": 2.0}))
    assert (run.state, run.step) == ("finished", 6)
    assert run.history.to_json()["epoch"]["val_loss"]["x"] == [2]
    assert fit_arguments({"class_weight": {"0": 2.0}}) == {"class_weight": {0: 2.0}}
    for name, words in (
        ("x", "can't be set by a document"),
        ("patience", "has no argument 'patience' of fit"),
    ):
        with pytest.raises(RequestError, match=words):
            train(keeper, plan(digits, **{name: 1}))


def test_a_history_takes_up_metrics_that_come_later():
    history = History()
    history.extend(Curves(batch={"loss": {"x": [1], "y": [0.5]}}, epoch={}))
    history.extend(Curves(batch={}, epoch={"val_loss": {"x": [1], "y": [None]}}))
    assert history.to_json() == {
        "batch": {"loss": {"x": [1], "y": [0.5]}},
        "epoch": {"val_loss": {"x": [1], "y": [None]}},
    }


def test_a_device_is_found():
    assert devices()[0]["name"].split(":")[0] in ("cpu", "gpu")
    assert devices()[0]["label"]


def test_a_backend_that_lists_no_devices_has_a_cpu(monkeypatch):
    monkeypatch.delattr(keras.distribution, "list_devices")
    assert devices() == [{"name": "cpu:0", "label": "CPU"}]
