"""Weights of old layouts; expected is what `preprocess_weights_for_loading` of Keras 2.15 made of them."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest

from kerasviz.storage.transforms import Writer, to_today

GOLDEN = np.load(Path(__file__).parent / "fixtures" / "weights" / "keras2_15.npz")
CASES = json.loads(str(GOLDEN["meta"]))


def layer_of(case):
    order = "channels_first" if case["first"] else "channels_last"
    classes = {
        "LSTM": lambda: keras.layers.LSTM(3),
        "GRU": lambda: keras.layers.GRU(3),
        "Bidirectional": lambda: keras.layers.Bidirectional(keras.layers.LSTM(3)),
        "Conv1D": lambda: keras.layers.Conv1D(4, 3),
        "Conv2D": lambda: keras.layers.Conv2D(4, 3, data_format=order),
        "Conv2DTranspose": lambda: keras.layers.Conv2DTranspose(4, 3),
    }
    layer = classes[case["layer"]]()
    layer.build(tuple(case["shape"]))
    return layer


def arrays(name, side):
    return [GOLDEN[f"{name}.{side}{number}"] for number in range(20) if f"{name}.{side}{number}" in GOLDEN]


@pytest.mark.parametrize("name", CASES)
def test_old_weights_are_what_keras_2_made_of_them(name):
    case = CASES[name]
    version = tuple(int(number) for number in case["version"].split("."))
    found = to_today(layer_of(case), arrays(name, "in"), Writer(version, case["backend"]))
    expected = arrays(name, "out")
    if case["backend"] == "theano":
        # Keras 2.15 forgot what Keras 2.0 did: Theano turns its kernels around.
        expected[0] = expected[0][::-1, ::-1]
    assert len(found) == len(expected)
    for ours, theirs in zip(found, expected, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_today_s_weights_stay_as_they_are():
    layer = keras.layers.GRU(3)
    layer.build((None, 4, 2))
    weights = layer.get_weights()
    assert to_today(layer, weights, Writer((2, 15), "tensorflow")) == weights
