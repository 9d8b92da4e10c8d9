"""Masks of old files: padding behind a sequence changes nothing, as in the Keras that wrote the file."""

import numpy as np
import pytest
from conftest import computed

from kerasviz.config.build import build_model
from kerasviz.config.convert import convert
from kerasviz.config.modelfileerror import ModelFileError


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
MAXIMUM = layer("GlobalMaxPooling1D", "out", "joined")
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
    np.testing.assert_allclose(computed(model(padded)), computed(model(short)), atol=1e-6)


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
    np.testing.assert_allclose(
        computed(model(np.pad(short, [(0, 0), (0, 4)]))), computed(model(short)), atol=1e-6
    )


def test_attention_to_itself_keeps_its_mask_through_every_block():
    def block(number, source):
        attention = layer("MultiHeadAttention", f"a{number}", num_heads=2, key_dim=3)
        attention["inbound_nodes"] = [[[source, 0, 0, {"value": [source, 0, 0]}]]]
        return [attention, layer("Add", f"s{number}", source, f"a{number}")]

    mean = layer("GlobalAveragePooling1D", "out", "s2")
    model = build_model(convert(old(words(), *block(1, "words"), *block(2, "s1"), mean))[0])
    short = np.array([[3, 1, 5]], "int32")
    np.testing.assert_allclose(
        computed(model(np.pad(short, [(0, 0), (0, 4)]))), computed(model(short)), atol=1e-6
    )


def nested(*layers, name="joined", source="x"):
    """A model inside: its own input is called x too."""
    model = old(*layers)
    model["config"]["name"] = name
    return {**model, "name": name, "inbound_nodes": [[[source, 0, 0, {}]]]}


SUM = [words(), POSITIONS, layer("Add", "sum", "words", "positions")]


@pytest.mark.parametrize(
    "layers",
    [
        [nested(*SUM), RECURRENT],
        [nested(nested(*SUM, name="inner"), layer("Dense", "d", "inner", units=3)), MEAN],
        [nested(words(), name="inside"), POSITIONS, layer("Add", "joined", "positions", "inside"), RECURRENT],
        [nested(*SUM, layer("GRU", "gru", "sum", units=3), name="out")],
    ],
    ids=["made-inside", "made-deep-inside", "merged-outside", "used-inside"],
)
def test_masks_of_models_inside_are_those_of_keras_2(layers):
    model = build_model(convert(old(*layers))[0])
    short = np.array([[3, 1, 5]], "int32")
    np.testing.assert_allclose(
        computed(model(np.pad(short, [(0, 0), (0, 4)]))), computed(model(short)), atol=1e-6
    )


def distributed(name, source, inner):
    return layer("TimeDistributed", name, source, layer=inner)


def test_words_of_sentences_have_the_mask_that_a_distributed_embedding_makes():
    inner = layer("Embedding", "e", input_dim=9, output_dim=4, mask_zero=True)
    rows = distributed("rows", "words", layer("LSTM", "lstm", units=3))
    config = old(distributed("words", "x", inner), rows, layer("Flatten", "out", "rows"))
    config["config"]["layers"][0]["config"]["batch_input_shape"] = [None, 2, None]
    model = build_model(convert(config)[0])
    short = np.array([[[3, 1, 5], [2, 2, 2]]], "int32")
    np.testing.assert_allclose(
        computed(model(np.pad(short, [(0, 0), (0, 0), (0, 4)]))), computed(model(short)), atol=1e-6
    )


RESCALED = [words(), layer("Rescaling", "joined", "words", scale=2.0, offset=0.0)]
ROWS = [words(name="rows"), distributed("joined", "rows", layer("GRU", "g", units=2))]


def block(source):
    """A model inside that joins its input with what has no mask, and reads on."""
    parts = [layer("Dense", "d", "x", units=4), layer("Conv1D", "c", "x", filters=4, kernel_size=1)]
    found = nested(*parts, layer("Add", "sum", "d", "c"), layer("GRU", "g", "sum", units=2), source=source)
    found["config"]["layers"][0]["config"] |= {"batch_input_shape": [None, None, 4], "dtype": "float32"}
    return found


@pytest.mark.parametrize(
    ("layers", "refused", "twin"),
    [
        ([*RESCALED, RECURRENT], "out", [*RESCALED, MAXIMUM]),
        ([words(), block("words")], "g", [POSITIONS, block("positions")]),
        ([*ROWS, RECURRENT], "out", [*ROWS, MAXIMUM]),
    ],
    ids=["kept-since-keras-3", "joined-and-used-inside", "of-each-sequence"],
)
def test_a_layer_whose_mask_cannot_be_that_of_keras_2_is_refused(layers, refused, twin):
    def load(layers):
        model = old(*layers)
        shape = [None] * (3 if layers[0]["name"] == "rows" else 2)
        model["config"]["layers"][0]["config"]["batch_input_shape"] = shape
        return build_model(convert(model)[0])

    with pytest.raises(ModelFileError, match="mask") as caught:
        load(layers)
    assert caught.value.layer == refused
    load(twin)


def test_a_mask_that_was_an_argument_goes_on():
    shown = layer("TFOpLambda", "shown", function="math.not_equal")
    shown["inbound_nodes"] = [["x", 0, 0, {"y": 0}]]
    first = layer("LSTM", "first", units=4, return_sequences=True)
    first["inbound_nodes"] = [[["positions", 0, 0, {"mask": ["shown", 0, 0]}]]]
    joined = layer("Add", "joined", "first", "positions")
    model = build_model(convert(old(POSITIONS, shown, first, joined, RECURRENT))[0])
    short = np.array([[3, 1, 5]], "int32")
    np.testing.assert_allclose(
        computed(model(np.pad(short, [(0, 0), (0, 4)]))), computed(model(short)), atol=1e-6
    )


def test_operations_lose_a_mask_as_they_did():
    plus = layer("TFOpLambda", "joined", function="math.add")
    plus["inbound_nodes"] = [["words", 0, 0, {"y": ["positions", 0, 0]}]]
    config = convert(old(words(), POSITIONS, plus, RECURRENT))[0]
    assert not any("mask" in item["name"] for item in config["config"]["layers"])


def test_attention_over_padding_goes_without_dropout_and_is_refused_where_it_gives_scores():
    """Where all values are masked Keras 2 gives their mean, Keras 3 with dropout or scores zeros."""
    with_dropout = {**ATTENTION, "config": {**ATTENTION["config"], "dropout": 0.1}}
    config, report = convert(old(words(), with_dropout))
    assert config["config"]["layers"][2]["config"]["dropout"] == 0
    assert any("dropout" in sentence for sentence in report)
    scores = layer("MultiHeadAttention", "attention", num_heads=2, key_dim=3)
    arguments = {"value": ["words", 0, 0], "return_attention_scores": True}
    scores["inbound_nodes"] = [[["words", 0, 0, arguments]]]
    with pytest.raises(ModelFileError, match="return_attention_scores"):
        build_model(convert(old(words(), scores))[0])
    build_model(convert(old({**POSITIONS, "name": "words"}, scores))[0])
