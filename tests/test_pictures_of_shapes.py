"""The code of pictures runs for models of other shapes and names."""

import base64
import json

import keras
import numpy as np
import plotly.io
import pytest
from conftest import few, planned
from IPython.core.interactiveshell import InteractiveShell
from keras import layers
from test_pictures import Page, executed

RANDOM = np.random.default_rng(0)
ARRAYS = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
ODD = 'it\'s "a" {name} \\n ü %s'


def several():
    """A picture and a row, by name; a class and a number come out, by name, too."""
    x = {"image": RANDOM.random((40, 8, 8, 3)).astype("float32"), "row": RANDOM.random((40, 3))}
    y = {"kind": RANDOM.integers(0, 3, 40), "size": RANDOM.random((40, 1))}
    image, row = keras.Input((8, 8, 3), name="image"), keras.Input((3,), name="row")
    maps = layers.Conv2D(4, 3, activation="relu", name="maps")(image)
    both = layers.Concatenate()([layers.GlobalMaxPooling2D()(maps), row])
    outputs = {
        "kind": layers.Dense(3, "softmax", name="kind")(both),
        "size": layers.Dense(1, name="size")(both),
    }
    model = keras.Model({"image": image, "row": row}, outputs)
    model.compile("adam", {"kind": "sparse_categorical_crossentropy", "size": "mse"})
    return model, {"x": x, "y": y}


def volumes():
    """As those of a scanner, with the channels first in what comes out of a layer."""
    made = [
        keras.Input((6, 6, 6, 1)),
        layers.Conv3D(2, 3, activation="relu", name="maps"),
        layers.GlobalAveragePooling3D(),
        layers.Dense(2, "softmax"),
    ]
    model = keras.Sequential(made)
    model.compile("adam", "categorical_crossentropy")
    x = RANDOM.random((40, 6, 6, 6, 1)).astype("float32")
    return model, {"x": x, "y": np.eye(2)[RANDOM.integers(0, 2, 40)]}


@pytest.mark.parametrize("made", few([several, volumes], 2))
def test_results_and_reasons_of_other_shapes(tmp_path, monkeypatch, made):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plotly.io.renderers, "default", "")
    model, variables = made()
    shell = InteractiveShell.instance()
    shell.user_ns.update(variables)
    document = {**json.loads(model.to_json()), "compile_config": model.get_compile_config()}
    split = {"class_name": "share", "config": {"validation": 0.5, "seed": 1}}
    page = Page(tmp_path, planned(document, data=ARRAYS, split=split, fit={"epochs": 1, "batch_size": 40}))
    page.train()
    outputs = page.ask("evaluate", part="validation")["outputs"]
    for number, output in enumerate(outputs):
        gallery = page.ask("result", class_name="worst", config={"order": "unsure"}, output=number)["samples"]
        picture = {"class_name": "sample_grid", "config": {"order": "unsure"}}
        code = page.ask("picture_code", picture=picture, output=number)
        found = executed(code["code"], **variables)
        assert found["chosen"].tolist() == [sample["index"] for sample in gallery], output
    page.ask("sample", choice={"class_name": "by_index", "config": {}})
    for method in ("saliency", "occlusion"):
        chosen = {"class_name": method, "config": {}}
        why = page.ask("why", method=chosen, output=len(outputs) - 1, target=None)
        code = page.code("why_weights", method=chosen, output=len(outputs) - 1)
        found = executed(code, **variables)
        for part, weights in zip(why["parts"], found["weights"], strict=True):
            if part["kind"] != "picture" or weights.ndim == 2:
                expected = np.frombuffer(base64.b64decode(part["numbers"]), "<f4")
                np.testing.assert_allclose(np.ravel(weights), expected, rtol=2e-3, atol=1e-6)
    InteractiveShell.clear_instance()


def test_names_are_text_in_code(tmp_path, monkeypatch):
    """Whatever the layers, the classes and the document are called."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(plotly.io.renderers, "default", "")
    row = keras.Input((8, 8, 1), name="row")
    maps = layers.Conv2D(2, 3, name=ODD)(row)
    document = json.loads(keras.Model(row, layers.Dense(10, "softmax")(layers.Flatten()(maps))).to_json())
    page = Page(tmp_path, planned(document))
    page.ask("sample", choice={"class_name": "by_index", "config": {}})
    node = f"{ODD}:0"
    large = page.ask("probe_layer", path=[], node=node, tensor=0)["views"][0]
    output = executed(page.code("layer_output", node=node, kind="maps"))["output"]
    np.testing.assert_allclose(
        output.ravel(), np.frombuffer(base64.b64decode(large["numbers"]), "<f4"), atol=1e-5
    )
    method = {"class_name": "grad_cam", "config": {}}
    why = page.ask("why", method=method, output=0, target=1)
    found = executed(page.code("why_weights", method=method, target=1))["weights"][0]
    expected = np.frombuffer(base64.b64decode(why["parts"][0]["numbers"]), "<f4")
    np.testing.assert_allclose(found.ravel(), expected, rtol=2e-3, atol=1e-6)
    points = {"class_name": "pca", "config": {}}
    code = page.code("sample_points", node=node, part="training", samples=30, method=points)
    assert len(executed(code)["points"]) == 30
