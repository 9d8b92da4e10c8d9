"""Splits: who trains, who validates, who is tested; and that nobody is in two parts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kerasviz.catalog.sources import split_entries
from kerasviz.data.dataset import Data
from kerasviz.data.splits import SPLITS, parts_of
from kerasviz.data.splits.dividing import divide
from kerasviz.data.splits.splitsamples import TEST, TRAINING, VALIDATION, Samples
from kerasviz.protocol import RequestError

N = 200
RANDOM = np.random.default_rng(0)
PATIENT = RANDOM.integers(0, 40, N)
WHEN = RANDOM.permutation(N).astype("datetime64[D]")
RARE = np.array([1] * 10 + [0] * 190)
SAMPLES = Samples(N, RARE, {"patient": PATIENT, "when": WHEN}.__getitem__)


def parts(name, samples=SAMPLES, **config):
    return parts_of({"class_name": name, "config": config}, samples)


def counts(found):
    return [int((found == part).sum()) for part in (TRAINING, VALIDATION, TEST)]


def test_a_random_share_is_repeated_with_its_seed():
    first = parts("share", validation=0.2, test=0.1)
    assert counts(first) == [140, 40, 20]
    np.testing.assert_array_equal(first, parts("share", validation=0.2, test=0.1))
    assert (first != parts("share", validation=0.2, test=0.1, seed=1)).any()


def test_each_class_is_in_each_part():
    found = parts("by_class", validation=0.2, test=0.2)
    assert counts(found) == [120, 40, 40]
    assert [int(RARE[found == part].sum()) for part in (TRAINING, VALIDATION, TEST)] == [6, 2, 2]


def test_a_class_with_one_sample_trains():
    y = np.array(["a"] * 10 + ["b"] * 10 + ["c"])
    found = parts("by_class", Samples(21, y, {}.__getitem__), validation=0.3)
    assert found[-1] == TRAINING
    assert counts(found)[1] == 6


@given(st.lists(st.integers(0, 6), min_size=6, max_size=60), st.floats(0.05, 0.3), st.floats(0, 0.3))
def test_nobody_is_in_two_parts(groups, validation, test):
    column = np.array(groups)
    samples = Samples(len(column), None, {"who": column}.__getitem__)
    try:
        found = parts("by_group", samples, column="who", validation=validation, test=test)
    except RequestError as error:
        assert len(set(groups)) < 4
        assert error.error["code"] == "plan"
        return
    assert all(len(set(found[column == group])) == 1 for group in set(groups))
    assert (found == TRAINING).any() and (found == VALIDATION).any()


def test_the_future_is_held_out():
    found = parts("by_time", column="when", validation=0.2, test=0.1)
    assert counts(found) == [140, 40, 20]
    assert WHEN[found == TRAINING].max() < WHEN[found == VALIDATION].min()
    assert WHEN[found == VALIDATION].max() < WHEN[found == TEST].min()
    assert counts(parts("by_time", validation=0.25)) == [150, 50, 0]
    assert set(parts("by_time")[:160]) == {TRAINING}


def test_a_moment_is_in_one_part_and_no_time_trains():
    when = np.array(["2020-01-01"] * 5 + ["2020-01-02"] * 5 + ["NaT"] * 2, "datetime64[D]")
    found = parts("by_time", Samples(12, None, {"when": when}.__getitem__), column="when", validation=0.3)
    assert found.tolist() == [0] * 5 + [1] * 5 + [0] * 2


@pytest.mark.parametrize(
    ("name", "config", "said"),
    [
        ("by_name", {}, "Expected a split (share, by_class, by_group or by_time)"),
        ("share", {"validation": 0.6, "test": 0.5}, "not 0.6 and 0.5"),
        ("share", {"validation": "much"}, "can't be divided by the split 'share'"),
        ("share", {"seeds": 3}, "can't be divided by the split 'share'"),
        ("by_group", {}, "can't be divided by the split 'by_group'"),
        ("by_class", {}, "The target has no classes"),
    ],
)
def test_what_can_not_be_split_is_said(name, config, said):
    with pytest.raises(RequestError) as refused:
        parts(name, Samples(N, np.linspace(0, 1, N), SAMPLES.column), **config)
    assert said in refused.value.error["message"]


def test_arrays_are_divided_with_all_that_belongs_to_them():
    rows = np.arange(N)
    data = Data("d", {"a": rows, "patient": PATIENT}, [rows, RARE], sample_weight=rows.astype("float32"))
    found = divide(data, {"class_name": "by_group", "config": {"column": "patient", "test": 0.1}})
    ends = [found, found.validation, found.test]
    assert sorted(np.concatenate([part.x["a"] for part in ends])) == rows.tolist()
    for part in ends:
        np.testing.assert_array_equal(part.x["a"], part.y[0])
        np.testing.assert_array_equal(part.x["a"], part.sample_weight)
    with pytest.raises(RequestError, match=r"no column 'b' to split by. Its columns are 'a' and 'patient'"):
        divide(data, {"class_name": "by_group", "config": {"column": "b"}})


def test_each_split_is_described():
    found = {entry["class_name"]: entry["schema"] for entry in split_entries()}
    assert list(found) == list(SPLITS)
    assert found["by_group"]["required"] == ["column"]
    assert found["by_group"]["properties"]["column"]["x-keras"] == "column_name"
    assert found["share"]["properties"]["validation"]["default"] == 0.2
    assert "samples" not in found["by_time"]["properties"]


def run_of(plan, tmp_path):
    from conftest import DIGITS, planned

    from kerasviz.models.keeper import Keeper
    from kerasviz.training.fit import fit
    from kerasviz.training.plan import read_plan
    from kerasviz.training.run.run import Run

    keeper, plan = Keeper(tmp_path), read_plan(planned(DIGITS, seed=0, **plan))
    run = Run("model", plan.epochs)
    fit(plan, keeper, run, {}, lambda curves: curves and run.extend(curves), lambda _: None)
    return run


def test_a_run_validates_on_what_its_split_held_out(tmp_path):
    stop = {"class_name": "EarlyStopping", "config": {"monitor": "val_loss"}}
    split = {"class_name": "by_class", "config": {"validation": 0.3, "test": 0.1}}
    run = run_of({"split": split, "callbacks": [stop], "fit": {"validation_split": 0}}, tmp_path)
    assert "val_loss" in run.to_json()["curves"]["epoch"]
