"""Where weights are taken by the order of layers, it is said whose weights each layer has."""

import re
from itertools import product

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import few
from keras import layers
from test_weights_by_name import write

from kerasviz.models.startweights import start_from_file
from kerasviz.models.weightorigins import specs_of
from kerasviz.storage import load_weights
from kerasviz.storage.innerlayers import inner_layers
from kerasviz.storage.matching import fitting

ALONE = ["base.weights.h5", "old.weights.h5", "tf_keras.index"]
NAMED = [*ALONE, "whole.keras", "whole.h5"]
NAMELESS = "The file does not name its layers: weights were matched by the order of the layers."


def chain(*names):
    return keras.Sequential([keras.Input((4,)), *(layers.Dense(4, name=name) for name in names)])


def inside(*names):
    """The same in a model inside, with a layer before and behind."""
    inner = chain(*names)
    inner.name = "inner"
    parts = [keras.Input((4,)), layers.Dense(4, name="before"), inner, layers.Dense(4, name="behind")]
    return keras.Sequential(parts)


def sources(model, stored):
    """The layer of another model whose weights each layer has."""
    return {
        way.rpartition("/")[2]: next(
            other.rpartition("/")[2]
            for other, theirs in inner_layers(stored)
            if theirs.weights and np.array_equal(theirs.get_weights()[0], layer.get_weights()[0])
        )
        for way, layer in inner_layers(model)
        if layer.weights
    }


RENAMED = {
    "renamed": (("a", "b"), ("c", "d")),
    "swapped, and one more renamed": (("a", "b", "c"), ("b", "a", "x")),
    "moved by one": (("a", "b", "c"), ("b", "c", "d")),
    "one renamed": (("a", "b", "c"), ("a", "b", "x")),
    "as Keras counts on": (("dense", "dense_1"), ("dense_1", "dense_2")),
}


@pytest.mark.parametrize(("case", "make", "file"), few(product(RENAMED, [chain, inside], NAMED), 3))
def test_each_layer_with_weights_of_another_name_is_said(case, make, file, tmp_path):
    before, now = RENAMED[case]
    stored, model = make(*before), make(*now)
    write(stored, tmp_path / file)
    (said,) = load_weights(model, tmp_path / file)
    told = dict(re.findall(r"'(\w+)' has those of '(\w+)'", said))
    found = sources(model, stored)
    assert len(set(found.values())) == len(found)
    assert told == {own: other for own, other in found.items() if own != other}


@pytest.mark.parametrize("file", NAMED)
@pytest.mark.parametrize("make", [chain, inside])
def test_layers_in_another_order_are_found_by_name(make, file, tmp_path):
    stored, model = make("a", "b", "c"), make("c", "a", "b")
    write(stored, tmp_path / file)
    assert load_weights(model, tmp_path / file) == []
    assert all(own == other for own, other in sources(model, stored).items())


@pytest.mark.parametrize("file", ALONE)
def test_the_note_and_the_cards_know_what_the_order_gave(file, tmp_path):
    stored, model = chain("a", "b"), chain("b", "x")
    write(stored, tmp_path / file)
    start = start_from_file(model, file, tmp_path)
    assert start.note == (
        f"Weights start from {file}. Weights were matched by the order of layers, because the names differ: "
        "'b' has those of 'a' and 'x' has those of 'b'."
    )
    assert start.taken == {"b", "x"} == fitting(tmp_path / file, specs_of(model)).keys()


def test_many_layers_are_counted_and_those_first_whose_own_weights_another_has(tmp_path):
    names = [f"n{number}" for number in range(10)]
    write(chain(*names), tmp_path / "old.weights.h5")
    (said,) = load_weights(
        chain(*(f"m{number}" for number in range(8)), "n9", "n8"), tmp_path / "old.weights.h5"
    )
    start = "the names differ: 'n9' has those of 'n8', 'n8' has those of 'n9', 'm0' has those of 'n0', "
    assert start in said and said.endswith(" and 4 more.")


def without_names(path):
    """Takes the names from a file, as Keras before 3.7 wrote it."""
    with h5py.File(path, "r+") as file:
        found = []
        file.visititems(lambda _, item: found.append(item))
        for item in found:
            item.attrs.pop("name", None)


@pytest.mark.parametrize("file", ["nameless.weights.h5", "nameless.index"])
def test_a_file_without_names_says_so_where_it_matters(file, tmp_path):
    def written(model):
        if file.endswith(".index"):
            parts = {
                f"layer_with_weights-{place}": tf.train.Checkpoint(
                    **{variable.name: tf.Variable(variable.numpy(), name="") for variable in layer.weights}
                )
                for place, layer in enumerate(model.layers)
            }
            tf.train.Checkpoint(**parts).write(tmp_path / "nameless")
        else:
            model.save_weights(tmp_path / file)
            without_names(tmp_path / file)

    stored, model = chain("a", "b"), chain("b", "a")
    written(stored)
    assert load_weights(model, tmp_path / file) == [NAMELESS]
    assert sources(model, stored) == {"b": "a", "a": "b"}
    alone = keras.Sequential([keras.Input((4,)), layers.Dense(3, name="a"), layers.Dense(2, name="b")])
    written(alone)
    assert load_weights(keras.models.clone_model(alone), tmp_path / file) == []
