"""A stateful layer takes batches of one size: what would train wrongly in silence is refused before."""

import keras
import numpy as np
import pytest

from kerasviz.data import Data
from kerasviz.data.fixedbatches import check_batches
from kerasviz.protocol import RequestError


def model(stateful=True, nested=False, batch_size=4):
    lstm = keras.layers.LSTM(3, stateful=stateful, name="lstm")
    if nested:
        lstm = keras.Sequential([keras.Input((5, 2), batch_size=batch_size), lstm])
    return keras.Sequential([keras.Input((5, 2), batch_size=batch_size), lstm, keras.layers.Dense(1)])


def checked(samples, batch_size=4, split=0.0, **kwargs):
    data = Data("x, y", np.ones((samples, 5, 2)), np.ones((samples, 1)))
    check_batches(data, model(**kwargs), batch_size, split)


@pytest.mark.parametrize("nested", [False, True])
@pytest.mark.parametrize(
    ("samples", "batch_size", "split", "says"),
    [
        (40, 8, 0.0, "Set the batch size to 4"),
        (40, None, 0.0, "the batch size is 32"),
        (41, 4, 0.0, "41 samples for training and 0 for validation"),
        (40, 4, 0.25, "30 samples for training and 10 for validation"),
    ],
)
def test_batches_of_another_size_are_refused(samples, batch_size, split, says, nested):
    with pytest.raises(RequestError, match=says) as refused:
        checked(samples, batch_size, split, nested=nested)
    assert refused.value.error["layer"] == "lstm"


def test_what_fits_trains():
    checked(40, 4, 0.2)
    checked(41, 8, 0.25, stateful=False)
