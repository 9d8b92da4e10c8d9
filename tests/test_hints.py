"""Hints: what is said of trainings with a fault that is known, and that nothing is said of a healthy one."""

import dataclasses
import importlib.util
import json
from pathlib import Path

import keras
import numpy as np
import pytest
from conftest import few

import kerasviz
from kerasviz.insight.hints.allrules import RULES
from kerasviz.insight.hints.judgement import hints
from kerasviz.insight.hints.making import code_of

ROOT = Path(__file__).parent.parent
DRAW = np.random.default_rng(0)
X = DRAW.normal(size=(240, 4)).astype("float32")
Y = (X[:, 0] * X[:, 1] > 0).astype("int64")
FAR = keras.initializers.RandomNormal(stddev=30.0)
ORDER = DRAW.permutation(np.r_[np.arange(120), np.arange(120)])
TWICE = X[ORDER]
SEVERAL = (X[:, :3] > 0).astype("float32")
COUNTS = DRAW.poisson(2, 240).astype("float32")
AMOUNT = (2 * X[:, 0] - 2 * X[:, 1]).astype("float32")


def document(last=(1, "sigmoid"), loss="binary_crossentropy", rate=0.01, hidden="relu", **options):
    """A network with a hidden layer, as JSON."""
    layers = [keras.Input((4,)), keras.layers.Dense(16, hidden, **options), keras.layers.Dense(*last)]
    model = keras.Sequential(layers)
    model.compile(keras.optimizers.Adam(rate), loss)
    return {**json.loads(model.to_json()), "kerasviz": {"training": {"seed": 1}}}


def trained(made, x=X, y=Y, epochs=30, **fit):
    """The codes of what is said of a training, and the first hint."""
    run = kerasviz.run(made, (x[:200], y[:200]), (x[200:], y[200:]), start="fresh", epochs=epochs, **fit)
    return [hint["code"] for hint in run.hints], run.hints[0] if run.hints else None


def test_nothing_is_said_of_a_healthy_training():
    assert trained(document()) == ([], None)


@pytest.mark.parametrize(
    ("code", "made", "change"),
    few(
        [
            ("zero-initialization", {"kernel_initializer": "zeros"}, {}),
            ("nothing-trainable", {}, {"frozen": True}),
            ("no-nonlinearity", {"hidden": "linear"}, {}),
            ("inputs-not-scaled", {}, {"x": X * 3000}),
            ("not-learning", {}, {"y": DRAW.permutation(Y)}),
            ("learning-rate-too-low", {"rate": 1e-6}, {}),
            ("regularization-too-strong", {"kernel_regularizer": keras.regularizers.L2(0.5)}, {}),
            ("target-in-inputs", {}, {"x": np.concatenate([X[:, :3], Y[:, None]], 1) + X[:, 3:] * 1e-4}),
            ("validation-leak", {}, {"x": np.concatenate([X[:200], X[:40]]), "y": np.r_[Y[:200], Y[:40]]}),
            ("stopped-too-early", {"rate": 0.003}, {"epochs": 2, "batch_size": 64}),
            ("inputs-constant", {}, {"x": X * 0, "epochs": 2}),
            ("inputs-not-scaled", {}, {"x": X / 255**2, "epochs": 5}),
            (
                "samples-not-shuffled",
                {},
                {"x": X[np.argsort(Y)], "y": np.sort(Y), "shuffle": False, "epochs": 5},
            ),
            ("dead-units", {"bias_initializer": keras.initializers.Constant(-30)}, {"epochs": 5}),
            ("saturated-units", {"hidden": "tanh", "kernel_initializer": FAR}, {"epochs": 5}),
            ("exploding-gradients", {"kernel_initializer": FAR}, {"epochs": 5}),
            ("softmax-inside", {"hidden": "softmax"}, {"epochs": 5}),
            ("nothing-trainable", {"trainable": False}, {}),
            ("loss-does-not-fit-task", {"last": (1, "linear"), "loss": "mae"}, {"epochs": 5}),
            ("learning-rate-too-high", {"rate": 3.0}, {"epochs": 5}),
            (
                "output-does-not-fit-loss",
                {"loss": "poisson", "last": (1, "linear")},
                {"y": COUNTS, "epochs": 2},
            ),
            (
                "targets-out-of-range",
                {"loss": "poisson", "last": (1, "softplus")},
                {"y": AMOUNT, "epochs": 2},
            ),
            (
                "output-does-not-fit-loss",
                {"loss": "mse", "last": (3, "softmax")},
                {"y": SEVERAL, "epochs": 2},
            ),
            ("validation-leak", {}, {"x": TWICE, "y": Y[ORDER], "epochs": 2}),
        ],
        12,
    ),
)
def test_a_fault_is_named_first(code, made, change):
    wrong = document(**made)
    if change.pop("frozen", False):
        for layer in wrong["config"]["layers"][1:]:
            layer["config"]["trainable"] = False
    assert trained(wrong, **change)[0][0] == code


def test_of_a_few_batches_nothing_is_said_of_simpler_models_that_do_no_better():
    (_, first) = trained(document(), y=np.random.default_rng(5).integers(0, 2, 240), epochs=1, batch_size=64)
    assert first["code"] == "stopped-too-early" and "too few to tell" in first["sentence"]


def test_more_epochs_hurt_no_one_who_has_learned_half_of_it():
    run = kerasviz.run(document(), (X, Y), start="fresh", epochs=2)
    severities = []
    for end in (0.25, 0.45):
        falls = {"loss": [end + 0.15, end + 0.1, end + 0.05, end]}
        said = hints(dataclasses.replace(run.situation, history=falls, steps=60))
        severities += [hint["severity"] for hint in said if hint["code"] == "stopped-too-early"]
    assert severities == ["info", "warning"]


@pytest.mark.thorough
def test_a_loss_that_falls_from_far_above_does_not_jump():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(0.1), "mae")
    far = 20 + 2 * X[:, 0] + 2 * np.random.default_rng(2).normal(size=240).astype("float32")
    assert "learning-rate-too-high" not in trained(json.loads(model.to_json()), y=far, epochs=40)[0]


def test_steps_are_not_called_small_where_a_layer_gets_no_gradient():
    wrong = document(rate=0.001, bias_initializer=keras.initializers.Constant(-30))
    codes = trained(wrong, epochs=10)[0]
    assert codes[0] == "dead-units" and "learning-rate-too-low" not in codes


@pytest.mark.thorough
def test_the_output_is_compared_with_the_targets_and_the_fix_is_applied():
    wrong = document(last=(1, "sigmoid"), loss="mse")
    codes, first = trained(wrong, y=AMOUNT)
    assert codes[0] == "output-does-not-fit-loss"
    assert first["layer"] == wrong["config"]["layers"][-1]["config"]["name"]
    right = kerasviz.apply_fix(wrong, first["fix"])
    assert trained(right, y=AMOUNT, epochs=20)[0] == []


@pytest.mark.thorough
def test_the_fix_of_unscaled_inputs_puts_a_layer_before():
    wrong = document()
    first = trained(wrong, X * 3000)[1]
    right = kerasviz.apply_fix(wrong, first["fix"])
    assert "inputs-not-scaled" not in trained(right, X * 3000)[0]


FAR_COLUMNS = X * np.float32([1, 3000, 20, 1]) + np.float32([0, 900, 5, 1])


@pytest.mark.thorough
def test_a_normalization_that_was_not_adapted_is_told_and_gets_what_adapt_would_learn():
    wrong = document()
    normalization = keras.layers.Normalization(name="scaled")
    wrong["config"]["layers"].insert(1, keras.saving.serialize_keras_object(normalization))
    codes, first = trained(wrong, FAR_COLUMNS)
    assert (codes[0], first["layer"], first["severity"]) == ("not-adapted", "scaled", "warning")
    right = kerasviz.apply_fix(wrong, first["fix"])
    run = kerasviz.run(right, (FAR_COLUMNS, Y), start="fresh", epochs=30)
    assert not run.hints
    normalization.adapt(FAR_COLUMNS[:200])
    given = keras.ops.convert_to_numpy(normalization(FAR_COLUMNS))
    assert np.allclose(run.model.get_layer("scaled")(FAR_COLUMNS), given, atol=1e-4)


def test_several_labels_are_rated_each_by_itself_once_the_fix_is_applied():
    wrong = document(last=(3, "softmax"), loss="categorical_crossentropy")
    first = trained(wrong, y=SEVERAL, epochs=2)[1]
    right = kerasviz.apply_fix(wrong, first["fix"])
    assert right["compile_config"]["loss"] == "binary_crossentropy"
    assert "output-does-not-fit-loss" not in trained(right, y=SEVERAL, epochs=2)[0]


def test_an_activation_that_is_a_layer_of_its_own_is_what_the_fix_changes():
    layers = [keras.Input((4,)), keras.layers.Dense(1), keras.layers.Activation("tanh")]
    model = keras.Sequential(layers)
    model.compile("adam", "mae")
    wrong = json.loads(model.to_json())
    first = trained(wrong, epochs=2)[1]
    assert first["code"] == "loss-does-not-fit-task"
    changed = kerasviz.apply_fix(wrong, first["fix"])["config"]["layers"]
    assert [layer["config"].get("activation") for layer in changed[1:]] == ["linear", "sigmoid"]


@pytest.mark.thorough
def test_accuracy_of_amounts_is_told_and_is_no_warning():
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    model.compile(keras.optimizers.Adam(0.1), "mse", metrics=["accuracy"])
    made = json.loads(model.to_json())
    codes, first = trained(made, y=AMOUNT, epochs=15)
    assert codes == ["metric-does-not-fit-task"] and first["severity"] == "info"
    right = kerasviz.apply_fix(made, first["fix"])
    assert trained(right, y=AMOUNT, epochs=15)[0] == []


def test_a_document_silences_a_hint():
    wrong = document(kernel_initializer="zeros")
    wrong["kerasviz"]["hints"] = {"silenced": ["zero-initialization"]}
    assert "zero-initialization" not in trained(wrong, epochs=3)[0]


def test_a_rule_that_knows_nothing_says_nothing():
    from kerasviz.insight.hints.runsituation import Situation

    assert hints(Situation(document())) == []


def test_outputs_by_their_names_are_no_chain():
    from kerasviz.insight.hints.runsituation import Situation

    inputs = keras.Input((4,))
    outputs = {"one": keras.layers.Dense(1)(inputs), "two": keras.layers.Dense(1)(inputs)}
    assert not Situation(json.loads(keras.Model(inputs, outputs).to_json())).is_chain


def test_the_page_is_written_from_the_rules():
    spec = importlib.util.spec_from_file_location("hintspage", ROOT / "scripts" / "hints.py")
    script = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(script)
    assert script.PAGE.read_text() == script.page(), "run python scripts/hints.py"
    assert len({code_of(rule.__name__) for rule in RULES}) == len(RULES)


@pytest.mark.thorough
def test_gradients_that_do_not_come_through_are_found_and_relu_mends_it():
    layers = [keras.Input((4,))] + [keras.layers.Dense(16, "sigmoid") for _ in range(10)]
    model = keras.Sequential([*layers, keras.layers.Dense(1, "sigmoid")])
    model.compile(keras.optimizers.Adam(0.003), "binary_crossentropy")
    deep = {**json.loads(model.to_json()), "kerasviz": {"training": {"seed": 1}}}
    codes, first = trained(deep, epochs=10)
    assert codes[0] == "vanishing-gradients"
    assert first["layer"] == deep["config"]["layers"][1]["config"]["name"]
    right = kerasviz.apply_fix(deep, first["fix"])
    assert "vanishing-gradients" not in trained(right, epochs=10)[0]


def test_a_base_that_was_trained_may_be_frozen():
    model = keras.models.model_from_json(json.dumps(document()))
    model.fit(X[:100], Y[:100], epochs=1, verbose=0)
    model.layers[0].trainable = False
    model.compile(keras.optimizers.Adam(0.01), "binary_crossentropy")
    run = kerasviz.run(model, (X, Y), epochs=2, start="trained")
    assert "nothing-trainable" not in [hint["code"] for hint in run.hints]


def test_the_layer_where_the_loss_stopped_being_a_number_is_told():
    wrong = document(hidden="exponential")
    wrong["compile_config"]["loss"] = "mean_squared_error"  # PyTorch refuses others of NaN
    run = kerasviz.run(wrong, (X * 300, Y), start="fresh", epochs=2)
    (lost,) = [hint for hint in run.hints if hint["code"] == "loss-not-finite"]
    assert lost["layer"] in [layer["config"]["name"] for layer in wrong["config"]["layers"][1:]]


def test_of_a_run_that_has_just_begun_nothing_is_said_that_may_change():
    wrong = document(kernel_initializer=keras.initializers.RandomNormal(stddev=1e-3), rate=1e-6)
    run = kerasviz.run(wrong, (X, Y), start="fresh", epochs=2)
    begun = {name: values[:1] for name, values in run.situation.history.items()}
    young = dataclasses.replace(run.situation, ended=False, history=begun)
    assert hints(young) == []
