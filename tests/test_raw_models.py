"""A model that was trained, and then got the preparation: saved, it takes raw input wherever Keras is."""

import json
import subprocess
import sys

import keras
import numpy as np
import pandas as pd
import pytest
from test_first_model import of_frame
from test_prepare_in_model import DATA, RANDOM, plain_document

from kerasviz.data import load
from kerasviz.data.preparation import prepared
from kerasviz.models.keeper import Keeper
from kerasviz.models.prepareinmodel import prepare_in_model
from kerasviz.training.fit import fit
from kerasviz.training.plan import read_plan
from kerasviz.training.run.run import Run

ALONE = """
import json, sys
import keras, numpy as np
for name, x in json.load(open(sys.argv[1])).items():
    model = keras.models.load_model(name + ".keras")
    as_tensor = lambda rows: keras.ops.convert_to_tensor(rows)
    x = {key: as_tensor(rows) for key, rows in x.items()} if isinstance(x, dict) else as_tensor(x)
    np.save(name, model.predict(x, verbose=0))
assert "kerasviz" not in sys.modules
"""


def trained_then_raw(document, folder, name, namespace):
    """Trains, puts the preparation into the drawing, and saves; returns the trained model and the plan."""
    keeper = Keeper(folder)
    training = {**document["kerasviz"]["training"], "seed": 0, "fit": {"epochs": 1}}
    document = {**document, "kerasviz": {"training": training}}
    fit(read_plan(document), keeper, Run("m", 1), namespace, lambda _: None, lambda _: None)
    made, _ = prepare_in_model(document, load(training["data"], namespace, folder))
    keeper.save(made, f"{name}.keras")
    return keeper.model, made, document


@pytest.mark.thorough
def test_a_trained_model_that_got_the_preparation_needs_nothing_but_keras(tmp_path):
    raw, expected = {}, {}

    frame = pd.DataFrame({"area": RANDOM.normal(90, 20, 80), "city": RANDOM.choice(["Ulm", "Bonn"], 80)})
    frame["price"] = frame["area"] * 3
    document = of_frame(frame)[0]
    document["kerasviz"]["training"]["split"] = None
    model, _, _ = trained_then_raw(document, tmp_path, "table", {"t": frame})
    table = prepared(load(DATA, {"t": frame}), {}, None, None, model=model, validation_split=0.2)
    expected["table"] = model.predict(table.x, verbose=0)
    raw["table"] = {name: [[value] for value in frame[name]] for name in ("area", "city")}

    pictures = RANDOM.integers(0, 255, (40, 6, 6, 1)).astype("float32")
    data, y = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}, np.arange(40) % 2
    steps = [{"class_name": "Normalization", "config": {}, "columns": []}]
    inputs, flat = keras.Input((6, 6, 1), name="image"), [keras.layers.Flatten()]
    document, _ = plain_document(inputs, flat, data=data, preparation=steps)
    names = {"x": pictures, "y": y}
    model, _, _ = trained_then_raw(document, tmp_path, "pictures", names)
    expected["pictures"] = model.predict(
        prepared(load(data, names), {}, steps, None, validation_split=0.2).x, verbose=0
    )
    raw["pictures"] = pictures.tolist()

    texts = np.array([f"word{at % 7} all" for at in range(40)])
    steps = [{"class_name": "TextVectorization", "config": {"output_sequence_length": 2}, "columns": []}]
    layers = [keras.layers.Embedding(20, 3, name="embedded"), keras.layers.Flatten()]
    document, _ = plain_document(keras.Input((2,), name="words"), layers, data=data, preparation=steps)
    model, _, _ = trained_then_raw(document, tmp_path, "texts", {"x": texts, "y": y})
    words = prepared(load(data, {"x": texts, "y": y}), {}, steps, None, validation_split=0.2).x
    expected["texts"] = model.predict(words, verbose=0)
    raw["texts"] = [[line] for line in texts.tolist()]

    series = pd.DataFrame({"a": RANDOM.normal(20, 5, 90), "b": RANDOM.normal(-3, 9, 90)})
    config = {"table": DATA, "target": "a", "length": 6}
    network = keras.Sequential(
        [keras.Input((6, 2), name="past"), keras.layers.Flatten(), keras.layers.Dense(1, name="next")]
    )
    network.compile("adam", "mse")
    document = {**json.loads(network.to_json()), "kerasviz": {"training": {"data": {}}}}
    document["kerasviz"]["training"]["data"] = {"class_name": "windows", "config": config}
    model, made, _ = trained_then_raw(document, tmp_path, "windows", {"t": series})
    assert made["kerasviz"]["training"]["data"]["config"]["normalized"] is False
    few = np.arange(5)
    scaled = load({"class_name": "windows", "config": config}, {"t": series}).batches.read(few)
    expected["windows"] = model.predict(scaled, verbose=0)
    raw["windows"] = load(made["kerasviz"]["training"]["data"], {"t": series}).batches.read(few).tolist()

    (tmp_path / "raw.json").write_text(json.dumps(raw))
    subprocess.run([sys.executable, "-I", "-c", ALONE, "raw.json"], cwd=tmp_path, check=True)
    for name, value in expected.items():
        got = np.load(tmp_path / f"{name}.npy")
        np.testing.assert_allclose(got, value, rtol=1e-4, atol=1e-5, err_msg=name)
