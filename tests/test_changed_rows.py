"""A row of a table as a sample: its form, other values in it, and the answer before and after."""

import json

import keras
import numpy as np
import pandas as pd
import pytest
from conftest import planned
from sessionpage import SessionPage

from kerasviz.data import load
from kerasviz.insight.choosers import choose, further_ways
from kerasviz.insight.own import Own
from kerasviz.insight.results.newsamples import new_samples
from kerasviz.insight.samples.formfields import form_of
from kerasviz.insight.samples.samples import samples_of
from kerasviz.kernel.session import Session
from kerasviz.protocol import RequestError


def passengers(count=60):
    """A small table of each kind of column."""
    draw = np.random.default_rng(0)
    age = np.round(draw.uniform(1, 80, count), 1)
    age[::7] = np.nan
    return pd.DataFrame(
        {
            "pclass": draw.integers(1, 4, count),
            "sex": draw.choice(["male", "female"], count),
            "age": age,
            "alone": draw.integers(0, 2, count).astype(bool),
            "boarded": pd.date_range("1912-04-01", periods=count).to_numpy(),
            "fare": np.round(draw.uniform(5, 300, count), 2),
        }
    )


TABLE = {"class_name": "dataframe", "config": {"name": "t"}}


@pytest.fixture(scope="module")
def table():
    return passengers()


@pytest.fixture(scope="module")
def document(table):
    """A model of the fare, whose new weights are always the same."""
    (array,) = samples_of(_planned({}), {"t": table}, None).take("training", 0).inputs.values()
    dense = keras.layers.Dense(1, kernel_initializer="ones", name="out")
    return _planned(json.loads(keras.Sequential([keras.Input(array.shape[1:]), dense]).to_json()))


def _planned(document):
    return planned(document, data=TABLE, columns={"target": ["fare"], "ignored": [], "weight": None})


def changed(samples, document, values, part="training", index=0):
    config = {"values": values, "part": part, "index": index}
    way = {"class_name": "by_row", "config": config}
    return choose(way, lambda: samples, lambda: Own(document, samples))


def fields_of(samples, document, taken):
    return form_of(Own(document, samples), taken)["fields"]


def test_a_row_with_the_values_of_another_one_is_prepared_as_that_one(table, document):
    samples = samples_of(document, {"t": table}, None)
    assert "by_row" in further_ways(Own(document, samples))
    cut = samples.counts["training"]
    for part, index, row in (("training", 7, 7), ("validation", 3, cut + 3)):
        fields = fields_of(samples, document, samples.take(part, index))
        values = {field["name"]: field["value"] for field in fields}
        assert values["age"] == (None if np.isnan(table.age[row]) else table.age[row])
        assert (values["sex"], values["alone"]) == (table.sex[row], str(table.alone[row]))
        assert values["boarded"] == str(table.boarded[row].date())
        given = changed(samples, document, values)
        assert given.part is None and given.original.index == 0
        (expected,) = samples.take(part, index).inputs.values()
        np.testing.assert_allclose(next(iter(given.inputs.values())), expected, rtol=1e-6)
    unchanged = changed(samples, document, {}, "training", 5)
    assert (unchanged.index, unchanged.original) == (5, None)


def test_a_field_says_what_its_column_can_be(table, document):
    samples = samples_of(document, {"t": table}, None)
    fields = {field["name"]: field for field in fields_of(samples, document, None)}
    assert "fare" not in fields
    kinds = {name: field["kind"] for name, field in fields.items()}
    assert kinds == {
        "pclass": "number",
        "sex": "category",
        "age": "number",
        "alone": "category",
        "boarded": "date",
    }
    assert (fields["pclass"]["minimum"], fields["pclass"]["maximum"], fields["pclass"]["whole"]) == (
        1,
        3,
        True,
    )
    assert sorted(fields["sex"]["choices"]) == ["female", "male"]
    assert [name for name, field in fields.items() if field["may_miss"]] == ["age"]
    assert fields["age"]["value"] == pytest.approx(np.nanmedian(table.age))  # a typical row


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"age": "old"}, "Column 'age' expects a number, not 'old'."),
        ({"boarded": "someday"}, "Column 'boarded' expects a date such as 2024-12-31"),
        ({"fare": 3}, "The model does not use column 'fare'."),
        ({"sex": "x" * 100_001}, "The text has more than 100000 characters."),
    ],
)
def test_what_a_column_cannot_hold_is_said(table, document, values, said):
    samples = samples_of(document, {"t": table}, None)
    with pytest.raises(RequestError) as refused:
        changed(samples, document, values)
    assert str(refused.value).startswith(said)


def test_what_is_missing_or_was_never_seen_goes_through_the_steps(table, document):
    samples = samples_of(document, {"t": table}, None)
    for values in ({"age": None}, {"sex": "unknown"}, {"sex": "🚢"}, {"boarded": "2024-02-29"}):
        (array,) = changed(samples, document, values).inputs.values()
        assert np.isfinite(array).all()


def test_the_answer_before_and_after_is_that_of_keras(table, document, tmp_path):
    table.to_csv(tmp_path / "t.csv", index=False)
    data = {"class_name": "csv", "config": {"file": "t.csv"}}
    document = {**document, "kerasviz": {"training": {**document["kerasviz"]["training"], "data": data}}}
    ask = session_of(tmp_path)
    way = {"class_name": "by_row", "config": {"values": {"age": 30}, "part": "training", "index": 2}}
    sample = ask("sample", document=document, choice=way)
    assert (sample["index"], sample["part"], sample["is_changed"]) == (2, "training", True)
    assert sample["label"] == f"{table.fare[2]:.6g}"
    probed = ask("probe", document=document, path=[], nodes=[])
    (now,), (before,) = (list(probed[name].values()) for name in ("predictions", "before"))
    assert (now["numbers"][0]["name"], now["numbers"][0]["target"]) == ("fare", None)
    assert before["numbers"][0]["target"] == pytest.approx(table.fare[2], rel=1e-6)
    samples = samples_of(document, {}, tmp_path)
    model = keras.models.model_from_json(json.dumps(document))
    rows = (changed(samples, document, {"age": 30}, index=2), samples.take("training", 2))
    for predicted, row in zip((now, before), rows, strict=True):
        expected = float(model.predict(row.inputs[0], verbose=0).item())
        assert predicted["numbers"][0]["value"] == pytest.approx(expected, rel=1e-6)
    assert now["numbers"][0]["value"] != before["numbers"][0]["value"]
    index = {"class_name": "by_index", "config": {"index": 2}}
    assert ask("sample", document=document, choice=index)["is_changed"] is False
    again = ask("probe", document=document, path=[], nodes=[])
    assert again["before"] == {} and list(again["predictions"].values()) == [before]


def session_of(folder):
    page = SessionPage(Session(folder, "t.keras.json"))

    def ask(type, **payload):
        reply = page.ask(type, **payload)
        assert reply["ok"], reply["error"]
        return reply["payload"]

    return ask


def test_columns_go_to_the_inputs_and_classes_have_the_names_of_the_table(table, tmp_path):
    table.to_csv(tmp_path / "t.csv", index=False)
    numbers, dates = keras.Input((2,), name="numbers"), keras.Input((1,), name="pclass")
    joined = keras.layers.Concatenate()([numbers, dates])
    sex = keras.layers.Dense(1, activation="sigmoid", name="sex")(joined)
    document = json.loads(keras.Model([numbers, dates], sex).to_json())
    document["compile_config"] = {"loss": "binary_crossentropy"}
    columns = {"target": ["sex"], "ignored": ["boarded", "alone"], "weight": None}
    steps = [{"class_name": "fill", "config": {}, "columns": ["age"]}]
    data = {"class_name": "csv", "config": {"file": "t.csv"}}
    document = planned(document, data=data, columns=columns, preparation=steps)
    ask = session_of(tmp_path)
    way = {"class_name": "by_row", "config": {"values": {"age": 30, "pclass": 2}, "part": None}}
    sample = ask("sample", document=document, choice=way)
    assert sample["classes"] == ["female", "male"]
    probed = ask("probe", document=document, path=[], nodes=[])
    assert [view["facts"]["maximum"] for view in probed["views"]["pclass:0"]] == [2]
    for said in (probed["predictions"]["sex:0"], probed["before"]["sex:0"]):
        assert {one["name"] for one in said["likely"]} == {"female", "male"} and said["is_right"] is None


def test_a_row_of_new_data_is_changed_as_one_of_the_data(table, document):
    samples = samples_of(document, {"t": table}, None)
    new = passengers(12).sample(frac=1, random_state=1).reset_index(drop=True).drop(columns="fare")
    new["alone"], new["boarded"] = new.alone.astype(int), new.boarded.astype(str)  # as a file may have them
    own = Own(document, samples, new=new_samples(samples, load(TABLE, {"t": new}, None)))
    at = int(np.flatnonzero(new.age.notna())[-1])
    row = choose({"class_name": "of_new_data", "config": {"index": at}}, lambda: samples, lambda: own)
    fields = {field["name"]: field for field in form_of(own, row)["fields"]}
    assert fields["age"]["value"] == new.age[at] and fields["sex"]["value"] == new.sex[at]
    assert (fields["alone"]["value"], fields["boarded"]["value"]) == (
        str(bool(new.alone[at])),
        new.boarded[at],
    )
    assert fields["age"]["maximum"] == table.age.max()  # the range is that of the data

    def asked(values):
        config = {"values": values, "part": "new", "index": at}
        return choose({"class_name": "by_row", "config": config}, lambda: samples, lambda: own)

    back, other = asked({}), asked({"age": 30})
    assert (back.is_new, back.index, back.original) == (True, at, None)
    assert (other.root.is_new, other.root.index) == (True, at)
    assert {
        name: field["value"] for name, field in zip(fields, form_of(own, other)["fields"], strict=True)
    } == {name: field["value"] for name, field in fields.items()}
    np.testing.assert_array_equal(back.inputs[0], row.inputs[0])
    as_other = {name: field["value"] for name, field in fields.items()} | {"age": 30}
    expected = changed(samples, document, as_other)
    np.testing.assert_array_equal(other.inputs[0], expected.inputs[0])
    assert (other.inputs[0] != row.inputs[0]).any()
    gone = Own(document, samples)
    with pytest.raises(RequestError, match="Predict it again"):
        choose(
            {"class_name": "by_row", "config": {"values": {}, "part": "new"}}, lambda: samples, lambda: gone
        )
