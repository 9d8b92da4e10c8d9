"""Never another number in silence: of random models, plain Keras computes the same from what is saved."""

import tempfile
import warnings
from pathlib import Path

import keras
import numpy as np
import pytest
from conftest import BACKEND, computed, few
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from kerasviz.storage import load, save

WIDTH = 4
WIDE = [] if BACKEND == "jax" else ["float64"]  # which JAX keeps in 32 bits
DTYPES = st.sampled_from([None, None, None, *WIDE, "float16", "bfloat16", "mixed_float16"])
PLAIN = {"recurrent_initializer": "glorot_uniform"}  # TensorFlow has no orthogonal one of bfloat16
NAMES = st.sampled_from(["", "", "Dense", "Dense_1", "a b", "ü", "x.y", "layers", "vars", "cell", "0"])
generator = np.random.default_rng(5)


def in_steps(make):
    """A layer for sequences, in a chain that takes and gives rows."""

    def chain(**config):
        steps = [layers.Reshape((2, 2)), make(**config), layers.Flatten(), layers.Dense(WIDTH)]
        return keras.Sequential([keras.Input((WIDTH,)), *steps])

    return chain


KINDS = {
    "Dense": lambda **c: layers.Dense(WIDTH, **c),
    "BatchNormalization": layers.BatchNormalization,
    "LayerNormalization": layers.LayerNormalization,
    "GroupNormalization": lambda **c: layers.GroupNormalization(2, **c),
    "Normalization": lambda **c: layers.Normalization(mean=[1.0] * WIDTH, variance=[2.0] * WIDTH, **c),
    "PReLU": layers.PReLU,
    "EinsumDense": lambda **c: layers.EinsumDense("ab,bc->ac", WIDTH, bias_axes="c", **c),
    "SpectralNormalization": lambda **c: layers.SpectralNormalization(layers.Dense(WIDTH), **c),
    "LSTM": in_steps(lambda **c: layers.LSTM(3, **PLAIN, **c)),
    "GRU": in_steps(lambda **c: layers.GRU(3, reset_after=False, **PLAIN, **c)),
    "Bidirectional": in_steps(lambda **c: layers.Bidirectional(layers.GRU(2, **PLAIN), **c)),
    "RNN": in_steps(lambda **c: layers.RNN([layers.LSTMCell(2, **PLAIN), layers.GRUCell(3, **PLAIN)], **c)),
    "TimeDistributed": in_steps(lambda **c: layers.TimeDistributed(layers.Dense(3), **c)),
    "Conv1D": in_steps(lambda **c: layers.Conv1D(3, 2, **c)),
    "SeparableConv1D": in_steps(lambda **c: layers.SeparableConv1D(3, 2, **c)),
}


def with_numbers(model):
    """Gives a model weights that no other layer has."""
    model.set_weights([generator.uniform(0.2, 1, weight.shape) for weight in model.get_weights()])
    return model


@st.composite
def models(draw, depth=0):
    """Layers with several weights: nested, shared, named as others are, of every dtype, frozen."""
    start = keras.Input((WIDTH,))
    values, made, used = [start], [], set()

    def free_name():
        name = draw(NAMES)
        config = {"name": name} if name and name not in used else {}
        used.add(name)
        return config

    for _ in range(draw(st.integers(1, 4))):
        value = values[draw(st.integers(0, 9)) % len(values)]
        step = draw(st.sampled_from(["new", "new", "shared", "model"]))
        if step == "shared" and made:
            layer = made[draw(st.integers(0, 9)) % len(made)]
        elif step == "model" and depth < 2:
            layer = draw(models(depth=depth + 1))
            layer.name = free_name().get("name", layer.name)
        else:
            layer = KINDS[draw(st.sampled_from(sorted(KINDS)))](dtype=draw(DTYPES), **free_name())
        layer.trainable = draw(st.booleans())
        made.append(layer)
        values.append(layer(value))
    return keras.Model(start, values[-1])


@st.composite
def chosen(draw):
    """A model with numbers, and rows for it."""
    return with_numbers(draw(models()))


ROWS = generator.uniform(-1, 1, (3, WIDTH)).astype("float32")


def assert_same(model, right):
    got = np.asarray(computed(model(ROWS, training=False)), "float64")
    np.testing.assert_allclose(
        got, np.asarray(computed(right(ROWS, training=False)), "float64"), rtol=1e-6, atol=1e-6
    )


def by_plain_keras(folder, end):
    """What somebody without kerasviz makes of a file."""
    if end != ".weights.h5":
        return keras.models.load_model(folder / f"m{end}")
    model = keras.models.model_from_json((folder / "m.json").read_text())
    model.load_weights(folder / "m.weights.h5")
    return model


@pytest.mark.parametrize("end", few([".keras", ".h5", ".weights.h5"], 3))
@given(model=chosen())
@settings(max_examples=8, derandomize=True)
def test_plain_keras_computes_the_same_from_a_saved_model(end, model):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"m{end}"
        save(model, path)
        save(model, path.with_name("m.json"))
        with warnings.catch_warnings():
            warnings.simplefilter("error", UserWarning)
            again = by_plain_keras(Path(folder), end)
        assert_same(again, model)
        if end != ".weights.h5":
            assert_same(load(path), model)
