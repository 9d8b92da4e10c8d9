"""Code that `to_code` writes makes the model that it was written from."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import keras
import numpy as np
import pytest
from conftest import BACKEND, tensorflow_only
from everykind import MODELS, arguments, branches
from keras import layers

from kerasviz.codegen import to_code
from kerasviz.config import ModelFileError

FIXTURES = sorted((Path(__file__).parent / "fixtures").glob("*.keras.json"))


def run(code):
    namespace = {}
    exec(code, namespace)
    return namespace["model"]


def assert_same_model(model):
    code = to_code(model)
    assert run(code).get_config() == model.get_config()
    return code


def assert_formatted(code):
    ruff = [
        sys.executable,
        "-m",
        "ruff",
        "format",
        "--isolated",
        "--diff",
        "--stdin-filename",
        "model.py",
        "-",
    ]
    result = subprocess.run(ruff, input=code, text=True, capture_output=True)
    assert result.returncode == 0, result.stdout


def test_code_is_what_a_teacher_would_hand_out():
    inputs = keras.Input((28, 28, 1), name="image")
    x = layers.Conv2D(32, 3, activation="relu", name="conv")(inputs)
    x = layers.MaxPooling2D(name="pool")(x)
    x = layers.Flatten(name="flatten")(x)
    x = layers.Dropout(0.5, name="dropout")(x)
    outputs = layers.Dense(
        10, activation="softmax", kernel_initializer="he_normal", kernel_regularizer="l2", name="digits"
    )(x)
    model = keras.Model(inputs, outputs, name="lenet")
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    assert assert_same_model(model) == (
        """\
import keras
from keras import layers

inputs = keras.Input((28, 28, 1), name="image")
x = layers.Conv2D(32, 3, activation="relu", name="conv")(inputs)
x = layers.MaxPooling2D(name="pool")(x)
x = layers.Flatten(name="flatten")(x)
x = layers.Dropout(0.5, name="dropout")(x)
outputs = layers.Dense(
    10,
    activation="softmax",
    kernel_initializer="he_normal",
    kernel_regularizer="l2",
    name="digits",
)(x)
model = keras.Model(inputs, outputs, name="lenet")
model.compile(
    optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)
"""
    )


def test_tensors_that_a_call_returns_have_names():
    sequence = keras.Input((None, 3), name="sequence")
    encoded, _, cell = layers.LSTM(4, return_state=True, name="encoder")(sequence)
    scores = layers.Dense(2, name="scores")(encoded)
    model = keras.Model(sequence, [scores, cell], name="states")
    assert assert_same_model(model).splitlines()[4:6] == [
        'x, _, encoder = layers.LSTM(4, return_state=True, name="encoder")(inputs)',
        'scores = layers.Dense(2, name="scores")(x)',
    ]


def test_sequential_stays_sequential():
    model = keras.Sequential([keras.Input((8,)), layers.Dense(4), layers.Dense(1)], name="mlp")
    assert "keras.Sequential(" in assert_same_model(model)


@pytest.mark.parametrize("path", FIXTURES, ids=lambda path: path.name)
def test_documents_become_code(path):
    document = json.loads(path.read_text())
    expected = keras.models.model_from_json(path.read_text())
    code = to_code(document)
    assert json.loads(run(code).to_json())["config"] == json.loads(expected.to_json())["config"]
    assert_formatted(code)


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_models_of_every_kind_come_back(make):
    model = make()
    assert_formatted(assert_same_model(model))


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_documents_of_every_kind_come_back(make):
    document = json.loads(make().to_json())
    expected = keras.models.model_from_json(json.dumps(document))
    made = run(to_code(document))
    assert json.loads(made.to_json())["config"] == json.loads(expected.to_json())["config"]


def test_registered_layers_are_imported_or_looked_up():
    @keras.saving.register_keras_serializable("mine")
    class Scale(layers.Layer):
        def __init__(self, factor=1.0, **kwargs):
            super().__init__(**kwargs)
            self.factor = factor

        def call(self, inputs):
            return inputs * self.factor

        def get_config(self):
            return {**super().get_config(), "factor": self.factor}

    try:
        model = keras.Sequential([keras.Input((2,)), Scale(2.0, name="double"), Scale(name="same")])
        code = assert_same_model(model)
        assert 'Scale = keras.saving.get_registered_object("mine>Scale")' in code
        assert 'Scale(name="same")' in code
    finally:
        del keras.saving.get_custom_objects()["mine>Scale"]


def test_only_what_differs_from_the_default_is_compiled():
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    model.compile(
        keras.optimizers.SGD(0.01, momentum=0.9),
        keras.losses.BinaryCrossentropy(from_logits=True),
        metrics=["mae", keras.metrics.RootMeanSquaredError()],
    )
    code = to_code(model)
    assert "optimizer=keras.optimizers.SGD(momentum=0.9)" in code
    assert "loss=keras.losses.BinaryCrossentropy(from_logits=True)" in code
    assert 'metrics=["mae", keras.metrics.RootMeanSquaredError()]' in code
    assert run(code).optimizer.momentum == 0.9


def test_no_name_becomes_code():
    hostile = 'x"); import os; os.abort() #\nraise SystemExit("'
    if BACKEND == "torch":
        hostile = hostile.replace(".", "")  # it takes none
    model = keras.Sequential(
        [keras.Input((2,), name="class"), layers.Dense(1, name=hostile)], name="0 & import"
    )
    functional = keras.Model(model.inputs, layers.Dense(2, name="import os")(model.outputs[0]), name=hostile)
    for one in (model, functional):
        tree = ast.parse(assert_same_model(one))
        allowed = (ast.Import, ast.ImportFrom, ast.Assign)
        assert all(isinstance(statement, allowed) for statement in tree.body)
        imported = [
            alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
        ]
        assert imported == ["keras"]


def test_code_in_a_config_is_refused():
    model = keras.Sequential([keras.Input((2,)), layers.Lambda(lambda x: x + 1, name="plus")])
    functional = keras.Model(model.inputs, model.outputs)
    for one in (model, functional):
        with pytest.raises(ValueError, match="Layer 'plus' can't be written as code"):
            to_code(one)
    with pytest.raises(ModelFileError, match="plus"):
        to_code(json.loads(model.to_json()))


def test_writing_code_leaves_names_and_random_numbers_alone():
    import random

    model = arguments()
    count = keras.layers.Dense(1).name
    random.seed(5)
    state = random.getstate()
    to_code(model)
    assert random.getstate() == state
    assert int(keras.layers.Dense(1).name.rpartition("_")[2] or 0) == int(count.rpartition("_")[2] or 0) + 1


def test_layers_shared_between_models_are_made_once():
    shared = layers.Dense(3, name="shared")
    a = keras.Input((3,), name="a")
    inner = keras.Model(a, shared(shared(a)), name="inner")
    b = keras.Input((3,), name="b")
    model = keras.Model(b, [inner(inner(b)), shared(b)], name="outer")
    code = to_code(model)
    made = run(code)
    assert code.count("layers.Dense") == 1
    assert made.count_params() == model.count_params() == 12
    # The config of Keras itself does not say that two models share a layer.
    made.set_weights(model.get_weights())
    data = keras.ops.ones((2, 3))
    for one, other in zip(made(data), model(data), strict=True):
        assert keras.ops.all(one == other)


def test_frozen_models_stay_frozen():
    model = branches()
    model.trainable = False
    assert_same_model(model)
    sequential = keras.Sequential([keras.Input((2,)), layers.Dense(1)])
    sequential.trainable = False
    assert_same_model(sequential)


@tensorflow_only("it takes text as an input")
@pytest.mark.parametrize("mode", ["int", "tf_idf"])
def test_words_that_a_layer_learned_are_in_its_code_and_missing_ones_are_said(mode):
    words = layers.TextVectorization(9, output_mode=mode, name="words")
    model = keras.Sequential([keras.Input((1,), dtype="string"), words])
    document = json.loads(model.to_json())
    words.adapt(["a b c", "a b"])
    text = np.array([["b c a d"]])
    made = run(to_code(model))
    assert np.array_equal(made(text), model(text))
    assert "has no vocabulary" not in to_code(model)
    code = to_code(document)
    assert "# 'words' has no vocabulary yet: adapt it before the model is used." in code
    run(code).layers[0].adapt(["a b c", "a b"])


def test_a_model_class_of_the_users_is_called_by_its_arguments():
    @keras.saving.register_keras_serializable("mine")
    class Perceptron(keras.Model):
        def __init__(self, units, **kwargs):
            super().__init__(**kwargs)
            self.dense = layers.Dense(units)

        def call(self, inputs):
            return self.dense(inputs)

        def get_config(self):
            return {"name": self.name, "units": self.dense.units}

    try:
        assert 'model = Perceptron(3, name="mlp")' in assert_same_model(Perceptron(3, name="mlp"))
        inputs = keras.Input((2,))
        assert_same_model(keras.Model(inputs, Perceptron(3)(inputs)))
    finally:
        del keras.saving.get_custom_objects()["mine>Perceptron"]


def test_arguments_are_written_as_people_write_them():
    query = keras.Input((4, 8))
    x = layers.MultiHeadAttention(2, 4, name="attention")(query, query)
    x = layers.LayerNormalization(epsilon=1e-6, name="norm")(keras.ops.where(x > 0, x, -1e9))
    assert '= layers.MultiHeadAttention(2, 4, name="attention")(inputs, inputs)' in (
        code := assert_same_model(keras.Model(query, x))
    )
    assert "layers.LayerNormalization(epsilon=1e-6, name=" in code and ", -1e9)" in code
    augment = keras.Sequential(
        [keras.Input((8, 8, 3)), layers.RandomRotation(0.02), layers.RandomBrightness([-0.1, 0.3])]
    )
    scaled = keras.Sequential(
        [
            keras.Input((8, 4)),
            layers.Rescaling(1 / 255),
            layers.Bidirectional(layers.LSTM(3, return_sequences=True, name="lstm")),
        ]
    )
    code = assert_same_model(scaled)
    assert (
        "Rescaling(1 / 255," in code
        and 'Bidirectional(\n            layers.LSTM(3, return_sequences=True, name="lstm"),' in code
    )
    one = keras.Input((2,))
    code = assert_same_model(keras.Model(one, keras.ops.add(one, np.array([0.1, 0.2], "float32"))))
    assert "np.array([0.1, 0.2], dtype=" in code
    code = assert_same_model(augment)
    assert "layers.RandomRotation(0.02, name=" in code and "RandomBrightness((-0.1, 0.3)," in code
