"""The preparation of several inputs put into the model, each step at the input it belongs to."""

import json

import keras
import numpy as np
import pytest
import tensorflow as tf
from conftest import few
from test_first_model import trained
from test_prepare_in_model import same_weights

from kerasviz.data import load
from kerasviz.data.preparation import prepared
from kerasviz.models.prepareinmodel import prepare_in_model
from kerasviz.protocol import RequestError

RANDOM = np.random.default_rng(0)
ARRAYS = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
BATCHES = {"class_name": "batches", "config": {"batches": "b"}}
NUMBERS = RANDOM.normal(50, 9, (40, 4)).astype("float32")
PIXELS = RANDOM.integers(0, 255, (40, 6, 6, 1)).astype("float32")
Y = (np.arange(40) % 2).astype("float32")[:, None]
SCALE = {"class_name": "Rescaling", "config": {"scale": 1 / 255}, "columns": ["picture"]}
LEARN = {"class_name": "Normalization", "config": {}, "columns": ["numbers"]}


def branches(structure=list):
    """Two inputs; one of them feeds two branches, of which one is a model of its own."""
    picture, numbers = keras.Input((6, 6, 1), name="picture"), keras.Input((4,), name="numbers")
    inner = keras.Sequential(
        [keras.Input((6, 6, 1), name="picture"), keras.layers.Flatten(), keras.layers.Dense(3, name="dense")],
        name="inner",
    )
    pooled = keras.layers.GlobalAveragePooling2D(name="pooled")(picture)
    joined = keras.layers.Concatenate(name="joined")([inner(picture), pooled, numbers])
    out = keras.layers.Dense(1, "sigmoid", name="out")(joined)
    inputs = {"picture": picture, "numbers": numbers} if structure is dict else [picture, numbers]
    model = keras.Model(inputs, out, name="net")
    model.compile("adam", "binary_crossentropy")
    return model


def document(model, steps, data=ARRAYS):
    training = {"data": data, "preparation": steps, "seed": 1, "fit": {"validation_split": 0.0}}
    return {**json.loads(model.to_json()), "kerasviz": {"training": training}}


def compared(model, made, x, arrays):
    """What the new model gives for raw arrays is what the old one gave for prepared ones."""
    raw = same_weights(made, model)
    expected = model.predict(arrays, verbose=0)
    np.testing.assert_allclose(raw.predict(x, verbose=0), expected, rtol=1e-4, atol=1e-5)


@pytest.mark.parametrize("structure", few([dict, list], 2))
@pytest.mark.parametrize("steps", few([[SCALE, LEARN], [SCALE], [LEARN]], 3))
def test_each_step_goes_to_its_input_which_keeps_its_name(structure, steps, tmp_path):
    x, model = {"picture": PIXELS, "numbers": NUMBERS}, branches(structure)
    drawn = document(model, steps)
    loaded = load(ARRAYS, {"x": x, "y": Y})
    made, notes = prepare_in_model(drawn, loaded)
    assert notes == [
        f"{step['class_name']} of the input '{step['columns'][0]}' is a layer of the model now."
        for step in steps
    ]
    assert made["config"]["input_layers"] == drawn["config"]["input_layers"]
    assert made["kerasviz"]["training"]["preparation"] == []
    arrays = prepared(loaded, {}, steps, None).x
    assert (arrays["picture"].max() <= 1) == (SCALE in steps)
    compared(model, made, x, arrays)
    trained(made, {"x": x, "y": Y}, tmp_path, epochs=1)


def test_arrays_in_a_list_are_inputs_in_their_order():
    model = branches()
    loaded = load(ARRAYS, {"x": [PIXELS, NUMBERS], "y": Y})
    steps = [{**LEARN, "columns": ["x[1]"]}]
    made, _ = prepare_in_model(document(model, steps), loaded)
    compared(model, made, [PIXELS, NUMBERS], prepared(loaded, {}, steps, None).x)
    with pytest.raises(RequestError, match=r"for 'numbers', but the inputs are 'x\[0\]' and"):
        prepare_in_model(document(model, [LEARN]), loaded)


class Batches(keras.utils.PyDataset):
    """Batches that anybody writes."""

    def __len__(self):
        return 4

    def __getitem__(self, index):
        rows = slice(10 * index, 10 * index + 10)
        return {"numbers": NUMBERS[rows], "picture": PIXELS[rows]}, Y[rows]


def pipeline():
    x = {"numbers": NUMBERS, "picture": PIXELS}
    return tf.data.Dataset.from_tensor_slices((x, Y)).batch(10)


@pytest.mark.parametrize("batches", few([pipeline, Batches], 2))
def test_batches_of_several_inputs_go_through_the_steps_of_each(batches, tmp_path):
    model, steps, b = branches(), [LEARN, SCALE], batches()
    stream = prepared(load(BATCHES, {"b": b}), {}, steps, None)
    x = stream.batches[0][0] if batches is Batches else next(iter(stream.batches))[0]
    scaled = (NUMBERS - NUMBERS.mean(axis=0)) / NUMBERS.std(axis=0)
    np.testing.assert_allclose(x["numbers"], scaled[:10], atol=1e-4)
    np.testing.assert_allclose(x["picture"], PIXELS[:10] / 255, rtol=1e-5)
    drawn = document(model, steps, BATCHES)
    before, _ = trained(drawn, {"b": b}, tmp_path, epochs=1)
    made, notes = prepare_in_model(drawn, load(BATCHES, {"b": b}))
    assert len(notes) == 2
    compared(
        model, made, {"picture": PIXELS, "numbers": NUMBERS}, {"picture": PIXELS / 255, "numbers": scaled}
    )
    after, _ = trained(made, {"b": b}, tmp_path, epochs=1)
    assert after["loss"] == pytest.approx(before["loss"], rel=0.5)


def test_batches_that_come_once_are_not_taken_for_a_look():
    def once():
        yield {"numbers": NUMBERS, "picture": PIXELS}, Y

    b = once()
    with pytest.raises(RequestError, match="b gives its batches only once"):
        prepare_in_model(document(branches(), [SCALE], BATCHES), load(BATCHES, {"b": b}))
    with pytest.raises(RequestError, match="b gives its batches only once"):
        prepared(load(BATCHES, {"b": b}), {}, [LEARN], None)


def test_an_input_of_any_length_stays_so():
    words = keras.Input((None, 3), name="steps")
    out = keras.layers.Dense(1, name="out")(keras.layers.GlobalAveragePooling1D(name="mean")(words))
    model = keras.Model(words, out, name="net")
    model.compile("adam", "mse")
    x = RANDOM.normal(5, 2, (40, 7, 3))
    made, _ = prepare_in_model(document(model, [{**LEARN, "columns": []}]), load(ARRAYS, {"x": x, "y": Y}))
    assert made["config"]["layers"][0]["config"]["batch_shape"] == [None, None, 3]
    assert same_weights(made, model).predict(x[:, :2], verbose=0).shape == (40, 1)


def test_grey_pictures_get_the_channel_that_a_step_takes():
    model = keras.Sequential([keras.Input((36,), name="pixels"), keras.layers.Dense(1, name="out")], name="n")
    model.compile("adam", "mse")
    x, steps = PIXELS[..., 0], [{"class_name": "RandomContrast", "config": {"factor": 0.1}, "columns": []}]
    made, _ = prepare_in_model(document(model, steps), load(ARRAYS, {"x": x, "y": Y}))
    compared(model, made, x, x.reshape(40, 36))


def test_what_the_steps_give_has_to_be_what_the_input_takes():
    steps = [{**LEARN, "class_name": "Discretization", "config": {"num_bins": 3, "output_mode": "one_hot"}}]
    loaded = load(ARRAYS, {"x": {"picture": PIXELS, "numbers": NUMBERS[:, :1]}, "y": Y})
    with pytest.raises(RequestError, match=r"Layer 'numbers' expects samples of shape \(4,\), but .* \(3,\)"):
        prepare_in_model(document(branches(), steps), loaded)
