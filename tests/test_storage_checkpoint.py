"""Weights of TensorFlow checkpoints, which TensorFlow wrote."""

import keras
import numpy as np
import pytest
import tensorflow as tf

from kerasviz.config import ModelFileError
from kerasviz.storage import load_weights

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
    with pytest.raises(ModelFileError, match="not beside"):
        load_weights(model, tmp_path / "c.index")
