"""Slices of a model come back from every format, read by plain Keras."""

import json
from itertools import product

import keras
import numpy as np
import pytest
from conftest import BACKEND, computed, few

from kerasviz.storage import load, save

SLICES = {
    "last": lambda x: x[..., 0],
    # PyTorch takes no step below 1.
    "first and last": (lambda x: x[:, ..., ::2]) if BACKEND == "torch" else (lambda x: x[:, ..., ::-1]),
    "with a new axis": lambda x: x[..., None, 1],
    "nothing left out": lambda x: x[:, 0, 1, 2, ...],
    "plain": lambda x: x[:, 1],
}


@pytest.fixture
def images():
    return np.random.default_rng(0).normal(size=(2, 4, 4, 3)).astype("float32")


def model_of(cut):
    inputs = keras.Input((4, 4, 3))
    inner = keras.Model(inputs, cut(inputs), name="inner")
    outer = keras.Input((4, 4, 3))
    return keras.Model(outer, [cut(outer), inner(outer)])


@pytest.mark.parametrize(("kind", "end"), few(product(SLICES, [".keras", ".h5", ".json"]), 4))
def test_plain_keras_reads_a_slice_from_every_format(kind, end, images, tmp_path):
    model, path = model_of(SLICES[kind]), tmp_path / f"m{end}"
    save(model, path)
    plain = (
        keras.models.model_from_json(path.read_text()) if end == ".json" else keras.models.load_model(path)
    )
    for read in (plain, load(path)):
        for found, right in zip(read(images), model(images), strict=True):
            np.testing.assert_array_equal(computed(found), computed(right))


def test_preprocessing_of_vgg16_comes_back_from_h5(images, tmp_path):
    inputs = keras.Input((4, 4, 3))
    outputs = keras.applications.vgg16.preprocess_input(inputs)
    model = keras.Model(inputs, outputs)
    assert "__ellipsis__" in json.dumps(json.loads(model.to_json()))
    save(model, tmp_path / "m.h5")
    np.testing.assert_array_equal(
        computed(keras.models.load_model(tmp_path / "m.h5")(images)), computed(model(images))
    )
