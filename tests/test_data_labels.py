"""What a loss is given to compare: other labels, axes and orders are said, not trained."""

import keras
import numpy as np
import pytest

from kerasviz.data import load
from kerasviz.data.dataset import Data
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.shapes import axes_to, only_folds
from kerasviz.protocol import RequestError

SPARSE, ONE_HOT, BINARY = "sparse_categorical_crossentropy", "categorical_crossentropy", "binary_crossentropy"


def model(units, loss, shape=(4,)):
    layers = [keras.Input(shape, name="input"), keras.layers.Flatten(), keras.layers.Dense(units, name="out")]
    made = keras.Sequential(layers)
    made.compile(loss=loss)
    return made


def arrays(y, x=None):
    namespace = {"x": np.ones((len(y), 4)) if x is None else x, "labels": np.asarray(y)}
    return load({"class_name": "arrays", "config": {"x": "x", "y": "labels"}}, namespace)


def refusal(y, to, x=None):
    with pytest.raises(RequestError) as refused:
        fit_to_model(arrays(y, x), to)
    return refused.value.error["message"]


def test_class_numbers_for_each_step_are_not_taken_for_one_hot():
    layers = [keras.Input((4,)), keras.layers.Embedding(9, 2), keras.layers.LSTM(3), keras.layers.Dense(9)]
    last = keras.Sequential(layers)
    last.compile(loss=SPARSE)
    steps = np.arange(40).reshape(10, 4) % 9
    said = refusal(steps, last)
    assert said.startswith("labels has 4 class numbers for each sample") and "return_sequences=True" in said
    assert "Use the loss categorical_crossentropy" in refusal(np.full((10, 4), 0.25), last)
    layers[2] = keras.layers.LSTM(3, return_sequences=True)
    each = keras.Sequential(layers)
    each.compile(loss=SPARSE)
    fit_to_model(arrays(steps), each)


@pytest.mark.parametrize("last", [(), (1,)])
def test_classes_of_another_number_of_positions_are_said_with_both(last):
    made = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(4, 3, name="pixels")])
    made.compile(loss=SPARSE)
    x, y = np.ones((10, 8, 8, 1)), np.arange(640).reshape(10, 8, 8, *last) % 4
    said = refusal(y, made, x)
    assert "layer 'pixels' has 6 x 6 positions, but the classes of labels have 8 x 8." in said
    same = keras.Sequential([keras.Input((8, 8, 1)), keras.layers.Conv2D(4, 3, padding="same")])
    same.compile(loss=SPARSE)
    fit_to_model(arrays(y, x), same)


@pytest.mark.parametrize(
    ("y", "said"),
    [
        ([1, 2, 2], "holds 1 and 2. Use labels == 2 in its place."),
        ([-1, 1, 1], "holds -1 and 1. Use labels == 1 in its place."),
        ([0.0, 1.0, 2.0], "holds 3. Set the units of layer 'out' to 3"),
        ([0.5, 3.5, 1], "holds 0.5 to 3.5. Scale them"),
        ([0, 255, 7], "holds 0 to 255. Scale them"),
    ],
)
@pytest.mark.parametrize("loss", [BINARY, keras.losses.BinaryFocalCrossentropy()])
def test_labels_other_than_0_and_1_are_refused_with_the_way_out(y, said, loss):
    message = refusal(y, model(1, loss))
    assert "but labels" in message
    assert said in message


def test_probabilities_and_booleans_are_labels_of_two_classes():
    for y in ([0, 1], [0.25, 0.75], [True, False]):
        assert fit_to_model(arrays(y), model(1, BINARY)).y.shape == (2, 1)


def test_one_hot_classes_are_made_numbers_for_a_sparse_loss():
    fitted = fit_to_model(arrays(np.eye(3)[[2, 0, 1]]), model(3, SPARSE))
    assert fitted.y.tolist() == [2, 0, 1]
    assert fitted.notes == [f"x, labels: one-hot classes made numbers, as {SPARSE} expects them."]
    assert "holds 3 values for each. Use the loss categorical_crossentropy" in refusal(
        np.full((2, 3), 1 / 3), model(3, SPARSE)
    )


@pytest.mark.parametrize("loss", [SPARSE, ONE_HOT])
def test_classes_are_whole_numbers_from_0(loss):
    assert "whole numbers as classes, but labels holds 0.5" in refusal([0, 0.5, 1], model(3, loss))
    assert refusal([1, 2, 3], model(3, loss)).endswith("has classes 1 to 3. Use labels - 1.")
    message = refusal([-1, 0, 1], model(3, loss))
    assert "has classes -1 to 1. Use np.unique(labels, return_inverse=True)[1]" in message
    assert "classes 2 to 7. Use np.unique(labels, return_inverse=True)[1]" in refusal([2, 7], model(3, loss))
    assert "classes 0 to 4. Set the units of layer 'out' to 5." in refusal([0, 1, 2, 4], model(3, loss))
    message = refusal([97, 98, 121, 122], model(3, loss))
    assert "has 4 classes, numbered 97 to 122. Set the units of layer 'out' to 4. Use np.unique" in message


def test_a_class_that_the_loss_ignores_may_have_any_number():
    for ignored in (-1, 255):
        loss = keras.losses.SparseCategoricalCrossentropy(ignore_class=ignored)
        assert fit_to_model(arrays([0, ignored, 1]), model(2, loss)).y.tolist() == [0, ignored, 1]


def test_axes_in_another_order_are_said_with_the_way_out():
    x = np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5)
    to = model(1, "mse", (4, 5, 3))
    assert "Use np.transpose(x, (0, 2, 3, 1))." in refusal([0, 0], to, x)
    assert fit_to_model(arrays([0, 0], np.transpose(x, (0, 2, 3, 1))), to).x.shape == (2, 4, 5, 3)


def test_targets_with_axes_in_another_order_are_said():
    to = keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(6), keras.layers.Reshape((2, 3), name="out")]
    )
    to.compile(loss="mse")
    assert "Use np.transpose(labels, (0, 2, 1))." in refusal(np.ones((5, 3, 2)), to)
    assert fit_to_model(arrays(np.ones((5, 1, 2, 3))), to).y.shape == (5, 2, 3)


@pytest.mark.parametrize(
    ("received", "expected", "folds"),
    [
        ((8, 8), (8, 8, 1), True),
        ((1, 8, 8), (8, 8), True),
        ((64,), (8, 8, 1), True),
        ((8, 8, 3), (192,), True),
        ((), (1,), True),
        ((3, 8, 8), (8, 8, 3), False),
        ((4, 6), (6, 4), False),
        ((4, 6), (3, 8), False),
        ((8, 8), (8, None), False),
    ],
)
def test_reshaping_keeps_each_value_in_its_place(received, expected, folds):
    assert only_folds(received, expected) is folds


def test_the_order_of_axes_is_one_for_transpose():
    for received, expected in (((3, 8, 9), (8, 9, 3)), ((3, 8, 8), (8, 8, 3)), ((4, 6), (6, 4))):
        assert np.transpose(np.ones((2, *received)), axes_to(received, expected)).shape == (2, *expected)
    assert axes_to((4, 6), (3, 8)) is None


def notes(y, to, split):
    return fit_to_model(arrays(y), to, split).notes


@pytest.mark.parametrize("column", [False, True])
def test_a_validation_split_of_sorted_classes_is_said(column):
    y = np.repeat([0, 1, 2], 50)
    y = y[:, np.newaxis] if column else y
    said = (
        "labels is sorted by class: its last 30 %, which are taken for validation, hold only class 2. "
        "Shuffle x and labels together first."
    )
    assert notes(y, model(3, SPARSE), 0.3) == [said]
    assert notes(y, model(3, ONE_HOT), 0.3)[-1] == said
    assert notes(np.eye(3)[y.ravel()], model(3, SPARSE), 0.3)[-1] == said
    assert notes(y[::-1], model(3, SPARSE), 0.3)[0].startswith("labels is sorted")
    assert "hold only the classes 1 and 2" in notes(y, model(3, SPARSE), 0.5)[0]
    assert "hold only class 1" in notes(np.repeat([0, 1], 50), model(1, BINARY), 0.2)[0]


def test_mixed_classes_numbers_and_no_split_need_no_note():
    y = np.repeat([0, 1, 2], 50)
    assert notes(y, model(3, SPARSE), 0.0) == []
    assert notes(np.tile([0, 1, 2], 50), model(3, SPARSE), 0.2) == []
    assert notes(np.zeros(50, int), model(3, SPARSE), 0.2) == []
    assert notes([0, 1, 1], model(2, SPARSE), 0.4) == []  # so few may lie so by chance
    assert notes(np.arange(50.0), model(1, "mse"), 0.2) == []
    assert notes(np.linspace(0, 1, 50), model(1, BINARY), 0.2) == []


def test_the_layer_with_the_units_is_named_and_none_where_nobody_knows_it():
    layers = [keras.Input((4,)), keras.layers.Dense(3, name="units"), keras.layers.Softmax(name="last")]
    made = keras.Sequential(layers)
    made.compile(loss=SPARSE)
    message = refusal([0, 1, 2, 3, 4], made)
    assert message == (
        "The output of layer 'last' has size 3, but x, labels has classes 0 to 4. "
        "Set the units of layer 'units' to 5."
    )
    made = keras.Sequential([keras.Input((2, 2)), keras.layers.Flatten(), keras.layers.Softmax(name="last")])
    made.compile(loss=SPARSE)
    message = refusal([0, 1, 2, 3, 4], made, np.ones((5, 2, 2)))
    assert message.endswith("Layer 'last' needs 5 values, one for each class.")


def test_columns_for_classes_that_no_unit_has_are_said():
    assert "size 3, but samples of labels hold 5 values. Set the units of layer 'out' to 5." in refusal(
        np.eye(5), model(3, ONE_HOT)
    )
    numbered_from_1 = keras.utils.to_categorical([1, 2, 3, 1])
    assert "Use labels[:, 1:] in its place" in refusal(numbered_from_1, model(3, ONE_HOT))
    fitted = fit_to_model(arrays(numbered_from_1[:, 1:]), model(3, ONE_HOT))
    np.testing.assert_array_equal(fitted.y, numbered_from_1[:, 1:])


def test_the_generalized_cross_entropy_takes_class_numbers_in_a_row():
    """Keras makes all pairs of samples of class numbers in a column."""
    net = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, "softmax")])
    net.compile("sgd", keras.losses.CategoricalGeneralizedCrossEntropy())
    y = np.array([0, 1, 2, 0])
    for given in (y, y[:, None], np.eye(3)[y]):
        data = Data("d", np.ones((4, 4), "float32"), given)
        assert fit_to_model(data, net).y.tolist() == [0, 1, 2, 0]
