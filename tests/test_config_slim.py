"""What is written leaves out defaults, and is the same model."""

import inspect
import json

import keras
import pytest

from kerasviz.config.oldnames import of_any_backend
from kerasviz.config.slim import slim


def configs():
    for name in dir(keras.layers):
        found = getattr(keras.layers, name)
        try:
            made = found() if inspect.isclass(found) else None
        except Exception:  # an argument is needed
            continue
        if made is not None:
            yield name, json.loads(json.dumps(keras.saving.serialize_keras_object(made)))


@pytest.mark.parametrize(("name", "config"), configs())
def test_every_layer_comes_back_with_its_defaults(name, config):
    made = keras.saving.deserialize_keras_object(slim(config))
    assert json.loads(json.dumps(keras.saving.serialize_keras_object(made))) == config


@pytest.mark.parametrize(
    "layer",
    [
        keras.layers.Dense(3, activation="relu", kernel_initializer="he_normal", name="a"),
        keras.layers.Conv2D(3, 2, padding="same", use_bias=False),
        keras.layers.Bidirectional(keras.layers.LSTM(3, dropout=0.1), merge_mode="sum"),
        keras.layers.MultiHeadAttention(2, 3, dropout=0.5),
        keras.layers.Embedding(3, 4, mask_zero=True, embeddings_regularizer="l2"),
        keras.layers.Dense(1, dtype="mixed_float16", trainable=False),
        keras.layers.TimeDistributed(keras.Sequential([keras.Input((3,)), keras.layers.Dense(2)])),
    ],
)
def test_what_is_no_default_is_kept(layer):
    config = json.loads(json.dumps(keras.saving.serialize_keras_object(layer)))
    found = slim(config)
    made = keras.saving.deserialize_keras_object(found)
    assert json.loads(json.dumps(keras.saving.serialize_keras_object(made)))["config"] == config["config"]
    assert len(json.dumps(found)) < len(json.dumps(config)) * 0.75


def test_arguments_that_other_releases_do_not_know_are_not_written():
    config = json.dumps(slim(keras.saving.serialize_keras_object(keras.layers.Dense(3))))
    for argument in ("quantization_config", "input_axes", "bias_constraint", "build_config"):
        assert argument not in config


def test_an_optimizer_s_float32_rate_is_the_default():
    found = slim(of_any_backend(keras.saving.serialize_keras_object(keras.optimizers.Adam())))
    assert set(found["config"]) <= {"name"}
