"""Results by the columns of a table, of new rows, and of two models beside each other."""

import io
import json

import keras
import numpy as np
import pandas as pd
import pytest
from sessionpage import SessionPage

from kerasviz.kernel.session import Session

RANDOM = np.random.default_rng(0)
ROWS = 240


def houses():
    area, town = RANDOM.random(ROWS) * 100, RANDOM.choice(["north", "south", "west"], ROWS)
    sold = np.where(area + 20 * (town == "north") + RANDOM.normal(0, 8, ROWS) > 55, "yes", "no")
    area[::17] = np.nan
    return pd.DataFrame({"area": area, "town": town, "id": np.arange(ROWS) + 1000, "sold": sold})


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A page of a session that has trained on a table, with its folder, its document and the table."""
    folder = tmp_path_factory.mktemp("houses")
    table = houses()
    table.to_csv(folder / "houses.csv", index=False)
    model = keras.Sequential([keras.Input((5,)), keras.layers.Dense(1, "sigmoid")])
    document = {
        **json.loads(model.to_json()),
        "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy", "metrics": ["accuracy"]},
    }
    document["kerasviz"] = {
        "training": {
            "data": {"class_name": "csv", "config": {"file": "houses.csv"}},
            "columns": {"target": ["sold"], "ignored": ["id"]},
            "preparation": [
                {"class_name": "fill", "config": {"by": "median"}, "columns": ["area"]},
                {"class_name": "Normalization", "config": {}, "columns": ["area"]},
                {"class_name": "StringLookup", "config": {"output_mode": "one_hot"}, "columns": ["town"]},
            ],
            "split": {"class_name": "share", "config": {"validation": 0.25, "test": 0.25, "seed": 1}},
            "fit": {"epochs": 3, "batch_size": 16},
            "callbacks": [],
            "seed": 1,
        }
    }
    page = SessionPage(Session(folder, "houses.keras.json"))
    assert page.trained(document)["error"] is None

    page.folder, page.document, page.table = folder, document, table
    return page


def predictions(page):
    """All that was predicted last, as the file that a person saves."""
    return pd.read_csv(io.StringIO(page.answer("result", class_name="csv_file", config={})["text"]))


def test_samples_are_told_apart_by_a_column(page):
    found = page.answer("evaluate", document=page.document, part="validation")
    assert found["columns"] == ["area", "town", "id", "sold"]
    table = predictions(page)
    whole = page.table.set_index("id").loc[table["id"]]
    assert table["town"].tolist() == whole["town"].tolist()  # each row beside what is predicted of it
    assert table["true"].tolist() == whole["sold"].tolist()
    right = table["true"] == table["predicted"]
    slices = page.answer("result", class_name="slices", config={"column": "town"})
    assert slices["all"] == pytest.approx(right.mean())
    by_town = right.groupby(table["town"]).agg(["mean", "size"])
    assert [(row["name"], row["count"]) for row in slices["rows"]] == list(by_town["size"].items())
    assert [row["score"] for row in slices["rows"]] == pytest.approx(by_town["mean"].tolist())
    ranges = page.answer("result", class_name="slices", config={"column": "area"})["rows"]
    assert ranges[-1]["is_missing"] and ranges[-1]["count"] == table["area"].isna().sum()
    assert sum(row["count"] for row in ranges) == len(table)
    south = {"column": "town", "number": 1}
    matrix = page.answer("result", class_name="confusion", config={}, slice=south)
    assert np.sum(matrix["counts"]) == by_town["size"]["south"]
    shown = page.answer("result", class_name="worst", config={"order": "unsure"}, slice=south)["samples"]
    assert {table["town"][sample["index"]] for sample in shown} == {"south"}
    first = table.iloc[shown[0]["index"]]
    assert shown[0]["text"].endswith("town south") and first["town"] == "south"  # as the table has it
    wrong = page.answer("result", class_name="confusion", config={}, slice={"column": "town", "number": 9})
    assert wrong["code"] == "bad_request"


def test_new_rows_are_prepared_as_those_that_trained(page):
    new = houses()[:50]
    new.to_csv(page.folder / "new.csv", index=False)
    data = {"class_name": "csv", "config": {"file": "new.csv"}}
    found = page.answer("evaluate", document=page.document, part="test", data=data)
    assert (found["count"], found["data"]) == (50, "new.csv")
    table = predictions(page)
    area = page.table["area"][page.session.samples[1].rows.known.parts == 0]
    filled = new["area"].fillna(area.median()).to_numpy()
    scaled = (filled - area.fillna(area.median()).mean()) / area.fillna(area.median()).std(ddof=0)
    towns = np.stack([np.zeros(50), *((new["town"] == name) for name in by_count(page))], axis=1)
    x = np.column_stack([scaled, towns]).astype("float32")
    model = page.session.worker.keeper().model
    np.testing.assert_allclose(table["output_0"], model.predict(x, verbose=0).ravel(), rtol=1e-4)
    loss = model.evaluate(x, (new["sold"] == "yes").to_numpy("float32"), verbose=0, return_dict=True)
    assert {each["name"]: each["value"] for each in found["metrics"]} == pytest.approx(loss, rel=1e-4)
    new.drop(columns=["sold", "id"]).to_csv(page.folder / "unknown.csv", index=False)
    data = {"class_name": "csv", "config": {"file": "unknown.csv"}}
    found = page.answer("evaluate", document=page.document, part="test", data=data)
    assert (found["metrics"], found["outputs"][0]["has_truth"]) == ([], False)
    alone = predictions(page)
    assert list(alone.columns) == ["index", "area", "town", "predicted", "output_0"]
    assert alone["output_0"].tolist() == table["output_0"].tolist()
    new[["town"]].to_csv(page.folder / "less.csv", index=False)
    data = {"class_name": "csv", "config": {"file": "less.csv"}}
    assert page.answer("evaluate", document=page.document, part="test", data=data)["code"] == "no_data"
    data = {"class_name": "digits", "config": {}}
    assert page.answer("evaluate", document=page.document, part="test", data=data)["code"] == "no_data"


def by_count(page):
    """Towns as the step that looks them up has them: the most frequent one first."""
    chains = page.session.samples[1].rows.known.chains
    return chains["town"][0].layer.get_vocabulary()[1:]


def test_two_epochs_are_compared_on_the_same_samples(page):
    run = page.answer("runs")["runs"][0]["id"]
    last = page.answer("evaluate", document=page.document, part="validation")
    now = predictions(page)
    first = page.answer(
        "evaluate", document=page.document, part="validation", at={"run": run, "epoch": 1}, beside=True
    )
    assert (first["epoch"], first["count"]) == (1, last["count"])
    compared = page.answer("result", class_name="comparison", config={})
    text = page.answer("result", class_name="csv_file", config={}, whose="other")["text"]
    then = pd.read_csv(io.StringIO(text))
    right, right_then = now["true"] == now["predicted"], then["true"] == then["predicted"]
    assert compared["only_this"] == (right & ~right_then).sum()
    assert compared["only_other"] == (right_then & ~right).sum()
    assert compared["both"] + compared["neither"] == (right == right_then).sum()
    for only, there in (("this", right & ~right_then), ("other", right_then & ~right)):
        gallery = page.answer("result", class_name="worst", config={"only": only})
        assert {sample["index"] for sample in gallery["samples"]} == set(now["index"][there])
    slices = page.answer("result", class_name="slices", config={"column": "town"})
    assert slices["other_all"] == pytest.approx(right_then.mean())
    kept = keras.models.load_model(page.folder / "runs" / run / "checkpoints" / "epoch-0001.keras")
    x = page.session.samples[1].held("validation")[0].x
    np.testing.assert_allclose(then["output_0"], kept.predict(x, verbose=0).ravel(), rtol=1e-4)
    page.answer("evaluate", document=page.document, part="validation")
    assert page.answer("result", class_name="comparison", config={})["code"] == "no_predictions"
