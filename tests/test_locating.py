"""Sizes that an Input leaves open: where samples do not fit, the layer is named, as on the canvas."""

import json

import keras
import numpy as np
import pytest
from conftest import BACKEND, except_on, planned
from keras import layers, ops

from kerasviz.execution.thread import DISK
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

LABELS = np.arange(12) % 2


def head(x):
    return layers.Dense(2, name="out")(x)


def pictures(make):
    inputs = keras.Input((None, None, 1))
    return keras.Model(inputs, head(layers.GlobalAveragePooling2D()(make(inputs))))


def pairs(join):
    one, other = keras.Input((None, 3), name="one"), keras.Input((None, 3), name="other")
    return keras.Model([one, other], head(layers.GlobalAveragePooling1D()(join([one, other]))))


def table(make):
    inputs = keras.Input((3,))
    return keras.Model(inputs, make(inputs))


def halved(x):
    return layers.Concatenate(name="joined")([x, layers.UpSampling2D()(layers.MaxPooling2D()(x))])


def some(*shape):
    return np.zeros((12, *shape))


CASES = {
    "a picture smaller than the window": (
        lambda: pictures(layers.Conv2D(2, 5, name="conv")),
        some(3, 3, 1),
        "With samples of shape (3, 3, 1): The window of layer 'conv' (Conv2D) is larger than its input",
    ),
    "an odd size in a U-Net": (lambda: pictures(halved), some(7, 7, 1), "layer 'joined' (Concatenate) must"),
    "two lengths": (
        lambda: pairs(layers.Concatenate(name="joined")),
        [some(5, 3), some(4, 3)],
        "It receives (None, 5, 3) from 'one' and (None, 4, 3) from 'other'",
    ),
    "samples mixed": (
        lambda: table(lambda x: head(ops.reshape(x, (-1, 1)))),
        some(3),
        "turns 7 samples into 21, so outputs and targets",
    ),
    "no gradient": (
        lambda: table(lambda x: ops.argmax(head(x), axis=-1)),
        some(3),
        "gives whole numbers (int32), through which nothing is learned",
    ),
}


def train(model, x, y, tmp_path):
    loss = "mse" if len(model.output.shape) == 1 else "sparse_categorical_crossentropy"
    document = {**json.loads(model.to_json()), "compile_config": {"optimizer": "sgd", "loss": loss}}
    data = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    plan = read_plan(planned(document, data=data, fit={"epochs": 1, "validation_split": 0.0}))
    return fit(plan, Keeper(tmp_path), Run("model", 1), {"x": x, "y": y}, lambda _: None, DISK.submit)


@pytest.mark.parametrize("kind", CASES)
def test_an_error_out_of_the_graph_names_the_layer(kind, tmp_path):
    if kind == "no gradient" and BACKEND == "jax":
        pytest.skip("JAX computes gradients of 0")
    make, x, said = CASES[kind]
    with pytest.raises(RequestError) as raised:
        train(make(), x, LABELS, tmp_path)
    error = raised.value.error
    assert said in error["message"] and repr(error["layer"]) in error["message"]
    assert error["detail"]


@except_on("jax", "takes what lies outside for not a number")
def test_an_error_that_no_size_explains_stays_what_it_is(tmp_path):
    indices = np.array([0, 7])
    with pytest.raises(Exception, match=r"7 is not in|out of DATA bounds"):
        train(table(lambda x: head(ops.take(x, indices, axis=1))), some(3), LABELS, tmp_path)


def test_sizes_that_fit_train(tmp_path):
    assert train(pictures(halved), some(8, 8, 1), LABELS, tmp_path) == "finished"
