"""What a run in another process gets of this one: variables, classes of a notebook, settings, the model."""

import pickle
from typing import Any

import keras
import numpy as np
import pandas as pd
import pytest
from conftest import planned

from kerasviz.backend.cellsettings import CELL_SETTINGS
from kerasviz.data.namedvariables import named_variables
from kerasviz.execution.handover import pack, unpack
from kerasviz.execution.pickles import Buffers, mapped, pickled
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError
from kerasviz.training.plan import Plan, read_plan
from kerasviz.training.run.folder import new_folder
from kerasviz.training.run.run import Run


def taken(value: Any, folder: Any) -> Any:
    """A value as another process gets it."""
    with open(folder / "arrays", "wb") as file:
        buffers = Buffers(file)
        data = pickled(value, buffers.add)
    return pickle.loads(data, buffers=mapped(folder / "arrays", buffers.places))


def mapped_part(folder: Any, mode: str, part: Any) -> Any:
    whole = np.memmap(folder / "data", np.float32, "w+", 12, (50, 3))
    whole[:] = np.arange(150).reshape(50, 3)
    whole.flush()
    return np.memmap(folder / "data", np.float32, mode, 12, (50, 3))[part]


@pytest.mark.parametrize(
    ("mode", "part", "stays"),
    [("r", ..., True), ("r+", slice(7, 40), True), ("r", (..., 1), False), ("c", ..., False)],
)
def test_arrays_in_files_stay_there_unless_the_file_has_other_numbers(mode, part, stays, tmp_path):
    array = mapped_part(tmp_path, mode, part)
    if mode == "c":
        array[2, 1] = -5
    got = taken(array, tmp_path)
    np.testing.assert_array_equal(got, array)
    assert isinstance(got, np.memmap) is stays
    before = array.copy()
    got[:] = 0  # it is a copy for all that, as everything else is
    np.testing.assert_array_equal(array, before)


def test_arrays_come_as_they_are_and_may_be_written(tmp_path):
    frame = pd.DataFrame(
        {"n": np.arange(4.0), "word": list("abcd"), "when": pd.date_range("2026-01-01", periods=4)}
    )
    values = {
        "list": [np.arange(6).reshape(2, 3), np.zeros((0, 4))],
        "fortran": np.asfortranarray(np.arange(12).reshape(3, 4)),
        "strided": np.arange(20)[::3],
        "words": np.array(["a", None], dtype=object),
        "table": frame,
        "half": np.arange(3, dtype=np.float16),
    }
    got = taken(values, tmp_path)
    for name in ("fortran", "strided", "words", "half"):
        np.testing.assert_array_equal(got[name], values[name])
        assert got[name].dtype == values[name].dtype
    pd.testing.assert_frame_equal(got["table"], frame)
    assert [each.shape for each in got["list"]] == [(2, 3), (0, 4)]
    got["list"][0][:] = 9
    got["fortran"][:] = 9
    assert values["list"][0][0, 0] == 0


def test_the_variables_of_a_plan_are_those_that_its_source_reads():
    table = {"class_name": "dataframe", "config": {"name": "sales"}}
    assert named_variables({"class_name": "arrays", "config": {"x": "a", "y": "b", "x_val": None}}) == [
        "a",
        "b",
    ]
    assert named_variables({"class_name": "windows", "config": {"table": table, "target": "a"}}) == ["sales"]
    assert named_variables({"class_name": "csv", "config": {"path": "a"}}) == []
    assert named_variables({"class_name": "unknown", "config": {"x": "a"}}) == []


def packed(tmp_path: Any, plan: Plan, keeper: Keeper, namespace: dict[str, Any]) -> Any:
    run = Run(plan.model_name, plan.epochs)
    run.folder = new_folder(tmp_path / "runs", "net.keras.json")
    return pack(plan, run, keeper, namespace, aside=False)


def test_only_what_a_plan_names_is_packed_and_it_is_said_what_can_not_be(tmp_path, digits):
    data = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    plan = read_plan(planned(digits, data=data), "fresh")
    x, y = np.random.rand(20, 64), np.arange(20) % 10
    folder = packed(tmp_path, plan, Keeper(tmp_path), {"x": x, "y": y, "other": (i for i in "ab")})
    assert folder.stat().st_mode & 0o77 == 0
    job, variables = unpack(folder)
    assert variables.keys() == {"x", "y"} and not job.has_model
    np.testing.assert_array_equal(variables["x"], x)
    with pytest.raises(
        RequestError, match=r"y can't be taken to another process\. Train in the kernel, or"
    ) as refused:
        packed(tmp_path, plan, Keeper(tmp_path), {"x": x, "y": (i for i in "ab")})
    assert "generator" in refused.value.error["detail"]
    assert len(list(folder.parent.glob("kerasviz-job-*"))) >= 1


def test_settings_of_cells_and_of_keras_come_along(tmp_path, digits, monkeypatch):
    plan = read_plan(planned(digits), "fresh")
    monkeypatch.setattr(CELL_SETTINGS, "values", {"dtype_policy": keras.DTypePolicy("mixed_bfloat16")})
    epsilon = keras.config.epsilon()
    try:
        keras.config.set_epsilon(1e-5)
        folder = packed(tmp_path, plan, Keeper(tmp_path), {})
        keras.config.set_epsilon(epsilon)
        before = keras.config.dtype_policy()
        unpack(folder)
        assert keras.config.epsilon() == 1e-5 and keras.config.dtype_policy().name == "mixed_bfloat16"
        keras.config.set_dtype_policy(before)
    finally:
        keras.config.set_epsilon(epsilon)
