"""What comes out of each layer for a sample is what plain Keras computes there."""

import copy
import json
import time

import keras
import numpy as np
import pytest
from keras import layers

from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.passage.pace import Pace
from kerasviz.insight.passage.passage import Passage

RANDOM = np.random.default_rng(0)


def convolutional():
    return keras.Sequential(
        [
            keras.Input((12, 12, 1)),
            layers.Conv2D(4, 3, activation="relu"),
            layers.MaxPooling2D(2),
            layers.BatchNormalization(),
            layers.Dropout(0.5),
            layers.Flatten(),
            layers.Dense(3, "softmax"),
        ]
    ), [RANDOM.random((1, 12, 12, 1))]


def masked():
    words = keras.Input((None,), dtype="int32")
    vectors = layers.Embedding(50, 8, mask_zero=True)(words)
    both = layers.Bidirectional(layers.LSTM(5, return_sequences=True))(vectors)
    return keras.Model(words, layers.Dense(2)(layers.GRU(4)(both))), [np.array([[3, 4, 5, 0, 0]])]


def shared():
    tower = keras.Sequential([keras.Input((8,)), layers.Dense(4, "relu"), layers.Dense(3)], name="tower")
    left, right = keras.Input((8,), name="left"), keras.Input((8,), name="right")
    joined = layers.Concatenate()([tower(left), tower(right)])
    return keras.Model([left, right], [layers.Dense(1)(joined * 2 + 1), joined]), [
        RANDOM.random((1, 8)),
        RANDOM.random((1, 8)),
    ]


def masked_inside():
    words = keras.Input((None,), dtype="int32")
    reader = keras.Sequential([keras.Input((None, 8)), layers.LSTM(4)])
    return keras.Model(words, reader(layers.Embedding(50, 8, mask_zero=True)(words))), [
        np.array([[3, 4, 0, 0]])
    ]


def attending():
    words = keras.Input((6, 16))
    seen = layers.MultiHeadAttention(2, 8)(words, words)
    return keras.Model(words, layers.LayerNormalization()(seen + words)), [RANDOM.random((1, 6, 16))]


def of_operations():
    image = keras.Input((4, 4, 3))
    flat = keras.ops.reshape(image, (-1, 48))
    first, second = keras.ops.split(flat, 2, axis=1)
    return keras.Model(image, [keras.ops.exp(first), second[:, 1:5]]), [RANDOM.random((1, 4, 4, 3))]


def by_name():
    inputs = {"wide": keras.Input((3,), name="wide"), "deep": keras.Input((1,), name="deep")}
    outputs = {"price": layers.Dense(1)(layers.Concatenate()([inputs["wide"], inputs["deep"]]))}
    return keras.Model(inputs, outputs), [RANDOM.random((1, 3)), RANDOM.random((1, 1))]


def wrapped():
    film = keras.Input((5, 8, 8, 1))
    frame = keras.Sequential([keras.Input((8, 8, 1)), layers.Flatten(), layers.Dense(2)])
    return keras.Model(film, layers.LSTM(3)(layers.TimeDistributed(frame)(film))), [
        RANDOM.random((1, 5, 8, 8, 1))
    ]


MODELS = [convolutional, masked, shared, masked_inside, attending, of_operations, by_name, wrapped]


def numbers(tensor):
    return keras.ops.convert_to_numpy(tensor)


def plain(model, inputs):
    """What each call gives, as models that end there have it."""
    graph = keras.Model(model.inputs, model.outputs)
    given = dict(zip([tensor.name for tensor in _inputs(model)], inputs, strict=True))
    expected = {}
    for nodes in graph._nodes_by_depth.values():
        for node in nodes:
            calls = expected.setdefault(node.operation.name, [])
            until = keras.Model(_inputs(model), node.output_tensors)
            found = until([given[tensor.name] for tensor in _inputs(model)], training=False)
            calls.append((node.operation._inbound_nodes.index(node), keras.tree.flatten(found)))
    return expected


def _inputs(model):
    is_named = not isinstance(model, keras.Sequential) and isinstance(model.input, dict)
    return list(model.input.values()) if is_named else model.inputs


@pytest.mark.parametrize("make", MODELS, ids=lambda make: make.__name__)
def test_each_call_gives_what_keras_computes(make):
    model, inputs = make()
    document = json.loads(model.to_json())
    passage = Passage(LayerSource(document, model))
    found = passage.run(document, inputs)
    expected = plain(model, inputs)
    assert {name.rsplit(":", 1)[0] for name in found if "/" not in name} == expected.keys()
    for layer, calls in expected.items():
        # a config numbers the calls that belong to the model, a layer all calls that it ever had
        for at, (_, outputs) in enumerate(sorted(calls, key=lambda call: call[0])):
            passed = found[f"{layer}:{at}"]
            assert passed.error is None
            for ours, theirs in zip(passed.outputs, outputs, strict=True):
                np.testing.assert_allclose(numbers(ours), numbers(theirs), rtol=1e-5, atol=1e-6)
    assert passage.source.weights == ("trained" if model.weights else "fresh")


def test_an_edit_computes_what_is_behind_it_and_nothing_else():
    model, inputs = convolutional()
    document = json.loads(model.to_json())
    passage = Passage(LayerSource(document, model))
    first = passage.run(document, inputs)
    edited = json.loads(model.to_json())
    edited["config"]["layers"][-1]["config"]["activation"] = "sigmoid"
    second = passage.run(edited, inputs)
    same = [name for name in first if first[name] is second[name]]
    assert same == list(first)[:-1]
    dense = model.layers[-1]
    flat = first[list(first)[-2]].outputs[0]
    expected = keras.ops.sigmoid(keras.ops.matmul(flat, dense.kernel) + dense.bias)
    np.testing.assert_allclose(numbers(second[list(first)[-1]].outputs[0]), numbers(expected), rtol=1e-5)


def test_what_cant_be_called_is_said_and_what_comes_before_it_is_shown():
    model, inputs = convolutional()
    document = json.loads(model.to_json())
    source = LayerSource(copy.deepcopy(document), model)
    document["config"]["layers"][1]["config"]["kernel_size"] = [30, 30]
    found = Passage(source).run(document, inputs)
    names = list(found)
    assert len(names) == 2 and found[names[0]].outputs
    assert found[names[1]].error["layer"] == names[1].split(":")[0]


def test_nothing_of_the_model_changes():
    sentence = keras.Input(batch_shape=(1, 5, 3))
    model = keras.Model(
        sentence, layers.LSTM(4, stateful=True, activity_regularizer="l2", recurrent_dropout=0.5)(sentence)
    )
    before = [np.array(numbers(variable)) for variable in model.variables + model.layers[-1].states]
    document = json.loads(model.to_json())
    Passage(LayerSource(document, model)).run(document, [RANDOM.random((1, 5, 3)).astype("float32")])
    after = model.variables + model.layers[-1].states
    assert all(np.array_equal(one, numbers(other)) for one, other in zip(before, after, strict=True))
    assert model.losses == []


def test_new_layers_have_the_same_numbers_each_time_and_draw_none_of_the_users():
    model, inputs = convolutional()
    document = json.loads(model.to_json())
    keras.utils.set_random_seed(1)
    expected = keras.random.normal((2,))
    keras.utils.set_random_seed(1)
    one, other = (Passage(LayerSource()).run(document, inputs) for _ in range(2))
    last = list(one)[-1]
    np.testing.assert_array_equal(numbers(one[last].outputs[0]), numbers(other[last].outputs[0]))
    assert np.array_equal(numbers(keras.random.normal((2,))), numbers(expected))


def test_what_is_looked_at_comes_first_also_in_a_model_inside():
    model, inputs = shared()
    document = json.loads(model.to_json())
    over = time.perf_counter() - 1
    passage = Passage(LayerSource())

    def passed(nodes, path=()):
        pace = Pace(nodes, until=over)
        return set(passage.run(document, inputs, looked=path, pace=pace)), pace.is_whole

    assert passed({"left:0"}) == ({"left:0"}, False)
    first = f"{model.get_layer('tower').layers[0].name}:0"
    found, is_whole = passed({first}, ["tower:1"])
    inside = {name.split("/")[1] for name in found if name.startswith("tower:1/")}
    assert not is_whole and len(inside) == 2 and first in inside
    assert not any(name.startswith("tower:0") for name in found)
    whole = passage.run(document, inputs)
    assert passed(set(whole)) == (set(whole), True)


def test_nothing_is_computed_twice_where_a_passage_was_left_or_ended():
    model, inputs = convolutional()
    document = json.loads(model.to_json())
    names = [f"{layer.name}:0" for layer in model.layers]
    passage = Passage(LayerSource())
    whole = passage.run(document, inputs)
    passage.run(document, inputs, pace=Pace(names[:1], until=time.perf_counter() - 1))
    left = iter(range(3))
    with pytest.raises(StopIteration):
        passage.run(document, inputs, pace=Pace(go_on=lambda: next(left)))
    again = passage.run(document, inputs)
    assert all(again[name] is each for name, each in whole.items())
