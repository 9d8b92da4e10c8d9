"""What an Embedding looks up must be in its table: backends pass over it, or end in words of their own."""

import keras
import numpy as np
import pytest
from conftest import tensorflow_only
from hypothesis import given
from hypothesis import strategies as st

from kerasviz.analysis.explain import own_words
from kerasviz.data import Data
from kerasviz.data.fitting import fit_to_model
from kerasviz.protocol import RequestError


def words(size=20):
    """Looks up words of a float Input, as the guides have it."""
    inputs = keras.Input((3,), name="words")
    x = keras.layers.Embedding(size, 2, name="table")(inputs)
    return compiled(keras.Model(inputs, keras.layers.Dense(1)(keras.layers.Flatten()(x))))


def pairs():
    """Looks up two columns of one Input, each in a table of its own."""
    inputs = keras.Input((2,), name="pairs")
    user = keras.layers.Embedding(5, 2, name="user")(inputs[:, 0])
    film = keras.layers.Embedding(9, 2, name="film")(inputs[:, 1])
    return compiled(keras.Model(inputs, keras.layers.Dot(1)([user, film])))


def compiled(model):
    model.compile("sgd", "mse")
    return model


def fitted(model, x):
    return fit_to_model(Data("x, y", np.asarray(x), np.zeros(len(x))), model).x


def refusal(model, x):
    with pytest.raises(RequestError) as refused:
        fitted(model, x)
    return refused.value.error


@pytest.mark.parametrize(
    ("x", "says"),
    [
        ([[0, 1, 2], [3, 77, 5]], "from 0 to 19, but x holds 77. Set its input_dim to 78"),
        ([[0, 1, 2], [3, -1, 5]], "holds -1. Number them from 0"),
        ([[0, 1, 2], [3, 0.25, 5]], "whole numbers, such as word indices, but x holds 0.25"),
        ([[0.0, 1.0, 20.0]], "Set its input_dim to 21"),
    ],
)
def test_what_is_no_index_is_named_with_the_way_out(x, says):
    error = refusal(words(), x)
    assert (error["code"], error["layer"]) == ("indices", "table")
    assert says in error["message"]


@pytest.mark.parametrize("layer", ["user", "film"])
def test_a_column_is_looked_up_in_its_own_table(layer):
    fitted(pairs(), [[4, 8], [0, 0]])
    column, wrong = ("user", 5) if layer == "user" else ("film", 9)
    error = refusal(pairs(), [[wrong, 0]] if column == "user" else [[0, wrong]])
    assert error["layer"] == layer


def test_the_list_of_a_sequential_is_looked_at_too():
    model = compiled(keras.Sequential([keras.Input((3,)), keras.layers.Embedding(4, 2)]))
    assert "input_dim to 5" in refusal(model, [[1, 2, 4]])["message"]


def test_values_that_something_computes_with_are_nobodys_indices():
    inputs = keras.Input((3,))
    model = compiled(keras.Model(inputs, keras.layers.Dense(1)(inputs)))
    fitted(model, [[-1, 0.5, 1e9]])


@given(st.lists(st.lists(st.integers(-3, 25), min_size=3, max_size=3), min_size=1, max_size=4))
def test_what_is_let_through_trains(x):
    model = words()
    if all(0 <= value < 20 for row in x for value in row):
        model.train_on_batch(fitted(model, x), np.zeros((len(x), 1)))
    else:
        assert refusal(model, x)["layer"] == "table"


@tensorflow_only("the stack in its words")
def test_words_of_tensorflow_come_without_its_stack():
    model = words()
    x = np.zeros((2, 3))
    x[0, 0] = 77  # alone: of several, TensorFlow's threads name any
    with pytest.raises(Exception, match="not in") as caught:
        model.fit(x, np.zeros(2), shuffle=False, verbose=0)
    assert own_words(caught.value) == "indices[0,0] = 77 is not in [0, 20)"


def test_a_stack_of_tensorflow_with_long_paths_hides_no_words():
    stack = "".join(f'  File "/{"folder/" * 40}{line}.py", line {line}, in call\n\n' for line in range(40))
    error = ValueError(f"Graph execution error:\n\nDetected at node a defined at:\n{stack}indices[0,0] = 7")
    assert own_words(error) == "indices[0,0] = 7"
