"""Code for published architectures and for random graphs makes equal models."""

import inspect
import json
import os

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from kerasviz.codegen import to_code

EVERY = os.environ.get("KERASVIZ_EVERY_APPLICATION")
CONSTRUCTORS = {name: make for name, make in vars(keras.applications).items() if inspect.isfunction(make)}


def chosen():
    """One constructor of each module of `keras.applications`, or all where the environment asks for it."""
    if EVERY:
        return sorted(CONSTRUCTORS)
    families = {make.__module__: name for name, make in sorted(CONSTRUCTORS.items(), reverse=True)}
    return sorted(families.values())


def run(code):
    namespace = {}
    exec(code, namespace)
    return namespace["model"]


@pytest.mark.parametrize("name", chosen())
def test_application_comes_back(name):
    # Without memory for weights: the largest have gigabytes.
    with keras.StatelessScope(initialize_variables=False):
        model = CONSTRUCTORS[name](weights=None)
        code = to_code(model)
        assert run(code).get_config() == model.get_config()
    assert len(code.splitlines()) < 4 * len(model.operations)


def unary():
    """Makers of layers and operations that keep the shape (None, 3)."""
    makers = [
        lambda: layers.Dense(3),
        lambda: layers.Dense(3, activation="tanh", use_bias=False, kernel_regularizer="l2"),
        lambda: layers.Dropout(0.25),
        lambda: layers.BatchNormalization(),
        lambda: layers.LayerNormalization(epsilon=1e-6),
        lambda: layers.Activation("relu"),
        lambda: layers.Dense(3, trainable=False, dtype="mixed_float16"),
        lambda: keras.Sequential([layers.Dense(2), layers.Dense(3)]),
        lambda: keras.ops.sin,
        lambda: lambda x: x * 2.0,
        lambda: lambda x: x[:, ::-1],
    ]
    return st.sampled_from(makers)


def merges():
    return st.sampled_from(
        [
            lambda a, b: layers.Add()([a, b]),
            lambda a, b: layers.Dense(3)(layers.Concatenate()([a, b])),
            lambda a, b: layers.Attention()([layers.Reshape((1, 3))(a), layers.Reshape((1, 3))(b)])[:, 0],
            lambda a, b: keras.ops.maximum(a, b),
            lambda a, b: a - b,
        ]
    )


def random_graph(draw):
    tensors = [keras.Input((3,)) for _ in range(draw(st.integers(1, 2)))]
    inputs = list(tensors)
    made = []
    index = st.integers(0, 100)
    for _ in range(draw(st.integers(1, 8))):
        one = tensors[draw(index) % len(tensors)]
        other = tensors[draw(index) % len(tensors)]
        step = draw(st.sampled_from(["new", "new", "shared", "merge"]))
        if step == "merge":
            tensors.append(draw(merges())(one, other))
        elif step == "shared" and made:
            tensors.append(made[draw(index) % len(made)](one))
        else:
            made.append(draw(unary())())
            tensors.append(made[-1](one))
    outputs = [tensors[-1], *(tensors[draw(index) % len(tensors)] for _ in range(draw(st.integers(0, 2))))]
    structure = draw(st.sampled_from([list, tuple, lambda some: {f"o{i}": t for i, t in enumerate(some)}]))
    return keras.Model(inputs, outputs[0] if len(outputs) == 1 else structure(outputs), name="random")


@settings(max_examples=25)
@given(st.data())
def test_random_graphs_come_back(data):
    model = random_graph(data.draw)
    assert run(to_code(model)).get_config() == model.get_config()
    document = json.loads(model.to_json())
    expected = keras.models.model_from_json(json.dumps(document))
    assert json.loads(run(to_code(document)).to_json()) == json.loads(expected.to_json())


# Keras takes any name without a slash.
NAMES = st.text(min_size=1, max_size=30).filter(lambda text: "/" not in text)


@settings(max_examples=40)
@given(NAMES, NAMES)
def test_any_name_comes_back_and_stays_a_name(layer_name, model_name):
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1, name=layer_name)], name=model_name or None)
    made = run(to_code(model))
    assert made.get_config() == model.get_config()
    functional = keras.Model(made.inputs, made.outputs, name=layer_name)
    assert run(to_code(functional)).get_config() == functional.get_config()
