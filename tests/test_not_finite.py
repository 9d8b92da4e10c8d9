"""A loss that stops being a number: the batch and the layer are told, and training goes on as it would."""

from typing import Any

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import layer, planned

from kerasviz.models.keeper import Keeper
from kerasviz.protocol import Curves
from kerasviz.training.callbacks import finitewatch
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run

X = np.abs(np.random.default_rng(0).normal(size=(64, 4))).astype("float32")
Y = X.sum(axis=1, keepdims=True)


def document(middle: list[dict[str, Any]], rate: float = 0.01, **plan: Any) -> dict[str, Any]:
    layers = [
        layer("InputLayer", batch_shape=[None, 4], name="four"),
        layer("Dense", units=4, name="hidden", kernel_initializer="identity"),
        *middle,
        layer("Dense", units=1, name="sum"),
    ]
    sgd = {"module": "keras.optimizers", "class_name": "SGD", "config": {"learning_rate": rate}}
    return planned(
        {
            "module": "keras",
            "class_name": "Sequential",
            "config": {"name": "net", "layers": layers},
            "registered_name": None,
            "compile_config": {"optimizer": {**sgd, "registered_name": None}, "loss": "mse"},
        },
        fit={"epochs": 2, "batch_size": 8, "validation_split": 0, "shuffle": False},
        data={"class_name": "arrays", "config": {"x": "x", "y": "y"}},
        seed=1,
        **plan,
    )


def train(
    folder: Any, document: dict[str, Any], *, recorded: bool = False, **data: Any
) -> tuple[Run, list[Any]]:
    plan, keeper = read_plan(document, "fresh"), Keeper(folder)
    run = Run(plan.model_name, plan.epochs)
    if recorded:
        record(run, plan.to_json(), KeptRuns(folder, "net.keras.json"), lambda job: job(), lambda: None)

    def heard(curves: Curves | None) -> None:
        run.extend(curves or Curves(batch={}, epoch={}))

    run.end(fit(plan, keeper, run, {"x": X, "y": Y, **data}, heard, lambda job: job()))
    return run, [array.tolist() for array in keeper.model.get_weights()]


def told(run: Run) -> list[str]:
    kinds = ("In batch", "After batch")
    return [note for note in run.notes if note.startswith(kinds)]


def test_the_layer_whose_output_was_the_first_is_told_with_its_batch(tmp_path):
    samples = X.copy()
    samples[27] = 1000  # in the fourth batch
    run, _ = train(tmp_path, document([layer("Activation", activation="exponential", name="exp")]), x=samples)
    (note,) = told(run)
    assert note == "In batch 4, layer 'exp' is the first whose output is not finite (NaN or infinite)."
    assert [mark["kind"] for mark in run.marks] == ["not_finite"]
    assert run.step == 16


def test_a_binary_crossentropy_is_told_like_any_other_loss(tmp_path):
    """PyTorch raises where TensorFlow and JAX compute: of NaN, and of targets below 0 and above 1."""
    samples = X.copy()
    samples[27] = 1000
    drawn = document([layer("Activation", activation="exponential", name="exp")])
    drawn["config"]["layers"][-1]["config"]["activation"] = "sigmoid"
    drawn["compile_config"] |= {"loss": "binary_crossentropy", "metrics": ["binary_crossentropy"]}
    run, _ = train(tmp_path, drawn, x=samples, y=(Y > 3).astype("float32"))
    (note,) = told(run)
    assert note == "In batch 4, layer 'exp' is the first whose output is not finite (NaN or infinite)."
    assert run.state == "finished" and run.step == 16
    target, predicted = np.float32([[1, 0, 0.5, -1]]), np.float32([[0.2, 0.3, 0.9, 0.4]])
    found = keras.losses.binary_crossentropy(target, predicted)
    expected = -np.mean(target * np.log(predicted) + (1 - target) * np.log(1 - predicted))
    assert float(keras.ops.convert_to_numpy(found)[0]) == pytest.approx(expected, rel=1e-6)


def test_a_class_for_each_pixel_is_learned(tmp_path):
    """PyTorch has no gradients of it as it is."""
    maps = layer("Conv2D", name="maps", filters=3, kernel_size=3, padding="same", activation="softmax")
    drawn = document([])
    drawn["config"]["layers"] = [layer("InputLayer", batch_shape=[None, 4, 4, 1], name="image"), maps]
    drawn["compile_config"]["loss"] = "sparse_categorical_crossentropy"
    images = X.repeat(4, axis=1).reshape(64, 4, 4, 1)
    run, _ = train(tmp_path, drawn, x=images, y=(images[..., 0] > 0.5).astype("int64"))
    losses = run.history.to_json()["epoch"]["loss"]["y"]
    assert run.state == "finished" and losses[1] < losses[0]


def test_a_learning_rate_that_is_too_large_ends_in_a_loss_without_a_number(tmp_path, monkeypatch):
    run, weights = train(tmp_path, document([], rate=1e6))
    (note,) = told(run)
    assert "the largest output of the model is" in note or "the first whose output" in note

    monkeypatch.setattr(finitewatch, "MOST_BYTES", 0)
    alone, same = train(tmp_path, document([], rate=1e6))
    assert told(alone) == []
    assert str(same) == str(weights)  # NaN is not equal to itself
    assert str(alone.history.to_json()) == str(run.history.to_json())


def test_copies_of_a_large_model_lie_in_a_file_without_a_name(tmp_path, monkeypatch):
    monkeypatch.setattr(finitewatch, "MOST_BYTES", 0)
    samples = X.copy()
    samples[27] = 1000
    middle = [layer("Activation", activation="exponential", name="exp")]
    run, _ = train(tmp_path, document(middle), recorded=True, x=samples)
    (note,) = told(run)
    assert note.startswith("In batch 4, layer 'exp'")
    (folder,) = (tmp_path / "runs").iterdir()
    assert {file.name for file in folder.iterdir()} <= {
        "plan.json", "label.json", "state.json", "events.jsonl", "history.csv", "checkpoints",
        "statistics.jsonl",
    }  # fmt: skip


def test_a_layer_is_told_where_batches_come_one_after_the_other(tmp_path):
    samples = X.copy()
    samples[27] = 1000
    drawn = document([layer("Activation", activation="exponential", name="exp")])
    plan = drawn["kerasviz"]["training"]
    plan["data"] = {"class_name": "batches", "config": {"batches": "rows"}}
    plan["fit"] = {"epochs": 1, "steps_per_epoch": 8}
    rows = tf.data.Dataset.from_tensor_slices((samples, Y)).shuffle(64).batch(8).repeat()
    run, _ = train(tmp_path, drawn, rows=rows)
    assert "Layer 'exp' is the first whose output is not finite (NaN or infinite)." in run.notes
    assert run.step == 8


def test_weights_that_a_gradient_broke_are_told(tmp_path):
    """The square root has an infinite slope at 0, where the loss is still a number."""
    root = {"class_name": "Root", "module": None, "config": {"name": "root"}}
    root["registered_name"] = "finite_tests>Root"

    @keras.saving.register_keras_serializable("finite_tests")
    class Root(keras.layers.Layer):
        def call(self, x: Any) -> Any:
            return keras.ops.sqrt(x * 0.0)

    try:
        run, _ = train(tmp_path, document([root]))
    finally:
        keras.saving.get_custom_objects().pop("finite_tests>Root")
    (note,) = told(run)
    assert note == "After batch 1 the weights of layer 'hidden' are not finite: its gradient was not."


@pytest.mark.parametrize("stops", [True, False])
def test_whether_it_ends_there_is_the_users_choice(stops, tmp_path):
    callbacks = [{"class_name": "TerminateOnNaN", "config": {}}] if stops else []
    run, _ = train(tmp_path, document([], rate=1e6, callbacks=callbacks))
    assert (run.step < 16) is stops
    assert len(told(run)) == 1
