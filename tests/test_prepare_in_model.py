"""The preparation put into the model: raw input gives what prepared input gave."""

import json

import keras
import numpy as np
import pandas as pd
import pytest
from conftest import BACKEND, except_on, tensorflow_only
from test_first_model import of_frame, trained
from test_preparation import houses

from kerasviz.data import load
from kerasviz.data.fitting import fit_to_model
from kerasviz.data.preparation import prepared
from kerasviz.models.building import build_model
from kerasviz.models.keeper import Keeper
from kerasviz.models.prepareinmodel import prepare_in_model
from kerasviz.protocol import RequestError
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

RANDOM = np.random.default_rng(0)
SPLIT = {"class_name": "share", "config": {}}
DATA = {"class_name": "dataframe", "config": {"name": "t"}}


def put_in(made, frame):
    return prepare_in_model(made, load(DATA, {"t": frame}))


@tensorflow_only("it takes text as an input")
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
    assert "'area'" in notes[0]
    assert notes[1:] == [
        "The step decimal_text of 'tax' stays in the plan: Keras has no such layer.",
        "The step dates of 'sold' stays in the plan: Keras has no such layer.",
        "The step fill of 'city' stays in the plan: Keras has no layer that fills missing words.",
    ]
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
    left = {step["class_name"] for step in made["kerasviz"]["training"]["preparation"]}
    assert left <= ({"StringLookup", "TextVectorization"} if BACKEND != "tensorflow" else set())
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
    assert dtypes[1:] == ["int64", "float32"] and (dtypes[0] == "string") == (BACKEND == "tensorflow")


@except_on("tensorflow", "takes text as an input")
def test_words_stay_in_the_plan_where_a_model_can_not_take_them():
    frame = houses()[["area", "city", "price"]]
    document = of_frame(frame)[0]
    made, notes = put_in(document, frame)
    reason = "only the TensorFlow backend of Keras takes text as an input"
    assert notes[1:] == [f"The step StringLookup of 'city' stays in the plan: {reason}."]
    left = made["kerasviz"]["training"]["preparation"]
    assert [(step["class_name"], step["columns"]) for step in left] == [("StringLookup", ["city"])]


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
        "area": ["area"],
        "rooms": ["rooms"],
        "city": ["city"],
    }
    assert "positions" not in made["kerasviz"]


def test_where_nothing_can_go_in_it_is_said():
    frame = houses()[["area", "price"]]
    made, _ = of_frame(frame)
    made["kerasviz"]["training"]["preparation"] = []
    with pytest.raises(RequestError, match="The plan has no step that could be put into the model"):
        put_in(made, frame)


def plain_document(inputs, layers, **training):
    layers = [*layers, keras.layers.Dense(2, activation="softmax", name="kind")]
    model = keras.Sequential([inputs, *layers], name="net")
    model.compile("adam", "sparse_categorical_crossentropy")
    return {**json.loads(model.to_json()), "kerasviz": {"training": {"seed": 1, **training}}}, model


def same_weights(document, model):
    raw = build_model(document)
    for layer in model.layers:
        if layer.weights:
            raw.get_layer(layer.name).set_weights(layer.get_weights())
    return raw


def test_steps_of_arrays_become_layers_that_learned_from_the_samples_that_train(tmp_path):
    x, y = RANDOM.normal(3, 2, (40, 8, 8, 1)).astype("float32"), np.arange(40) % 2
    steps = [{"class_name": "RandomFlip", "config": {}}, {"class_name": "Normalization", "config": {}}]
    data = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    document, model = plain_document(
        keras.Input((8, 8, 1), name="image"), [keras.layers.Flatten()], data=data, preparation=steps, fit={}
    )
    loaded = load(data, {"x": x, "y": y})
    made, notes = prepare_in_model(document, loaded)
    assert notes == ["RandomFlip and Normalization are layers of the model now."]
    assert made["kerasviz"]["training"]["preparation"] == []
    assert [layer["name"] for layer in made["config"]["layers"]][:3] == [
        "image",
        "image_step_1",
        "image_step_2",
    ]
    raw = same_weights(made, model)
    scaled = (x - x[:32].mean()) / x[:32].std()
    np.testing.assert_allclose(raw.predict(x, verbose=0), model.predict(scaled, verbose=0), rtol=1e-4)
    trained(made, {"x": x, "y": y}, tmp_path, epochs=1)
    with pytest.raises(RequestError, match="The plan has no step"):
        prepare_in_model(made, loaded)


def test_a_model_for_a_folder_takes_pictures_of_any_size(tmp_path):
    from PIL import Image

    pixels = {}
    for number in range(6):
        file = tmp_path / "flowers" / ("rose" if number % 2 else "tulip") / f"{number}.png"
        file.parent.mkdir(parents=True, exist_ok=True)
        pixels[number] = RANDOM.integers(0, 255, (20 + number, 30, 3)).astype("uint8")
        Image.fromarray(pixels[number]).save(file)
    data = {"class_name": "images", "config": {"path": "flowers", "interpolation": "nearest"}}
    layers = [keras.layers.Rescaling(1 / 255, name="scaled"), keras.layers.GlobalAveragePooling2D()]
    document, model = plain_document(keras.Input((12, 16, 3), name="image"), layers, data=data)
    loaded = load(data, {}, tmp_path)
    made, notes = prepare_in_model(document, loaded)
    assert notes == ["The model takes pictures of any size, and resizes them to 12 by 16."]
    assert made["kerasviz"]["training"]["data"]["config"]["height"] == 12
    raw, read = same_weights(made, model), loaded.batches.fitted_to((12, 16, 3))
    for number, file in enumerate(read.files):
        given = pixels[int(file.rpartition("/")[2].partition(".")[0])][None]
        expected = model.predict(read.read(np.array([number])), verbose=0)
        np.testing.assert_allclose(raw.predict(given, verbose=0), expected, rtol=1e-5)


@pytest.mark.thorough
@tensorflow_only("it takes text as an input")
def test_a_model_for_a_folder_takes_raw_texts(tmp_path):
    for number in range(6):
        file = tmp_path / "said" / ("no" if number % 2 else "yes") / f"{number}.txt"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(f"word{number} all")
    data = {"class_name": "texts", "config": {"path": "said"}}
    steps = [{"class_name": "TextVectorization", "config": {"output_sequence_length": 2}}]
    layers = [keras.layers.Embedding(20, 3, name="embedded"), keras.layers.Flatten()]
    inputs = keras.Input((2,), name="words")
    document, _ = plain_document(inputs, layers, data=data, preparation=steps)
    rows = trained_at(document, tmp_path)
    made, _ = prepare_in_model(document, load(data, {}, tmp_path))
    words = made["config"]["layers"][1]["config"]["vocabulary"]
    assert len([word for word in words if word.startswith("word")]) == 4  # of those that train
    assert trained_at(made, tmp_path) == rows == 20


def trained_at(document, folder):
    """Trains beside the data; returns the rows of the first weights."""
    plan, keeper = read_plan(document), Keeper(folder)
    run = Run("net", plan.epochs)
    fit(plan, keeper, run, {}, lambda curves: curves and run.extend(curves), lambda _: None)
    assert run.to_json()["curves"]["epoch"]["loss"]["y"]
    return len(keeper.model.get_weights()[0])
