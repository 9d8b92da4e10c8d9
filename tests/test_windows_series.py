"""Several series in one table, and short gaps that are filled: in windows and in the script alike."""

from contextlib import chdir

import numpy as np
import pandas as pd
import pytest
from conftest import few

from kerasviz.data import code_of, load
from kerasviz.data.preview.look import look
from kerasviz.data.streams import windowbatches
from kerasviz.protocol import RequestError

WHEN = pd.date_range("2024-01-01", periods=200, freq="h")


def machine(name, rows=200, begins=0, **other):
    """A machine that counts its hours from a number of its own on."""
    when = WHEN[0] + pd.to_timedelta(np.arange(rows), "h")
    level = begins + np.arange(float(rows))
    return pd.DataFrame({"when": when, "machine": name, **other, "level": level})


def table(folder, *frames):
    frame = pd.concat(frames).sample(frac=1, random_state=3)
    frame.to_csv(folder / "long.csv", index=False)
    return frame


def chosen(**config):
    given = {"class_name": "csv", "config": {"file": "long.csv"}}
    return {"class_name": "windows", "config": {"table": given, "normalized": False, **config}}


def windows(folder, **config):
    """The windows, once the script has cut the same ones."""
    stream = load(chosen(**config), {}, folder)
    code, made = code_of(chosen(**config), folder=folder), {}
    with chdir(folder):
        exec("\n".join([*code.imports, *code.lines]), made)
    for part, x, y in (("batches", "x", "y"), ("validation", "x_val", "y_val"), ("test", "x_test", "y_test")):
        reader = getattr(stream, part)
        assert (reader is None) == (x not in made)
        if reader is not None:
            np.testing.assert_array_equal(made[x], reader.read(np.arange(len(reader.targets))))
            np.testing.assert_array_equal(made[y], reader.targets)
    return stream


def whole(reader):
    """Each window with what comes after it."""
    x = reader.read(np.arange(len(reader.targets)))[:, :, 0]
    return np.concatenate([x, reader.targets], axis=1)


@pytest.mark.parametrize("split", ["by_time", "by_group"])
@pytest.mark.parametrize("cut", few([{"test": 0.2}, {"stride": 5, "sampling": 2, "normalized": True}], 2))
def test_no_window_crosses_from_one_machine_to_the_next(tmp_path, split, cut):
    table(tmp_path, *(machine(f"m{at}", 60 + 20 * at, 1000 * at) for at in range(6)))
    config = {"length": 5, "horizon": 3, "split": split, **cut}
    stream = windows(tmp_path, **config)
    assert stream.proposed == {"group": ["machine"]}
    assert stream.notes[1].startswith("Several rows have the same 'when'. They are of 6 series")
    if "test" in cut:
        seen = [whole(part) for part in (stream.batches, stream.validation, stream.test)]
        for rows in seen:
            np.testing.assert_array_equal(np.diff(rows, axis=1), 1)
        parts = [{*np.unique(rows // 1000)} for rows in seen]
        if split == "by_group":
            assert (
                sum(map(len, parts)) == 6 and not parts[0] & parts[1] and not parts[2] & (parts[0] | parts[1])
            )
        else:
            assert parts == [{*range(6)}] * 3
            assert all(
                seen[0][seen[0] // 1000 == at].max() < seen[1][seen[1] // 1000 == at].min() for at in range(6)
            )
    told = windows(tmp_path, group=["machine"], **config)
    np.testing.assert_array_equal(told.batches.targets, stream.batches.targets)
    assert not told.proposed and told.notes[1].startswith("There are 6 series, told apart by 'machine'")


def test_several_columns_tell_shops_and_products_apart(tmp_path):
    table(
        tmp_path,
        *(
            machine(
                "m",
                40,
                begins=1000 * (9 * country + 3 * shop + product),
                store=shop,
                country=place,
                kind=sort,
            ).drop(columns="machine")
            for country, place in enumerate(["NO", "SE"])
            for shop in range(3)
            for product, sort in enumerate(["hat", "mug", "pen"])
        ),
    )
    stream = windows(tmp_path, length=4)
    assert stream.proposed == {"group": ["store", "country", "kind"]}
    np.testing.assert_array_equal(np.diff(whole(stream.batches), axis=1), 1)
    with pytest.raises(RequestError, match="Choose all columns that tell series apart"):
        windows(tmp_path, length=4, group=["store"])


def test_rows_without_a_date_are_of_several_series_too(tmp_path):
    frames = [machine(at, 30, 100 * at).drop(columns="when").assign(cycle=range(1, 31)) for at in range(3)]
    pd.concat(frames)[["machine", "level"]].to_csv(tmp_path / "long.csv", index=False)
    stream = windows(tmp_path, length=4, group=["machine"])
    np.testing.assert_array_equal(np.diff(whole(stream.batches), axis=1), 1)
    assert len(stream.batches.targets) == 3 * (24 - 4)
    pd.concat(frames)[["machine", "cycle", "level"]].to_csv(tmp_path / "long.csv", index=False)
    counted = windows(tmp_path, length=4)
    assert counted.proposed == {"group": ["machine"], "time": ["cycle"]}
    np.testing.assert_array_equal(whole(counted.batches), whole(stream.batches))


def test_the_number_of_a_row_is_no_input(tmp_path):
    frame = table(tmp_path, machine("a"), machine("b"))
    frame.insert(0, "id", range(400))
    frame.to_csv(tmp_path / "long.csv", index=False)
    assert windows(tmp_path, length=4).batches.read(np.arange(1)).shape == (1, 4, 1)
    assert windows(tmp_path, length=4, inputs=["id", "level"]).batches.read(np.arange(1)).shape == (1, 4, 2)


def test_each_series_has_its_own_step_and_short_ones_are_named(tmp_path):
    slow = machine("slow", 40, 1000)
    slow["when"] = WHEN[0] + pd.to_timedelta(6 * np.arange(40), "h")
    table(tmp_path, machine("fast"), slow, machine("new", 5, 5000))
    stream = windows(tmp_path, length=6)
    assert any(note == "No window fits into 1 of 3 series: 'new'." for note in stream.notes)
    assert (whole(stream.batches)[:, 0] >= 1000).sum() == 26


def test_nothing_is_filled_unless_somebody_says_so(tmp_path):
    frame = machine("m").drop(columns="machine")
    frame.loc[20, "level"] = np.nan
    frame.loc[60:63, "level"] = np.nan
    table(tmp_path, frame.drop(index=[100, *range(120, 123), *range(140, 150)]))
    config = {"length": 4, "horizon": 2}
    plain, short = (len(windows(tmp_path, fill=steps, **config).batches.targets) for steps in (0, 1))
    assert plain < short
    stream = windows(tmp_path, fill=3, **config)
    rows = whole(stream.batches)
    np.testing.assert_allclose(np.diff(rows, axis=1), 1)
    assert not np.isin(rows, np.arange(60, 64)).any() and not np.isin(rows, np.arange(140, 150)).any()
    assert {20, 100, 121} <= {*rows.ravel()}
    # the last value of what a model sees, and of what it is to say, never knows a later one
    made = [20, 100, 120, 121, 122]
    assert not np.isin(rows[:, [3, 5]], made).any() and np.isin(rows[:, 2], made).any()
    assert "4 missing rows are put in, their values on a line between the values beside them." in stream.notes
    assert "Missing values are filled on a line between the values beside them: 'level' in 1." in stream.notes
    held = whole(windows(tmp_path, fill=3, fill_method="ffill", **config).batches)
    assert (held[:, 3] == held[:, 2]).any() and len(held) > len(rows)


def test_gaps_of_several_series_are_filled_each_in_its_own(tmp_path):
    frames = [machine(f"m{at}", 50, 1000 * at).drop(index=[20 + at, 49 - at]) for at in range(3)]
    frames[1].loc[49, "level"] = np.nan  # an end is no gap
    table(tmp_path, *frames)
    stream = windows(tmp_path, fill=2, length=3, validation=0)
    rows = whole(stream.batches)
    np.testing.assert_allclose(np.diff(rows, axis=1), 1)
    assert not (rows % 1000 > 49).any()
    assert any(note.startswith("4 missing rows") for note in stream.notes)


def test_a_look_proposes_what_tells_series_apart(tmp_path):
    table(tmp_path, machine("a"), machine("b", begins=1000))
    preview = look(load(chosen(length=6), {}, tmp_path))
    assert preview["proposed"]["data"] == {"group": ["machine"]}
    assert "told apart by 'machine'" in preview["proposed"]["reasons"][0]
    assert preview["proposed"]["reasons"][0] not in preview["notes"]  # said once
    assert {sample["label"][:2] for sample in preview["samples"]} == {"a,", "b,"}
    for config, said in {
        ("fill", -1): "fill must be a whole number",
        ("fill_method", "cubic"): "fill_method must be one of these: linear, ffill",
        ("split", "share"): "split must be one of these: by_time, by_group",
        ("group", ("shop",)): "There is no column 'shop'",
        ("split", "by_group"): "but 3 parts need one each",
    }.items():
        with pytest.raises(RequestError, match=said):
            load(chosen(**{"test": 0.2, **dict([config])}), {}, tmp_path)


def test_targets_of_a_long_horizon_lie_on_the_disk(tmp_path, monkeypatch):
    table(tmp_path, machine("a"), machine("b", begins=1000))
    inside = windows(tmp_path, length=3, horizon=20).batches.targets
    monkeypatch.setattr(windowbatches, "_MOST", 1000)
    outside = windows(tmp_path, length=3, horizon=20).batches.targets
    assert isinstance(outside, np.memmap) and not isinstance(inside, np.memmap)
    np.testing.assert_array_equal(outside, inside)


def test_a_table_with_a_column_for_each_day_is_said_to_lie_on_its_side(tmp_path):
    days = [day.strftime("%-m/%-d/%y") for day in WHEN[::3].normalize() + pd.to_timedelta(range(67), "D")]
    for names in ([f"d_{day}" for day in range(1, 68)], days, [*map(str, range(1960, 2027))]):
        frame = pd.DataFrame(np.random.default_rng(0).integers(9, size=(40, 67)), columns=names)
        frame.insert(0, "Lat", np.linspace(10, 50, 40))
        frame.to_csv(tmp_path / "long.csv", index=False)
        said = f"The columns from {names[0]!r} to {names[-1]!r} look like times"
        assert any(note.startswith(said) for note in windows(tmp_path, length=4).notes)
