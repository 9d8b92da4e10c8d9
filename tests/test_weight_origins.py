"""Which layers of a drawing have trained weights and which fresh ones, and why."""

import copy
import json

import keras
import numpy as np
import pytest
from conftest import few, layer
from test_training import plan, train

from kerasviz import storage
from kerasviz.analysis.weightspecs import causes, places
from kerasviz.config.oldnames import of_any_backend
from kerasviz.kernel.revisions import Revisions
from kerasviz.models import weightorigins
from kerasviz.models.keeper import Keeper
from kerasviz.models.weightorigins import specs_of, weight_origins
from kerasviz.protocol import RequestError


@pytest.fixture
def keeper(tmp_path):
    return Keeper(tmp_path)


def dense(name, units, **config):
    return layer("Dense", name=name, units=units, **config)


def net(*layers, width=8):
    model = keras.Sequential([keras.Input((width,), name="rows"), *layers])
    model.compile("sgd", "mse")
    return of_any_backend(json.loads(model.to_json()))


def four(hidden=16, **config):
    make = keras.layers.Dense
    return net(
        make(12, name="first"),
        make(hidden, name="hidden", **config),
        make(5, name="last"),
        make(1, name="out"),
    )


def told(keeper, document):
    return weight_origins(document, keeper.known, keeper.folder)


def trained(keeper, document):
    keeper.prepare(document, fresh=True)
    with keeper.training():
        keeper.model.fit(np.ones((4, 8)), np.ones((4, 1)), verbose=0)


def test_the_layers_that_a_change_made_fresh_are_told_with_their_cause(keeper):
    trained(keeper, four())
    assert told(keeper, four()) == {
        "layers": dict.fromkeys(("first", "hidden", "last", "out"), "trained"),
        "rounded": {},
        "because": [],
        "sentence": None,
    }
    changed = told(keeper, four(hidden=32))
    assert changed["layers"] == {"first": "trained", "hidden": "fresh", "last": "fresh", "out": "trained"}
    assert changed["because"] == ["hidden"]
    assert changed["sentence"] == "2 of 4 layers have fresh weights because 'hidden' changed."
    assert told(keeper, four(activation="relu"))["sentence"] is None


def test_what_is_told_is_what_is_saved_and_trained(keeper, tmp_path):
    trained(keeper, four())
    before = {item.name: item.get_weights() for item in keeper.model.layers}
    drawing = four(hidden=32)
    origins = told(keeper, drawing)["layers"]
    keeper.save(drawing, "edited.keras")
    saved = keras.models.load_model(tmp_path / "edited.keras")
    for name, origin in origins.items():
        same = all(
            a.shape == b.shape and np.array_equal(a, b)
            for a, b in zip(saved.get_layer(name).get_weights(), before[name], strict=True)
        )
        assert same == (origin == "trained"), name
    assert keeper.prepare(drawing, fresh=False) == [
        "Continuing from the current weights, except those of: hidden, last, which are new."
    ]
    for item in saved.layers:
        drawn = keeper.model.get_layer(item.name).get_weights()
        assert all(np.array_equal(a, b) for a, b in zip(drawn, item.get_weights(), strict=True)), item.name


def test_undo_brings_the_trained_weights_back_after_the_edited_model_was_saved(keeper, tmp_path):
    trained(keeper, four())
    before = keeper.model.get_weights()
    keeper.save(four(hidden=32), "edited.keras")
    assert told(keeper, four())["sentence"] is None
    keeper.save(four(), "undone.keras")
    after = keras.models.load_model(tmp_path / "undone.keras").get_weights()
    assert all(np.array_equal(a, b) for a, b in zip(before, after, strict=True))


def test_a_training_makes_fresh_layers_trained_but_for_frozen_ones(keeper):
    trained(keeper, four())
    drawing = four(hidden=32, trainable=False)
    keeper.prepare(drawing, fresh=False)
    assert told(keeper, drawing)["sentence"] == (
        "2 of 4 layers have fresh weights because they were never trained."
    )
    with keeper.training():
        keeper.model.fit(np.ones((4, 8)), np.ones((4, 1)), verbose=0)
    assert told(keeper, drawing)["sentence"] == (
        "1 of 4 layers, 'hidden', has fresh weights because it was never trained."
    )


def test_nothing_is_said_to_be_lost_where_nothing_was_trained(keeper):
    assert told(keeper, four())["layers"]["first"] == "fresh"
    keeper.current(four())
    assert told(keeper, four(hidden=32)) == {
        "layers": dict.fromkeys(("first", "hidden", "last", "out"), "fresh"),
        "rounded": {},
        "because": [],
        "sentence": None,
    }


@pytest.mark.parametrize("end", few([".keras", ".h5", ".weights.h5"], 3))
def test_weights_of_the_documents_file_are_told_layer_by_layer(end, keeper, tmp_path):
    stored = keras.models.model_from_json(json.dumps(four()))
    storage.save(stored, tmp_path / f"stored{end}")
    drawing = four(hidden=32) | {"kerasviz": {"version": 1, "weights": f"stored{end}"}}
    origins = told(keeper, drawing)
    assert origins["layers"] == {"first": "file", "hidden": "fresh", "last": "fresh", "out": "file"}
    assert origins["sentence"] == (
        f"2 of 4 layers have fresh weights because 'stored{end}' has no weights that fit."
    )
    same = four() | {"kerasviz": drawing["kerasviz"]}
    assert told(keeper, same)["sentence"] is None
    model = keeper.current(drawing)
    for name, origin in origins["layers"].items():
        kernel, other = model.get_layer(name).get_weights()[0], stored.get_layer(name).get_weights()[0]
        assert (kernel.shape == other.shape and np.array_equal(kernel, other)) == (origin == "file")
    assert told(keeper, drawing)["layers"] == {
        name: "trained" if origin == "file" else origin for name, origin in origins["layers"].items()
    }


def test_after_loading_weights_an_edit_that_costs_some_is_told(keeper, tmp_path):
    storage.save(keras.models.model_from_json(json.dumps(four())), tmp_path / "stored.h5")
    keeper.load_weights(four(), "stored.h5")
    part = {"kerasviz": {"version": 1, "weights": "stored.h5"}}  # as the page writes it then
    assert set(told(keeper, four() | part)["layers"].values()) == {"file"}
    assert told(keeper, four(hidden=32) | part)["sentence"] == (
        "2 of 4 layers have fresh weights because 'stored.h5' has no weights that fit."
    )
    (tmp_path / "stored.h5").unlink()
    assert told(keeper, four() | part)["sentence"] == (
        "4 of 4 layers have fresh weights because 'stored.h5' can't be read."
    )


def nested(units=6, width=8, between=False, shared=True):
    """A model with one inside, and a layer that is called twice."""
    make = keras.layers.Dense
    parts = [keras.Input((width,), name="in"), make(units, name="a"), make(3, name="b")]
    inner = keras.Sequential(parts, name="inner")
    inputs, other = keras.Input((4,), name="x"), keras.Input((4,), name="y")
    first = make(width, name="first")
    rows = first(inputs)
    rows = keras.layers.Add(name="sum")([rows, first(other)]) if shared else rows
    rows = keras.layers.Activation("relu", name="relu")(rows) if between else rows
    return json.loads(
        keras.Model([inputs, other] if shared else inputs, make(2, name="head")(inner(rows))).to_json()
    )


@pytest.mark.parametrize(
    ("change", "fresh", "because"),
    [
        ({"units": 7}, ["inner/a", "inner/b"], ["inner/a"]),
        ({"width": 9}, ["first", "inner/a"], ["first", "inner/in"]),
        ({"between": True}, [], []),
        ({"shared": False}, [], []),
    ],
)
def test_models_inside_and_shared_layers(change, fresh, because):
    before, now = places(nested()), places(nested(**change))
    found = [way for way, place in now.items() if place.weights and place.weights != before[way].weights]
    assert found == fresh
    assert causes(before, now, found) == because


def test_the_drawing_has_the_weights_that_the_built_model_has():
    document = nested()
    drawn = {way: place.weights for way, place in places(document).items() if place.weights}
    assert drawn == specs_of(keras.models.model_from_json(json.dumps(document)))


def test_an_added_and_a_removed_layer_are_causes(keeper):
    trained(keeper, four())
    added = four()
    added["config"]["layers"].insert(2, copy.deepcopy(dense("extra", 7)))
    assert told(keeper, added)["sentence"] == "2 of 5 layers have fresh weights because 'extra' is new."
    removed = four()
    del removed["config"]["layers"][1]
    assert told(keeper, removed)["sentence"] == (
        "1 of 3 layers, 'hidden', has fresh weights because 'first' was removed."
    )


def test_training_through_a_run_leaves_no_layer_fresh(keeper, digits):
    train(keeper, plan(digits, epochs=1))
    assert set(told(keeper, digits)["layers"].values()) == {"trained"}


def analysed(document, revision=1, revisions=None):
    """The revisions of a page that has sent a drawing."""
    revisions = revisions or Revisions()
    layers = [json.dumps(item) for item in document["config"]["layers"]]
    shell = json.dumps({**document, "config": {**document["config"], "layers": []}})
    revisions.announce(revision)
    model = revisions.take({"revision": revision, "base": None, "model": shell, "layers": layers})
    revisions.analyze(revision, model)
    return revisions


@pytest.mark.parametrize("draw", [four, nested, lambda: net(keras.layers.Dense(3, name="hidden"))])
def test_a_drawing_that_was_analysed_is_not_computed_again(draw, keeper, monkeypatch):
    trained(keeper, four())
    drawing = draw()
    whole = told(keeper, drawing)
    revisions = analysed(drawing)
    computed = []
    monkeypatch.setattr(weightorigins, "places", computed.append)
    answer = weight_origins({}, keeper.known, keeper.folder, revisions.places(1))
    assert answer == whole and not computed


def test_an_older_drawing_is_not_told_of_as_the_newest(keeper):
    revisions = analysed(four(), 2, analysed(four(hidden=32)))
    assert revisions.places(2)["hidden"].weights[0][0] == (12, 16)
    for other in (1, 3, None):
        with pytest.raises(RequestError) as error:
            revisions.places(other)
        assert error.value.error["code"] == "superseded"


def test_a_file_is_read_once_for_all_edits_and_again_when_it_changed(tmp_path, monkeypatch):
    from kerasviz.storage import matching

    opened = []
    real = matching.open_layers
    monkeypatch.setattr(matching, "open_layers", lambda path: opened.append(path) or real(path))
    drawing = four() | {"kerasviz": {"version": 1, "weights": "stored.h5"}}
    storage.save(keras.models.model_from_json(json.dumps(four())), tmp_path / "stored.h5")
    for units in (16, 32, 16):
        told_now = weight_origins(four(units) | {"kerasviz": drawing["kerasviz"]}, None, tmp_path)
        assert told_now["layers"]["hidden"] == ("file" if units == 16 else "fresh")
    assert len(opened) == 1
    storage.save(keras.models.model_from_json(json.dumps(four(32))), tmp_path / "stored.h5")
    assert weight_origins(drawing, None, tmp_path)["layers"]["hidden"] == "fresh"
    assert len(opened) == 2
