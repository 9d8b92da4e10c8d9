"""Arrays as people have them: each is understood, or named with the way out."""

import datetime

import keras
import numpy as np
import pytest
import tensorflow as tf
from hypothesis import given
from hypothesis import strategies as st

from kerasviz.data import known, load
from kerasviz.data.fitting import fit_to_model
from kerasviz.protocol import RequestError

ROWS = np.arange(36, dtype="float32").reshape(12, 3)
LABELS = np.array([0, 1] * 6)


def loaded(x, y=LABELS):
    return load({"class_name": "arrays", "config": {"x": "x", "y": "y"}}, {"x": x, "y": y})


def fitted(x, y=LABELS, shape=(3,), units=2):
    model = keras.Sequential(
        [keras.Input(shape, name="in"), keras.layers.Flatten(), keras.layers.Dense(units)]
    )
    model.compile("sgd", "sparse_categorical_crossentropy")
    return fit_to_model(loaded(x, y), model)


def objects(rows):
    made = np.empty(len(rows), dtype=object)
    made[:] = list(rows)
    return made


@pytest.mark.parametrize("make", [list, tuple, objects, np.ndarray.tolist], ids=lambda make: make.__name__)
def test_a_list_of_samples_is_an_array_of_them(make):
    np.testing.assert_array_equal(fitted(make(ROWS)).x, ROWS)


def test_a_list_of_pictures_is_an_array_of_them():
    pictures = np.arange(12 * 4 * 4 * 3).reshape(12, 4, 4, 3)
    np.testing.assert_array_equal(fitted(list(pictures), shape=(4, 4, 3)).x, pictures)


def test_an_array_for_each_input_stays_one():
    left, right = loaded([ROWS, ROWS[:, :2]]).x
    assert (left.shape, right.shape) == ((12, 3), (12, 2))


def test_samples_of_different_shapes_are_said():
    with pytest.raises(RequestError, match="rows of x differ in length"):
        loaded([ROWS[0]] * 11 + [ROWS[0][:2]])
    with pytest.raises(RequestError, match="rows of x differ in length"):
        loaded(objects([[1, 2]] * 11 + [[1]]))


def test_what_a_mask_hides_is_missing():
    hidden = np.ma.array(LABELS, mask=LABELS == 1)
    with pytest.raises(RequestError, match="6 of 12 samples in y have values that are missing"):
        fitted(ROWS, hidden)
    (note,) = fitted(np.ma.array(ROWS, mask=ROWS > 30)).notes
    assert "in x have values that are missing" in note


def test_a_long_double_is_a_number():
    assert fitted(ROWS.astype("longdouble")).x.dtype == "float64"


def test_what_is_no_number_is_named():
    table = np.empty((12, 2), dtype=object)
    table[:, 0], table[:, 1] = 0.5, datetime.date(2020, 1, 1)
    with pytest.raises(RequestError, match=r"dates or times \(date\)"):
        fitted(table, shape=(2,))


def test_a_column_is_no_table():
    with pytest.raises(RequestError, match=r"one value for each. Set its shape to \(1,\)"):
        fitted(ROWS[:, 0])


@given(
    st.lists(
        st.one_of(st.none(), st.booleans(), st.integers(-2, 3), st.floats(), st.text(), st.dates()),
        min_size=12,
        max_size=12,
    ),
    st.sampled_from([list, objects, np.array]),
)
def test_any_labels_are_understood_or_refused(values, make):
    try:
        y = fitted(ROWS, make(values)).y
    except RequestError as error:
        assert str(error).endswith((".", ")"))
    else:
        assert [float(value) for value in y] == [float(value) for value in values]
        assert set(y.tolist()) <= {0, 1}


@pytest.mark.parametrize("rows", [[[1, 2], [1]] * 6, [[1, 2]] * 12])
def test_nothing_is_said_of_the_shape_of_rows_that_are_lists(rows, monkeypatch):
    monkeypatch.setattr(known, "user_namespace", lambda: {"x": objects(rows), "y": LABELS})
    assert known.known_data({"class_name": "arrays", "config": {"x": "x", "y": "y"}}) is None


NAMED = [("a", "f4"), ("b", "i4"), ("c", "f4")]
OTHERS = {
    "numbers as text": (ROWS.astype(str), "x holds numbers as text ('0.0'). Use x.astype(float)"),
    "a column of dates": (
        np.array([[1, datetime.date(2020, 1, 1), 2]] * 12, object),
        "Column 1 of x holds dates or times (date). Use numbers",
    ),
    "named columns": (np.zeros(12, NAMED), "'a', 'b' and 'c'). Use np.array(x.tolist()) in"),
    "complex": (ROWS * 1j, "x holds complex numbers, but the layer takes real ones. Use x.real"),
    "a column of objects": (np.array([[1, 2, {}]] * 12, object), "Column 2 of x holds values that are no"),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_what_is_no_number_is_named_with_the_way_out(kind):
    x, said = OTHERS[kind]
    with pytest.raises(RequestError) as error:
        fitted(x)
    assert said in str(error.value)


def test_the_way_out_of_named_columns_is_one():
    rows = np.array(np.zeros(12, NAMED).tolist())
    assert fitted(rows).x.shape == (12, 3)


def test_what_holds_arrays_and_is_none_is_named_with_the_way_out(tmp_path):
    np.savez(tmp_path / "some.npz", first=ROWS)
    batches = tf.data.Dataset.from_tensor_slices((ROWS, LABELS)).batch(4)
    whole = {
        "x['first']": (np.load(tmp_path / "some.npz"), lambda x: x["first"]),
        "np.array(list(x))": ((row for row in ROWS), lambda x: np.array(list(ROWS))),
        "data source for batches": (batches, lambda x: np.concatenate([a for a, b in x])),
        "x.to_tensor()": (tf.RaggedTensor.from_tensor(ROWS), lambda x: x.to_tensor()),
        "tf.sparse.to_dense(x)": (tf.sparse.from_dense(ROWS), tf.sparse.to_dense),
    }
    for way, (x, follow) in whole.items():
        with pytest.raises(RequestError) as error:
            loaded(x)
        assert way in str(error.value)
        np.testing.assert_array_equal(fitted(follow(x)).x, ROWS)


def test_a_tensor_of_a_model_has_no_way_to_an_array():
    with pytest.raises(RequestError, match=r"x is not an array: it is of type KerasTensor\. Choose an array"):
        loaded(keras.Input((3,)))
