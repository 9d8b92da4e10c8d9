"""A year of sensors with gaps: windows without a look into the future, divided by time."""

import keras
import numpy as np
import pandas as pd
import pytest

from kerasviz.data import load, names
from kerasviz.data.streams.fitstream import fit_stream
from kerasviz.protocol import RequestError


@pytest.fixture
def sensors(tmp_path):
    """Two channels every ten minutes that count the rows, with two gaps, a missing value and a row twice."""
    when = pd.date_range("2024-01-01", periods=400, freq="10min")
    frame = pd.DataFrame({"when": when, "a": np.arange(400.0), "b": np.arange(400.0) * 10, "note": "x"})
    frame.loc[70, "a"] = np.nan
    frame = frame.drop(index=[*range(100, 130), 200])
    frame = pd.concat([frame, frame.iloc[[5]]]).sample(frac=1, random_state=0)
    frame.to_csv(tmp_path / "sensors.csv", index=False, sep=";", decimal=",")
    return tmp_path


TABLE = {"class_name": "csv", "config": {"file": "sensors.csv"}}


def chosen(table=TABLE, **config):
    return {"class_name": "windows", "config": {"table": table, **config}}


def windows(folder, **config):
    return load(chosen(**config), {}, folder)


def test_no_window_looks_ahead_or_crosses_a_gap_or_a_part(sensors):
    stream = windows(sensors, target="a", length=6, horizon=3, sampling=2, normalized=False, test=0.1)
    last = -1.0
    for part in (stream.batches, stream.validation, stream.test):
        x, y = part.read(np.arange(len(part.targets))), part.targets
        assert x.shape == (len(y), 6, 2) and y.shape == (len(y), 3)
        a = x[:, :, 0]
        np.testing.assert_array_equal(np.diff(a, axis=1), 2)  # a row is as far from the next as its value
        np.testing.assert_array_equal(y, a[:, -1:] + [1, 2, 3])
        assert not ((a[:, :1] <= 70) & (70 <= y[:, -1:])).any()
        assert a.min() > last
        last = y.max()
    assert stream.notes == [
        "1 row stands twice, and is taken once.",
        "'when' has a row every 10 minutes: a window is 110 minutes long, and 'a' is predicted for the "
        "next 30 minutes.",
        "The series has 2 gaps, the longest from 2024-01-01 16:30:00 to 2024-01-01 21:40:00: no window "
        "crosses one.",
        "1 row lacks a value, and no window has it: 'a' is missing in 1.",
        "To compare: that 'a' stays as it was last has a mean absolute error of 2 in validation; that it "
        "is as it was a day before, 144.",
    ]


def test_a_series_without_gaps_is_as_keras_cuts_it(tmp_path):
    values = np.random.default_rng(0).normal(size=(90, 2)).astype("float32")
    pd.DataFrame(values, columns=["u", "v"]).to_csv(tmp_path / "sensors.csv", index=False)
    stream = windows(tmp_path, length=5, sampling=3, stride=2, validation=0, normalized=False)
    plain = keras.utils.timeseries_dataset_from_array(
        values[:-1], values[13:, 1], 5, sequence_stride=2, sampling_rate=3, batch_size=None
    )
    x, y = zip(*plain.as_numpy_iterator(), strict=True)
    np.testing.assert_allclose(stream.batches.read(np.arange(len(x))), x, rtol=1e-5)
    np.testing.assert_allclose(stream.batches.targets[:, 0], y, rtol=1e-5)
    assert len(stream.batches.targets) == len(x)


def test_the_scale_is_learned_from_the_training_part(sensors):
    stream = windows(sensors, target="b", inputs=["a"], length=2)
    used = stream.batches.read(np.arange(len(stream.batches.targets)))
    assert abs(used.mean()) < 0.1 and stream.validation.read(np.arange(1)).min() > 1
    assert stream.batches.targets.max() > 2000


def test_a_network_takes_windows(sensors):
    stream = windows(sensors, target="a", length=6, horizon=4)
    model = keras.Sequential([keras.Input((6, 2)), keras.layers.GRU(3), keras.layers.Dense(4)])
    model.compile("sgd", "mse")
    assert fit_stream(stream, model, 8, 0.0).example.y.shape == (2, 4)
    two = keras.Sequential([keras.Input((6, 2)), keras.layers.GRU(3), keras.layers.Dense(2)])
    two.compile("sgd", "mse")
    with pytest.raises(RequestError, match="4"):
        fit_stream(stream, two, 8, 0.0)


def test_what_can_not_be_cut_is_said(sensors):
    for config, said in {
        ("length", 4000): "No window fits: 4001 rows",
        ("length", 0): "length must be a whole number above 0",
        ("target", "c"): "There is no column of numbers 'c'. There are 'a' and 'b'.",
        ("time", ("nine",)): "There is no column 'nine'",
        ("validation", 1.0): "must leave something to train on",
    }.items():
        with pytest.raises(RequestError, match=said):
            windows(sensors, **dict([config]))
    assert list(names(chosen(), {}, sensors))[:2] == ["when", "a"]
