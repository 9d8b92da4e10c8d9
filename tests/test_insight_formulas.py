"""What a formula says is what Keras computed; where that can't be said, nothing is said."""

import numpy as np
import pytest
from keras import Input, Model, layers, ops

from kerasviz.insight.formulas import formula_of
from kerasviz.insight.passage.passed import Passed

RANDOM = np.random.default_rng(3)


def said(layer, shape):
    x = RANDOM.normal(size=(1, *shape)).astype("float32")
    y = layer(x)
    return formula_of(Passed((y,), None, layer, (x,))), ops.convert_to_numpy(y)[0], x[0]


def test_a_dense_layer_says_which_inputs_contributed_most():
    sentence, y, x = said(layers.Dense(5, "relu", bias_initializer="ones"), (7,))
    assert sentence.startswith(f"Unit {y.argmax()} has the largest output: relu({y.max():.4g})")
    assert "Its bias is 1," in sentence
    place, product = sentence.split("weight): ")[1].split(", ")[0].split(": ")
    assert product.startswith(f"{x[int(place)]:.4g} · ")
    assert "softmax(" in said(layers.Dense(4, "softmax"), (3,))[0]
    assert said(layers.Dense(4), (6, 3))[0].startswith("Unit (")


@pytest.mark.parametrize(
    ("layer", "shape"),
    [
        (layers.Conv2D(3, (3, 2), padding="same", strides=2, activation="tanh"), (9, 8, 2)),
        (layers.Conv2D(3, 3, dilation_rate=2), (9, 9, 1)),
        (layers.Conv1D(2, 3, padding="causal"), (8, 3)),
        (layers.Conv3D(2, 2, padding="same"), (4, 4, 4, 1)),
        (layers.MaxPooling2D(2, padding="same"), (5, 5, 3)),
        (layers.AveragePooling2D(3, strides=2, padding="same"), (7, 7, 2)),
        (layers.MaxPooling1D(4), (9, 2)),
        (layers.GlobalAveragePooling2D(), (4, 4, 3)),
        (layers.GlobalMaxPooling1D(), (4, 3)),
    ],
)
def test_what_is_computed_anew_is_what_keras_computed(layer, shape):
    sentence, y, _ = said(layer, shape)
    assert "has the largest output" in sentence
    assert f"{y.max():.4g}" in sentence


def test_a_function_of_each_value_is_said():
    assert "% of the outputs are 0" in said(layers.ReLU(), (4, 4))[0]
    assert "leaky_relu" in said(layers.Activation("leaky_relu"), (4,))[0]
    assert "divided by the sum of exp of all 6 inputs" in said(layers.Softmax(), (6,))[0]


def test_an_activation_may_be_a_layer_or_refuse_a_single_number():
    assert said(layers.Dense(3, layers.ReLU()), (4,))[0].startswith("Unit ")
    assert said(layers.Dense(4, "glu"), (4,))[0] is None


def test_nothing_is_said_of_other_layers():
    class Doubled(layers.Dense):
        def call(self, x):
            return super().call(x) * 2

    inner = Model(entry := Input((4,)), layers.Dense(2)(entry))
    for layer in (Doubled(3), layers.LayerNormalization(), inner):
        assert said(layer, (4,))[0] is None
    x = np.full((1, 4), np.nan, "float32")
    dense = layers.Dense(3)
    assert formula_of(Passed((dense(x),), None, dense, (x,))) is None
