"""Masks of old files: padding behind a sequence changes nothing, as in the Keras that wrote the file."""

import numpy as np
import pytest

from kerasviz.config.build import build_model
from kerasviz.config.convert import convert


def layer(class_name, name, *inputs, **config):
    nodes = [[[source, 0, 0, {}] for source in inputs]] if inputs else []
    return {
        "class_name": class_name,
        "name": name,
        "config": {"name": name, **config},
        "inbound_nodes": nodes,
    }


def old(*layers, version="2.15.0"):
    entry = layer("InputLayer", "x", batch_input_shape=[None, None], dtype="int32")
    found = [entry, *layers]
    config = {"name": "m", "layers": found, "input_layers": [["x", 0, 0]]}
    config["output_layers"] = [[found[-1]["name"], 0, 0]]
    return {"class_name": "Functional", "keras_version": version, "config": config}


def words(name="words", **config):
    return layer("Embedding", name, "x", input_dim=9, output_dim=4, mask_zero=True, **config)


POSITIONS = layer("Embedding", "positions", "x", input_dim=9, output_dim=4)
RECURRENT = layer("LSTM", "out", "joined", units=3)
MEAN = layer("GlobalAveragePooling1D", "out", "joined")
ATTENTION = {
    **layer("MultiHeadAttention", "attention", num_heads=2, key_dim=3),
    "inbound_nodes": [[["words", 0, 0, {"value": ["words", 0, 0]}]]],
}


@pytest.mark.parametrize(
    "layers",
    [
        [words(), POSITIONS, layer("Add", "joined", "words", "positions"), RECURRENT],
        [words(), POSITIONS, layer("Multiply", "joined", "positions", "words"), MEAN],
        [words(), POSITIONS, layer("Concatenate", "concatenate", "words", "positions"),
         layer("Dense", "joined", "concatenate", units=3),
         layer("Bidirectional", "out", "joined", layer=layer("GRU", "gru", units=2))],
        [words(), ATTENTION, layer("Add", "joined", "words", "attention"), MEAN],
        [words(), POSITIONS, layer("Add", "joined", "words", "positions"),
         layer("AdditiveAttention", "a", "joined", "joined"), layer("LSTM", "out", "a", units=2)],
        [words(), layer("Masking", "rest", "words", mask_value=7.0),
         layer("Average", "joined", "words", "rest"), RECURRENT],
    ],
    ids=["add", "multiply", "concatenate", "attention-then-add", "add-then-attention", "two-masks"],
)  # fmt: skip
def test_padding_behind_a_sequence_changes_nothing(layers):
    config, report = convert(old(*layers))
    assert any("mask" in sentence for sentence in report)
    model = build_model(config)
    short = np.array([[3, 1, 5]], "int32")
    padded = np.pad(short, [(0, 0), (0, 4)])
    np.testing.assert_allclose(model(padded), model(short), atol=1e-6)


@pytest.mark.parametrize(
    "layers",
    [
        [words(), RECURRENT | {"inbound_nodes": [[["words", 0, 0, {}]]]}],
        [words(), layer("Dense", "d", "words", units=4), layer("Add", "joined", "words", "d"), RECURRENT],
        [POSITIONS, layer("Add", "joined", "positions", "positions"), RECURRENT],
    ],
    ids=["one", "the-same-twice", "none"],
)
def test_masks_that_keras_3_has_by_itself_are_not_written(layers):
    config, report = convert(old(*layers))
    assert len(config["config"]["layers"]) == 1 + len(layers)
    assert not any("mask" in sentence for sentence in report)


def test_a_file_of_keras_3_keeps_the_masks_of_keras_3():
    layers = [words(), POSITIONS, layer("Add", "joined", "words", "positions"), RECURRENT]
    assert len(convert(old(*layers, version="3.1.0"))[0]["config"]["layers"]) == 5


def test_a_recurrent_layer_that_begins_with_states_does_not_see_padding():
    """A translator: Keras 3 looks for no mask where a layer takes states beside the sequence."""
    states = layer("LSTM", "first", "words", units=3, return_state=True)
    decoder = layer("LSTM", "out", "words", units=3)
    decoder["inbound_nodes"] = [[["words", 0, 0, {}], ["first", 0, 1, {}], ["first", 0, 2, {}]]]
    model = build_model(convert(old(words(), states, decoder))[0])
    short = np.array([[3, 1, 5]], "int32")
    np.testing.assert_allclose(model(np.pad(short, [(0, 0), (0, 4)])), model(short), atol=1e-6)


def test_attention_to_itself_keeps_its_mask_through_every_block():
    def block(number, source):
        attention = layer("MultiHeadAttention", f"a{number}", num_heads=2, key_dim=3)
        attention["inbound_nodes"] = [[[source, 0, 0, {"value": [source, 0, 0]}]]]
        return [attention, layer("Add", f"s{number}", source, f"a{number}")]

    mean = layer("GlobalAveragePooling1D", "out", "s2")
    model = build_model(convert(old(words(), *block(1, "words"), *block(2, "s1"), mean))[0])
    short = np.array([[3, 1, 5]], "int32")
    np.testing.assert_allclose(model(np.pad(short, [(0, 0), (0, 4)])), model(short), atol=1e-6)
