"""All of a layer's output with its numbers, in models inside too; what is predicted; attention."""

import base64
import json

import keras
import numpy as np
import pytest
from conftest import planned
from keras import layers, ops

from kerasviz.insight.looking import Looking
from kerasviz.insight.outputs.predictions import Goal, predictions
from kerasviz.insight.outputs.showing import MOST_LARGE, MOST_VALUES, large_views, views_of
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.passage.passage import Passage
from kerasviz.insight.samples.samples import Taken, samples_of
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError


def passed(model, x):
    document = json.loads(model.to_json())
    return document, Passage(LayerSource(document, model)).run(document, [x])


def numbers_of(large):
    view = large["view"]
    found = np.frombuffer(base64.b64decode(large["numbers"]), "<f4")
    return found.reshape(view["count"], view["height"], view["width"], view["colours"])


def test_all_channels_come_with_their_numbers_and_statistics():
    x = np.random.default_rng(0).normal(size=(1, 10, 8, 2)).astype("float32")
    model = keras.Sequential([keras.Input((10, 8, 2)), conv := layers.Conv2D(40, 3, activation="relu")])
    _, found = passed(model, x)
    [large], sentence = large_views(found[f"{conv.name}:0"], 0, is_picture=False)
    expected = ops.convert_to_numpy(model(x))[0]
    np.testing.assert_allclose(numbers_of(large)[..., 0], np.moveaxis(expected, -1, 0), rtol=1e-5)
    assert (large["view"]["count"], large["step"], len(large["channels"])) == (40, 1, 40)
    assert large["channels"][7]["maximum"] == pytest.approx(expected[..., 7].max(), rel=1e-5)
    assert sentence.startswith(f"Channel {expected.max((0, 1)).argmax()} has the largest output")


def test_what_is_large_is_bounded():
    for shape in ((200, 200, 300), (100_000,), (5_000, 3), (3_000, 700)):
        array = np.ones((1, *shape), "float32")
        found = passed(keras.Sequential([keras.Input(shape), layers.Identity(name="same")]), array)[1]
        [large], _ = large_views(found["same:0"], 0, is_picture=False)
        assert large["view"]["count"] <= MOST_LARGE and numbers_of(large).size <= MOST_VALUES
        assert large["step"] > 1


def test_attention_is_a_further_view_and_the_output_stays_as_keras_has_it():
    x = np.random.default_rng(1).normal(size=(1, 6, 8)).astype("float32")
    words = keras.Input((6, 8))
    heads = layers.MultiHeadAttention(2, 4, name="heads")
    model = keras.Model(words, layers.Attention(name="plain")([heads(words, words), words]))
    _, found = passed(model, x)
    output, scores = map(ops.convert_to_numpy, heads(x, x, return_attention_scores=True))
    came = ops.convert_to_numpy(found["heads:0"].outputs[0])
    np.testing.assert_allclose(came, output, atol=1e-6)
    (_, attention), _ = large_views(found["heads:0"], 0, is_picture=False)
    assert (attention["view"]["of"], attention["view"]["shape"]) == ("attention", [2, 6, 6])
    np.testing.assert_allclose(numbers_of(attention)[..., 0], scores[0], atol=1e-6)
    assert [view["of"] for view in views_of(found["plain:0"], is_picture=False)] == ["output", "attention"]
    assert views_of(found["plain:0"], is_picture=False)[1]["kind"] == "matrix"


def test_words_stand_for_the_numbers_of_a_vocabulary():
    look_up = layers.IntegerLookup(vocabulary=[30, 40], name="look_up")
    model = keras.Sequential([keras.Input((3,), dtype="int64"), look_up, layers.Embedding(4, 2)])
    found = passed(model, np.array([[40, 7, 30]]))[1]
    assert views_of(found["look_up:0"], is_picture=False)[0]["tokens"] == ["40", "-1", "30"]
    [large], _ = large_views(found["look_up:0"], 0, is_picture=False)
    assert large["view"]["kind"] == "tokens"


@pytest.mark.parametrize(
    ("output", "goal", "first", "is_right"),
    [
        (layers.Softmax(), Goal("2", ()), "2", True),
        (layers.Softmax(), Goal("cat", ("cat", "dog", "owl")), "owl", False),
        (layers.Softmax(), Goal(None, ("cat", "dog", "owl")), "owl", None),
        (layers.Dense(1, "sigmoid", kernel_initializer="ones"), Goal("yes", ("no", "yes")), "yes", True),
        (layers.Softmax(), Goal("0.75"), None, None),
        (layers.Dense(3, kernel_initializer="identity"), Goal("2"), None, None),
    ],
)
def test_a_prediction_is_named(output, goal, first, is_right):
    document, found = passed(keras.Sequential([keras.Input((3,)), output]), np.float32([[0, 1, 2]]))
    told = predictions(document, found, goal)
    if first is None:
        assert told == {}
    else:
        ((node, prediction),) = told.items()
        assert (node, prediction["likely"][0]["name"]) == (f"{output.name}:0", first)
        assert prediction["is_right"] is is_right
        shares = [likely["probability"] for likely in prediction["likely"]]
        assert shares == sorted(shares, reverse=True) and sum(shares) == pytest.approx(1, rel=1e-5)


@pytest.mark.parametrize("by_name", [True, False])
def test_each_of_several_outputs_is_named_with_what_it_predicts(by_name):
    point = keras.Input((2,), name="point")
    kind = layers.Dense(3, "softmax", kernel_initializer="ones", name="kind")(point)
    size = layers.Dense(1, kernel_initializer="ones", name="size")(point)
    model = keras.Model(point, {"which": kind, "how": size} if by_name else [kind, size])
    document = json.loads(model.to_json())
    document["kerasviz"] = {
        "version": 1,
        "training": {"data": {"class_name": "arrays", "config": {"x": "x", "y": "y"}}},
    }
    x = np.float32([[1, 2], [3, 4], [5, 6]])
    kinds, sizes = np.array([0, 1, 2]), np.float32([3.5, 7.25, 11])
    y = {"which": kinds, "how": sizes} if by_name else [kinds, sizes]
    samples = samples_of(document, {"x": x, "y": y}, None)
    keeper, looking = Keeper(), Looking()
    taken = samples.take("training", 1)
    looking.choose(taken, samples)
    told = looking.probe(document, keeper, [], [], False)["predictions"]
    assert list(told) == ["kind:0", "size:0"]
    first, second = told.values()
    assert [first["output"], second["output"]] == (["which", "how"] if by_name else ["kind", "size"])
    assert (first["likely"][0]["name"], first["target"], first["is_right"]) == ("0", "1", False)
    (number,) = second["numbers"]
    assert (number["value"], number["target"], number["name"]) == (7.0, 7.25, second["output"])
    changed = Taken(taken.inputs, original=taken)
    looking.choose(changed, samples)
    told = looking.probe(document, keeper, [], [], False)["predictions"]
    assert [each["is_right"] for each in told.values()] == [None, None]
    assert told["size:0"]["numbers"][0]["target"] is None


def test_a_model_inside_is_looked_into_by_each_of_its_calls():
    tower = keras.Sequential([keras.Input((4,)), inner := layers.Dense(2, name="inner")], name="tower")
    left, right = keras.Input((4,)), keras.Input((4,))
    model = keras.Model([left, right], layers.Add()([tower(left), tower(right)]))
    document, keeper, looking = planned(json.loads(model.to_json())), Keeper(), Looking()
    inputs = {0: np.ones((1, 4), "float32"), 1: np.zeros((1, 4), "float32")}
    looking.choose(Taken(inputs), None)
    calls = ["tower:0", "tower:1"]
    shown = [
        looking.probe_layer(document, keeper, [call], f"{inner.name}:0", 0, False)["views"][0]["view"][
            "facts"
        ]
        for call in calls
    ]
    assert shown[0]["maximum"] != 0 and shown[1]["maximum"] == 0
    with pytest.raises(RequestError, match="has no output yet"):
        looking.probe_layer(document, keeper, calls[:1], "nobody:0", 0, False)
