"""The lists of a `.h5` file: which weight is whose, where names alone do not tell."""

import keras
import numpy as np
import pytest
from conftest import computed, few
from keras import layers

from kerasviz.config import ModelFileError
from kerasviz.storage import load, save
from kerasviz.storage.by_name import load_by_name

WIDTH = 4
ROWS = np.random.default_rng(3).normal(size=(3, WIDTH)).astype("float32")


def chain(name, *steps):
    start = value = keras.Input((WIDTH,))
    for step in steps:
        value = step(value)
    return keras.Model(start, value, name=name)


def dense(name="d", **config):
    return layers.Dense(WIDTH, name=name, **config)


def stack():
    cells = [layers.GRUCell(WIDTH, name="cell"), layers.GRUCell(WIDTH, name="cell")]
    return keras.Sequential([layers.Reshape((2, 2)), layers.RNN(cells, name="stack")])


@keras.saving.register_keras_serializable("h5")
class Twice(layers.Layer):
    """Two weights of one name."""

    def build(self, shape):
        self.factor = self.add_weight(shape=(WIDTH,), name="w")
        self.offset = self.add_weight(shape=(WIDTH,), name="w")

    def call(self, inputs):
        return inputs * self.factor + self.offset


@keras.saving.register_keras_serializable("h5")
class Units(layers.Layer):
    """Two layers of one name inside."""

    def __init__(self, **config):
        super().__init__(**config)
        self.units = [dense("unit") for _ in range(2)]

    def build(self, shape):
        for unit in self.units:
            unit.build(shape)

    def call(self, inputs):
        return self.units[0](inputs) - self.units[1](inputs)


@keras.saving.register_keras_serializable("h5")
class Folder(layers.Layer):
    """A weight that is called as a layer inside is."""

    def build(self, shape):
        self.unit = dense("w")
        self.factor = self.add_weight(shape=(WIDTH,), name="w")
        self.unit.build(shape)

    def call(self, inputs):
        return self.unit(inputs) * self.factor


MODELS = {
    "two models with a layer of one name": lambda: chain("c", chain("a", dense()), chain("b", dense())),
    "a layer and a model": lambda: chain("c", dense(), chain("b", dense())),
    "a model and a layer": lambda: chain("c", chain("b", dense()), dense()),
    "one of them frozen": lambda: chain("c", chain("b", dense(trainable=False)), dense()),
    "a model frozen": lambda: chain("c", chain("a", dense()), chain("b", dense(), dense("e"))),
    "recurrent cells": lambda: chain("c", chain("a", stack()), chain("b", stack())),
    "names crossed": lambda: chain("c", chain("a", dense("b")), chain("b", dense("a"))),
    "called like the model": lambda: chain("c", chain("c", dense("c")), dense("d")),
    "a layer with two weights of one name": Twice,
    "a layer with two layers of one name": Units,
    "a weight with the name of a layer": Folder,
}


def with_numbers(model, start):
    generator = np.random.default_rng(start)
    model.set_weights([generator.uniform(0.1, 1, weight.shape) for weight in model.get_weights()])
    return model


def assert_same(model, right):
    np.testing.assert_allclose(computed(model(ROWS)), computed(right(ROWS)), rtol=1e-6)


@pytest.mark.parametrize("case", few(MODELS, 6))
def test_weights_of_one_path_come_back_from_h5(case, tmp_path):
    model = with_numbers(chain("m", MODELS[case](), dense("head")), 1)
    model.compile("adam", "mse", run_eagerly=True)
    model.fit(ROWS, ROWS, verbose=0)
    save(model, tmp_path / "m.h5")
    assert_same(keras.models.load_model(tmp_path / "m.h5"), model)
    again = load(tmp_path / "m.h5", custom=True)
    assert_same(again, model)
    for own, right in zip(again.optimizer.variables, model.optimizer.variables, strict=True):
        np.testing.assert_array_equal(np.asarray(own), np.asarray(right))


@pytest.mark.parametrize("case", [case for case in MODELS if "models" in case or "crossed" in case])
def test_layers_of_one_name_are_taken_by_the_models_around_them(case, tmp_path):
    save(with_numbers(chain("m", MODELS[case](), dense("head")), 1), tmp_path / "m.h5")
    other = with_numbers(chain("other", dense("more"), MODELS[case]()), 2)
    taken, _ = load_by_name(other, tmp_path / "m.h5")
    inner, right = other.get_layer("c"), load(tmp_path / "m.h5").get_layer("c")
    assert len(taken) == 2
    assert_same(inner, right)


def test_what_plain_keras_writes_of_crossed_names_keeps_its_numbers(tmp_path):
    model = with_numbers(chain("m", MODELS["names crossed"]()), 1)
    model.save(tmp_path / "m.h5")
    assert_same(load(tmp_path / "m.h5"), model)


def test_a_layer_with_the_name_of_another_list_is_refused(tmp_path):
    with pytest.raises(ModelFileError, match="Rename the layer") as error:
        save(chain("m", dense("top_level_model_weights")), tmp_path / "m.h5")
    assert error.value.layer == "top_level_model_weights" and not list(tmp_path.iterdir())
