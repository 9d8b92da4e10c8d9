"""The script of a table measures what the editor's run measures, columns and steps as they were found out."""

import copy
import json
from pathlib import Path
from typing import Any

import keras
import pytest
from conftest import BACKEND, DIGITS, few, planned
from interpreter import execute
from test_first_model import REVIEWS
from test_preparation import houses
from test_recipe_history import measured

from kerasviz.codegen import to_code
from kerasviz.data import load
from kerasviz.data.preview.look import look
from kerasviz.models.firstmodel import first_model


def document(width: int, units: int, loss: str, metric: str, **training: Any) -> dict[str, Any]:
    ends = {"mse": None, "binary_crossentropy": "sigmoid"}
    model = keras.Sequential(
        [
            keras.Input((width,), name="columns"),
            keras.layers.Dense(8, activation="relu", name="hidden"),
            keras.layers.Dense(units, activation=ends.get(loss, "softmax"), name="out"),
        ],
        name="houses",
    )
    model.compile("adam", loss, metrics=[metric])
    data = {"class_name": "csv", "config": {"file": "houses.csv"}}
    return planned(json.loads(model.to_json()), seed=4, data=data, **training)


CASES = {
    "a price": ("fit", lambda: document(14, 1, "mse", "mae")),
    "a class in words": (
        "loop",
        lambda: document(
            5,
            3,
            "sparse_categorical_crossentropy",
            "accuracy",
            columns={"target": ["city"], "ignored": ["id", "sold", "note", "country", "tax"]},
            split={"class_name": "by_class", "config": {"validation": 0.2, "test": 0.2}},
        ),
    ),
    "yes or no": (
        "batch",
        lambda: document(
            3,
            1,
            "binary_crossentropy",
            "accuracy",
            columns={"target": ["heated"], "ignored": ["id", "note", "country", "price", "city", "sold"]},
            preparation=[
                {"class_name": "decimal_text", "config": {}, "columns": ["tax"]},
                {"class_name": "fill", "config": {"by": "mean"}, "columns": ["rooms"]},
                {"class_name": "Normalization", "config": {}, "columns": ["area", "rooms", "tax"]},
            ],
            split={"class_name": "by_group", "config": {"column": "city"}},
            fit={"class_weight": {"1": 2.0}},
        ),
    ),
    "one-hot, by time": (
        "fit",
        lambda: document(
            2,
            3,
            "categorical_crossentropy",
            "accuracy",
            columns={
                "target": ["city"],
                "ignored": ["id", "note", "country", "price", "tax", "rooms", "heated"],
            },
            preparation=[
                {"class_name": "dates", "config": {"parts": ["elapsed"]}, "columns": ["sold"]},
                {"class_name": "Normalization", "config": {}, "columns": ["sold", "area"]},
            ],
            split={"class_name": "by_time", "config": {"column": "sold", "test": 0.1}},
        ),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    "names", few([["a class in words", "yes or no"], ["a price", "one-hot, by time"]], 2)
)
def test_scripts_of_tables_repeat_the_runs(names: list[str], tmp_path: Path) -> None:
    houses().to_csv(tmp_path / "houses.csv", sep=";", decimal=",", index=False)
    scripts, expected = [], []
    for recipe, make in map(CASES.__getitem__, names):
        one = make()
        expected.append(measured(one, tmp_path))
        scripts.append(to_code(one, recipe=recipe, folder=tmp_path))
    for name, values, found in zip(names, expected, execute(scripts, tmp_path), strict=True):
        assert found["history"] == {key: pytest.approx(series, rel=1e-5) for key, series in values.items()}, (
            name
        )


@pytest.mark.parametrize("beside", few([None, ["pages"], []], 3))
def test_a_look_is_enough_for_the_script_of_any_plan(beside: list[str] | None, tmp_path: Path) -> None:
    """Nothing was trained, and the plan changed after the look: the script is that of the next run."""
    houses().to_csv(tmp_path / "seen.csv", sep=";", decimal=",", index=False)
    data = {"class_name": "csv", "config": {"file": "seen.csv"}}
    before = {**document(14, 1, "mse", "mae"), "name": "x"}
    before["kerasviz"]["training"]["data"] = data
    assert "once the data was looked at" in to_code(before, recipe="fit", folder=tmp_path)
    look(load(data, {}, tmp_path))
    columns = {"target": ["rooms"], "ignored": ["id", "note", "country", "sold", "tax"]}
    one = document(
        7,
        8,
        "categorical_crossentropy",
        "accuracy",
        columns=columns,
        split={"class_name": "share", "config": {}},
    )
    one["kerasviz"]["training"]["data"] = data
    has_texts = beside is not None and BACKEND == "tensorflow"
    documents = [one, *([of_texts(tmp_path, *beside)] if has_texts else [])]
    scripts = [to_code(each, recipe="fit", folder=tmp_path) for each in documents]
    expected = [measured(each, tmp_path) for each in documents]
    assert [to_code(each, recipe="fit", folder=tmp_path) for each in documents] == scripts
    assert "x_val, y_val = x[validation], y[validation]" in scripts[0]
    for values, found in zip(expected, execute(scripts, tmp_path), strict=True):
        assert found["history"] == {key: pytest.approx(series, rel=1e-5) for key, series in values.items()}


def of_texts(folder: Path, *names: str) -> dict[str, Any]:
    """A first model that looks up the words of texts itself, beside columns."""
    file = f"reviews{len(names)}.csv"
    REVIEWS.assign(pages=range(len(REVIEWS)))[["review", *names, "stars"]].to_csv(folder / file, index=False)
    data = {"class_name": "csv", "config": {"file": file}}
    made, _ = first_model(planned(copy.deepcopy(DIGITS), data=data, seed=2), load(data, {}, folder))
    made["kerasviz"]["training"]["fit"]["epochs"] = 2
    return made


def test_a_table_that_nobody_has_looked_at_is_said_to_be_one() -> None:
    one = document(3, 1, "mse", "mae")
    one["kerasviz"]["training"]["data"]["config"]["file"] = "never seen.csv"
    code = to_code(one, recipe="fit")
    assert "once the data was looked at" in code and ".fit(" not in code
    compile(code, "script", "exec")
