"""Models of Keras' guides give the numbers of plain Keras: trained in the editor, saved, and as code."""

import json
from itertools import product

import keras
import numpy as np
import pytest
from conftest import BACKEND, few, planned, tensorflow_only
from keras import layers

from kerasviz.codegen import to_code
from kerasviz.execution.thread import DISK
from kerasviz.models.keeper import Keeper
from kerasviz.models.opening import draw, text_of
from kerasviz.storage import save
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

N = 24


def draws():
    return np.random.default_rng(0)


def table():
    """Structured data: columns of several kinds, each behind a layer that learned from it."""
    draw = draws()
    x = {
        "age": draw.normal(50, 10, (N, 1)).astype("float32"),
        "kind": np.array(["fixed", "normal", "other"], object)[draw.integers(0, 3, (N, 1))],
        "code": draw.integers(3, 7, (N, 1)),
    }
    types = {"age": "float32", "kind": "string", "code": "int64"}
    inputs = {name: keras.Input((1,), name=name, dtype=dtype) for name, dtype in types.items()}
    steps = {
        "age": layers.Normalization(),
        "kind": layers.StringLookup(output_mode="one_hot"),
        "code": layers.IntegerLookup(output_mode="one_hot"),
    }
    for name, step in steps.items():
        step.adapt(x[name])
    joined = layers.Concatenate()([step(inputs[name]) for name, step in steps.items()])
    out = layers.Dense(1, activation="sigmoid")(joined)
    model = keras.Model(list(inputs.values()), out)
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    return model, x, draw.integers(0, 2, N)


def twins():
    """A siamese network, with the distance computed by operations."""
    draw = draws()
    one = keras.Input((6,))
    tower = keras.Model(one, layers.Dense(4, "tanh")(layers.BatchNormalization()(one)), name="tower")
    left, right = keras.Input((6,), name="left"), keras.Input((6,), name="right")
    far = keras.ops.sum(keras.ops.square(tower(left) - tower(right)), axis=1, keepdims=True)
    model = keras.Model([left, right], layers.Dense(1, "sigmoid")(far))
    model.compile("rmsprop", "binary_crossentropy")
    return model, [draw.normal(size=(N, 6)) for _ in "ab"], draw.integers(0, 2, N)


def routing():
    """Several inputs and outputs, each output with its loss."""
    draw = draws()
    title, tags = keras.Input((None,), name="title"), keras.Input((3,), name="tags")
    words = layers.LSTM(4)(layers.Embedding(20, 4, mask_zero=True)(title))
    x = layers.Concatenate()([words, tags])
    outputs = {"priority": layers.Dense(1, name="priority")(x), "group": layers.Dense(4, name="group")(x)}
    model = keras.Model([title, tags], outputs)
    losses = {
        "priority": keras.losses.BinaryCrossentropy(from_logits=True),
        "group": keras.losses.CategoricalCrossentropy(from_logits=True),
    }
    rate = keras.optimizers.schedules.CosineDecay(0.01, 20, warmup_target=0.1, warmup_steps=3)
    model.compile(keras.optimizers.Adam(rate), losses, loss_weights={"priority": 1.0, "group": 0.2})
    x = {"title": draw.integers(0, 20, (N, 6)), "tags": draw.normal(size=(N, 3))}
    return model, x, {"priority": draw.random((N, 1)), "group": np.eye(4)[draw.integers(0, 4, N)]}


GUIDES = {"twins": twins, "routing": routing}
if BACKEND == "tensorflow":  # others take no text as an input
    GUIDES["table"] = table


@pytest.fixture(params=GUIDES)
def guide(request):
    """Makes the same model each time."""

    def make():
        keras.utils.set_random_seed(1)
        return GUIDES[request.param]()

    return make


def train(document, x, y, keeper, epochs=2):
    data = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    how = {"epochs": epochs, "batch_size": 8, "validation_split": 0.0, "shuffle": False}
    run = Run("model", epochs)
    plan = read_plan(planned(document, data=data, fit=how))
    run.end(
        fit(plan, keeper, run, {"x": x, "y": y}, lambda some: run.history.extend(some or {}), DISK.submit)
    )
    return run


def curves(run):
    return {name: series["y"] for name, series in run.history.to_json()["epoch"].items()}


def as_plain(x):
    """TensorFlow makes no tensor of text in an array of objects."""
    return keras.tree.map_structure(
        lambda array: keras.ops.convert_to_tensor(array, "string") if array.dtype == object else array, x
    )


def plain(model, x, y, epochs=2):
    return model.fit(as_plain(x), y, epochs=epochs, batch_size=8, shuffle=False, verbose=0).history


def assert_same(found, expected):
    assert found.keys() == expected.keys()
    for name in expected:
        np.testing.assert_allclose(found[name], expected[name], rtol=1e-4, err_msg=name)


@pytest.mark.parametrize("guide", few(["twins", *sorted({*GUIDES} - {"twins"})], 3), indirect=True)
def test_a_model_of_the_kernel_trains_as_in_a_cell(guide, tmp_path):
    (live, x, y), (other, _, _) = guide(), guide()
    keeper = Keeper(tmp_path)
    model, document = draw(live)
    keeper.adopt(model, document)
    assert_same(curves(train(document, x, y, keeper)), plain(other, x, y))


@pytest.mark.parametrize(
    ("guide", "end"),
    few(product(["routing", *sorted({*GUIDES} - {"routing"})], [".keras", ".h5"]), 6),
    indirect=["guide"],
)
def test_a_trained_file_trains_on_as_the_model_in_it(guide, end, tmp_path):
    model, x, y = guide()
    plain(model, x, y)
    save(model, tmp_path / f"net{end}")
    document = json.loads(text_of(tmp_path / f"net{end}"))
    run = train(document, x, y, Keeper(tmp_path), epochs=1)
    assert list(run.notes) == [f"Weights start from net{end}."]
    assert_same(curves(run), plain(model, x, y, epochs=1))


@pytest.mark.thorough
def test_code_makes_a_model_that_trains_alike(tmp_path):
    model, x, y = twins()
    namespace = {}
    exec(to_code(draw(model)[1]), namespace)
    namespace["model"].set_weights(model.get_weights())
    assert_same(plain(namespace["model"], x, y), plain(model, x, y))


def test_another_optimizer_or_rate_in_the_document_is_that_of_the_run(tmp_path):
    model, x, y = twins()
    plain(model, x, y)
    model.save(tmp_path / "net.keras")
    document = json.loads(text_of(tmp_path / "net.keras"))
    document["compile_config"]["optimizer"]["config"]["learning_rate"] = 0.5
    keeper = Keeper(tmp_path)
    train(document, x, y, keeper, epochs=1)
    assert float(keeper.model.optimizer.learning_rate) == 0.5
    assert int(keeper.model.optimizer.iterations) == 9  # six before
    document["compile_config"]["optimizer"] = "sgd"
    keeper = Keeper(tmp_path)
    assert list(train(document, x, y, keeper, epochs=1).notes) == ["Weights start from net.keras."]
    assert int(keeper.model.optimizer.iterations) == 3


@tensorflow_only("it takes text as an input")
def test_an_edit_after_training_keeps_the_words_that_were_learned(tmp_path):
    model, x, y = table()
    model.save(tmp_path / "net.keras")
    document = json.loads(text_of(tmp_path / "net.keras"))
    keeper = Keeper(tmp_path)
    train(document, x, y, keeper, epochs=1)
    items = {item["class_name"]: item for item in document["config"]["layers"]}
    items["Dense"]["config"]["use_bias"] = False
    train(document, x, y, keeper, epochs=1)
    assert "fixed" in next(layer for layer in keeper.model.layers if "string" in layer.name).get_vocabulary()


def test_a_state_that_is_of_other_weights_is_said_to_start_anew(tmp_path):
    model, x, y = twins()
    plain(model, x, y)
    model.save(tmp_path / "net.keras")
    document = json.loads(text_of(tmp_path / "net.keras"))
    frozen = next(item for item in document["config"]["layers"] if item["class_name"] == "Dense")
    frozen["config"]["trainable"] = False
    notes = list(train(document, x, y, Keeper(tmp_path), epochs=1).notes)
    assert "The optimizer's state was reset" in notes[0]
