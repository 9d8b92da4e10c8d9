"""The preparation put into the model: raw input gives what prepared input gave."""

import json

import keras
import numpy as np
import pandas as pd
import pytest
from test_first_model import of_frame, trained
from test_preparation import houses

from kerasviz.data import load
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.preparation import prepared
from kerasviz.models.building import build_model
from kerasviz.models.prepareinmodel import prepare_in_model
from kerasviz.protocol import RequestError

RANDOM = np.random.default_rng(0)
SPLIT = {"class_name": "share", "config": {}}
DATA = {"class_name": "dataframe", "config": {"name": "t"}}


def put_in(made, frame):
    return prepare_in_model(made, load(DATA, {"t": frame}))


def test_raw_columns_give_what_prepared_ones_gave(tmp_path):
    frame = houses()
    frame["city"] = frame["city"].where(frame.index != 5, None)
    made, _ = of_frame(frame)
    got, model = trained(made, {"t": frame}, tmp_path, epochs=2)
    document, notes = put_in(made, frame)
    plan = document["kerasviz"]["training"]
    # Dates, text that is a number, and words that are missing have no layer in Keras.
    left = [(step["class_name"], step["columns"]) for step in plan["preparation"]]
    assert left == [("decimal_text", ["tax"]), ("dates", ["sold"]), ("fill", ["city"])]
    assert "'area'" in notes[0] and "'city', 'sold' and 'tax'" in notes[1]
    assert plan["columns"]["inputs"]["city"] == ["city"]
    json.dumps(document)
    before = prepared_x(made, frame, model)
    raw_model = build_model(document)
    for layer in model.layers:
        if layer.weights:
            raw_model.get_layer(layer.name).set_weights(layer.get_weights())
    after = prepared_x(document, frame, raw_model)
    assert set(after) == {"sold", "area", "rooms", "city", "heated", "tax"}
    np.testing.assert_allclose(
        raw_model.predict(after, verbose=0), model.predict(before, verbose=0), rtol=1e-6
    )
    again, _ = trained(document, {"t": frame}, tmp_path, epochs=2)
    assert again["val_mean_absolute_error"] == pytest.approx(got["val_mean_absolute_error"], rel=1e-4)


def prepared_x(document, frame, model):
    training = document["kerasviz"]["training"]
    table = load(DATA, {"t": frame})
    data = prepared(table, training.get("columns", {}), training.get("preparation"), SPLIT, model=model)
    return fit_to_model(data, model).x


def put_in_and_compare(document, frame, tmp_path):
    """Trains, puts the preparation into the model, and compares what both give."""
    _, model = trained(document, {"t": frame}, tmp_path, epochs=1)
    made, _ = put_in(document, frame)
    raw_model = build_model(made)
    for layer in model.layers:
        if layer.weights:
            raw_model.get_layer(layer.name).set_weights(layer.get_weights())
    before, after = prepared_x(document, frame, model), prepared_x(made, frame, raw_model)
    got, expected = (
        keras.tree.flatten(m.predict(x, verbose=0)) for m, x in ((raw_model, after), (model, before))
    )
    for one, other in zip(got, expected, strict=True):
        np.testing.assert_allclose(one, other, rtol=1e-6, atol=1e-6)
    assert made["kerasviz"]["training"]["preparation"] == []
    return made


def test_numbers_that_stand_beside_each_other_share_a_layer(tmp_path):
    frame = pd.DataFrame(RANDOM.normal(5, 3, (200, 6)), columns=list("abcdef")).assign(y=RANDOM.random(200))
    frame.loc[:40, "c"] = np.nan
    made = put_in_and_compare(of_frame(frame)[0], frame, tmp_path)
    names = [layer["class_name"] for layer in made["config"]["layers"]]
    assert names.count("InputLayer") == 6 and names.count("Normalization") == 1
    assert names.count("NanToNum") == 1 and made["class_name"] == "Functional"


def test_words_numbers_and_bins_go_in(tmp_path):
    frame = pd.DataFrame(
        {
            "words": RANDOM.choice(["good book", "bad film", "fine"], 200),
            "code": RANDOM.choice([7, 11, 13], 200),
            "age": RANDOM.normal(40, 9, 200),
            "y": RANDOM.random(200),
        }
    )
    steps = [
        {"class_name": "TextVectorization", "config": {"output_sequence_length": 3}, "columns": ["words"]},
        {"class_name": "IntegerLookup", "config": {}, "columns": ["code"]},
        {"class_name": "Discretization", "config": {"num_bins": 4}, "columns": ["age"]},
    ]
    model = keras.Sequential([keras.Input((5,), name="x"), keras.layers.Dense(1, name="y")])
    document = {**json.loads(model.to_json()), "compile_config": {"loss": "mse"}}
    plan = {"data": DATA, "preparation": steps, "split": SPLIT, "fit": {}}
    made = put_in_and_compare({**document, "kerasviz": {"training": plan}}, frame, tmp_path)
    dtypes = [tensor.dtype for tensor in build_model(made).inputs]
    assert dtypes == ["string", "int64", "float32"]


def test_each_input_gets_its_columns(tmp_path):
    frame = houses()[["area", "rooms", "city", "price"]]
    left, right = keras.Input((1,), name="area"), keras.Input((6,), name="rest")
    out = keras.layers.Dense(1, name="out")(keras.layers.Concatenate(name="both")([left, right]))
    document = json.loads(keras.Model([left, right], out).to_json())
    document["compile_config"] = {"loss": "mse"}
    document["kerasviz"] = {
        "positions": {"out:0": [1, 2]},
        "training": {"data": DATA, "split": SPLIT, "fit": {}},
    }
    made = put_in_and_compare(document, frame, tmp_path)
    assert made["kerasviz"]["training"]["columns"]["inputs"] == {
        "area_raw": ["area"],
        "rooms": ["rooms"],
        "city": ["city"],
    }
    assert "positions" not in made["kerasviz"]


def test_where_nothing_can_go_in_it_is_said():
    frame = houses()[["area", "price"]]
    made, _ = of_frame(frame)
    made["kerasviz"]["training"]["preparation"] = []
    with pytest.raises(RequestError, match="No step of the plan can be put into the model"):
        put_in(made, frame)
