"""In a model that a wrapper calls, each layer shows what plain Keras computes in one of these calls."""

import json

import keras
import numpy as np
import pytest
from keras import layers

from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.passage.levels import calls_along, level_of
from kerasviz.insight.passage.passage import Passage

RANDOM = np.random.default_rng(0)


@keras.saving.register_keras_serializable("test")
class Twice(layers.Wrapper):
    """Calls its layer twice, and the second time on something else."""

    def call(self, inputs):
        return self.layer(inputs) + self.layer(-inputs)


def reader(shape, *inside):
    """A functional model of some layers, with a model inside it."""
    given = keras.Input(shape)
    found = given
    for layer in inside:
        found = layer(found)
    deep = keras.Sequential([keras.Input(found.shape[1:]), layers.Dense(3, "tanh", name="d")], name="deep")
    return keras.Model(given, deep(found), name="reader")


def film():
    given = keras.Input((None, 6, 6, 1))
    eye = reader((6, 6, 1), layers.Conv2D(2, 3), layers.BatchNormalization(), layers.Flatten())
    seen = layers.TimeDistributed(eye, name="steps")(given)
    frames = RANDOM.random((1, 5, 6, 6, 1)).astype("float32")
    return keras.Model(given, layers.LSTM(2)(seen)), eye, [frames], list(frames.swapaxes(0, 1))


def sentences():
    """Words with zeros at their ends, of which each sentence has a mask of its own."""
    given = keras.Input((3, 4), dtype="int32")
    words = keras.Input((4,), dtype="int32")
    eye = keras.Model(words, layers.LSTM(3)(layers.Embedding(9, 2, mask_zero=True, name="words")(words)))
    text = np.array([[[1, 2, 0, 0], [3, 4, 5, 6], [7, 0, 0, 0]]])
    return (
        keras.Model(given, layers.TimeDistributed(eye, name="steps")(given)),
        eye,
        [text],
        list(text[:, :3].swapaxes(0, 1)),
    )


def wrapper_in_wrapper():
    given = keras.Input((2, 3, 4))
    eye = reader((4,), layers.Dense(5))
    found = layers.TimeDistributed(layers.TimeDistributed(eye), name="steps")(given)
    values = RANDOM.random((1, 2, 3, 4)).astype("float32")
    return keras.Model(given, found), eye, [values], list(values.reshape(6, 1, 4))


def of_a_user():
    given = keras.Input((4,))
    eye = reader((4,), layers.Dense(5))
    values = RANDOM.random((1, 4)).astype("float32")
    return keras.Model(given, Twice(eye, name="steps")(given)), eye, [values], [values, -values]


def numbers(tensor):
    return keras.ops.convert_to_numpy(tensor)


def numbers_of(level, name):
    return numbers(level[f"{name}:0"].outputs[0])


@pytest.mark.parametrize("is_trained", [True, False])
@pytest.mark.parametrize(
    "make", [film, sentences, wrapper_in_wrapper, of_a_user], ids=lambda make: make.__name__
)
def test_each_call_of_the_model_inside_gives_what_keras_computes(make, is_trained):
    model, eye, inputs, steps = make()
    document = json.loads(model.to_json())
    passage = Passage(LayerSource(document, model) if is_trained else LayerSource())
    whole = passage.run(document, inputs)
    assert not any("/" in name for name in whole)  # nobody looks into it
    if not is_trained:
        eye = whole["steps:0"].operation.layer
        eye = getattr(eye, "layer", eye)
    for at, given in enumerate(steps):
        found = passage.run(document, inputs, looked=[f"steps:0@{at}"])
        level = level_of(found, [f"steps:0@{at}"])
        assert [len(found[call].steps) for call in calls_along(found, ["steps"])] == [len(steps)]
        assert {name.partition(":")[0] for name in level} == {each.name for each in eye.operations}
        for layer in eye.layers:
            expected = numbers(keras.Model(eye.inputs, layer.output)(given, training=False))
            np.testing.assert_allclose(last := numbers_of(level, layer.name), expected, rtol=1e-5, atol=1e-6)
    after = passage.run(document, inputs, looked=["steps:0@99"])  # the last one, of fewer
    np.testing.assert_array_equal(numbers_of(level_of(after, ["steps"]), layer.name), last)
    assert passage.source.weights == ("trained" if is_trained else "fresh")


def test_models_inside_the_model_inside_are_gone_through_at_that_step():
    model, eye, inputs, steps = film()
    document = json.loads(model.to_json())
    path = ["steps:0@3", "deep"]
    found = Passage(LayerSource(document, model)).run(document, inputs, looked=path)
    [name] = [name for name in level_of(found, path) if name.startswith("d:")]
    expected = numbers(eye(steps[3], training=False))
    np.testing.assert_allclose(numbers(level_of(found, path)[name].outputs[0]), expected, rtol=1e-5)
    assert [len(found[call].steps) for call in calls_along(found, path)] == [5, 0]


def test_a_masked_step_is_masked_inside():
    given, frames = keras.Input((None, 3, 2)), keras.Input((3, 2))
    eye = keras.Model(frames, layers.LSTM(4, name="in")(frames))
    masked = layers.Masking(name="mask")(given)
    model = keras.Model(given, layers.TimeDistributed(eye, name="steps")(masked))
    document = json.loads(model.to_json())
    values = RANDOM.random((1, 3, 3, 2)).astype("float32")
    values[:, 1:] = 0
    for at in range(2):
        passage = Passage(LayerSource(document, model))
        found = passage.run(document, [values], looked=[f"steps:0@{at}"])
        whole = numbers_of(found, "steps")
        np.testing.assert_allclose(numbers_of(level_of(found, ["steps"]), "in"), whole[:, at], rtol=1e-5)


def test_what_the_model_inside_refuses_is_said_there():
    given = keras.Input((2, 4))
    words = keras.Input((4,))
    eye = keras.Model(words, layers.Dense(2, name="last")(layers.Dense(3, name="first")(words)))
    model = keras.Model(given, layers.TimeDistributed(eye, name="steps")(given))
    document = json.loads(model.to_json())
    passage = Passage(LayerSource(document, model))
    eye.get_layer("last").call = lambda inputs: 1 / 0
    found = passage.run(document, [np.ones((1, 2, 4))], looked=["steps"])
    assert found["steps:0"].error and level_of(found, ["steps"])["first:0"].outputs
    assert level_of(found, ["steps"])["last:0"].error["layer"] == "last"
