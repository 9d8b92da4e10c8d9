"""Samples are placed by what comes out of a layer, as plain Keras and scikit-learn do it."""

import json

import keras
import numpy as np
import pytest
from conftest import planned
from sessionpage import SessionPage
from sklearn.decomposition import PCA
from sklearn.manifold import TSNE, trustworthiness

from kerasviz.data import load
from kerasviz.insight.embedding import METHODS, pca, tsne, umap
from kerasviz.insight.embedding.embedding import Chosen, outputs_of, place, spread, told
from kerasviz.insight.passage.layersource import LayerSource
from kerasviz.insight.samples.samples import samples_of
from kerasviz.kernel.session import Session
from kerasviz.protocol import RequestError


@pytest.fixture(scope="module")
def trained(module_digits):
    """A document, its model after an epoch, and the samples."""
    document = planned(module_digits)
    model = keras.models.model_from_json(json.dumps(module_digits))
    data = load({"class_name": "digits", "config": {}}, {})
    model.compile("adam", "sparse_categorical_crossentropy")
    model.fit(data.x, data.y, verbose=0)
    return document, model, data, samples_of(document, {}, None)


@pytest.fixture(scope="module")
def module_digits():
    layers = keras.layers
    model = keras.Sequential(
        [
            keras.Input((8, 8, 1), name="image"),
            layers.Conv2D(3, 3, activation="relu", name="conv"),
            layers.Flatten(),
            layers.Dense(16, "relu", name="hidden"),
            layers.Dense(10, "softmax", name="digit"),
        ]
    )
    return json.loads(model.to_json())


def given_at(trained, node, count=150, part="training"):
    document, model, _, samples = trained
    chosen = Chosen(part, spread(samples, part, count), None)
    source = LayerSource(document, model)
    return chosen, outputs_of(document, source, samples, chosen, ([], node), True, lambda share: None)


def test_outputs_and_components_are_those_of_keras_and_scikit_learn(trained):
    _, model, data, samples = trained
    chosen, given = given_at(trained, "conv:0")
    inner = keras.Model(model.inputs, model.get_layer("conv").output)
    expected = inner.predict(data.x[chosen.indices], verbose=0).reshape(len(chosen.indices), -1)
    np.testing.assert_allclose(given.outputs.values, expected, atol=1e-5)
    placed = place(given.outputs, chosen, None, lambda: False)
    found = PCA(2, random_state=0).fit_transform(given.outputs.values)
    np.testing.assert_allclose(placed.points, found, atol=1e-4)
    reply = told(trained[0], placed, given, chosen, samples)
    assert reply["labels"] == [str(label) for label in data.y[chosen.indices]]
    classes = model.predict(data.x[chosen.indices], verbose=0).argmax(1)
    assert reply["predicted"] == [str(each) for each in classes]
    assert reply["targets"] == data.y[chosen.indices].tolist() and reply["numbers"] == expected.shape[1]


def test_two_classes_are_told_by_a_score_too():
    x = np.random.default_rng(0).normal(size=(40, 2)).astype("float32")
    model = keras.Sequential([keras.Input((2,)), keras.layers.Dense(1, name="score")])
    model.compile(loss=keras.losses.BinaryCrossentropy(from_logits=True))
    arrays = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    document = planned(json.loads(model.to_json()), data=arrays, fit={"validation_split": 0.0})
    samples = samples_of(document, {"x": x, "y": (x[:, 0] > 0).astype(int)}, None)
    chosen = Chosen("training", spread(samples, "training", 40), None)
    source = LayerSource(document, model)
    given = outputs_of(document, source, samples, chosen, ([], "score:0"), True, lambda share: None)
    placed = place(given.outputs, chosen, None, lambda: False)
    np.testing.assert_allclose(placed.points[:, 0], model.predict(x, verbose=0)[:, 0], atol=1e-6)
    reply = told(document, placed, given, chosen, samples)
    assert reply["predicted"] == [str(int(each > 0)) for each in model.predict(x, verbose=0)[:, 0]]


def test_axes_are_kept_where_that_is_asked_for():
    random = np.random.default_rng(0)
    before, after = (random.normal(size=(40, 6)).astype("float32") for _ in range(2))
    axes = pca.embed(values=before).axes
    kept = pca.embed(keep_axes=True, values=after, axes=axes)
    found = PCA(2, random_state=0).fit(before)
    np.testing.assert_allclose(kept.points, found.transform(after), atol=1e-5)
    again = pca.embed(values=after, axes=axes)
    np.testing.assert_allclose(again.points, PCA(2, random_state=0).fit_transform(after), atol=1e-5)
    with pytest.raises(RequestError, match="from 1 to 6"):
        pca.embed(up=7, values=after)


def test_neighbours_are_those_of_scikit_learn_and_too_few_samples_are_said():
    values = np.random.default_rng(0).normal(size=(30, 4)).astype("float32")
    expected = TSNE(perplexity=5, init="pca", random_state=0).fit_transform(values)
    np.testing.assert_allclose(tsne.embed(5, values=values).points, expected, atol=1e-3)
    with pytest.raises(RequestError, match="below the number of samples, 30"):
        tsne.embed(30, values=values)


def test_neighbours_are_those_of_umap(trained):
    module = pytest.importorskip("umap", reason="UMAP is not installed: make backends")
    chosen, given = given_at(trained, "hidden:0", 200)
    by_umap = Chosen(chosen.part, chosen.indices, {"class_name": "umap", "config": {"neighbors": 10}})
    placed = place(given.outputs, by_umap, None, lambda: False)
    theirs = module.UMAP(n_neighbors=10, min_dist=0.1, random_state=0, n_jobs=1)
    np.testing.assert_allclose(placed.points, theirs.fit_transform(given.outputs.values), atol=1e-4)
    assert trustworthiness(given.outputs.values, placed.points, n_neighbors=5) > 0.9
    few = np.random.default_rng(0).normal(size=(8, 3)).astype("float32")
    for count, config in ((3, {}), (8, {}), (8, {"neighbors": 1}), (8, {"neighbors": 3, "min_dist": 2.0})):
        with pytest.raises(RequestError):
            umap.embed(**config, values=few[:count])
    assert np.isfinite(umap.embed(neighbors=2, values=few[:4]).points).all()


def test_what_is_not_installed_is_said_and_what_is_ended_is_refused(trained):
    document, _, _, samples = trained
    chosen, given = given_at(trained, "hidden:0", 40)
    assert [name for name, method in METHODS.items() if method.unfit() is None][:2] == ["pca", "tsne"]
    ended = Chosen(chosen.part, chosen.indices, {"class_name": "tsne", "config": {"perplexity": 5}})
    with pytest.raises(RequestError, match="newer request"):
        place(given.outputs, ended, None, lambda: True)
    with pytest.raises(RequestError, match="no such embedding method"):
        place(given.outputs, Chosen("training", chosen.indices, {"class_name": "no"}), None, lambda: False)
    assert len(spread(samples, "validation", 10_000)) == 360 and document


def test_a_page_is_told_of_it_and_can_end_it(tmp_path, module_digits):
    page = SessionPage(Session(tmp_path, "digits.keras.json"))
    asked = {"document": planned(module_digits), "path": [], "node": "hidden:0", "part": "validation"}
    found = page.answer("embedding", **asked, samples=50, method=None)
    assert (len(found["across"]), found["weights"], found["follows"]) == (50, "fresh", True)
    assert [each["class_name"] for each in found["methods"]] == ["pca", "tsne", "umap"]
    page.post("slow", "embedding", **asked, samples=2000, method={"class_name": "tsne", "config": {}})
    page.ask("end_embedding")
    assert page.reply("slow")["error"]["code"] == "overtaken"
