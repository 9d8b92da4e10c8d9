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
    "page", few(["classes of which one does not count", "labels", "a mask of each picture"], 3), indirect=True
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


def read(page, class_name, output=0, **config):
    """What the script computes, where nothing but the files and the named arrays is there."""
    picture = {"class_name": class_name, "config": config}
    answer = page.ask("picture_code", picture=picture, output=output)
    assert "message" not in answer, answer
    known = InteractiveShell.instance().user_ns
    return executed(answer["code"], **{name: known.get(name) for name in ("x", "y", "w", "new_x", "new_y")})


def of_masks(shell):
    """A tag for each word; where a text ends, masks say so, and weights leave out a word of each."""
    words, tags = RANDOM.integers(1, 9, (48, 6)), RANDOM.integers(0, 3, (48, 6))
    for row, length in enumerate(RANDOM.integers(2, 6, 48)):
        words[row, length:] = 0
    weights = np.ones((48, 6), "float32")
    weights[:, 1] = 0
    shell.user_ns.update(x=words, y=tags, w=weights)
    made = [layers.Embedding(9, 4, mask_zero=True), layers.Dense(3, "softmax")]
    model = keras.Sequential([keras.Input((6,), dtype="int32"), *made])
    document = {
        **json.loads(model.to_json()),
        "compile_config": {"optimizer": "adam", "loss": "sparse_categorical_crossentropy"},
    }
    data = {"class_name": "arrays", "config": {"x": "x", "y": "y", "sample_weight": "w"}}
    return planned(document, data=data, split=SHARE, fit={"epochs": 1})


KINDS["masks and weights of positions"] = of_masks


@pytest.mark.parametrize(
    "page", ["masks and weights of positions", "classes of which one does not count"], indirect=True
)
def test_what_does_not_count_is_left_out(page):
    expected = asked(page, "confusion")["counts"]
    found = read(page, "confusion_matrix")
    assert found["counts"].tolist() == expected and not found["known"].all()
    for order in ("wrong", "unsure"):
        gallery = asked(page, "worst", order=order)["samples"]
        found = read(page, "sample_grid", order=order)
        assert found["chosen"].tolist() == [sample["index"] for sample in gallery]
        if "wrong" in found:
            assert found["wrong"] == [f"{each['wrong']} of {each['positions']}" for each in gallery]
        else:
            assert found["truth"] == [sample["true"] for sample in gallery]


@pytest.mark.parametrize("has_truth", [True, False])
@pytest.mark.parametrize("page", ["two of a table", "numbers of a table"], indirect=True)
def test_new_rows_of_a_table_go_through_what_the_preparation_has_learned(page, has_truth):
    target = page.document["kerasviz"]["training"]["columns"]["target"]
    new = houses().rename(columns={"area": 'area "m²"'}).iloc[10:40]
    new["it's"] = RANDOM.random(len(new))
    new.loc[new.index[3], 'area "m²"'] = None
    if has_truth:
        new["price €"] = RANDOM.random(len(new)) * 1e5
    else:
        new = new.drop(columns=[name for name in target if name in new.columns])
    new.to_csv("new.csv", index=False)
    outputs = page.ask("evaluate", data={"class_name": "csv", "config": {"file": "new.csv"}})["outputs"]
    assert outputs[0]["has_truth"] == has_truth
    gallery = asked(page, "worst", order="wrong" if has_truth else "unsure")["samples"]
    found = read(page, "sample_grid", order="wrong" if has_truth else "unsure")
    assert gallery and found["chosen"].tolist() == [sample["index"] for sample in gallery]
    np.testing.assert_allclose(
        found["score"].ravel(), page.session.predicted[0].outputs[0].values.ravel(), rtol=1e-4
    )
    if has_truth:
        groups = asked(page, "slices", column="town")["rows"]
        found = read(page, "scores_by_column", column="town")
        np.testing.assert_allclose(found["means"], [row["score"] for row in groups], rtol=1e-4)


def of_scaled(shell):
    write = of_arrays(
        [layers.Dense(3, "softmax")],
        "categorical_crossentropy",
        x=(RANDOM.random((60, 4)) * 50).astype("float32"),
        y=RANDOM.integers(0, 3, 60),
        new_x=(RANDOM.random((20, 4)) * 90).astype("float32"),
        new_y=RANDOM.integers(0, 3, 20),
    )
    document = write(shell)
    document["kerasviz"]["training"]["preparation"] = [{"class_name": "Normalization", "config": {}}]
    return document


KINDS["scaled numbers"] = of_scaled


@pytest.mark.parametrize("page", ["labels", "scaled numbers"], indirect=True)
def test_new_arrays_are_prepared_as_those_that_trained(page):
    known = InteractiveShell.instance().user_ns
    known.setdefault("new_x", RANDOM.random((20, 4)).astype("float32"))
    kind = page.ask("evaluate", data={"class_name": "arrays", "config": {"x": "new_x"}})["outputs"][0]["kind"]
    before = known["new_x"].copy()
    gallery = asked(page, "worst", order="unsure")["samples"]
    found = read(page, "sample_grid", order="unsure")
    assert gallery and found["chosen"].tolist() == [sample["index"] for sample in gallery]
    np.testing.assert_array_equal(known["new_x"], before)
    if kind == "classes":
        page.ask("evaluate", data={"class_name": "arrays", "config": {"x": "new_x", "y": "new_y"}})
        assert read(page, "confusion_matrix")["counts"].tolist() == asked(page, "confusion")["counts"]
