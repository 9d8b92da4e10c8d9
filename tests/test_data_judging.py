"""Each loss and metric of the catalogue, on each kind of data: it trains, or is said before, with a fix."""

import copy
import json

import keras
import numpy as np
import pytest
from conftest import few
from hypothesis import given, settings
from hypothesis import strategies as st

from kerasviz.analysis.mistakes import apply_fix
from kerasviz.analysis.wholemodel import explained
from kerasviz.catalog import catalog
from kerasviz.data import load
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.losses import SPARSE_LOSS
from kerasviz.data.sense import Output, Sense, sense_of
from kerasviz.data.sources import SOURCES
from kerasviz.models.building import build_model
from kerasviz.protocol import RequestError

FACTS = {name: source.FACTS for name, source in SOURCES.items() if hasattr(source, "FACTS")}
DATA = {known["loss"]: name for name, known in FACTS.items()}.values()
"""One data set of each kind: of several classes, of two, and of numbers."""
SETS = [pytest.param(name, marks=[pytest.mark.thorough] if i else []) for i, name in enumerate(DATA)]
VALUES = {"num_classes": 3, "target_class_ids": [0]}


def of_class(entry, module):
    """A loss or metric as the form writes it: its name, or an object with the arguments that it needs."""
    needed = entry["schema"].get("required", [])
    if entry["identifiers"] and not needed:
        return entry["identifiers"][0]
    config = {name: VALUES.get(name, 0.5) for name in needed}
    return {"module": module, "class_name": entry["class_name"], "config": config, "registered_name": None}


LOSSES = [of_class(entry, "keras.losses") for entry in catalog()["losses"]]
METRICS = ["accuracy", *(of_class(entry, "keras.metrics") for entry in catalog()["metrics"])]


def document(name, loss=None, metrics=None):
    """The model that suits a data set, with the proposed loss unless another is given."""
    known = FACTS[name]
    several = known["classes"] if known["classes"] and known["loss"].startswith("sparse") else 1
    activation = "linear" if known["classes"] is None else "softmax" if several > 1 else "sigmoid"
    layers = [
        keras.Input(known["shape"], name="input"),
        keras.layers.Flatten(name="flat"),
        keras.layers.Dense(several, activation=activation, name="out"),
    ]
    compiled = {"optimizer": "adam", "loss": loss or known["loss"], "metrics": metrics or []}
    training = {"version": 1, "training": {"data": {"class_name": name, "config": {}}}}
    return {
        **json.loads(keras.Sequential(layers).to_json()),
        "compile_config": compiled,
        "kerasviz": training,
    }


def errors(model):
    return explained(model)[2]


def trained(model, name):
    """What `fit` tells of a few samples; the notes of the data come along."""
    built = build_model(model)
    built.run_eagerly = True
    whole = load({"class_name": name, "config": {}}, {})
    data = fit_to_model(whole, built, 0.2)
    history = built.fit(data.x[:64], data.y[:64], batch_size=64, epochs=1, verbose=0).history
    return {key: values[0] for key, values in history.items()}, data.notes


def is_finite(numbers):
    return np.isfinite([value for value in numbers.values() if np.isscalar(value)]).all()


def as_trained(notes, name):
    """Notes with the name of the data set where they have that of its targets."""
    label = next(entry["schema"]["title"] for entry in catalog()["data"] if entry["class_name"] == name)
    return [note.replace(" of y ", f" of {label} ") for note in notes]


def wrong(model):
    return [error for error in errors(model) if error["code"] in ("metrics", "loss", "classes", "regression")]


def check_wrong(model, name, said, checked):
    """Train says what the canvas says, and the fix makes it train."""
    assert said["fix"] is not None, said["message"]
    fixed = apply_fix(model, json.loads(json.dumps(said["fix"])))
    if (key := json.dumps(fixed)) not in checked:  # many have the same fix
        assert errors(fixed) == []
        trained(fixed, name)
        checked.add(key)
    try:
        numbers, notes = trained(model, name)
    except RequestError as refused:
        assert refused.error["code"] in ("metrics", "loss", "classes", "shape")
        assert "keras.io" not in refused.error["message"] and "Traceback" not in refused.error["message"]
    else:
        assert is_finite(numbers) or any(said["message"] == note for note in as_trained(notes, name)), said


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize(
    "metrics", few([METRICS[i::4] for i in range(4)], 4), ids=["first", "second", "third", "last"]
)
def test_each_metric_trains_or_is_said_with_a_fix(name, metrics):
    sound, checked = [], set()
    for metric in metrics:
        model = document(name, metrics=[copy.deepcopy(metric)])
        if said := wrong(model):
            check_wrong(model, name, said[0], checked)
        else:
            sound.append(copy.deepcopy(metric))
    numbers = trained(document(name, metrics=sound), name)[0]
    assert len(numbers) > len(sound) and is_finite(numbers)


@pytest.mark.parametrize("name", SETS)
@pytest.mark.parametrize("losses", few([LOSSES[i::2] for i in range(2)], 2), ids=["odd", "even"])
def test_each_loss_trains_or_is_said_with_a_fix(name, losses):
    checked = set()
    for loss in losses:
        model = document(name, loss=copy.deepcopy(loss))
        if said := wrong(model):
            check_wrong(model, name, said[0], checked)
        else:
            assert is_finite(trained(model, name)[0])


CLASSES = np.random.default_rng(0).integers(0, 4, 60) % 3


@pytest.mark.parametrize(
    ("y", "output", "metric", "sense"),
    [
        (CLASSES, (3,), "sparse_categorical_accuracy", Sense.SOUND),
        (CLASSES, (3,), "categorical_accuracy", Sense.USELESS),
        (CLASSES, (3,), "auc", Sense.REFUSED),
        (np.eye(3)[CLASSES], (3,), "auc", Sense.SOUND),
        (CLASSES[:, None] > 0, (1,), "accuracy", Sense.SOUND),
        (CLASSES[:, None] > 0, (1,), "f1_score", Sense.USELESS),
        (CLASSES[:, None] * 9.5 + 20, (1,), "accuracy", Sense.USELESS),
        (CLASSES[:, None] * 9.5 + 20, (1,), "r2_score", Sense.SOUND),
        (np.zeros(60), (3,), "categorical_accuracy", Sense.UNKNOWN),
        (CLASSES.reshape(10, 6), (6, 3), "sparse_categorical_accuracy", Sense.SOUND),
        (CLASSES.reshape(10, 6), (None, 3), "categorical_accuracy", Sense.REFUSED),
        (np.resize(CLASSES, (3, 200, 200)), (200, 200, 3), "accuracy", Sense.SOUND),
        (np.ones((3, 2)), (None,), "accuracy", Sense.UNKNOWN),
    ],
)
def test_a_metric_is_tried_on_good_and_bad_predictions(y, output, metric, sense):
    assert sense_of("metrics", metric, np.asarray(y), Output(output)) is sense


SEVERAL = (np.random.default_rng(1).random((60, 4)) < 0.4).astype("float32")
ONE_HOT = np.eye(3, dtype="float32")[CLASSES]
F1 = of_class({"class_name": "F1Score", "schema": {}, "identifiers": []}, "keras.metrics")
F1_EACH = {**F1, "config": {"threshold": 0.5}}


@pytest.mark.parametrize(
    ("metric", "one_hot", "several"),
    [
        ("accuracy", Sense.SOUND, Sense.USELESS),
        ("categorical_accuracy", Sense.SOUND, Sense.USELESS),
        ("sparse_categorical_accuracy", Sense.REFUSED, Sense.REFUSED),
        ("binary_accuracy", Sense.SOUND, Sense.SOUND),
        ("precision", Sense.SOUND, Sense.SOUND),
        ("auc", Sense.SOUND, Sense.SOUND),
        ("mae", Sense.SOUND, Sense.SOUND),
        (F1, Sense.SOUND, Sense.USELESS),
        (F1_EACH, Sense.SOUND, Sense.SOUND),
    ],
)
@pytest.mark.parametrize("dtype", ["float32", "int64", "bool"])
def test_a_metric_of_the_likeliest_class_is_of_no_use_where_samples_have_several(
    metric, one_hot, several, dtype
):
    assert sense_of("metrics", metric, ONE_HOT.astype(dtype), Output((3,), False)) is one_hot
    assert sense_of("metrics", metric, SEVERAL.astype(dtype), Output((4,), False)) is several


def fitted(y, loss, metrics=(), activation="softmax"):
    """What is said of targets before training; a refusal as its sentence."""
    units = y.shape[1]
    model = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(units, activation=activation, name="kinds")]
    )
    model.compile(loss=loss, metrics=list(metrics))
    arrays = load({"class_name": "arrays", "config": {"x": "x", "y": "y"}}, {"x": np.ones((60, 4)), "y": y})
    try:
        data = fit_to_model(arrays, model)
    except RequestError as refused:
        return [refused.error["message"]]
    model.fit(data.x, data.y, verbose=0)
    return data.notes


@pytest.mark.parametrize(
    "loss", few(["categorical_crossentropy", "binary_crossentropy", "kl_divergence", "mse"], 3)
)
def test_nothing_is_said_of_one_hot_targets_with_a_loss_that_takes_them(loss):
    assert fitted(ONE_HOT, loss, ["accuracy", "auc"]) == []
    padded = np.where(np.arange(60)[:, None] % 5, ONE_HOT, 0)
    assert fitted(padded, loss) == []


def test_samples_of_several_classes_are_told_from_those_of_one():
    assert fitted(SEVERAL, "binary_crossentropy", ["binary_accuracy"], "sigmoid") == []
    (said,) = fitted(SEVERAL, "binary_crossentropy", ["accuracy"], "sigmoid")
    assert said == (
        "Samples of y have several classes, but the metric accuracy is about one for each. "
        "Use binary_accuracy."
    )
    (said,) = fitted(SEVERAL, "categorical_crossentropy")
    assert said == (
        "Samples of y have several classes, but the loss categorical_crossentropy of layer 'kinds' is for "
        "one of them. Use the loss binary_crossentropy and the activation sigmoid."
    )
    (said,) = fitted(SEVERAL, "binary_crossentropy")
    assert "but the activation softmax of layer 'kinds' is for one of them" in said
    (said,) = fitted(SEVERAL, SPARSE_LOSS)
    assert said.endswith("y holds 4 values for each. Use the loss binary_crossentropy.")
    (said,) = fitted(ONE_HOT, SPARSE_LOSS)
    assert said.startswith("x, y: one-hot classes made numbers")


def test_each_of_several_outputs_has_targets_of_its_own_kind():
    x = keras.Input((4,), name="x")
    outputs = {
        "kind": keras.layers.Dense(3, "softmax", name="kind")(x),
        "topics": keras.layers.Dense(4, "sigmoid", name="topics")(x),
    }
    model = keras.Model(x, outputs)
    model.compile(
        loss={"kind": "categorical_crossentropy", "topics": "binary_crossentropy"},
        metrics={"kind": ["accuracy"], "topics": ["accuracy"]},
    )
    y = {"kind": ONE_HOT, "topics": SEVERAL}
    arrays = load({"class_name": "arrays", "config": {"x": "x", "y": "y"}}, {"x": np.ones((60, 4)), "y": y})
    (said,) = fit_to_model(arrays, model).notes
    assert said.startswith("Samples of y['topics'] have several classes, but the metric accuracy")


@pytest.mark.parametrize("ignored", [-1, 0, 1, 255])
def test_a_loss_that_ignores_a_class_learns_from_the_others(ignored):
    loss = keras.saving.serialize_keras_object(
        keras.losses.SparseCategoricalCrossentropy(ignore_class=ignored)
    )
    assert sense_of("loss", loss, CLASSES, Output((3,), False)) is Sense.SOUND


def test_labels_of_two_kinds_may_be_any_two_numbers():
    assert sense_of("loss", "hinge", np.sign(CLASSES[:, None] - 0.5), Output((1,))) is Sense.SOUND


def test_a_loss_of_groups_takes_more_of_them_than_the_output_has_values():
    many = np.arange(60) % 20
    assert sense_of("loss", "circle", many, Output((8,))) is Sense.SOUND
    assert sense_of("loss", "mse", many[:, None], Output((8,))) is not Sense.SOUND


def test_a_metric_of_one_of_several_outputs_is_named():
    x = keras.Input((4,), name="x")
    outputs = {
        "kind": keras.layers.Dense(3, "softmax", name="kind")(x),
        "size": keras.layers.Dense(1, name="size")(x),
    }
    model = keras.Model(x, outputs)
    model.compile(
        loss={"kind": "sparse_categorical_crossentropy", "size": "mse"},
        metrics={"kind": ["accuracy", "precision"], "size": ["mae"]},
    )
    y = {"kind": CLASSES, "size": CLASSES * 1.0}
    arrays = load({"class_name": "arrays", "config": {"x": "x", "y": "y"}}, {"x": np.ones((60, 4)), "y": y})
    with pytest.raises(RequestError) as refused:
        fit_to_model(arrays, model)
    assert refused.value.error["layer"] == "kind"
    assert refused.value.error["message"].startswith("The metric precision can't compare class numbers")


@pytest.mark.parametrize("part, value", [("loss", SPARSE_LOSS), ("metrics", "accuracy")])
def test_nothing_is_said_of_a_loss_where_keras_refuses_whatever_it_gets(part, value):
    classes = np.arange(64) % 10
    assert sense_of(part, value, classes, Output((10,))) is Sense.SOUND
    try:
        keras.config.set_dtype_policy("int8_from_float32")  # nothing trains with it
        assert sense_of(part, value, classes, Output((10,))) is Sense.UNKNOWN
    finally:
        keras.config.set_dtype_policy("float32")
    assert sense_of(part, value, classes, Output((4, 3))) in (Sense.REFUSED, Sense.USELESS)


@given(st.integers(0, 10**6), st.sampled_from([1, 3]))
@settings(max_examples=25)
def test_fractions_are_learned_from_raw_scores(seed, units):
    y = np.random.default_rng(seed).random((40, units))
    loss = keras.losses.BinaryCrossentropy(from_logits=True)
    assert sense_of("loss", loss, y, Output((units,))) is Sense.SOUND


@pytest.mark.parametrize("shape", [(60,), (60, 1)])
@pytest.mark.parametrize("classes", [2, 3, 10])
def test_classes_that_are_as_frequent_as_each_other_hide_no_nonsense(classes, shape):
    metric = of_class({"class_name": "CategoricalAccuracy", "schema": {}, "identifiers": []}, "keras.metrics")
    y = (np.arange(60) % classes).reshape(shape)
    assert sense_of("metrics", metric, y, Output((classes,), False)) is Sense.USELESS
    assert sense_of("metrics", "accuracy", y, Output((classes,), False)) is Sense.SOUND
