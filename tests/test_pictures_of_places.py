"""The code of the whole plane and of samples as points gives the numbers of the editor."""

import base64
import json

import keras
import numpy as np
import plotly.io
import pytest
from conftest import planned
from IPython.core.interactiveshell import InteractiveShell
from keras import layers
from test_pictures import Page, executed


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Moons, trained a little; their numbers are scaled first."""
    InteractiveShell.instance()
    inside = keras.Sequential([keras.Input((4,)), layers.Dense(4, "tanh", name="twice")], name="inside")
    both = keras.Input((2,), name="both")
    found = layers.Dense(4, "tanh", name="hidden")(both)
    answer = layers.Dense(1, "sigmoid", name="answer")(inside(inside(found)))
    document = json.loads(keras.Model(both, answer).to_json())
    page = Page(
        tmp_path_factory.mktemp("some moons"),
        planned(
            {**document, "compile_config": {"optimizer": "adam", "loss": "binary_crossentropy"}},
            data={"class_name": "moons", "config": {"samples": 120}},
            preparation=[{"class_name": "Normalization", "config": {}}],
            split={"class_name": "share", "config": {"validation": 0.25, "seed": 1}},
            fit={"epochs": 1, "batch_size": 90},
        ),
    )
    page.train()
    yield page
    InteractiveShell.clear_instance()


@pytest.fixture(autouse=True)
def beside(page, monkeypatch):
    monkeypatch.chdir(page.session.worker.folder)
    monkeypatch.setattr(plotly.io.renderers, "default", "")


def numbers(text):
    return np.frombuffer(base64.b64decode(text), "<f4")


def test_the_plane_is_computed_by_plain_keras(page):
    page.ask("sample", choice={"class_name": "over_plane", "config": {}})
    surface = page.ask("probe", path=[], nodes=[])["surfaces"]["answer:0"]
    found = executed(page.code("plane_map", node="answer:0", kind=surface["kind"]))
    np.testing.assert_allclose(found["picture"].ravel(), numbers(surface["values"]), atol=1e-5)
    assert len(found["figure"].data) == 3 and found["figure"].layout.xaxis.title.text == "x[0]"
    for path, node in (([], "hidden:0"), (["inside:1"], "twice:0")):
        large = page.ask("probe_layer", path=path, node=node, tensor=0)["views"][0]
        expected = numbers(large["numbers"]).reshape(4, -1)[2]
        found = executed(page.code("plane_map", node=node, path=path, unit=2))
        np.testing.assert_allclose(found["picture"].ravel(), expected, atol=1e-5)


@pytest.mark.parametrize(
    "method",
    [
        {"class_name": "pca", "config": {"up": 3}},
        {"class_name": "tsne", "config": {"perplexity": 5.0, "seed": 3}},
    ],
)
def test_samples_as_points(page, method):
    page.ask("sample", choice={"class_name": "by_index", "config": {}})
    for path, node in (([], "hidden:0"), (["inside:0"], "twice:0")):
        asked = {"path": path, "node": node, "part": "training", "samples": 60, "method": method}
        shown = page.ask("embedding", **asked)
        found = executed(page.code("sample_points", **asked))
        assert found["rows"].tolist() == shown["indices"]
        assert found["targets"].tolist() == shown["targets"]
        points = np.array([shown["across"], shown["up"]]).T
        if method["class_name"] == "pca":
            np.testing.assert_allclose(found["points"], points, atol=1e-4)
        else:  # rounding grows in a thousand steps: who is near whom stays
            from sklearn.manifold import trustworthiness

            assert trustworthiness(points, found["points"], n_neighbors=5) > 0.95


def test_kept_axes_are_in_the_script(page):
    page.ask("sample", choice={"class_name": "by_index", "config": {}})
    method = {"class_name": "pca", "config": {"keep_axes": True}}
    asked = {"path": [], "node": "hidden:0", "part": "training", "samples": 60, "method": method}
    page.ask("embedding", **asked)
    run = page.ask("runs")["runs"][0]["id"]
    at = {"run": run, "epoch": 0}
    then = page.ask("embedding", **asked, at=at)
    picture = {"class_name": "sample_points", "config": asked}
    found = executed(page.ask("picture_code", picture=picture, at=at)["code"])
    np.testing.assert_allclose(found["points"][:, 0], then["across"], atol=1e-4)


def test_more_than_ten_classes_are_told_apart(tmp_path, monkeypatch):
    """By the colours of the editor, in points by symbols, too."""
    monkeypatch.chdir(tmp_path)
    random = np.random.default_rng(0)
    shell = InteractiveShell.instance()
    shell.user_ns.update(x=random.random((48, 2)).astype("float32"), y=np.arange(48) % 12)
    model = keras.Sequential([keras.Input((2,)), layers.Dense(12, "softmax", name="kind")])
    document = {**json.loads(model.to_json()), "compile_config": {"loss": "sparse_categorical_crossentropy"}}
    data = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    page = Page(tmp_path, planned(document, data=data))
    names = page.ask("sample", choice={"class_name": "over_plane", "config": {}})["classes"]
    assert len(names) == 12
    surface = page.ask("probe", path=[], nodes=[])["surfaces"]["kind:0"]
    code = page.code("plane_map", node="kind:0", kind=surface["kind"], classes=names)
    (tmp_path / "net.keras.json").write_text(json.dumps(page.document))
    found = executed(code, **{name: shell.user_ns[name] for name in ("x", "y")})
    np.testing.assert_array_equal(found["picture"].ravel(), numbers(surface["values"]))
    heat, points = found["figure"].data[:2]
    assert [colour for _, colour in heat.colorscale[22:]] == ["#753400"] * 2 == [points.marker.color[11]] * 2
    assert len(set(zip(points.marker.color[:12], points.marker.symbol[:12], strict=True))) == 12
    method = {"class_name": "pca", "config": {}}
    config = {"node": "kind:0", "part": "training", "samples": 48, "method": method, "classes": names}
    found = executed(page.code("sample_points", **config), x=shell.user_ns["x"], y=shell.user_ns["y"])
    marks = {(trace.marker.color, trace.marker.symbol) for trace in found["figure"].data}
    assert len(marks) == 12 and [trace.name for trace in found["figure"].data] == names
