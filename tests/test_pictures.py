"""The code of a picture runs on its own, and gives the numbers that the picture shows."""

import base64
import json

import keras
import numpy as np
import plotly.io
import pytest
from conftest import few, planned
from IPython.core.interactiveshell import InteractiveShell
from keras import layers
from sessionpage import SessionPage

from kerasviz.kernel.session import Session


def drawing():
    """A convolution, attention, a model inside that is called twice, and one that is called on each row."""
    inside = keras.Sequential([keras.Input((6, 8)), layers.Dense(8, name="twice")], name="inside")
    image = keras.Input((8, 8, 1), name="image")
    maps = layers.Conv2D(8, 3, activation="relu", name="maps")(image)
    rows = layers.AveragePooling2D((6, 1), name="rows")(maps)
    steps = layers.Reshape((6, 8), name="steps")(rows)
    found = inside(layers.LayerNormalization(name="norm")(inside(steps)))
    seen = layers.MultiHeadAttention(2, 4, name="attention")(found, found)
    row = keras.Sequential([keras.Input((8,)), layers.Dense(8, name="in_row")], name="row")
    each = layers.TimeDistributed(row, name="each")(layers.Add(name="add")([seen, found]))
    flat = layers.Flatten(name="flat")(each)
    model = keras.Model(image, layers.Dense(10, activation="softmax", name="digit")(flat), name="net")
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    split = {"class_name": "by_class", "config": {"validation": 0.2, "test": 0.1, "seed": 1}}
    return planned(json.loads(model.to_json()), fit={"epochs": 1}, split=split, model_name="net")


class Page(SessionPage):
    """Speaks to a session of a document that lies in a file."""

    def __init__(self, folder, document):
        super().__init__(Session(folder, "net.keras.json"))
        self.document = document
        (folder / "net.keras.json").write_text(json.dumps(document))

    def ask(self, type, **payload):
        return self.answer(type, **{"document": self.document, **payload})

    def train(self):
        assert self.trained(self.document)["state"] == "finished"

    def code(self, class_name, **config):
        found = self.ask("picture_code", picture={"class_name": class_name, "config": config})
        assert "code" in found and "message" not in found, found
        return found["code"]


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """A document that was trained; the model is a variable of the notebook."""
    InteractiveShell.instance()
    page = Page(tmp_path_factory.mktemp("pictures"), drawing())
    page.train()
    page.ask("sample", choice={"class_name": "by_index", "config": {"index": 5, "part": "test"}})
    yield page
    InteractiveShell.clear_instance()


@pytest.fixture(autouse=True)
def beside(page, monkeypatch):
    """In the folder of the document; figures are drawn and shown to nobody."""
    monkeypatch.chdir(page.session.worker.folder)
    monkeypatch.setattr(plotly.io.renderers, "default", "")


def executed(code, **variables):
    namespace = dict(variables)
    exec(compile(code, "picture.py", "exec"), namespace)
    return namespace


def shown(page, node, path=(), tensor=0, view=0):
    """The numbers that the editor shows."""
    large = page.ask("probe_layer", path=list(path), node=node, tensor=tensor)["views"][view]
    return np.frombuffer(base64.b64decode(large["numbers"]), "<f4"), large["view"]["kind"]


@pytest.mark.parametrize(
    ("node", "path"),
    [
        ("image:0", []), ("maps:0", []), ("digit:0", []), ("inside:0", []), ("inside:1", []),
        ("twice:0", ["inside:0"]), ("twice:0", ["inside:1"]), ("in_row:0", ["each:0@4"]),
    ],
)  # fmt: skip
def test_what_comes_out_of_a_layer_is_computed_by_plain_keras(page, node, path):
    expected, kind = shown(page, node, path)
    code = page.code("layer_output", node=node, path=path, kind=kind)
    assert "import kerasviz" not in code
    model = page.session.worker.keeper().model
    found = executed(code, net=model)
    output = found["output"]
    np.testing.assert_allclose(output.ravel(), expected, rtol=1e-4, atol=1e-6)
    assert "layer.call" not in vars(model.get_layer("digit"))
    assert len(found["figure"].data) == (8 if kind == "maps" else 1)


def test_where_a_layer_of_attention_looks(page):
    expected, _ = shown(page, "attention:0", view=1)
    words = ['a "word"', "<b>", "", "", "x", "y"]
    code = page.code("layer_output", node="attention:0", kind="maps", of="attention", tokens=words)
    found = executed(code, net=page.session.worker.keeper().model)
    np.testing.assert_allclose(found["output"].ravel(), expected, rtol=1e-4, atol=1e-6)
    layout = found["figure"].layout
    assert (layout.xaxis.title.text, layout.yaxis.title.text) == ("key position", "query position")
    assert list(layout.xaxis.ticktext) == words and layout.yaxis.ticktext is None


def test_after_an_edit_layers_keep_their_weights_where_they_fit(page):
    edited = json.loads(json.dumps(page.document))
    maps = next(each for each in edited["config"]["layers"] if each["config"]["name"] == "maps")
    maps["config"]["activation"] = "tanh"
    digit = next(each for each in edited["config"]["layers"] if each["config"]["name"] == "digit")
    digit["config"]["units"] = 7
    before, page.document = page.document, edited
    file = page.session.worker.folder / "net.keras.json"
    file.write_text(json.dumps(edited))
    try:
        expected, kind = shown(page, "digit:0")
        code = page.code("layer_output", node="digit:0", kind=kind)
        output = executed(code, net=page.session.worker.keeper().model)["output"]
    finally:
        page.document = before
        file.write_text(json.dumps(before))
    np.testing.assert_allclose(output, expected, rtol=1e-4, atol=1e-6)


def test_an_epoch_that_was_kept_is_read_from_its_file(page):
    run = page.ask("runs")["runs"][0]["id"]
    at = {"run": run, "epoch": 0}
    large = page.ask("probe_layer", path=[], node="digit:0", tensor=0, at=at)["views"][0]
    expected = np.frombuffer(base64.b64decode(large["numbers"]), "<f4")
    picture = {"class_name": "layer_output", "config": {"node": "digit:0", "kind": "bars"}}
    output = executed(page.ask("picture_code", picture=picture, at=at)["code"])["output"]
    np.testing.assert_allclose(output, expected, rtol=1e-4, atol=1e-6)


def test_new_weights_are_those_that_the_editor_draws(tmp_path, monkeypatch):
    page = Page(tmp_path, drawing())
    monkeypatch.chdir(tmp_path)
    page.ask("sample", choice={"class_name": "by_index", "config": {}})
    for node, path in (("digit:0", []), ("in_row:0", ["each:0@4"])):
        expected, kind = shown(page, node, path)
        output = executed(page.code("layer_output", node=node, path=path, kind=kind))["output"]
        np.testing.assert_allclose(output.ravel(), expected, rtol=1e-4, atol=1e-6)


@pytest.mark.parametrize("part", few(["test", "validation"], 2))
def test_results_of_a_part_are_those_of_the_script(page, part):
    page.ask("evaluate", part=part)
    confusion = page.ask("result", class_name="confusion", config={})
    model = page.session.worker.keeper().model
    found = executed(page.code("confusion_matrix"), net=model)
    assert found["counts"].tolist() == confusion["counts"]
    curves = page.ask("result", class_name="curves", config={"of": 3})
    for curve in ("roc", "precision", "calibration"):
        found = executed(page.code("one_class_curve", curve=curve, of=3), net=model)
        x, y = (found[axis][::-1] if curve == "precision" else found[axis] for axis in "xy")
        if len(x) == len(curves[curve]["x"]):
            np.testing.assert_allclose(x, curves[curve]["x"], atol=1e-6)
        np.testing.assert_allclose([y[0], y[-1]], [curves[curve]["y"][0], curves[curve]["y"][-1]], atol=1e-6)


def test_the_classes_and_the_worst_samples_are_those_of_the_script(page):
    page.ask("evaluate", part="validation")
    model = page.session.worker.keeper().model
    scores = page.ask("result", class_name="per_class", config={})
    found = executed(page.code("scores_by_class"), net=model)
    for name in ("precision", "recall", "f1"):
        np.testing.assert_allclose(found[name], [row[name] for row in scores["rows"]])
    assert found["accuracy"] == pytest.approx(scores["accuracy"])
    for config in ({}, {"order": "unsure"}, {"order": "unsure", "true": 3}):
        gallery = page.ask("result", class_name="worst", config=config)["samples"]
        found = executed(page.code("sample_grid", **config), net=model)
        assert found["chosen"].tolist() == [sample["index"] for sample in gallery]
        assert found["said"] == [sample["predicted"] for sample in gallery]
        captions = [note.text for note in found["figure"].layout.annotations]
        assert f"{gallery[0]['index']}: predicted: {gallery[0]['predicted']}" in " ".join(captions)


def test_another_epoch_is_compared_by_its_file(page):
    page.ask("evaluate", part="validation")
    other = {"run": page.ask("runs")["runs"][0]["id"], "epoch": 0}
    page.ask("evaluate", part="validation", beside=True, at=other)
    comparison = page.ask("result", class_name="comparison", config={})
    code = page.code("beside_each_other", other=other)
    found = executed(code)["counts"]  # without the variable: the model is that which the run left
    names = ("only_this", "only_other", "both", "neither")
    assert found == [comparison[name] for name in names]
    for only in ("this", "other"):
        gallery = page.ask("result", class_name="worst", config={"only": only})["samples"]
        if gallery:
            found = executed(page.code("sample_grid", only=only, other=other))
            assert found["chosen"].tolist() == [sample["index"] for sample in gallery]


def test_what_was_measured_in_a_run_is_read_from_its_folder(page):
    run = page.session.run
    measured = page.ask("statistics", run=run.id)["measured"]
    expected = measured["layers"]["inside/twice"]["gradients"]["histogram"]
    config = {"layer": "inside/twice", "run": run.id, "step": measured["step"]}
    found = executed(page.code("layer_statistics", kind="gradients", **config))
    assert found["counts"] == expected and len(found["figure"].data[0].x) == 24
    curves = run.history.to_json()
    found = executed(page.code("run_curves", metric="loss", runs={run.id: "mine"}))["curves"]
    assert found["value"].tolist() == pytest.approx(
        [*curves["epoch"]["loss"]["y"], *curves["epoch"]["val_loss"]["y"]]
    )
    code = page.ask(
        "picture_code", picture={"class_name": "run_curves", "config": {"metric": "x", "runs": {"?": ""}}}
    )
    assert code["code"] == "no_code"


def test_without_a_sample_or_a_picture_there_is_a_sentence(tmp_path, page):
    fresh = Page(tmp_path, drawing())
    picture = {"class_name": "layer_output", "config": {"node": "digit:0", "kind": "bars"}}
    assert fresh.ask("picture_code", picture=picture)["code"] == "no_sample"
    assert fresh.ask("picture_code", picture={"class_name": "confusion_matrix", "config": {}})["code"] == (
        "no_predictions"
    )
    for wrong in ({"class_name": "nothing"}, {"class_name": "layer_output", "config": {"x": 1}}, {}):
        assert page.ask("picture_code", picture=wrong)["code"] == "bad_request"
