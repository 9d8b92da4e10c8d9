"""Training with real Keras: what a run leaves behind, and what it does when it is stopped or fails."""

from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import layer

from kerasviz import LiveCharts, storage
from kerasviz.backend.devices import devices
from kerasviz.config import ModelFileError
from kerasviz.models.building import build_model
from kerasviz.protocol import Curves, RequestError
from kerasviz.training.callbacks.recorder import Recorder
from kerasviz.training.plan import read_form
from kerasviz.training.run.history import BoundedSeries, History
from kerasviz.training.run.run import Run
from kerasviz.training.trainer import Trainer


def payload(document: dict[str, Any], **changes: Any) -> dict[str, Any]:
    return {
        "document": document,
        "data": {"class_name": "digits", "config": {}},
        "epochs": 2,
        "batch_size": 32,
        "validation_split": 0.2,
        "model_name": "model",
        "fresh": False,
        **changes,
    }


def train(
    trainer: Trainer, document: dict[str, Any], namespace: Any = None, run: Any = None, **changes: Any
) -> Run:
    """Trains and returns the run, with its curves."""
    form = read_form(payload(document, **changes))
    run = run or Run(form.model_name, form.epochs)
    run.end(trainer.train(form, run, {} if namespace is None else namespace, run.history.extend))
    return run


@pytest.fixture
def trainer(tmp_path):
    return Trainer(tmp_path)


def test_a_run_has_every_batch_and_epoch(trainer, digits):
    run = train(trainer, digits)
    curves = run.history.to_json()
    assert run.state == "finished"
    assert (run.step, run.steps_per_epoch, run.epoch) == (90, 45, 2)
    assert curves["batch"]["loss"]["x"] == list(range(1, 91))
    assert set(curves["epoch"]) == {"loss", "accuracy", "val_loss", "val_accuracy"}
    assert curves["epoch"]["val_loss"]["x"] == [1, 2]
    assert run.status()["remaining"] == 0


def test_the_digits_are_learned(trainer, digits):
    curves = train(trainer, digits, epochs=25).history.to_json()
    assert curves["epoch"]["val_accuracy"]["y"][-1] > 0.9


def test_the_model_is_in_the_users_namespace_under_the_chosen_name(trainer, digits):
    namespace: dict[str, Any] = {}
    run = train(trainer, digits, namespace, model_name="net")
    assert isinstance(namespace["net"], keras.Model)
    assert not [note for note in run.notes if "net" in note]


@pytest.mark.parametrize("name", ["rows", "print"])
def test_what_the_user_has_under_the_name_of_the_model_stays(name, trainer, digits):
    namespace: dict[str, Any] = {"rows": [1, 2], "net": None}
    with pytest.raises(RequestError, match="Choose another name"):
        train(trainer, digits, namespace, model_name=name)
    assert namespace == {"rows": [1, 2], "net": None}
    train(trainer, digits, namespace, model_name="net")
    assert isinstance(namespace["net"], keras.Model)


def test_training_goes_on_from_the_weights_unless_fresh_ones_are_asked_for(trainer, digits):
    train(trainer, digits, epochs=5)
    model, iterations = trainer.model, int(trainer.model.optimizer.iterations)
    train(trainer, digits, epochs=1)
    assert trainer.model is model
    assert int(model.optimizer.iterations) == iterations + 45
    first = train(trainer, digits, epochs=1, fresh=True).history.to_json()
    assert trainer.model is not model
    assert first["batch"]["loss"]["y"][0] > 1.5


def test_another_compilation_keeps_the_weights(trainer, digits):
    train(trainer, digits)
    model = trainer.model
    weights = [array.copy() for array in model.get_weights()]
    digits["compile_config"]["optimizer"] = {
        "module": "keras.optimizers",
        "class_name": "SGD",
        "config": {"learning_rate": 0.0},
        "registered_name": None,
    }
    train(trainer, digits)
    assert trainer.model is model
    assert type(model.optimizer).__name__ == "SGD"
    assert all(np.array_equal(a, b) for a, b in zip(weights, model.get_weights(), strict=True))


def test_another_architecture_starts_anew(trainer, digits):
    train(trainer, digits)
    model = trainer.model
    digits["config"]["layers"][1]["config"]["units"] = 16
    train(trainer, digits)
    assert trainer.model is not model


def test_stop_ends_within_one_batch_and_keeps_the_weights(trainer, digits):
    namespace: dict[str, Any] = {}
    form = read_form(payload(digits, epochs=100_000))
    run = Run("model", 100_000)
    asked: list[int] = []

    def stop_after_two_epochs(curves: Curves) -> None:
        run.history.extend(curves)
        if run.step > 100 and not asked:
            asked.append(run.step)
            run.control.stop()

    assert trainer.train(form, run, namespace, stop_after_two_epochs) == "stopped"
    # Asked for at the end of an epoch, the stop comes with the first batch of the next one.
    assert asked[0] <= run.step <= asked[0] + 1
    curves = run.history.to_json()
    assert curves["batch"]["loss"]["x"] == list(range(1, run.step + 1))
    # Asked for at the last batch of an epoch, or while it validates, it leaves that epoch without.
    assert len(curves["epoch"]["val_loss"]["x"]) == (run.step - 1) // 45
    assert int(namespace["model"].optimizer.iterations) == run.step


def test_weights_start_from_the_file_beside_the_document(trainer, digits, tmp_path):
    train(trainer, digits)
    storage.save(trainer.model, tmp_path / "trained.keras")
    saved = trainer.model.get_weights()
    digits["kerasviz"] = {"version": 1, "weights": "trained.keras"}
    other = Trainer(tmp_path)
    assert all(np.array_equal(a, b) for a, b in zip(saved, other.current(digits).get_weights(), strict=True))
    digits["config"]["layers"][2:2] = [layer("Dense", units=32, name="added")]
    changed = Trainer(tmp_path)
    run = train(changed, digits)
    assert "Weights start from trained.keras, except those of: added." in run.notes


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


@pytest.mark.parametrize("end", [".keras", ".h5", ".weights.h5", ".index"])
def test_weights_of_a_file_are_loaded_into_what_is_drawn(trainer, digits, tmp_path, end):
    file = tmp_path / f"net{end}"
    model = build_model(digits)
    (_write_checkpoint if end == ".index" else storage.save)(model, file)
    train(trainer, digits, epochs=1)
    assert trainer.load_weights(digits, file.name) == f"Weights start from {file.name}."
    loaded = trainer.current(digits).get_weights()
    assert all(np.array_equal(a, b) for a, b in zip(loaded, model.get_weights(), strict=True))
    run = train(trainer, digits, epochs=1)
    assert "Training goes on from the weights that the model has." in run.notes


def test_weights_that_do_not_fit_leave_the_model_as_it_was(trainer, digits, tmp_path):
    train(trainer, digits, epochs=1)
    model, before = trainer.model, trainer.model.get_weights()
    other = keras.Sequential([keras.Input((3,)), keras.layers.Dense(2, name="other")])
    for file in ("other.keras", "other.weights.h5"):
        storage.save(other, tmp_path / file)
        with pytest.raises((RequestError, ModelFileError), match=file):
            trainer.load_weights(digits, file)
    assert trainer.current(digits) is model
    assert all(np.array_equal(a, b) for a, b in zip(before, model.get_weights(), strict=True))


@pytest.mark.parametrize("name", ["missing.keras", "../trained.keras", "/etc/passwd"])
def test_weights_elsewhere_are_not_read(trainer, digits, name):
    digits["kerasviz"] = {"version": 1, "weights": name}
    with pytest.raises(RequestError) as refused:
        train(trainer, digits)
    assert refused.value.error["code"] == "weights"


def test_the_trained_model_is_saved_in_the_folder_only(trainer, digits, tmp_path):
    train(trainer, digits)
    for name in ("net.keras", "net.h5"):
        saved = trainer.save(digits, name)
        assert saved["path"] == name and saved["bytes"] == (tmp_path / name).stat().st_size
        assert "optimizer" in saved["keeps"] and "code" in saved["loses"]
        same = keras.models.load_model(tmp_path / name)
        assert np.array_equal(same.get_weights()[0], trainer.model.get_weights()[0])
    exported = trainer.save(digits, "exported")
    assert exported["bytes"] > (tmp_path / "exported" / "saved_model.pb").stat().st_size
    for path in ("../net.keras", "/net.keras", "net.txt", ".", "", ".keras"):
        with pytest.raises(RequestError) as refused:
            trainer.save(digits, path)
        assert refused.value.error["code"] == "path"


def test_a_loss_that_is_not_a_number_is_null_and_noted(trainer, digits):
    digits["compile_config"]["optimizer"] = {
        "module": "keras.optimizers",
        "class_name": "SGD",
        "config": {"learning_rate": 1e30},
        "registered_name": None,
    }
    digits["compile_config"]["loss"] = "mean_squared_error"
    digits["config"]["layers"][2]["config"] = {"units": 1, "name": "digit"}
    run = train(trainer, digits)
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


def test_a_fault_of_the_chart_does_not_end_the_training(digits):
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1)])
    model.compile(loss="mse")
    run = Run("model", 3)

    def broken(curves: Curves) -> None:
        raise RuntimeError("the page is gone")

    history = model.fit(np.ones((8, 2)), np.ones(8), epochs=3, verbose=0, callbacks=[Recorder(run, broken)])
    assert len(history.history["loss"]) == 3
    assert any("the page is gone" in note for note in run.notes)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"data": None}, "no_data"),
        ({"epochs": 0}, "bad_request"),
        ({"epochs": 1.5}, "bad_request"),
        ({"epochs": float("nan")}, "bad_request"),
        ({"batch_size": True}, "bad_request"),
        ({"validation_split": 1}, "bad_request"),
        ({"model_name": "not a name"}, "bad_request"),
        ({"model_name": "lambda"}, "bad_request"),
    ],
)
def test_a_form_that_is_wrong_is_refused_before_anything_is_built(digits, changes, code):
    with pytest.raises(RequestError) as refused:
        read_form(payload(digits, **changes))
    assert refused.value.error["code"] == code


def test_a_missing_loss_is_said(digits):
    digits["compile_config"] = {"optimizer": "adam"}
    with pytest.raises(RequestError) as refused:
        read_form(payload(digits))
    assert refused.value.error["code"] == "no_loss"


@pytest.mark.parametrize("points", [1, 4999, 5000, 5001, 12_345, 100_000])
def test_a_series_is_bounded_and_keeps_the_first_and_the_last(points):
    series = BoundedSeries()
    for start in range(0, points, 7):
        series.extend((x, float(x)) for x in range(start, min(start + 7, points)))
    assert len(series.x) == len(series.y) <= 5000
    assert (series.x[0], series.x[-1]) == (0, points - 1)
    assert series.y == [float(x) for x in series.x]
    if points <= 5000:
        assert series.x == list(range(points))
    steps = {b - a for a, b in zip(series.x[:-2], series.x[1:-1], strict=True)}
    assert len(steps) <= 1


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
