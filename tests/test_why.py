"""What of a sample counts for an answer is what plain Keras and its backend compute."""

import base64
import json

import keras
import numpy as np
import pytest
from conftest import computed
from hypothesis import given, settings
from hypothesis import strategies as st
from keras import layers

from kerasviz.insight.outputs.predictions import Goal
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.samples.samples import samples_of
from kerasviz.insight.why.reasons import Asked, Reasons
from kerasviz.protocol import RequestError

RANDOM = np.random.default_rng(0)
BACKEND = keras.backend.backend()
IMAGE = RANDOM.random((1, 12, 12, 1)).astype("float32")


@pytest.fixture(scope="module")
def convolutional():
    """A small classifier of pictures, trained a little, and the model up to its scores."""
    scores = keras.Sequential(
        [
            keras.Input((12, 12, 1), name="image"),
            layers.Conv2D(4, 3, activation="relu", name="conv"),
            layers.BatchNormalization(),
            layers.MaxPooling2D(2, name="pool"),
            layers.Dropout(0.5),
            layers.Flatten(),
            layers.Dense(3, name="answer"),
        ]
    )
    model = keras.Sequential([*scores.layers[:-1], layers.Dense(3, "softmax", name="answer")])
    model.build((None, 12, 12, 1))
    model.compile("adam", "sparse_categorical_crossentropy")
    x, y = RANDOM.random((64, 12, 12, 1)), RANDOM.integers(3, size=64)
    model.fit(x + y[:, None, None, None] / 3, y, epochs=3, verbose=0)
    scores.set_weights(model.get_weights())
    return model, scores


def ask(model, inputs, method=None, /, *, output=0, target=None, document=None, samples=None, **config):
    document = document or json.loads(model.to_json())
    chosen = None if method is None else {"class_name": method, "config": config}
    asked = Asked(chosen, output, target)
    return Reasons(document, inputs, LayerSource(document, model), Goal(), samples, asked).why()


def weights_of(part):
    weights = np.frombuffer(base64.b64decode(part["numbers"]), "<f4").reshape(part["height"], part["width"])
    return weights if part["kind"] in ("picture", "series") else weights[0]


def slope(function, value):
    """The gradient as the backend has it."""
    value = keras.ops.convert_to_tensor(value)
    if BACKEND == "jax":
        import jax

        return np.asarray(jax.grad(lambda x: function(x).sum())(value))
    if BACKEND == "torch":
        import torch

        value = value.detach().requires_grad_()
        return torch.autograd.grad(function(value).sum(), value)[0].numpy()
    import tensorflow as tf

    with tf.GradientTape() as tape:
        tape.watch(value)
        found = function(value)
    return tape.gradient(found, value).numpy()


@pytest.mark.parametrize("target", [None, 0, 2])
def test_saliency_is_the_gradient_of_the_score(convolutional, target):
    model, scores = convolutional
    why = ask(model, [IMAGE], "saliency", target=target)
    probabilities = model.predict(IMAGE, verbose=0)[0]
    chosen = int(probabilities.argmax()) if target is None else target
    assert (why["target"], why["says"], why["answers"]) == (chosen, probabilities.argmax(), ["0", "1", "2"])
    assert why["probability"] == pytest.approx(probabilities[chosen], rel=1e-5)
    assert why["value"] == pytest.approx(float(computed(scores(IMAGE))[0, chosen]), rel=1e-5)
    expected = np.abs(slope(lambda x: scores(x, training=False)[:, chosen], IMAGE))[0, :, :, 0]
    np.testing.assert_allclose(weights_of(why["parts"][0]), expected, rtol=1e-4, atol=1e-7)
    assert (why["is_score"], why["is_signed"], why["weights"]) == (True, False, "trained")


@pytest.mark.parametrize("layer", ["conv:0", "pool:0"])
def test_grad_cam_weighs_channels_by_their_gradients(convolutional, layer):
    model, scores = convolutional
    why = ask(model, [IMAGE], "grad_cam", target=1, layer=layer)
    until = keras.Model(scores.inputs, scores.get_layer(layer[:-2]).output)
    behind = keras.Model(until.outputs, scores.outputs)
    maps = until(IMAGE, training=False)
    alphas = slope(lambda maps: behind(maps, training=False)[:, 1], maps).mean(axis=(0, 1, 2))
    coarse = np.maximum((computed(maps)[0] * alphas).sum(axis=-1), 0)
    expected = computed(keras.ops.image.resize(coarse[..., None], (12, 12)))[..., 0]
    np.testing.assert_allclose(weights_of(why["parts"][0]), expected, rtol=1e-4, atol=1e-6)
    choices = next(each for each in why["methods"] if each["class_name"] == "grad_cam")
    assert choices["schema"]["properties"]["layer"]["enum"][0] == "conv:0"


@pytest.mark.parametrize(("window", "stride"), [(5, 3), (1, 4)])
def test_occlusion_covers_a_window_at_each_place(convolutional, window, stride):
    model, _ = convolutional
    why = ask(model, [IMAGE], "occlusion", window=window, stride=stride, target=0)
    before, sums, counts = model.predict(IMAGE, verbose=0)[0, 0], np.zeros((12, 12)), np.zeros((12, 12))
    starts = sorted({*range(0, 12 - window, stride), 12 - window})
    for row in starts:
        for column in starts:
            box = slice(row, row + window), slice(column, column + window)
            covered = IMAGE.copy()
            covered[0][box] = IMAGE.mean()
            sums[box] += before - computed(model(covered, training=False))[0, 0]
            counts[box] += 1
    np.testing.assert_allclose(weights_of(why["parts"][0]), sums / np.maximum(counts, 1), atol=1e-5)
    assert (why["is_score"], why["is_signed"], why["value"]) == (False, True, pytest.approx(before))


def test_integrated_gradients_are_the_mean_gradient_times_the_way(convolutional):
    model, _ = convolutional
    why = ask(model, [IMAGE], "integrated_gradients", steps=40, target=2)
    shares = ((np.arange(40) + 0.5) / 40).astype("float32").reshape(-1, 1, 1, 1)
    slopes = slope(lambda x: model(x, training=False)[:, 2], shares * IMAGE)
    expected = (IMAGE[0] * slopes.mean(axis=0))[..., 0]
    np.testing.assert_allclose(weights_of(why["parts"][0]), expected, rtol=1e-3, atol=1e-6)


@given(st.integers(0, 2), st.integers(0, 2**16))
@settings(max_examples=5)
def test_integrated_gradients_add_up_to_the_difference_of_the_answers(convolutional, target, seed):
    model, _ = convolutional
    image = np.random.default_rng(seed).random((1, 12, 12, 1)).astype("float32")
    why = ask(model, [image], "integrated_gradients", steps=100, target=target)
    both = computed(model(np.concatenate([image, np.zeros_like(image)]), training=False))[:, target]
    assert weights_of(why["parts"][0]).sum() == pytest.approx(both[0] - both[1], abs=0.02)
    assert why["notes"][0].startswith("The attributions add up to")


@pytest.fixture(scope="module")
def reader():
    """Classifies short texts with a mask, a recurrent layer and one sigmoid; without text, by its words."""
    if BACKEND == "tensorflow":
        lookup = layers.TextVectorization(vocabulary=["good", "bad", "film", "a"], output_sequence_length=6)
        texts = keras.Input((), dtype="string", name="text")
        vectors = layers.Embedding(6, 4, mask_zero=True, name="vectors")(lookup(texts))
    else:
        texts = keras.Input((6,), dtype="int32", name="text")
        vectors = layers.Embedding(6, 4, mask_zero=True, name="vectors")(texts)
    return keras.Model(texts, layers.Dense(1, "sigmoid", name="likes")(layers.GRU(3)(vectors)))


def behind_the_words(reader, vectors, target):
    """The score of a text by the vectors of its words."""
    gru, dense = reader.layers[-2], reader.layers[-1]
    mask = keras.ops.convert_to_tensor([[True, True, True, False, False, False]])
    score = (keras.ops.matmul(gru(vectors, mask=mask), dense.kernel) + dense.bias)[:, 0]
    return score if target == 1 else -score


WORDS = np.array([[5, 2, 4, 0, 0, 0]])
TEXT = np.array([["a good film"]], dtype=object) if BACKEND == "tensorflow" else WORDS


@pytest.mark.parametrize("target", [0, 1])
def test_token_weights_are_gradients_times_the_vectors_of_words(reader, target):
    why = ask(reader, [TEXT], target=target)
    assert why["method"]["class_name"] == "token_weights"
    (part,) = why["parts"]
    assert part["names"] == (["a", "good", "film", "", "", ""] if TEXT is not WORDS else [*"524000"])
    vectors = reader.get_layer("vectors")(WORDS)
    slopes = slope(lambda e: behind_the_words(reader, e, target), vectors)
    np.testing.assert_allclose(
        weights_of(part), (slopes * computed(vectors))[0].sum(-1), rtol=1e-4, atol=1e-7
    )
    assert weights_of(part)[3:].tolist() == [0, 0, 0]  # what is masked counts for nothing
    sizes = weights_of(ask(reader, [TEXT], "saliency", target=target)["parts"][0])
    np.testing.assert_allclose(sizes, np.linalg.norm(slopes[0], axis=-1), rtol=1e-4, atol=1e-7)


def test_words_are_covered_one_by_one(reader):
    why = ask(reader, [TEXT], "occlusion", target=1)
    vectors = np.array(computed(reader.get_layer("vectors")(WORDS)))
    before = float(keras.ops.sigmoid(behind_the_words(reader, vectors, 1))[0])
    vectors[0, 1] = 0
    after = float(keras.ops.sigmoid(behind_the_words(reader, vectors, 1))[0])
    assert weights_of(why["parts"][0])[1] == pytest.approx(before - after, abs=1e-5)


def table(x, y, **further):
    document = {"kerasviz": {"training": {"data": {"class_name": "arrays", "config": {"x": "x", "y": "y"}}}}}
    return samples_of({**document, **further}, {"x": x, "y": y}, None)


def test_a_model_inside_that_is_the_output_and_words_that_are_looked_up_before(reader):
    vectors, gru, dense = reader.layers[-3:]
    numbers = keras.Input((6,), dtype="int64")
    inside = keras.Model(numbers, dense(gru(vectors(numbers))), name="inside")
    again = keras.Input((6,), name="numbers")  # whole numbers as floats, as Keras' IMDB example has them
    model = keras.Model(again, inside(again))
    why = ask(model, [np.float32([[5, 2, 4, 0, 0, 0]])], target=1)
    expected = weights_of(ask(reader, [TEXT], target=1)["parts"][0])
    np.testing.assert_allclose(weights_of(why["parts"][0]), expected, rtol=1e-4, atol=1e-7)
    assert why["parts"][0]["names"][:3] == ["5", "2", "4"]
    assert why["outputs"] == ["inside:0"]


def test_an_input_that_goes_to_several_layers_is_told_by_each():
    words = keras.Input((3,), dtype="int32", name="words")
    left, right = (layers.Embedding(9, 4, name=name)(words) for name in ("left", "right"))
    joined = layers.GlobalAveragePooling1D()(layers.Add()([left, right]))
    model = keras.Model(words, layers.Dense(1, name="score")(joined))
    parts = ask(model, [np.array([[1, 2, 3]])])["parts"]
    assert sorted(part["name"] for part in parts) == ["words · left", "words · right"]


@pytest.mark.skipif(BACKEND != "tensorflow", reason="Keras takes text as an input on TensorFlow alone")
def test_classes_are_columns_however_they_come_in():
    kind = keras.Input((1,), name="kind", dtype="string")
    sort = keras.Input((3,), name="sort", dtype="int64")
    age = keras.Input((1,), name="age")
    one_hot = layers.StringLookup(vocabulary=["flat", "villa"], output_mode="one_hot")(kind)
    joined = layers.Concatenate()([one_hot, layers.Rescaling(1.0)(sort), age])
    model = keras.Model([kind, sort, age], layers.Dense(1, name="price")(joined))
    inputs = [np.array([["villa"]], dtype=object), np.array([[0, 1, 0]]), np.float32([[3]])]
    (part,) = ask(model, inputs, "integrated_gradients")["parts"]
    kernel = model.layers[-1].get_weights()[0][:, 0]  # of a straight line each is its weight times its value
    np.testing.assert_allclose(weights_of(part), [kernel[2], 0, kernel[4], 0, 3 * kernel[6]], atol=1e-5)
    assert part["names"] == ["kind", "sort[0]", "sort[1]", "sort[2]", "age"]


def test_half_precision_loses_no_gradient():
    policy = keras.dtype_policies.get("mixed_float16")
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1)),
            layers.Conv2D(4, 3, dtype=policy),
            layers.GlobalAveragePooling2D(dtype=policy),
            layers.Dense(3, "softmax", dtype="float32"),
        ]
    )
    # Without signs nothing cancels out, which would leave only what half precision rounds away.
    model.set_weights([np.abs(weights) for weights in model.get_weights()])
    image = RANDOM.random((1, 8, 8, 1)).astype("float32")
    (part,) = ask(model, [image], "saliency", target=1)["parts"]
    kernels, _, dense, _ = model.get_weights()
    centre = np.abs((kernels.sum(axis=(0, 1, 2)) * dense[:, 1]).sum()) / 36
    assert weights_of(part)[3, 3] == pytest.approx(centre, rel=0.01)


def test_permutation_is_what_evaluate_loses_with_a_shuffled_column():
    x = RANDOM.random((40, 3)).astype("float32")
    y = (2 * x[:, 0] - x[:, 2]).astype("float32")
    model = keras.Sequential([keras.Input((3,), name="row"), layers.Dense(1, name="price")])
    model.compile("sgd", "mse", metrics=["mae"])
    model.layers[-1].set_weights([np.float32([[2], [0], [-1]]), np.float32([0.5])])
    document = {**json.loads(model.to_json())}
    samples = table(x, y, config=document["config"], class_name="Sequential")
    why = ask(
        model, [x[:1]], "permutation", document=document, samples=samples, metric="mae", repeats=2, seed=3
    )
    held = slice(32, 40)  # fit validates with the last fifth
    before = model.evaluate(x[held], y[held], verbose=0, return_dict=True)["mae"]
    random, expected = np.random.default_rng(3), []
    for column in range(3):
        worse = []
        for _ in range(2):
            shuffled = x[held].copy()
            shuffled[:, column] = shuffled[random.permutation(8), column]
            worse.append(model.evaluate(shuffled, y[held], verbose=0, return_dict=True)["mae"] - before)
        expected.append(np.mean(worse))
    (part,) = why["parts"]
    np.testing.assert_allclose(weights_of(part), expected, atol=1e-6)
    assert part["names"] == ["row[0]", "row[1]", "row[2]"] and weights_of(part)[1] == 0
    assert why["is_of_data"] and "8 validation samples" in why["notes"][0]
    with pytest.raises(RequestError, match="'loss' or 'mae'"):
        ask(model, [x[:1]], "permutation", document=document, samples=samples, metric="auc")


def test_nothing_of_the_model_changes(convolutional):
    model, _ = convolutional
    before = [*model.get_weights()]
    for method in ("saliency", "grad_cam", "occlusion", "integrated_gradients"):
        ask(model, [IMAGE], method)
    for old, new in zip(before, model.get_weights(), strict=True):
        np.testing.assert_array_equal(old, new)
    assert model.layers[-1].activation is keras.activations.softmax


def test_models_inside_are_gone_through():
    tower = keras.Sequential(
        [keras.Input((8, 8, 3)), layers.Conv2D(2, 3, name="inner"), layers.Flatten()], name="tower"
    )
    left, right = keras.Input((8, 8, 3), name="left"), keras.Input((8, 8, 3), name="right")
    distance = layers.Dense(1, "sigmoid", name="alike")(layers.Subtract()([tower(left), tower(right)]))
    model = keras.Model([left, right], distance)
    inputs = [RANDOM.random((1, 8, 8, 3)).astype("float32") for _ in "ab"]
    why = ask(model, inputs, "saliency", target=0)
    dense = model.get_layer("alike")
    difference = keras.Model(model.inputs, dense.input)

    def score(x):
        return -(difference([x, keras.ops.convert_to_tensor(inputs[1])]) @ dense.kernel + dense.bias)

    expected = np.abs(slope(score, inputs[0])).max(axis=-1)[0]
    np.testing.assert_allclose(weights_of(why["parts"][0]), expected, rtol=1e-4)
    assert [part["name"] for part in why["parts"]] == ["left", "right"]
    assert why["answers"] == ["0", "1"]
    cam = ask(model, inputs, "grad_cam")
    assert [part["name"] for part in cam["parts"]] == ["left", "right"]
    only = ask(model, inputs, "grad_cam", layer="tower:1/inner:0")
    assert [part["name"] for part in only["parts"]] == ["right"]
    layers_there = next(m for m in cam["methods"] if m["class_name"] == "grad_cam")["schema"]
    assert layers_there["properties"]["layer"]["enum"] == ["tower:1/inner:0", "tower:0/inner:0"]


@keras.saving.register_keras_serializable("test")
class Distances(layers.Layer):
    """Two answers of one call, of which each is about two of three inputs, as in a triplet network."""

    def call(self, anchor, near, far):
        return keras.ops.abs(anchor - near), keras.ops.abs(anchor - far)


def test_an_input_that_the_answer_does_not_depend_on_has_no_part():
    tower = keras.Sequential(
        [keras.Input((8, 8, 3)), layers.Conv2D(2, 3, name="inner"), layers.Flatten(), layers.Dense(1)]
    )
    given = [keras.Input((8, 8, 3), name=name) for name in ("anchor", "near", "far")]
    model = keras.Model(given, Distances()(*map(tower, given)))
    inputs = [RANDOM.random((1, 8, 8, 3)).astype("float32") for _ in given]
    for method in ("grad_cam", "saliency"):
        for output, names in ((0, ["anchor", "near"]), (1, ["anchor", "far"])):
            parts = ask(model, inputs, method, output=output)["parts"]
            found = [part["name"] for part in parts if BACKEND != "jax" or weights_of(part).any()]
            # JAX tells no slope from one of 0, which Grad-CAM gives where nothing speaks for the answer.
            assert found == names if BACKEND != "jax" else found and set(found) <= set(names)


@pytest.mark.skipif(BACKEND == "tensorflow", reason="Keras takes text as an input there")
def test_that_text_is_no_input_is_said():
    lookup = layers.TextVectorization(vocabulary=["good"], output_sequence_length=2)
    text = keras.Input((), dtype="string", name="text")
    model = keras.Model(text, layers.Dense(1)(layers.Rescaling(1.0)(lookup(text))))
    with pytest.raises(RequestError, match="does not take text as a model input") as raised:
        ask(model, [np.array([["good"]], dtype=object)])
    assert raised.value.error["layer"] == "text"


def test_what_can_not_be_explained_is_said():
    words = keras.Input((5,), dtype="int32")
    model = keras.Model(words, keras.ops.sum(keras.ops.cast(words, "float32"), axis=1, keepdims=True))
    why = ask(model, [np.zeros((1, 5), "int32")])
    unfit = {each["class_name"]: each["unfit"] for each in why["methods"]}
    assert "convolution" in unfit["grad_cam"]
    rounds = keras.Sequential([keras.Input((3,)), layers.Lambda(keras.ops.round), layers.Dense(1)])
    with pytest.raises(RequestError):
        ask(rounds, [np.ones((1, 3), "float32")], "no_such_method")


def test_a_softmax_in_each_step_is_known_as_one():
    steps = [keras.Input((4, 3)), layers.TimeDistributed(layers.Dense(3, "softmax"))]
    model = keras.Sequential(steps)
    inputs = [RANDOM.random((1, 4, 3)).astype("float32")]
    told = ask(model, inputs, "saliency", target=1)
    output = keras.ops.convert_to_numpy(model(inputs[0]))
    assert told["is_score"] and told["probability"] == pytest.approx(output[0, :, 1].mean(), rel=1e-5)
    dense = model.layers[-1].layer
    logits = inputs[0] @ keras.ops.convert_to_numpy(dense.kernel) + keras.ops.convert_to_numpy(dense.bias)
    assert told["value"] == pytest.approx(logits[0, :, 1].mean(), rel=1e-4)
