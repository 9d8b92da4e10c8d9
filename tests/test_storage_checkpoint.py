"""Weights of TensorFlow checkpoints, which TensorFlow wrote."""

import os

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import computed

from kerasviz.config import ModelFileError
from kerasviz.storage import load_weights
from kerasviz.storage.checkpoint import MAGIC

VALUE = "/.ATTRIBUTES/VARIABLE_VALUE"


def build():
    layers = [keras.Input((2,)), keras.layers.Dense(2, name="d"), keras.layers.BatchNormalization(name="b")]
    lstm = keras.layers.Bidirectional(keras.layers.LSTM(1, name="lstm"), name="bi")
    return keras.Sequential([keras.Input((3, 2)), lstm, keras.Sequential(layers, name="in")], name="out")


def write(path, values):
    tf.raw_ops.SaveV2(
        prefix=str(path),
        tensor_names=list(values),
        shape_and_slices=[""] * len(values),
        tensors=list(values.values()),
    )


def values_of(model, rename):
    return {rename(variable.path): np.asarray(variable) for variable in model.weights}


def way(path):
    """The name that tf.keras gives a weight of `build()`."""
    parts = path.split("/")
    if "bi" in parts:
        return f"layer_with_weights-0/{parts[-3].split('_')[0]}_layer/cell/{parts[-1]}{VALUE}"
    number = int(parts[-2] == "b")
    return f"layer_with_weights-1/layer_with_weights-{number}/{parts[-1]}{VALUE}"


@pytest.mark.parametrize("rename", [way, lambda path: f"model/{way(path)}", lambda path: path])
def test_weights_of_a_checkpoint_go_where_they_were(rename, tmp_path):
    source, target = build(), build()
    source.set_weights(
        [np.random.default_rng(n).normal(size=w.shape) for n, w in enumerate(source.get_weights())]
    )
    values = values_of(source, rename)
    slot = f"{next(iter(values)).removesuffix(VALUE)}/.OPTIMIZER_SLOT/optimizer/m{VALUE}"
    write(tmp_path / "c", {**values, slot: np.zeros(3, "float32"), "save_counter": np.int64(1)})
    load_weights(target, tmp_path / "c.index")
    for ours, theirs in zip(target.get_weights(), source.get_weights(), strict=True):
        np.testing.assert_array_equal(ours, theirs)


def varint(number):
    found = b""
    while number > 127:
        found, number = found + bytes([number & 127 | 128]), number >> 7
    return found + bytes([number])


def block(*entries):
    """A block of a table: entries of (bytes shared with the key before, rest of the key, value)."""
    data = b"".join(
        varint(shared) + varint(len(key)) + varint(len(value)) + key + value for shared, key, value in entries
    )
    return data + bytes(4) + (1).to_bytes(4, "little")


def index(entries, times=1):
    """The index of a checkpoint with one block of entries, which it names several times."""
    inner = block(*entries)
    outer = block(*[(0, b"k", varint(0) + varint(len(inner)))] * times)
    start = len(inner) + 5
    footer = bytes(2) + varint(start) + varint(len(outer))
    return inner + bytes(5) + outer + bytes(5) + footer.ljust(40, b"\0") + MAGIC.to_bytes(8, "little")


def variable(offset):
    """The entry of a float32 of the shape (1, 1)."""
    return b"\x08\x01" + b"\x12\x08" + 2 * b"\x12\x02\x08\x01" + b"\x20" + varint(offset) + b"\x28\x04"


HOSTILE = {
    "keys that grow": ([(0, b"k" * 2**18, b""), *[(2**18, b"x", b"")] * 1000], 1, "keys are longer"),
    "a block again and again": ([(0, b"k", b"")] * 1000, 1000, "twice"),
    "a place beyond the file": ([(0, b"d/kernel", variable(2**62))], 1, "cut off"),
}


@pytest.mark.parametrize("case", HOSTILE)
def test_a_hostile_index_is_refused_before_it_takes_memory(case, tmp_path):
    entries, times, reason = HOSTILE[case]
    (tmp_path / "c.index").write_bytes(index(entries, times))
    (tmp_path / "c.data-00000-of-00001").write_bytes(bytes(4))
    model = keras.Sequential([keras.Input((1,)), keras.layers.Dense(1, use_bias=False, name="d")])
    with pytest.raises(ModelFileError, match=reason) as error:
        load_weights(model, tmp_path / "c.index")
    assert error.value.file == "c.index"
    (tmp_path / "c.index").write_bytes(index([(0, b"d/kernel", variable(0))]))
    load_weights(model, tmp_path / "c.index")


def test_a_pipe_is_no_index(tmp_path):
    os.mkfifo(tmp_path / "c.index")
    with pytest.raises(ModelFileError, match="Expected a file"):
        load_weights(build(), tmp_path / "c.index")


def test_a_normalization_computes_with_the_values_of_the_checkpoint(tmp_path):
    model = keras.Sequential([keras.Input((1,)), keras.layers.Normalization(name="n")])
    values = {"mean": np.float32([3]), "variance": np.float32([4]), "count": np.int32(1)}
    write(tmp_path / "c", {f"layer_with_weights-0/{name}{VALUE}": value for name, value in values.items()})
    load_weights(model, tmp_path / "c.index")
    np.testing.assert_allclose(computed(model(np.array([[7.0]]))), [[2.0]], rtol=1e-6)


def test_a_weight_that_is_absent_is_named(tmp_path):
    model = build()
    values = {key: value for key, value in values_of(model, way).items() if "gamma" not in key}
    write(tmp_path / "c", values)
    with pytest.raises(ModelFileError, match="gamma") as error:
        load_weights(model, tmp_path / "c.index")
    assert error.value.layer and error.value.file == "c.index"


@pytest.mark.parametrize("cut", [0, 10, 60, -1])
def test_a_damaged_index_is_refused(cut, tmp_path):
    model = build()
    write(tmp_path / "c", values_of(model, way))
    path = tmp_path / "c.index"
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(ModelFileError):
        load_weights(model, path)


def test_values_that_are_absent_or_cut_off_are_refused(tmp_path):
    model = build()
    write(tmp_path / "c", values_of(model, way))
    data = tmp_path / "c.data-00000-of-00001"
    data.write_bytes(data.read_bytes()[:20])
    with pytest.raises(ModelFileError, match="cut off"):
        load_weights(model, tmp_path / "c.index")
    data.unlink()
    with pytest.raises(ModelFileError, match="missing"):
        load_weights(model, tmp_path / "c.index")
