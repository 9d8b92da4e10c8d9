"""Words of a sample at an Input, and along the positions of attention, whose scores are those of Keras."""

import base64
import json

import keras
import numpy as np
import pytest
from conftest import planned

from kerasviz.insight.looking import Looking
from kerasviz.insight.samples.samples import samples_of
from kerasviz.models.keeper import Keeper

ARRAYS = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
TEXTS = np.array(["a good film", "a bad film", "good music 🎵", ""] * 5, dtype=object)
STEPS = [{"class_name": "TextVectorization", "config": {"output_sequence_length": 6}}]


@pytest.fixture(scope="module")
def probed():
    """A transformer that reads what the preparation has looked up, and its answer for the first text."""
    words = keras.Input((6,), dtype="int32", name="words")
    embedded = keras.layers.Embedding(20, 4, name="embedded", embeddings_initializer="glorot_uniform")(words)
    attention = keras.layers.MultiHeadAttention(3, 2, name="attention")
    out = keras.layers.Dense(1, name="out")(keras.layers.Flatten()(attention(embedded, embedded)))
    model = keras.Model(words, out)
    document = planned(json.loads(model.to_json()), data=ARRAYS, preparation=STEPS)
    samples = samples_of(document, {"x": TEXTS, "y": np.zeros(20)}, None)
    looking, keeper = Looking(), Keeper()
    keeper.adopt(model, document)
    taken = samples.take("training", 0)
    looking.choose(taken, samples)
    ask = looking.probe_layer(document, keeper, [], "attention:0", 0, False)
    return model, taken, looking.probe(document, keeper, [], [], False), ask


def test_an_input_shows_the_words_that_the_preparation_has_looked_up(probed):
    _, _, probe, _ = probed
    assert probe["views"]["words:0"][0]["tokens"] == ["a", "good", "film", "", "", ""]


def test_attention_is_that_of_keras_by_head_with_the_words_of_its_positions(probed):
    model, taken, probe, large = probed
    embedded = model.get_layer("embedded")(taken.inputs[0])
    _, scores = model.get_layer("attention")(embedded, embedded, return_attention_scores=True)
    shown = next(view for view in large["views"] if view["view"]["of"] == "attention")
    numbers = np.frombuffer(base64.b64decode(shown["numbers"]), "<f4").reshape(3, 6, 6)
    np.testing.assert_allclose(numbers, keras.ops.convert_to_numpy(scores)[0], rtol=1e-5, atol=1e-6)
    said = ["a", "good", "film", "", "", ""]
    assert shown["view"]["query_tokens"] == said  # it looks at itself
    assert shown["view"]["tokens"] == said and probe["views"]["attention:0"][1]["tokens"] == said
