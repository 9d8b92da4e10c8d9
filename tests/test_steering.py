"""Numbers that are changed while a run trains: from the next batch on, and for this run alone."""

import json
from typing import Any

import keras
import numpy as np
import pytest
from conftest import few, layer, planned

from kerasviz.execution.thread import DISK
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import Curves
from kerasviz.training.backup import backupkeeper
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run
from kerasviz.training.steering.layervalues import layer_values
from kerasviz.training.steering.optimizervalues import optimizer_values

X = np.random.default_rng(0).normal(size=(48, 4)).astype("float32")
Y = X.sum(axis=1, keepdims=True)


def optimizer(class_name: str, **config: Any) -> dict[str, Any]:
    return {"module": "keras.optimizers", "class_name": class_name, "config": config, "registered_name": None}


SGD = optimizer("SGD", learning_rate=0.01, momentum=0.5)


def document(**compiled: Any) -> dict[str, Any]:
    """A small network with dropout, of which each batch and each number is the same in each run."""
    layers = [
        layer("InputLayer", batch_shape=[None, 4], name="four"),
        layer("Dense", units=8, activation="tanh", name="hidden"),
        layer("Dropout", rate=0.5, seed=3, name="drop"),
        layer("Dense", units=1, name="sum"),
    ]
    return planned(
        {
            "module": "keras",
            "class_name": "Sequential",
            "config": {"name": "net", "layers": layers},
            "registered_name": None,
            "compile_config": {"optimizer": SGD, "loss": "mse", **compiled},
        },
        fit={"epochs": 2, "batch_size": 8, "validation_split": 0},
        data={"class_name": "arrays", "config": {"x": "x", "y": "y"}},
        seed=1,
    )


def train(
    keeper: Keeper,
    document: dict[str, Any],
    changes: dict[int, tuple[str, float]],
    start: str = "trained",
    **data: Any,
) -> Run:
    """Trains; after a batch of this number something is changed."""
    plan = read_plan(document, start)
    run = Run(plan.model_name, plan.epochs)
    reach = run.reach

    def reached(step: int) -> None:
        reach(step)
        if step in changes:
            run.control.change(*changes[step])

    run.reach = reached  # type: ignore[method-assign]
    record(run, plan.to_json(), KeptRuns(keeper.folder, keeper.name), DISK.submit, lambda: None)
    namespace = {"x": X, "y": Y, **data}
    run.end(
        fit(
            plan,
            keeper,
            run,
            namespace,
            lambda curves: run.extend(curves or Curves(batch={}, epoch={})),
            DISK.submit,
        )
    )
    run.extend(Curves(batch={}, epoch={}))
    return run


def weights(keeper: Keeper) -> list[Any]:
    return [array.tolist() for array in keeper.model.get_weights()]


@pytest.mark.parametrize(
    ("chosen", "what", "value"),
    few(
        [
            (SGD, "momentum", 0.9),
            (SGD, "learning_rate", 0.02),
            (SGD, "drop/rate", 0.0),
            (optimizer("AdamW", weight_decay=0.1), "weight_decay", 0.9),
        ],
        4,
    ),
)
def test_a_change_takes_effect_in_the_next_batch_and_ends_with_the_run(chosen, what, value, tmp_path):
    """A compiled step, which has copies of these numbers, does as an eager one that reads them."""
    compiled, eager, unchanged = (Keeper(tmp_path) for _ in range(3))
    documents = [document(optimizer=chosen, run_eagerly=eagerly) for eagerly in (False, True, False)]
    for keeper, drawn, changes in zip(
        (compiled, eager, unchanged), documents, ({5: (what, value)},) * 2 + ({},), strict=True
    ):
        run = train(keeper, drawn, changes)
        assert run.step == 12
    assert weights(compiled) == [pytest.approx(np.array(w), abs=1e-6) for w in weights(eager)]
    assert weights(compiled) != weights(unchanged)
    found = {
        each.what: each.read() for each in [*optimizer_values(compiled.model), *layer_values(compiled.model)]
    }
    assert found == {
        each.what: each.read()
        for each in [*optimizer_values(unchanged.model), *layer_values(unchanged.model)]
    }
    train(compiled, documents[0], {})
    train(eager, documents[1], {})
    assert weights(compiled) == [pytest.approx(np.array(w), abs=1e-6) for w in weights(eager)]


def test_a_change_is_told_with_its_batch(tmp_path):
    run = train(Keeper(tmp_path), document(), {5: ("momentum", 0.9), 7: ("drop/rate", 0.0)})
    assert [(mark["step"], mark["adjustment"], mark["sentence"]) for mark in run.status()["marks"]] == [
        (5, {"what": "momentum", "before": 0.5, "after": 0.9}, "momentum: 0.5 → 0.9"),
        (7, {"what": "drop/rate", "before": 0.5, "after": 0.0}, "drop/rate: 0.5 → 0"),
    ]


def test_weights_of_losses_can_be_changed(tmp_path):
    inputs = keras.Input((4,), name="four")
    outputs = [keras.layers.Dense(1, name=name)(inputs) for name in ("price", "age")]
    model = keras.Model(inputs, outputs)
    ends = []
    for eagerly in (False, True):
        model.compile("sgd", ["mse", "mse"], loss_weights=[1.0, 0.5], run_eagerly=eagerly)
        drawn = {**document(), **json.loads(model.to_json())}
        keeper = Keeper(tmp_path)
        changes = {5: ("loss_weights/age", 0.0), 6: ("loss_weights/other", 1.0)}
        run = train(keeper, drawn, changes, y=[Y, Y])
        ends.append([np.array(array) for array in weights(keeper)])
        assert [mark["sentence"] for mark in run.marks] == ["loss_weights/age: 0.5 → 0"]
        assert any("'loss_weights/other'" in note for note in run.notes)
    assert all(np.allclose(*pair, atol=1e-6) for pair in zip(*ends, strict=True))


def test_a_run_that_continues_after_a_crash_trains_with_what_was_changed(tmp_path, monkeypatch):
    monkeypatch.setattr(backupkeeper, "INTERVAL", 0.0)
    monkeypatch.setattr(backupkeeper, "SHARE", 0)
    entry = keras.Input((4,), name="four")
    dropped = keras.layers.Dropout(0.5, seed=3, name="drop")(entry)
    outputs = {name: keras.layers.Dense(1, name=name)(dropped) for name in ("age", "price")}
    model = keras.Model(entry, outputs)
    losses = {"age": "mse", "price": "mse"}
    model.compile(keras.optimizers.SGD(0.01, momentum=0.5), losses, loss_weights={"age": 1.0, "price": 0.5})
    drawn = {**document(), **json.loads(model.to_json())}
    changes = {
        3: ("loss_weights/age", 0.0),
        4: ("momentum", 0.8),
        5: ("drop/rate", 0.1),
        6: ("learning_rate", 0.02),
    }
    targets = {"age": Y, "price": Y + 1}

    def trained(folder: str, changes: Any, epochs: int, start: str = "trained") -> tuple[Keeper, Run]:
        drawn["kerasviz"]["training"]["fit"]["epochs"] = epochs
        (tmp_path / folder).mkdir(exist_ok=True)
        keeper = Keeper(tmp_path / folder, "net.keras.json")
        run = train(keeper, drawn, changes, start, y=targets)
        DISK.wait()
        return keeper, run

    whole, _ = trained("whole", changes, 4)
    with monkeypatch.context() as dying:
        dying.setattr(backupkeeper.BackupKeeper, "discard", lambda self: None)
        trained("cut", changes, 3)
    continued, run = trained("cut", {}, 4, "backup")
    assert sorted(mark["adjustment"]["what"] for mark in run.marks) == sorted(
        what for what, _ in changes.values()
    )
    for one, other in zip(weights(whole), weights(continued), strict=True):
        np.testing.assert_allclose(np.array(one), np.array(other), atol=1e-6)
    assert float(continued.model.optimizer.learning_rate) == pytest.approx(0.01)
    assert continued.model.get_layer("drop").rate == 0.5


@pytest.mark.parametrize(
    ("chosen", "what", "value", "words"),
    few(
        [
            (
                optimizer(
                    "SGD",
                    learning_rate=keras.saving.serialize_keras_object(
                        keras.optimizers.schedules.CosineDecay(0.1, 9)
                    ),
                ),
                "learning_rate",
                0.5,
                "follows a schedule",
            ),
            (optimizer("SGD"), "momentum", 0.9, "momentum was 0 when the run began"),
            (SGD, "momentum", 1.5, "between [0, 1]"),
            (SGD, "learning_rate", -1.0, "must be a positive number"),
            (SGD, "drop/rate", 2.0, "between 0 and 1"),
            (SGD, "nothing", 2.0, "'nothing'"),
        ],
        4,
    ),
)
def test_what_can_not_be_changed_stays_and_says_why(chosen, what, value, words, tmp_path):
    keeper = Keeper(tmp_path)
    run = train(keeper, document(optimizer=chosen, run_eagerly=True), {5: (what, value)})
    assert (run.state, run.marks) == ("finished", [])
    assert any(words in note for note in run.notes), run.notes


def test_only_what_has_an_effect_is_offered():
    """Asked of Keras: what an optimizer reads in a step, and what layers draw random numbers with."""
    layers = keras.layers
    inputs = keras.Input((6, 4))
    lstm = layers.LSTM(3, dropout=0.25, return_sequences=True, name="lstm")
    x = layers.Bidirectional(lstm, name="bidirectional")(inputs)
    x = layers.MultiHeadAttention(2, 2, dropout=0.125, name="attention")(x, x)
    x = keras.Sequential([layers.Dense(3), layers.SpatialDropout1D(0.5, name="drop")], name="inner")(x)
    x = layers.LayerNormalization()(layers.Dropout(0.0, name="none")(x))
    x = layers.BatchNormalization(momentum=0.75, name="norm")(x)
    model = keras.Model(inputs, x)
    model.compile(keras.optimizers.AdamW(1e-3, use_ema=False), "mse")
    assert {value.what for value in optimizer_values(model)} == {
        "learning_rate",
        "weight_decay",
        "beta_1",
        "beta_2",
        "epsilon",
    }
    (inside,) = (
        each.name for each in model.get_layer("attention")._flatten_layers() if "dropout" in each.name
    )
    found = {value.what: (value.read(), value.fixed is None) for value in layer_values(model)}
    assert found == {
        "bidirectional/forward_lstm/lstm_cell/dropout": (0.25, True),
        "bidirectional/forward_lstm/lstm_cell/recurrent_dropout": (0.0, True),
        "bidirectional/backward_lstm/lstm_cell/dropout": (0.25, True),
        "bidirectional/backward_lstm/lstm_cell/recurrent_dropout": (0.0, True),
        f"attention/{inside}/rate": (0.125, True),
        "inner/drop/rate": (0.5, True),
        "none/rate": (0.0, False),
        "norm/momentum": (0.75, True),
    }
    model.compile(keras.optimizers.SGD(momentum=0.5, use_ema=True), "mse")
    assert {value.what for value in optimizer_values(model)} == {"learning_rate", "momentum", "ema_momentum"}
