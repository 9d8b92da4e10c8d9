"""What is measured of layers equals plain Keras, and leaves the training as it is."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pytest
from conftest import few

import kerasviz
from kerasviz.backend.gradients import LossGradients
from kerasviz.protocol.statistics import Measurement
from kerasviz.training.run.folder import STATISTICS, RunFolder
from kerasviz.training.run.keptrun import kept_run
from kerasviz.training.run.run import Run
from kerasviz.training.statistics import statisticskeeper
from kerasviz.training.statistics.activationkinds import activation_kind
from kerasviz.training.statistics.measurements import MOST, Measurements, line_of, read_measurements
from kerasviz.training.statistics.measuring import Measuring

BACKEND = keras.backend.backend()


def samples(seed: int = 3, count: int = 16) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    return draw.normal(size=(count, 6)).astype("float32"), draw.integers(0, 3, count)


def plain() -> Any:
    inner = keras.Sequential(
        [keras.Input((8,)), keras.layers.Dense(5, "tanh", name="deep", kernel_regularizer="l2")], name="inner"
    )
    given = keras.Input((6,))
    x = keras.layers.Dense(8, "relu", name="first")(given)
    x = inner(keras.layers.BatchNormalization(name="norm")(x))
    model = keras.Model(given, keras.layers.Dense(3, "softmax", name="last")(x))
    model.get_layer("first").trainable = False
    return compiled(model)


def compiled(model: Any, **arguments: Any) -> Any:
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"], **arguments)
    return model


def random() -> Any:
    return compiled(
        keras.Sequential(
            [
                keras.Input((6,)),
                keras.layers.GaussianNoise(0.1),
                keras.layers.Dense(8, "relu"),
                keras.layers.Dropout(0.4),
                keras.layers.BatchNormalization(),
                keras.layers.Dense(3, "softmax"),
            ]
        )
    )


def stateful() -> Any:
    given = keras.Input(batch_shape=(8, 6))
    x = keras.layers.Reshape((3, 2))(given)
    return compiled(
        keras.Model(given, keras.layers.Dense(3, "softmax")(keras.layers.GRU(4, stateful=True)(x)))
    )


def mixed() -> Any:
    policy = keras.mixed_precision.DTypePolicy("mixed_float16")
    model = keras.Sequential(
        [
            keras.Input((6,)),
            keras.layers.Dense(8, "relu", dtype=policy),
            keras.layers.Dropout(0.2, dtype=policy),
            keras.layers.Dense(3, "softmax", dtype="float32"),
        ]
    )
    model.compile(
        keras.mixed_precision.LossScaleOptimizer(keras.optimizers.Adam()), "sparse_categorical_crossentropy"
    )
    return model


def wrapping() -> Any:
    frame = keras.Sequential(
        [
            keras.Input((2,)),
            keras.layers.Dense(4, "relu", name="seen"),
            keras.layers.Dropout(0.3, name="drop"),
            keras.layers.Dense(3, "tanh", name="said"),
        ],
        name="frame",
    )
    given = keras.Input((6,))
    x = keras.layers.TimeDistributed(frame, name="film")(keras.layers.Reshape((3, 2))(given))
    return compiled(keras.Model(given, keras.layers.Dense(3, "softmax")(keras.layers.Flatten()(x))))


def penalized() -> Any:
    model = keras.Sequential([keras.Input((6,)), keras.layers.Dense(3, "softmax", activity_regularizer="l2")])
    return compiled(model)


@pytest.mark.skipif(BACKEND != "tensorflow", reason="it is compared with GradientTape")
def test_gradients_are_those_of_a_tape() -> None:
    import tensorflow as tf

    model, (x, y) = plain(), samples()
    weights = np.linspace(0, 2, len(y)).astype("float32")
    found, _ = LossGradients(model)(x, y, weights)
    with tf.GradientTape() as tape:
        loss = model.compute_loss(x, y, model(x, training=True), weights)
    expected = tape.gradient(loss, [each.value for each in model.trainable_variables])
    assert len(found) == 6
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_allclose(ours, theirs, rtol=1e-5, atol=1e-7)


def test_gradients_say_how_the_loss_changes() -> None:
    model, (x, y) = plain(), samples()
    found, _ = LossGradients(model)(x, y)
    at = [each.name for each in model.trainable_variables].index("bias")
    bias = model.trainable_variables[at]
    before, step = bias.numpy(), 1e-2
    losses = []
    for sign in (1, -1):
        bias.assign(before + sign * step * np.eye(len(before))[0])
        states = [each.numpy() for each in model.non_trainable_variables]
        losses.append(float(model.compute_loss(x, y, model(x, training=True))))
        for each, value in zip(model.non_trainable_variables, states, strict=True):
            each.assign(value)
    assert float(found[at][0]) == pytest.approx((losses[0] - losses[1]) / (2 * step), rel=1e-2, abs=1e-4)


@pytest.mark.parametrize("make", few([wrapping, random, stateful, mixed, penalized], 5))
def test_measuring_changes_no_bit_of_a_training(make: Callable[[], Any], monkeypatch: Any) -> None:
    monkeypatch.setattr(statisticskeeper, "SHARE", 0)
    monkeypatch.setattr(statisticskeeper, "INTERVAL", 0.0)
    x, y = samples(count=32)

    def train(measures: bool) -> tuple[Any, Any, Run]:
        keras.utils.set_random_seed(5)
        model, run = make(), Run("model", 2)
        keeper = statisticskeeper.StatisticsKeeper(run, lambda: (x[:8], y[:8]))
        count = keras.callbacks.LambdaCallback(on_train_batch_end=lambda batch, logs: run.reach(run.step + 1))
        keras.utils.set_random_seed(6)
        history = model.fit(
            x, y, epochs=2, batch_size=8, verbose=0, callbacks=[count, *([keeper] if measures else [])]
        )
        values = [*model.get_weights(), *(each.numpy() for each in model.optimizer.variables)]
        return history.history, values, run

    history, values, _ = train(False)
    same, again, run = train(True)
    assert same == history
    for ours, theirs in zip(again, values, strict=True):
        np.testing.assert_array_equal(ours, theirs)
    assert len(run.statistics.taken) > 8
    assert all(each["gradients"] for each in _trained(run.statistics.taken[-1]))


def _trained(measurement: Measurement) -> list[Any]:
    return [each for each in measurement["layers"].values() if each["weights"]]


def test_measured_numbers_are_those_of_keras() -> None:
    model, (x, y) = plain(), samples()
    measuring = Measuring(model, (x, y))
    first = measuring.measure()
    assert list(first) == ["first", "norm", "inner/deep", "last"]
    kernel, bias = model.get_layer("inner").get_layer("deep").get_weights()
    values = np.concatenate([kernel.ravel(), bias])
    weights, outputs = first["inner/deep"]["weights"], first["first"]["activations"]
    assert weights is not None and outputs is not None
    assert weights["mean"] == pytest.approx(values.mean(), abs=1e-6)
    assert weights["deviation"] == pytest.approx(values.std(), rel=1e-4)
    assert (weights["minimum"], weights["maximum"]) == pytest.approx((values.min(), values.max()), rel=1e-5)
    assert weights["norm"] == pytest.approx(np.linalg.norm(values), rel=1e-4)
    assert sum(weights["histogram"]) == values.size and len(weights["histogram"]) == 24
    hidden = np.maximum(x @ model.layers[1].get_weights()[0], 0)
    assert outputs["zero"] == pytest.approx(float((hidden == 0).mean()), abs=1e-6)
    assert outputs["mean"] == pytest.approx(hidden.mean(), rel=1e-4)
    assert outputs["dead"] == pytest.approx(float((hidden.max(axis=0) == 0).mean()), abs=1e-6)
    assert first["first"]["frozen"] and first["first"]["gradients"] is None
    assert first["last"]["update"] is None and not first["last"]["frozen"]
    last = model.get_layer("last")
    before = np.concatenate([each.ravel() for each in last.get_weights()])
    last.set_weights([each + 0.5 for each in last.get_weights()])
    moved = 0.5 * np.sqrt(before.size) / np.linalg.norm(before)
    assert measuring.measure()["last"]["update"] == pytest.approx(moved, rel=1e-4)


def test_what_is_wrong_with_a_layer_shows() -> None:
    given = keras.Input((6,))
    dead = keras.layers.Dense(4, "relu", bias_initializer=keras.initializers.Constant(-100), name="dead")
    full = keras.layers.Dense(4, kernel_initializer=keras.initializers.Constant(100), name="wide")
    x = keras.layers.Activation("sigmoid", name="full")(full(given))
    model = compiled(
        keras.Model(given, keras.layers.Dense(3, "softmax")(keras.layers.concatenate([dead(given), x])))
    )
    found = Measuring(model, samples()).measure()
    outputs, saturated, gradients = (
        found["dead"]["activations"],
        found["full"]["activations"],
        found["dead"]["gradients"],
    )
    assert outputs is not None and outputs["dead"] == outputs["zero"] == 1.0
    assert gradients is not None and gradients["zero"] == 1.0 and gradients["norm"] == 0.0
    assert saturated is not None and (saturated["saturated"] or 0) > 0.9
    assert found["wide"]["activations"] is not None and found["wide"]["activations"]["saturated"] is None


def test_models_in_wrappers_are_measured_over_all_steps() -> None:
    model, (x, y) = wrapping(), samples()
    model.get_layer("film").layer.get_layer("drop").rate = 0.0
    found = Measuring(model, (x, y)).measure()
    inside = ["film/seen", "film/drop", "film/said"]
    assert list(found)[1:5] == [*inside, "film"]
    kernel, bias = model.get_layer("film").layer.get_layer("seen").get_weights()
    hidden = np.maximum(x.reshape(-1, 2) @ kernel + bias, 0)
    outputs, weights = found["film/seen"]["activations"], found["film/seen"]["weights"]
    assert outputs is not None and weights is not None and found["film/seen"]["gradients"] is not None
    assert outputs["mean"] == pytest.approx(hidden.mean(), rel=1e-4)
    assert (outputs["minimum"], outputs["maximum"]) == pytest.approx((0, hidden.max()), rel=1e-4)
    assert outputs["zero"] == pytest.approx(float((hidden == 0).mean()), abs=1e-5)
    assert outputs["dead"] == pytest.approx(float((hidden.max(axis=0) == 0).mean()), abs=1e-6)
    assert sum(outputs["histogram"]) == hidden.size
    assert weights["mean"] == pytest.approx(np.mean([*kernel.ravel(), *bias]), abs=1e-6)


def test_of_a_wrapper_the_layers_in_it_say_what_its_units_do() -> None:
    given = keras.Input((3, 2))
    both = keras.layers.Bidirectional(keras.layers.SimpleRNN(2), name="both")(given)
    unit = keras.layers.Dense(4, "relu", bias_initializer=keras.initializers.Constant(-100))
    each = keras.layers.Flatten()(keras.layers.TimeDistributed(unit, name="each")(given))
    x = keras.layers.Dense(3, "softmax")(keras.layers.concatenate([both, each]))
    model, (x, y) = compiled(keras.Model(given, x)), samples()
    model.get_layer("both").forward_layer.cell.bias.assign(np.full(2, 50.0))
    model.get_layer("both").backward_layer.cell.bias.assign(np.zeros(2))
    model.get_layer("both").backward_layer.cell.kernel.assign(np.zeros((2, 2)))
    found = Measuring(model, (x.reshape(-1, 3, 2), y)).measure()
    outputs, dead = found["both"]["activations"], found["each"]["activations"]
    assert outputs is not None and outputs["saturated"] == 0.5 and outputs["dead"] is None
    assert dead is not None and dead["dead"] == 1.0


def test_a_unit_that_is_alive_in_one_of_many_steps_is_not_dead() -> None:
    steps = 30
    dense = keras.layers.Dense(steps, "relu", kernel_initializer="identity", name="unit")
    frame = keras.Sequential([keras.Input((steps,)), dense], name="frame")
    given = keras.Input((steps, steps))
    x = keras.layers.Flatten()(keras.layers.TimeDistributed(frame, name="film")(given))
    model = compiled(keras.Model(given, keras.layers.Dense(3, "softmax")(x)))
    one_each = np.repeat(np.eye(steps, dtype="float32")[None], 4, axis=0)
    one_each[:, 20:25] = 0  # five units live in no step
    outputs = Measuring(model, (one_each, np.arange(4) % 3)).measure()["film/unit"]["activations"]
    assert outputs is not None and outputs["dead"] == pytest.approx(5 / steps, rel=1e-5)
    assert sum(outputs["histogram"]) == 9 * 4 * steps  # the first eight steps and the 16th


@keras.saving.register_keras_serializable("statistics")
class Compiling(keras.layers.Wrapper):  # type: ignore[misc]
    """A wrapper of a user that compiles what it calls."""

    def call(self, inputs: Any) -> Any:
        if BACKEND == "tensorflow":
            import tensorflow as tf

            return tf.function(self.layer.call)(inputs)
        if BACKEND == "jax":
            import jax

            return jax.checkpoint(self.layer.call)(inputs)
        from torch.func import vmap

        return vmap(lambda row: self.layer.call(row[None])[0])(inputs)


def test_what_a_wrapper_compiles_is_measured_without_its_outputs() -> None:
    frame = keras.Sequential([keras.Input((6,)), keras.layers.Dense(4, "relu", name="unit")], name="frame")
    given = keras.Input((6,))
    x = Compiling(frame, name="compiling")(given)
    model = compiled(keras.Model(given, keras.layers.Dense(3, "softmax", name="last")(x)))
    measuring = Measuring(model, samples())
    for found in (measuring.measure(), measuring.measure()):
        inside, last = found["compiling/unit"], found["last"]
        assert inside["activations"] is None and inside["weights"] is not None
        assert inside["gradients"] is not None and inside["gradients"]["norm"]
        assert last["activations"] is not None and found["compiling"]["activations"] is not None
    model.fit(*samples(), verbose=0)


@pytest.mark.parametrize(
    "layer, gates, ends",
    [
        (keras.layers.Dense(2, "relu"), True, None),
        (keras.layers.ReLU(6), True, None),
        (keras.layers.Dense(2, "tanh"), False, (-1, 1)),
        (keras.layers.Activation("hard_sigmoid"), False, (0, 1)),
        (keras.layers.Softmax(), False, (0, 1)),
        (keras.layers.Dense(2, "gelu"), False, None),
        (keras.layers.LeakyReLU(), False, None),
        (keras.layers.Dropout(0.5), False, None),
        (keras.layers.Flatten(), False, None),
        (keras.layers.MaxPooling2D(), False, None),
    ],
)
def test_activations_are_asked(layer: Any, gates: bool, ends: tuple[float, float] | None) -> None:
    assert activation_kind(layer) == (gates, None if ends is None else pytest.approx(ends))


def test_measurements_are_bounded_and_read_again(tmp_path: Path) -> None:
    measurements, file = Measurements(), tmp_path / STATISTICS
    for step in range(1000):
        measurements.add(Measurement(step=step, epoch=1, layers={}))
        assert len(measurements.taken) <= MOST
    steps = [each["step"] for each in measurements.taken]
    assert steps[0] == 0 and steps[-1] == 999 and max(np.diff(steps)) < 100
    file.write_text("".join(map(line_of, measurements.taken)) + '{"step": 1000, "la')
    assert read_measurements(file).taken == measurements.taken
    assert read_measurements(tmp_path / "none").last is None


def test_a_run_keeps_its_statistics(tmp_path: Path) -> None:
    x, y = samples(count=40)
    done = kerasviz.run(plain(), (x, y), folder=tmp_path / "run", epochs=2, batch_size=8)
    lines = (tmp_path / "run" / STATISTICS).read_text().splitlines()
    assert [json.loads(line)["step"] for line in lines] == [0, 4, 8]
    assert [each["step"] for each in done.statistics] == [0, 4, 8]
    kept = kept_run(RunFolder(tmp_path / "run"))
    assert kept.statistics.last is not None and kept.status()["measured"] == 8
    assert set(kept.statistics.last["layers"]) == {"first", "norm", "inner/deep", "last"}
