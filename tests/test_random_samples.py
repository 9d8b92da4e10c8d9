"""A look inside without any data: random numbers and words, as the drawing takes them."""

import json

import keras
import numpy as np
import pytest
from conftest import planned, tensorflow_only
from sessionpage import SessionPage

from kerasviz.insight.changes import ways_of
from kerasviz.insight.choosers import choose
from kerasviz.insight.own import Own
from kerasviz.insight.results import result_of
from kerasviz.insight.results.predicting import predict
from kerasviz.insight.samples.samples import samples_of
from kerasviz.kernel.session import Session


def drawing_of(*layers):
    return json.loads(keras.Sequential(layers).to_json())


def input_of(shape, dtype="float32"):
    config = {"name": "in", "batch_shape": [None, *shape], "dtype": dtype}
    layer = {"class_name": "InputLayer", "config": config}
    return {"class_name": "Sequential", "config": {"layers": [layer]}}


def chosen(way, config, own):
    return choose({"class_name": way, "config": config}, lambda: own.samples, lambda: own)


def nested():
    words, row = keras.Input((5,), name="words"), keras.Input((3,), name="row")
    inside = keras.Sequential([keras.Input((5,)), keras.layers.Embedding(7, 2), keras.layers.Flatten()])
    joined = keras.layers.Concatenate()([row, inside(words)])
    return json.loads(keras.Model({"row": row, "words": words}, joined).to_json())


SIZE, TOKENS = (8, 8, 1), 40


@pytest.mark.parametrize(
    ("document", "low", "high", "is_whole"),
    [
        (input_of(SIZE), 0, 1, False),
        (drawing_of(keras.Input(SIZE), keras.layers.Rescaling(1 / 255)), 0, 255, False),
        (drawing_of(keras.Input((13,)), keras.layers.Dense(2)), -9, 9, False),
        (drawing_of(keras.Input((100,)), keras.layers.Embedding(TOKENS, 2)), 0, TOKENS - 1, True),
        (drawing_of(keras.Input((5,), dtype="int32"), keras.layers.Flatten()), 0, 9, True),
        (drawing_of(keras.Input((5,), dtype="bool"), keras.layers.Flatten()), 0, 1, True),
        (nested(), 0, 6, True),
    ],
)
def test_without_data_a_random_sample_suits_the_drawing(document, low, high, is_whole):
    own = Own(document, None)
    first, same, other = (chosen("at_random", {"seed": seed}, own).inputs for seed in (0, 0, 1))
    key = list(first)[-1]
    assert first[key].min() >= low and first[key].max() <= high
    assert (first[key] % 1 == 0).all() == is_whole and first[key].std() > 0
    np.testing.assert_array_equal(first[key], same[key])
    assert (first[key] != other[key]).any()
    np.testing.assert_array_equal(chosen("by_index", {}, own).inputs[key], first[key])


def test_without_data_a_random_text_is_words_and_tokens_are_no_picture():
    ((said,),) = chosen("at_random", {}, Own(input_of((1,), "string"), None)).inputs[0]
    assert len(said.split()) == 4
    tokens = drawing_of(keras.Input((100,)), keras.layers.Embedding(TOKENS, 2))
    own = Own(tokens, None)
    assert [ways_of(each) for each in own.inputs(own.first())] == [["numbers"]]


def test_the_page_is_told_that_a_sample_is_random_and_why_none_is_of_the_data():
    ask = SessionPage(Session(None, "t.keras.json")).ask
    document = drawing_of(keras.Input((4,)), keras.layers.Dense(2, "softmax", name="out"))
    by_seed = {"class_name": "at_random", "config": {"seed": 3}}
    sample = ask("sample", document=document, choice=by_seed)["payload"]
    why = "No data is chosen on the Train tab."
    assert (sample["part"], sample["parts"]) == ("own", {})
    assert sample["why_no_data"]["text"] == why and sample["note"]["args"]["why"] == sample["why_no_data"]
    assert ask("probe", document=document, path=[], nodes=[])["payload"]["views"]["out:0"]
    change = {"0": {"class_name": "numbers", "config": {"values": {"1": 5}}}}
    name = sample["inputs"][0]["name"]
    choice = {"class_name": "changed", "config": {"of": by_seed, "changes": {name: change["0"]}}}
    changed = ask("sample", document=document, choice=choice)["payload"]
    assert (changed["is_changed"], changed["note"], changed["why_no_data"]["text"]) == (True, None, why)
    probed = ask("probe", document=document, path=[], nodes=[])["payload"]
    assert {one["name"] for one in probed["before"]["out:0"]["likely"]} == {"0", "1"}
    assert probed["predictions"] != probed["before"]


@tensorflow_only("it takes text as an input")
def test_an_input_of_a_single_word_is_followed_and_shown_among_the_results(variables):
    words = keras.layers.StringLookup(vocabulary=["red", "fox"], output_mode="one_hot", name="look")
    document = drawing_of(keras.Input((), dtype="string"), words, keras.layers.Dense(1, "sigmoid"))
    ask = SessionPage(Session(None, "t.keras.json")).ask
    drawn = ask("sample", document=document, choice={"class_name": "at_random", "config": {}})["payload"]
    assert drawn["views"][0]["tokens"]
    variables.update(x=np.array(["red", "fox"] * 4, object), y=np.arange(8) % 2)
    data = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    samples = samples_of(planned(document, data=data), variables, None)
    model = keras.models.model_from_json(json.dumps(document))
    model.layers[-1].set_weights([np.float32([[0], [5], [-5]]), np.zeros(1)])  # wrong of each word
    model.compile("sgd", "binary_crossentropy")
    evaluated = predict(samples, "training", model)
    worst = result_of({"class_name": "worst", "config": {}}, evaluated.outputs[0], samples)
    assert {each["text"] for each in worst["samples"]} <= {"red", "fox"} and worst["samples"]
