"""The code of what counts for an answer computes the weights that the editor shows, by plain Keras."""

import base64
import json

import keras
import numpy as np
import pandas as pd
import plotly.io
import pytest
from conftest import few, planned
from IPython.core.interactiveshell import InteractiveShell
from keras import layers
from test_pictures import Page, executed

RANDOM = np.random.default_rng(0)
ARRAYS = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}


def pictures(shell):
    """A model inside that is called twice, a softmax of its own, and pixels in whole numbers."""
    shell.user_ns.update(x=RANDOM.integers(0, 256, (40, 9, 9, 1), "uint8"), y=RANDOM.integers(0, 3, 40))
    inside = keras.Sequential(
        [keras.Input((5, 5, 4)), layers.Conv2D(4, 3, padding="same", name="conv")], name="inside"
    )
    image = keras.Input((9, 9, 1), dtype="uint8", name="image")
    maps = layers.Conv2D(4, 3, padding="same", activation="relu")(layers.Rescaling(1 / 255)(image))
    maps = layers.Conv2D(4, 1, strides=2)(maps)  # of which TensorFlow can't compute all gradients
    maps = layers.BatchNormalization()(inside(inside(maps)))
    scores = layers.Dense(3)(layers.Dropout(0.5)(layers.GlobalAveragePooling2D()(maps)))
    return keras.Model(image, layers.Softmax(name="answer")(scores)), {"data": ARRAYS}


def words(shell):
    """Texts with padding, which is masked."""
    x = RANDOM.integers(1, 20, (40, 6))
    x[:, 4:] = 0
    shell.user_ns.update(x=x, y=RANDOM.integers(0, 2, 40))
    made = [
        keras.Input((6,), dtype="int32"),
        layers.Embedding(20, 5, mask_zero=True),
        layers.GlobalAveragePooling1D(),
        layers.Dense(1, "sigmoid"),
    ]
    return keras.Sequential(made), {"data": ARRAYS}


def series(shell):
    shell.user_ns.update(x=RANDOM.random((40, 12, 2)).astype("float32"), y=RANDOM.random((40, 1)))
    made = [keras.Input((12, 2)), layers.Conv1D(4, 3, activation="relu"), layers.Flatten(), layers.Dense(1)]
    return keras.Sequential(made), {"data": ARRAYS}


def table(shell):
    columns = {
        "a \"b\" 'c'": RANDOM.random(60),
        "ü": RANDOM.random(60),
        "town": RANDOM.choice(["n", "s"], 60),
    }
    found = pd.DataFrame({**columns, "sold": RANDOM.choice(["yes", "no"], 60)})
    found.to_csv("a table.csv", index=False)
    plan = {
        "data": {"class_name": "csv", "config": {"file": "a table.csv"}},
        "columns": {"target": ["sold"]},
        "preparation": [
            {"class_name": "Normalization", "config": {}, "columns": list(columns)[:2]},
            {"class_name": "StringLookup", "config": {"output_mode": "one_hot"}, "columns": ["town"]},
        ],
    }
    return keras.Sequential([keras.Input((5,)), layers.Dense(4, "tanh"), layers.Dense(1, "sigmoid")]), plan


KINDS = {"pictures": pictures, "words": words, "series": series, "table": table}
LOSSES = {"pictures": "sparse_categorical_crossentropy", "series": "mse"}


@pytest.fixture
def page(tmp_path, monkeypatch, request):
    folder = tmp_path / "it's a folder"
    folder.mkdir()
    monkeypatch.chdir(folder)
    monkeypatch.setattr(plotly.io.renderers, "default", "")
    shell = InteractiveShell.instance()
    model, plan = KINDS[request.param](shell)
    loss = LOSSES.get(request.param, "binary_crossentropy")
    document = {**json.loads(model.to_json()), "compile_config": {"optimizer": "adam", "loss": loss}}
    split = {"class_name": "share", "config": {"validation": 0.4, "seed": 1}}
    page = Page(folder, planned(document, **plan, fit={"epochs": 1, "batch_size": 64}, split=split))
    page.train()
    page.ask("sample", choice={"class_name": "by_index", "config": {"index": 3}})
    yield page
    InteractiveShell.clear_instance()


METHODS = {
    "saliency": {},
    "integrated_gradients": {"steps": 7},
    "occlusion": {"window": 2, "stride": 1},
    "token_weights": {},
    "grad_cam": {},
    "permutation": {"repeats": 2, "rows": 20},
}

SLOPED = ["saliency", "integrated_gradients", "occlusion"]
FITTING = {
    "pictures": [*SLOPED, "grad_cam"],
    "words": [*SLOPED, "token_weights"],
    "series": [*SLOPED, "grad_cam"],
    "table": [*SLOPED, "permutation"],
}


@pytest.mark.parametrize("page", few(KINDS, 3), indirect=True)
def test_weights_are_those_of_the_script(page, request):
    """Each method that fits, with the model as the run left it; some for another answer than the model's."""
    shell, seen = InteractiveShell.instance(), []
    for method, config in METHODS.items():
        chosen, target = {"class_name": method, "config": config}, len(seen) % 2
        why = page.ask("why", method=chosen, output=0, target=target)
        assert "methods" in why, why
        if why["method"] is None or why["method"]["class_name"] != method:
            continue
        seen.append(method)
        code = page.code("why_weights", method=chosen, output=0, target=target)
        assert "import kerasviz" not in code
        found = executed(code, **{name: shell.user_ns.get(name) for name in ("x", "y")})
        for part, weights in zip(why["parts"], found["weights"], strict=True):
            expected = np.frombuffer(base64.b64decode(part["numbers"]), "<f4")
            told = weights.T if part["kind"] == "series" else weights
            np.testing.assert_allclose(np.ravel(told), expected, rtol=2e-3, atol=1e-6, err_msg=method)
            assert found["figure"].layout.title.text
    assert seen == FITTING[request.node.callspec.params["page"]]


@pytest.mark.parametrize("page", ["words"], indirect=True)
def test_the_mean_of_the_data_is_a_baseline_of_a_kept_epoch(page):
    at = {"run": page.ask("runs")["runs"][0]["id"], "epoch": 0}
    chosen = {"class_name": "integrated_gradients", "config": {"steps": 4, "baseline": "mean"}}
    why = page.ask("why", method=chosen, output=0, target=0, at=at)
    picture = {"class_name": "why_weights", "config": {"method": chosen, "target": 0}}
    found = executed(page.ask("picture_code", picture=picture, at=at)["code"])
    expected = np.frombuffer(base64.b64decode(why["parts"][0]["numbers"]), "<f4")
    np.testing.assert_allclose(found["weights"][0], expected, rtol=2e-3, atol=1e-6)
    wrong = {"class_name": "why_weights", "config": {"method": {"class_name": "grad_cam", "config": {}}}}
    assert page.ask("picture_code", picture=wrong)["code"] == "no_code"
