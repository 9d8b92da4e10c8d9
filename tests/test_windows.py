"""A year of sensors with gaps: windows without a look into the future, divided by time."""

from contextlib import chdir

import keras
import numpy as np
import pandas as pd
import pytest

from kerasviz.data import code_of, load, names
from kerasviz.data.preview.look import look
from kerasviz.data.splits.dividing import divide_stream
from kerasviz.data.streams.fitstream import fit_stream
from kerasviz.protocol import RequestError
from kerasviz.training.feeding import validated_share


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
        "By 'when', a row comes every 10 minutes: a window is 110 minutes long, and 'a' is predicted for the "
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


WHEN = pd.date_range("2024-03-30", periods=300, freq="30min")
HOURS = pd.date_range("2024-03-30", periods=300, freq="h")
PARTS = ("year", "month", "day", "hour", "minute")
WRITTEN = {
    "german": {"Date Time": WHEN.strftime("%d.%m.%Y %H:%M:%S")},
    "two columns": {"Date": WHEN.strftime("%d/%m/%Y"), "Time": WHEN.strftime("%H.%M.%S")},
    "two columns without seconds": {"day": WHEN.strftime("%Y-%m-%d"), "hour": WHEN.strftime("%H:%M")},
    "four columns": {"No": range(1, 301), **{part: getattr(WHEN, part) for part in PARTS}},
    "hours of a day": {"dteday": HOURS.strftime("%Y-%m-%d"), "hr": HOURS.hour},
    "seconds": {"unix_time": WHEN.astype("int64") // 10 ** (6 if WHEN.unit == "us" else 9)},
    "milliseconds": {"timestamp": WHEN.as_unit("ms").astype("int64")},
    "time zones that change": {"when": WHEN.tz_localize("UTC").tz_convert("Europe/Berlin").astype(str)},
    "ISO": {"ts": WHEN.strftime("%Y-%m-%dT%H:%M:%SZ")},
}  # fmt: skip


@pytest.mark.parametrize("kind", ["csv", "dataframe"])
@pytest.mark.parametrize("written", WRITTEN)
def test_times_are_found_however_they_are_written(tmp_path, written, kind):
    frame = pd.DataFrame({**WRITTEN[written], "level": np.arange(300.0)}).drop(index=range(40, 50))
    frame = frame.sample(frac=1, random_state=1)
    frame.to_csv(tmp_path / "sensors.csv", index=False)
    table = {"dataframe": {"class_name": "dataframe", "config": {"name": "measured"}}}.get(kind, TABLE)
    stream = load(chosen(table, length=4, stride=2), {"measured": frame}, tmp_path)
    step = "1 hour: a window is 4" if "hours" in written else "30 minutes: a window is 2"
    assert f"a row comes every {step} hours long" in stream.notes[1]
    assert "a gap from" in stream.notes[2] and len(stream.notes) == 4
    made = {"measured": frame}
    code = code_of(chosen(table, length=4, stride=2), folder=tmp_path)
    with chdir(tmp_path):
        exec("\n".join([*code.imports, *code.lines]), made)
    for part, x, y in ((stream.batches, "x", "y"), (stream.validation, "x_val", "y_val")):
        np.testing.assert_array_equal(made[x], part.read(np.arange(len(part.targets))))
        np.testing.assert_array_equal(made[y], part.targets)


@pytest.mark.parametrize("kind", ["excel", "parquet"])
def test_windows_are_cut_from_other_files_too(tmp_path, kind):
    frame = pd.DataFrame({"when": WHEN, "level": np.arange(300.0)})
    frame.to_excel(tmp_path / "a", index=False, engine="openpyxl") if kind == "excel" else frame.to_parquet(
        tmp_path / "a"
    )
    stream = load(chosen({"class_name": kind, "config": {"file": "a"}}, length=6), {}, tmp_path)
    assert stream.samples == 234 and "every 30 minutes" in stream.notes[1]


def test_an_hour_that_comes_twice_is_a_gap(tmp_path):
    local = WHEN + pd.Timedelta(days=210)  # until the clock is set back at the end of October
    when = local.tz_localize("UTC").tz_convert("Europe/Berlin").tz_localize(None)
    pd.DataFrame({"when": when, "level": np.arange(300.0)}).to_csv(tmp_path / "sensors.csv", index=False)
    stream = windows(tmp_path, length=4, normalized=False)
    assert "4 rows have the time of another row but other values" in stream.notes[1]
    for part in (stream.batches, stream.validation):
        x = part.read(np.arange(len(part.targets)))[:, :, 0]
        np.testing.assert_array_equal(np.diff(np.concatenate([x, part.targets], axis=1)), 1)


def test_a_weekend_is_no_gap_in_rows_of_working_days(tmp_path):
    days = pd.bdate_range("2024-01-01", periods=60).delete([20, *range(40, 45)])
    pd.DataFrame({"Date": days, "Close": np.arange(54.0)}).to_csv(tmp_path / "sensors.csv", index=False)
    stream = windows(tmp_path, length=8, validation=0)
    assert "The rows are of working days: a weekend is no gap." in stream.notes
    assert "a gap from 2024-02-23" in stream.notes[3]
    with pytest.raises(RequestError, match="or a larger gap"):
        windows(tmp_path, length=8, gap=1.5)


def test_rows_of_several_sensors_are_no_series(tmp_path):
    frame = pd.DataFrame({"when": [*WHEN, *WHEN], "level": np.arange(600.0)})
    frame.to_csv(tmp_path / "sensors.csv", index=False)
    with pytest.raises(RequestError, match="or keep the rows of one of them"):
        windows(tmp_path)


def test_a_part_without_windows_is_said(sensors):
    assert windows(sensors, length=60, horizon=20).notes[-1].endswith("no epoch is validated.")


def test_nothing_more_is_held_out_of_windows_that_overlap(sensors):
    stream = windows(sensors, target="a", validation=0)
    divided = divide_stream(stream, {"class_name": "share", "config": {}})
    assert divided.batches is stream.batches and "overlap" in divided.notes[-1]
    assert validated_share(stream, 0.2) == 0


def test_a_look_at_windows_shows_columns_and_draws_some(sensors):
    preview = look(windows(sensors, target="a", length=6, horizon=3))
    assert preview["kind"] == "stream" and preview["rows"] > 200
    assert [column["name"] for column in preview["columns"]] == ["when", "a", "b", "note"]
    assert [each["code"] for each in preview["questions"]] == ["constant", "missingcells"]
    assert len(preview["samples"]) == 6
    for sample in preview["samples"]:
        assert sample["label"].startswith("2024-01-0")
        assert sample["picture"].startswith("data:image/png;base64,")
