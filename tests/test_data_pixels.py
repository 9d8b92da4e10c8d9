"""Pixels from 0 to 255 that come into weights as they are get a note; scaled ones get none."""

import keras
import numpy as np
import pytest
from keras import layers

from kerasviz.data import Data
from kerasviz.data.fitting import fit_to_model

PIXELS = np.random.default_rng(0).integers(0, 256, (8, 6, 6, 3)).astype("uint8")


def notes(x, *stack):
    model = keras.Sequential(
        [keras.Input(x.shape[1:]), *stack, layers.Flatten(), layers.Dense(1, name="out")]
    )
    model.compile(loss="mse")
    return fit_to_model(
        Data("x, y", x, np.linspace(0, 1, 8).astype("float32"), x_name="pictures"), model
    ).notes


@pytest.mark.parametrize("x", [PIXELS, PIXELS.astype("float32"), PIXELS.astype("int64")])
def test_pixels_as_they_are_get_a_note_with_the_way_out(x):
    (note,) = notes(x, layers.Conv2D(2, 3, name="conv"))
    assert note == (
        "pictures holds pixels from 0 to 255, and layer 'conv' takes them as they are, which learns slowly. "
        "Add a Rescaling layer with a scale of 1/255 before it."
    )
    assert "'out'" in notes(x)[0]


@pytest.mark.parametrize(
    "first", [layers.Rescaling(1 / 255), layers.BatchNormalization(), layers.LayerNormalization()]
)
def test_a_first_layer_that_scales_is_right(first):
    assert notes(PIXELS, first, layers.Conv2D(2, 3)) == []


@pytest.mark.parametrize(
    "x", [PIXELS / 255.0, PIXELS / 127.5 - 1, (PIXELS > 99).astype("uint8"), PIXELS[:, 0, 0] * 1.0]
)
def test_other_numbers_are_no_pixels(x):
    assert notes(x) == []
