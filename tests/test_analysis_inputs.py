"""What models take and keep: tensors of every kind, batches of a known size, and models inside models."""

import json

import keras
import numpy as np
import pytest
from conftest import BACKEND
from keras import layers

from kerasviz.analysis import Analyzer, analyze, apply_fix, computation
from kerasviz.models.building import build_model
from kerasviz.training.failure import failure


def analyse(config):
    return Analyzer().update(config)


def config_of(model):
    return json.loads(model.to_json())


def chain(*stack):
    return config_of(keras.Sequential(list(stack)))


def sparse():
    x = keras.Input((5,), sparse=True)
    return [x], layers.Dense(3)(x)


def ragged():
    x = keras.Input((None,), dtype="int64", ragged=True)
    return [x], layers.Embedding(9, 4)(x)


def whole_numbers():
    x = keras.Input((7,), dtype="int32")
    return [x], layers.Dense(2)(layers.Embedding(9, 4)(x))


def pictures():
    x = keras.Input((8, 8, 3), dtype="uint8")
    return [x], layers.Conv2D(2, 3)(layers.Rescaling(1 / 255)(x))


def text():
    x = keras.Input((), dtype="string")
    return [x], layers.StringLookup(vocabulary=["a", "b"])(x)


def doubles():
    x = keras.Input((3,), dtype="float64")
    return [x], layers.Dense(2, dtype="float64")(x)


def several():
    x, y = keras.Input((3,), dtype="float16"), keras.Input((3,), dtype="float32")
    return [x, y], layers.Add()([x, y])


@pytest.mark.parametrize("make", [sparse, ragged, whole_numbers, pictures, text, doubles, several])
def test_inputs_of_every_kind_have_their_shapes_and_dtypes(make):
    if (make in (ragged, text) and BACKEND != "tensorflow") or (make is sparse and BACKEND == "torch"):
        pytest.skip(f"{BACKEND} has no such tensors")
    model = keras.Model(*make())
    update = analyse(config_of(model))
    # Rows of different lengths have their shapes, and the way to padded ones is said.
    assert [error["code"] for error in update["errors"]] == (["ragged"] if make is ragged else [])
    for layer in model.layers:
        node = update["nodes"][f"{layer.name}:0"]
        assert (node["error"], node["shapes"]) == (None, [list(layer.output.shape)])
        assert node["dtypes"] == [layer.output.dtype]


STATEFUL = {
    "alone": lambda: layers.LSTM(3, stateful=True),
    "both ways": lambda: layers.Bidirectional(layers.GRU(3, stateful=True)),
    "in a model": lambda: keras.Sequential(
        [layers.Input((5, 4), batch_size=2), layers.RNN(cell(), stateful=True)]
    ),
}


def cell():
    return layers.SimpleRNNCell(3)


@pytest.mark.parametrize("kind", STATEFUL)
def test_a_layer_that_keeps_its_states_is_analysed_as_it_builds(kind):
    model = keras.Sequential([layers.Input((5, 4), batch_size=2), STATEFUL[kind](), layers.Dense(2)])
    update = analyse(config_of(model))
    assert [node["error"] for node in update["nodes"].values()] == [None] * 3
    assert update["nodes"][f"{model.layers[0].name}:0"]["shapes"] == [list(model.layers[0].output.shape)]
    assert update["totals"]["params"] == model.count_params()


def test_states_need_a_batch_of_a_known_size():
    config = chain(layers.Input((5, 4), batch_size=2), layers.LSTM(3, stateful=True, name="lstm"))
    config["config"]["layers"][0]["config"]["batch_shape"][0] = None
    error = analyse(config)["nodes"]["lstm:0"]["error"]
    assert error["layer"] == "lstm"
    assert "batch size must be static" in error["detail"]


def test_a_sequential_without_input_has_the_shapes_that_it_was_built_for():
    config = chain(layers.Input((4,)), layers.Dense(3, name="first"), layers.Dense(2, name="second"))
    del config["config"]["layers"][0]
    update = analyse(config)
    assert update["errors"] == []
    assert set(update["nodes"]) == {"first:0", "second:0"}
    assert update["nodes"]["second:0"]["shapes"] == [[None, 2]]
    assert update["totals"]["params"] == build_model(config).count_params() == 23
    del config["build_config"], config["config"]["build_input_shape"]
    assert [error["code"] for error in analyse(config)["errors"]] == ["no_input"]


def nested():
    inner = keras.Sequential([layers.Input((4,)), layers.Dense(3), layers.Dense(2)], name="inner")
    x = keras.Input((4,))
    return config_of(keras.Model(x, layers.Dense(5, name="last")(inner(x))))


def test_a_model_inside_has_the_multiply_adds_of_its_layers():
    nodes = analyse(nested())["nodes"]
    assert nodes["inner:0"]["macs"] == 4 * 3 + 3 * 2
    assert nodes["last:0"]["macs"] == 2 * 5


def test_a_model_inside_without_input_is_counted_for_what_it_is_called_on():
    config = nested()
    inner = config["config"]["layers"][1]
    del inner["config"]["layers"][0], inner["config"]["build_input_shape"], inner["build_config"]
    node = analyse(config)["nodes"]["inner:0"]
    assert (node["shapes"], node["macs"]) == ([[None, 2]], 18)


def test_looking_into_a_model_asks_keras_nothing_again(monkeypatch):
    config = nested()
    analyse(config)
    monkeypatch.setattr(computation, "compute", None)
    nodes = analyse(config["config"]["layers"][1])["nodes"]
    assert [node["shapes"] for node in nodes.values()] == [[[None, 4]], [[None, 3]], [[None, 2]]]


@pytest.mark.skipif(BACKEND != "torch", reason="about PyTorch: keras-team/keras#23462")
def test_a_stateful_layer_that_pytorch_cannot_train_is_said_with_a_fix():
    document = chain(layers.Input((5, 4), batch_size=2), layers.LSTM(3, stateful=True, name="lstm"))
    (error,) = analyze(document).errors
    assert (error.code, error.layer) == ("stateful", "lstm")
    fixed = apply_fix(document, error.fix)
    assert analyze(fixed).errors == []
    for drawn, trains in ((document, False), (fixed, True)):
        model = build_model({**drawn, "compile_config": {"optimizer": "sgd", "loss": "mse"}})
        try:
            model.fit(np.ones((4, 5, 4)), np.ones((4, 3)), batch_size=2, verbose=0)
        except RuntimeError as raised:
            assert not trains and "Set use_cudnn to False" in failure(raised)["message"]
        else:
            assert trains
