"""The code of results of tables, labels, numbers and positions gives the numbers of the tab."""

import json

import keras
import numpy as np
import plotly.io
import pytest
from conftest import few, planned
from IPython.core.interactiveshell import InteractiveShell
from keras import layers
from test_pictures import Page, executed
from test_result_table import houses

RANDOM = np.random.default_rng(0)
ARRAYS = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
SHARE = {"class_name": "share", "config": {"validation": 0.4, "seed": 1}}


def table(target, activation, loss):
    """A model of a table whose columns are named as people name them."""
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1, activation)])
    document = {**json.loads(model.to_json()), "compile_config": {"optimizer": "adam", "loss": loss}}
    return planned(
        document,
        data={"class_name": "csv", "config": {"file": "the \"best\" 'houses' ä.csv"}},
        columns={"target": [target], "ignored": ["town", "id", *{"sold", "price €"} - {target}]},
        preparation=[
            {"class_name": "fill", "config": {"by": "median"}, "columns": ['area "m²"']},
            {"class_name": "Normalization", "config": {}, "columns": ['area "m²"', "it's"]},
        ],
        split=SHARE,
        fit={"epochs": 1},
    )


def of_arrays(made, loss, inputs=(4,), **variables):
    def write(shell):
        shell.user_ns.update(variables)
        model = keras.Sequential([keras.Input(inputs), *made])
        document = {**json.loads(model.to_json()), "compile_config": {"optimizer": "adam", "loss": loss}}
        return planned(document, data=ARRAYS, split=SHARE, fit={"epochs": 1})

    return write


def of_table(*arguments):
    def write(shell):
        found = houses().rename(columns={"area": 'area "m²"'})
        found["it's"], found["price €"] = RANDOM.random(len(found)), RANDOM.random(len(found)) * 1e5
        found.to_csv("the \"best\" 'houses' ä.csv", index=False)
        return table(*arguments)

    return write


IGNORING = {
    "module": "keras.losses",
    "class_name": "SparseCategoricalCrossentropy",
    "config": {"ignore_class": 2},
}
KINDS = {
    "two of a table": of_table("sold", "sigmoid", "binary_crossentropy"),
    "numbers of a table": of_table("price €", None, "mse"),
    "labels": of_arrays(
        [layers.Dense(3, "sigmoid")],
        "binary_crossentropy",
        x=RANDOM.random((60, 4)).astype("float32"),
        y=RANDOM.integers(0, 2, (60, 3)),
    ),
    "a mask of each picture": of_arrays(
        [layers.Conv2D(3, 3, padding="same", activation="softmax")],
        "sparse_categorical_crossentropy",
        (8, 8, 1),
        x=RANDOM.random((40, 8, 8, 1)).astype("float32"),
        y=RANDOM.integers(0, 3, (40, 8, 8)),
    ),
    "classes of which one does not count": of_arrays(
        [layers.Dense(3, "softmax")],
        IGNORING,
        x=RANDOM.random((60, 4)).astype("float32"),
        y=RANDOM.integers(0, 3, 60),
    ),
}


@pytest.fixture
def page(tmp_path, monkeypatch, request):
    """A document in a folder whose name has a space, trained."""
    folder = tmp_path / "my models"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(plotly.io.renderers, "default", "")
    shell = InteractiveShell.instance()
    page = Page(folder, KINDS[request.param](shell))
    page.train()
    page.ask("evaluate", part="validation")
    yield page
    InteractiveShell.clear_instance()


def variables():
    return {name: InteractiveShell.instance().user_ns.get(name) for name in ("x", "y")}


def asked(page, class_name, of=None, **config):
    payload = {"slice": of} if of else {}
    return page.ask("result", class_name=class_name, config=config, **payload)


def ran(page, class_name, of=None, **config):
    """What the script computes, outside of the notebook: the model is that which the run left."""
    payload = {"slice": of} if of else {}
    picture = {"class_name": class_name, "config": config}
    answer = page.ask("picture_code", picture=picture, **payload)
    assert "message" not in answer, answer
    return executed(answer["code"], **variables())


@pytest.mark.parametrize("page", ["two of a table", "numbers of a table"], indirect=True)
@pytest.mark.parametrize("column", few(["town", 'area "m²"', "id"], 3))
def test_groups_of_a_table(page, column):
    expected = asked(page, "slices", column=column)["rows"]
    found = ran(page, "scores_by_column", column=column)
    names = [row["name"] or ("missing" if row["is_missing"] else None) for row in expected]
    told = [name for name, _ in found["groups"]]
    assert [name for name in names if name] == [name for name, each in zip(told, names, strict=True) if each]
    assert [len(rows) for _, rows in found["groups"]] == [row["count"] for row in expected]
    np.testing.assert_allclose(found["means"], [row["score"] for row in expected], rtol=1e-4)
    of = {"column": column, "number": 1}
    gallery = asked(page, "worst", of=of)["samples"]
    found = ran(page, "sample_grid", of=of)
    assert found["rows"][found["chosen"]].tolist() == [sample["index"] for sample in gallery]


@pytest.mark.parametrize(
    "page", ["labels", "a mask of each picture", "classes of which one does not count"], indirect=True
)
def test_tables_and_matrices_of_each_kind(page):
    scores = asked(page, "per_class")
    found = ran(page, "scores_by_class")
    np.testing.assert_allclose(found["f1"], [row["f1"] for row in scores["rows"]])
    assert found["samples"].tolist() == [row["support"] for row in scores["rows"]]
    assert found["accuracy"] == pytest.approx(scores["accuracy"])
    counts = asked(page, "confusion", label=1)["counts"]
    assert ran(page, "confusion_matrix", label=1)["counts"].tolist() == counts
    gallery = asked(page, "worst", order="unsure")
    if gallery["count"] and "known" not in found:
        chosen = ran(page, "sample_grid", order="unsure")["chosen"].tolist()
        assert chosen == [sample["index"] for sample in gallery["samples"]]
