"""No number becomes another one in silence, by whatever way weights come into a model."""

import json
from itertools import product

import h5py
import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import BACKEND, few
from keras import layers

from kerasviz.config import ModelFileError
from kerasviz.models.keeper import Keeper
from kerasviz.models.startweights import start_from_file
from kerasviz.models.weightorigins import weight_origins
from kerasviz.storage import load_weights
from kerasviz.storage.loading import load_file

LARGEST = float(np.finfo("float32").max)
WRONG = {
    "fractions": ("int32", np.full((3, 4), 0.5, "float32"), "whole numbers"),
    "NaN into whole numbers": ("int32", np.full((3, 4), np.nan, "float32"), "whole numbers"),
    "infinity into whole numbers": ("int32", np.full((3, 4), np.inf, "float32"), "can hold"),
    "beyond int16": ("int16", np.full((3, 4), 70000, "int32"), "can hold"),
    "negative into unsigned": ("uint8", np.full((3, 4), -1, "int64"), "can hold"),
    "large floats into whole numbers": ("int32", np.full((3, 4), 1e10, "float64"), "can hold"),
    "beyond float32": ("float32", np.full((3, 4), 1e300, "float64"), "can hold"),
    "beyond float16": ("float16", np.full((3, 4), 1e5, "float32"), "can hold"),
    "beyond bfloat16": ("bfloat16", np.full((3, 4), 1e300, "float64"), "can hold"),
    "integers beyond float32": ("float32", np.full((3, 4), 2**24 + 1, "int64"), "can hold"),
    "complex": ("float32", np.full((3, 4), 1 + 2j, "complex64"), ""),
    "turned": ("float32", np.ones((4, 3), "float32"), ""),
    "longer": ("float32", np.ones((3, 5), "float32"), ""),
    "one row for all": ("float32", np.ones((1, 4), "float32"), ""),
    "one number for all": ("float32", np.ones((), "float32"), ""),
    "one axis more": ("float32", np.ones((1, 3, 4), "float32"), ""),
}
"""The dtype of a layer, an array that is not for it, and what is said."""
RIGHT = {
    "whole floats": ("int32", np.full((3, 4), 7, "float32"), None),
    "small integers": ("float32", np.full((3, 4), 7, "int64"), None),
    "booleans": ("float32", np.ones((3, 4), "bool"), None),
    "the largest float32": ("float32", np.full((3, 4), LARGEST, "float64"), None),
    "rounded": ("float32", np.full((3, 4), 0.1, "float64"), "rounded"),
    "rounded to float16": ("float16", np.full((3, 4), 0.1, "float32"), "rounded"),
    "NaN": ("float32", np.full((3, 4), np.nan, "float32"), "NaN"),
    "infinite": ("float32", np.full((3, 4), -np.inf, "float32"), "NaN or infinite"),
}
"""The same where it fits, or where something is to be said."""


@keras.saving.register_keras_serializable("lossless")
class Table(layers.Layer):
    """A layer with one weight, of the dtype of the layer."""

    def build(self, shape):
        trains = "float" in self.dtype  # PyTorch has no gradient of whole numbers
        self.table = self.add_weight((3, 4), "zeros", self.dtype, trainable=trains, name="table")

    def call(self, inputs):
        return inputs


def chain(dtype):
    return keras.Sequential([keras.Input((3,)), Table(dtype=dtype, name="odd")], name="chain")


def with_array(path, array):
    """Puts another array in the place of the only weight of a file that Keras wrote."""
    with h5py.File(path, "r+") as file:
        found = []
        file.visititems(lambda name, item: found.append(name) if isinstance(item, h5py.Dataset) else None)
        (name,) = [name for name in found if "optimizer" not in name]
        del file[name]
        file[name] = array


def weights_h5(path, array):
    chain("float32").save_weights(path / "w.weights.h5")
    with_array(path / "w.weights.h5", array)
    return "w.weights.h5"


def old_weights(path, array):
    from keras.src.legacy.saving import legacy_h5_format

    with h5py.File(path / "w.h5", "w") as file:
        legacy_h5_format.save_weights_to_hdf5_group(file, chain("float32"))
    with_array(path / "w.h5", array)
    return "w.h5"


def whole_h5(path, array, dtype="float32"):
    chain(dtype).save(path / "m.h5")
    with_array(path / "m.h5", array)
    return "m.h5"


def whole_keras(path, array, dtype="float32"):
    import zipfile

    chain(dtype).save(path / "m.keras")
    with zipfile.ZipFile(path / "m.keras") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    (path / "inner.h5").write_bytes(parts["model.weights.h5"])
    with_array(path / "inner.h5", array)
    parts["model.weights.h5"] = (path / "inner.h5").read_bytes()
    with zipfile.ZipFile(path / "m.keras", "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return "m.keras"


def tf_keras(path, array):
    part = tf.train.Checkpoint(table=tf.Variable(array, name="odd/table"))
    tf.train.Checkpoint(**{"layer_with_weights-0": part}).write(path / "c")
    return "c.index"


def tensorflow_1(path, array):
    tf.raw_ops.SaveV2(
        prefix=str(path / "v"), tensor_names=["odd/table"], shape_and_slices=[""], tensors=[array]
    )
    return "v.index"


WAYS = [weights_h5, old_weights, whole_h5, whole_keras, tf_keras, tensorflow_1]


@pytest.mark.parametrize("case, write", few(product(WRONG, WAYS), 13))
def test_what_a_weight_cannot_hold_is_refused_with_its_layer(case, write, tmp_path):
    dtype, array, said = WRONG[case]
    file, model = write(tmp_path, array), chain(dtype)
    with pytest.raises(ModelFileError) as error:
        load_weights(model, tmp_path / file)
    assert error.value.layer == "odd" and said in error.value.reason
    with pytest.raises(Exception, match=r"\w"):
        start_from_file(model, file, tmp_path, some=True)
    np.testing.assert_array_equal(np.asarray(model.get_weights()[0], "float64"), np.zeros((3, 4)))


@pytest.mark.parametrize("case, write", few(product(RIGHT, WAYS), 5))
def test_what_it_can_hold_is_taken_and_what_changed_is_said(case, write, tmp_path):
    dtype, array, said = RIGHT[case]
    file, model = write(tmp_path, array), chain(dtype)
    notes = load_weights(model, tmp_path / file)
    np.testing.assert_array_equal(model.get_weights()[0], array.astype(dtype))
    assert [said in note and "odd" in note for note in notes] == ([True] if said else [])


@pytest.mark.parametrize("case, write", few(product([*WRONG, *RIGHT], [whole_h5, whole_keras]), 3))
def test_a_whole_file_is_opened_with_the_numbers_that_it_has_or_refused(case, write, tmp_path):
    dtype, array, said = {**WRONG, **RIGHT}[case]
    file = write(tmp_path, array, dtype)
    if case in WRONG:
        with pytest.raises(ModelFileError) as error:
            load_file(tmp_path / file, custom=True)
        assert error.value.layer == "odd" and said in error.value.reason
        return
    model, notes = load_file(tmp_path / file, custom=True)
    np.testing.assert_array_equal(model.get_weights()[0], array.astype(dtype))
    assert [said in note and "odd" in note for note in notes] == ([True] if said else [])


DTYPES = {
    "as it is": ("float32", np.full((3, 4), 0.1, "float32"), None),
    "wider, but held": ("float32", np.full((3, 4), 0.5, "float64"), None),
    "wider, and rounded": ("float32", np.full((3, 4), 0.1, "float64"), "float32"),
    "rounded to float16": ("float16", np.full((3, 4), 0.1, "float32"), "float16"),
    "rounded to bfloat16": ("bfloat16", np.full((3, 4), 0.1, "float32"), "bfloat16"),
    "narrower": ("float64", np.full((3, 4), 0.1, "float32"), None),
    "mixed precision": ("mixed_float16", np.full((3, 4), 0.1, "float32"), None),
}
"""The dtype of a layer that is drawn, what its file has, and the dtype that the card says."""


@pytest.mark.parametrize("case, write", few(product(DTYPES, WAYS), 11))
def test_a_card_and_a_start_say_which_weights_of_a_file_are_rounded(case, write, tmp_path):
    dtype, array, rounded = DTYPES[case]
    file = write(tmp_path, array)
    drawing = json.loads(chain(dtype).to_json()) | {"kerasviz": {"version": 1, "weights": file}}
    told = weight_origins(drawing, None, tmp_path)
    assert told["layers"] == {"odd": "file"} and told["rounded"] == ({"odd": rounded} if rounded else {})
    keeper = Keeper(tmp_path)
    note = keeper.prepare(drawing, fresh=False)[0]
    assert ("rounded to the dtype of their layer: odd" in note) == bool(rounded), note
    taken = np.asarray(keeper.model.get_weights()[0], "float64")
    assert (taken == array).all() == (rounded is None)
    with_array_again = write(tmp_path, np.full((3, 4), 0.5, "float32"))  # another state of the file
    assert with_array_again == file and weight_origins(drawing, None, tmp_path)["rounded"] == {}


@pytest.mark.parametrize(
    "case, write", few(product(["beyond float16", "beyond float32", "beyond int16"], WAYS), 5)
)
def test_a_card_does_not_promise_numbers_that_its_layer_cannot_hold(case, write, tmp_path):
    dtype, array, _ = WRONG[case]
    file = write(tmp_path, array)
    drawing = json.loads(chain(dtype).to_json()) | {"kerasviz": {"version": 1, "weights": file}}
    assert weight_origins(drawing, None, tmp_path)["layers"] == {"odd": "fresh"}


@pytest.mark.parametrize("old", [*([] if BACKEND == "jax" else ["float64"]), "int32", "float16"])
def test_weights_carried_over_to_another_dtype_are_told_to_be_fresh(old, tmp_path):
    keeper = Keeper(tmp_path)
    keeper.prepare(json.loads(chain(old).to_json()), fresh=True)
    keeper.model.set_weights([np.full((3, 4), 3, old)])
    keeper.adopt(keeper.model, json.loads(chain(old).to_json()))
    drawing = json.loads(chain("float32").to_json())
    assert weight_origins(drawing, keeper.known, tmp_path)["sentence"] == (
        "1 of 1 layers, 'odd', has fresh weights because 'odd' changed."
    )
    keeper.prepare(drawing, fresh=False)
    assert not keeper.model.get_weights()[0].any()


@pytest.mark.skipif(BACKEND != "jax", reason="JAX keeps 64 bits in 32")
def test_numbers_of_64_bits_are_told_to_be_rounded_where_the_backend_has_32(tmp_path):
    model = chain("float64")
    model.save_weights(tmp_path / "m.weights.h5")
    with_array(tmp_path / "m.weights.h5", np.full((3, 4), 1 / 3))
    assert load_weights(model, tmp_path / "m.weights.h5") == [
        "Weights were rounded to the dtype of their layer: odd."
    ]


def test_a_state_of_an_optimizer_that_its_dtype_cannot_hold_is_reset(tmp_path):
    model = keras.Sequential([keras.Input((3,)), layers.Dense(2, name="d")])
    model.compile("adam", "mse")
    model.fit(np.ones((4, 3)), np.ones((4, 2)), verbose=0)
    model.save_weights(tmp_path / "m.weights.h5")
    with h5py.File(tmp_path / "m.weights.h5", "r+") as file:
        shape = file["optimizer/vars/2"].shape
        del file["optimizer/vars/2"]
        file["optimizer/vars/2"] = np.full(shape, 1e300)
    assert "reset" in load_weights(model, tmp_path / "m.weights.h5")[0]
