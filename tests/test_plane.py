"""A whole plane of samples is followed through a drawing: every number is that of plain Keras."""

import base64
import json

import keras
import numpy as np
import pytest
from conftest import planned
from keras import layers

from kerasviz.insight.choosers import choose, further_ways
from kerasviz.insight.looking import Looking
from kerasviz.insight.own import Own
from kerasviz.insight.passage.passed import Passed
from kerasviz.insight.plane.gridpass import LEAST_SIDE, MOST_VALUES, SIDE, side_for
from kerasviz.insight.samples.samples import samples_of
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import RequestError

MOONS = {"class_name": "moons", "config": {}}


def over(document, variables=None, **config):
    samples = samples_of(document, variables or {}, None)
    return samples, choose({"class_name": "over_plane", "config": config}, lambda: samples, lambda: None)


def looked_at(model, data, variables=None, path=(), **config):
    """The plane, and what came of it for a model without training."""
    document = planned(json.loads(model.to_json()), data=data)
    samples, taken = over(document, variables, **config)
    looking, keeper = Looking(), Keeper()
    looking.choose(taken, samples)
    probe = looking.probe(document, keeper, path, [], False)

    def units(node, at=path):
        [large] = looking.probe_layer(document, keeper, at, node, 0, False)["views"]
        view = large["view"]
        return np.frombuffer(base64.b64decode(large["numbers"]), "<f4").reshape(view["count"], -1).T

    return taken.plane, probe, units, fresh(document, looking)


def fresh(document, looking):
    """A model with the weights of the layers that were looked at."""
    model = keras.models.model_from_json(json.dumps(document))

    def give(model, source):
        for name, made in source._made.items():
            model.get_layer(name).set_weights(made.operation.get_weights())
        for name, inside in source._inside.items():
            give(model.get_layer(name), inside)

    give(model, looking._passage.source)
    return model


def grid(plane, side):
    (left, right), (low, high) = plane.range
    across = left + (np.arange(side) + 0.5) * (right - left) / side
    up = low + (np.arange(side) + 0.5) * (high - low) / side
    return np.stack(np.meshgrid(across, up[::-1]), -1).reshape(-1, 2).astype("float32")


def floats(text):
    return np.frombuffer(base64.b64decode(text), "<f4")


def test_every_unit_and_the_output_are_as_keras_predicts_them():
    model = keras.Sequential(
        [
            keras.Input((2,)),
            layers.BatchNormalization(),
            hidden := layers.Dense(5, "tanh"),
            output := layers.Dense(1, "sigmoid"),
        ]
    )
    plane, probe, units, same = looked_at(model, MOONS)
    x = grid(plane, SIDE)
    expected = same.predict(x, verbose=0)
    np.testing.assert_allclose(units(f"{output.name}:0"), expected, atol=1e-6)
    inner = keras.Model(same.inputs, same.get_layer(hidden.name).output).predict(x, verbose=0)
    np.testing.assert_allclose(units(f"{hidden.name}:0"), inner, atol=1e-6)
    surface = probe["surfaces"][f"{output.name}:0"]
    assert (surface["kind"], surface["side"], surface["middle"]) == ("probability", SIDE, 0.5)
    np.testing.assert_allclose(floats(surface["values"]), expected[:, 0], atol=1e-6)
    view = probe["views"][f"{hidden.name}:0"][0]
    assert (view["of"], view["kind"], view["count"], view["shape"]) == ("plane", "maps", 5, [5])


def test_the_most_probable_class_is_told_with_how_probable_it_is():
    data = {"class_name": "blobs", "config": {"classes": 3}}
    for activation in ("softmax", None):
        model = keras.Sequential([keras.Input((2,)), layers.Dense(3, activation, name="class")])
        plane, probe, _, same = looked_at(model, data)
        shares = same.predict(grid(plane, SIDE), verbose=0)
        if activation is None:
            shares = keras.ops.convert_to_numpy(keras.ops.softmax(shares))
        surface = probe["surfaces"]["class:0"]
        assert surface["kind"] == "classes"
        np.testing.assert_array_equal(floats(surface["values"]), shares.argmax(1))
        np.testing.assert_allclose(floats(surface["certainty"]), shares.max(1), atol=1e-6)


@pytest.mark.parametrize(
    ("targets", "loss", "middle"),
    [([0, 1], "hinge", 0), ([0, 1], "mse", 0.5), ([-1, 1], "mse", 0), ([1.5, 2.5, 4], "mse", 2.75)],
)
def test_a_number_is_shown_around_where_one_answer_becomes_the_other(targets, loss, middle):
    x = np.random.default_rng(0).normal(size=(90, 2)).astype("float32")
    variables = {"x": x, "y": np.resize(np.float32(targets), 90)}
    model = keras.Sequential([keras.Input((2,)), layers.Dense(1, name="number")])
    model.compile(loss=loss)
    document = json.loads(model.to_json())
    _, probe, _, _ = looked_at(model, {"class_name": "arrays", "config": {"x": "x", "y": "y"}}, variables)
    surface = probe["surfaces"]["number:0"]
    assert (surface["kind"], surface["middle"]) == ("number", middle), document.get("compile_config")
    assert surface["low"] <= min(targets) and surface["high"] >= max(targets)


def test_two_inputs_of_one_number_are_the_axes_and_a_shared_model_inside_is_looked_into():
    inner = keras.Sequential([keras.Input((1,)), layers.Dense(3, "relu", name="unit")], name="inner")
    left, right = keras.Input((1,), name="left"), keras.Input((1,), name="right")
    joined = layers.Concatenate(name="both")([inner(left), inner(right)])
    model = keras.Model([left, right], layers.Dense(1, name="sum")(joined))
    points = np.random.default_rng(1).uniform(-3, 5, (60, 2)).astype("float32")
    variables = {"x": {"left": points[:, :1], "right": points[:, 1:]}, "y": points.sum(1)}
    data = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    plane, probe, units, same = looked_at(model, data, variables)
    assert [each.name for each in plane.numbers] == ["left", "right"]
    assert probe["errors"] == {}
    x = grid(plane, SIDE)
    expected = same.get_layer("inner").predict(x[:, 1:], verbose=0)
    np.testing.assert_allclose(units("unit:0", ["inner:1"]), expected, atol=1e-6)
    np.testing.assert_allclose(
        floats(probe["surfaces"]["sum:0"]["values"]),
        same.predict([x[:, :1], x[:, 1:]], verbose=0)[:, 0],
        atol=1e-5,
    )


def test_the_plan_prepares_the_plane_whose_axes_have_the_units_of_the_data():
    x = np.random.default_rng(2).normal(500, 100, (80, 2)).astype("float32")
    variables = {"x": x, "y": (x[:, 0] > 500).astype("int32")}
    document = planned(
        json.loads(keras.Sequential([keras.Input((2,)), layers.Dense(1)]).to_json()),
        data={"class_name": "arrays", "config": {"x": "x", "y": "y"}},
        preparation=[{"class_name": "Normalization", "config": {"axis": -1}}],
        fit={"validation_split": 0.25},
    )
    taken = over(document, variables)[1]
    assert taken.plane.range[0] == pytest.approx(
        (x[:60, 0].min() - 0.1 * np.ptp(x[:60, 0]), x[:60, 0].max() + 0.1 * np.ptp(x[:60, 0]))
    )
    [prepared] = taken.plane.inputs(16).values()
    expected = (grid(taken.plane, 16) - x[:60].mean(0)) / x[:60].std(0)
    np.testing.assert_allclose(prepared, expected, rtol=1e-3, atol=1e-3)
    training, validation = taken.plane.points
    assert (len(training["indices"]), len(validation["indices"])) == (60, 20)
    assert training["across"][7] == float(x[7, 0]) and validation["targets"][3] == variables["y"][63]


def test_two_columns_of_a_table_are_the_axes_and_go_through_its_steps():
    import pandas as pd

    random = np.random.default_rng(3)
    table = pd.DataFrame({"age": random.uniform(20, 80, 90), "income": random.uniform(1e3, 9e3, 90)})
    table["buys"] = np.where(table.age > 50, "yes", "no")
    document = planned(
        json.loads(keras.Sequential([keras.Input((2,)), layers.Dense(1, "sigmoid", name="buys")]).to_json()),
        data={"class_name": "dataframe", "config": {"name": "table"}},
        columns={"target": ["buys"]},
        preparation=[{"class_name": "Normalization", "config": {}, "columns": ["age", "income"]}],
        split={"class_name": "share", "config": {"validation": 0.2, "seed": 1}},
    )
    samples, taken = over(document, {"table": table})
    plane = taken.plane
    assert (plane.across.name, plane.up.name) == ("age", "income")
    training, validation = plane.points
    assert (len(training["indices"]), len(validation["indices"])) == (72, 18)
    row = table[np.isclose(table.income, training["up"][5])].iloc[0]
    assert training["across"][5] == row.age and samples.class_names[int(training["targets"][5])] == row.buys
    [inputs] = plane.inputs(8).values()
    ages, incomes = np.array(training["across"]), np.array(training["up"])
    expected = (grid(plane, 8) - [ages.mean(), incomes.mean()]) / [ages.std(), incomes.std()]
    np.testing.assert_allclose(inputs, expected, rtol=1e-3, atol=1e-3)


def test_of_more_numbers_two_are_chosen_and_the_others_are_those_of_a_sample():
    model = keras.Sequential([keras.Input((64,)), layers.Dense(1)])
    arrays = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    document = planned(json.loads(model.to_json()), data=arrays)
    x = np.random.default_rng(0).normal(size=(20, 64)).astype("float32")
    samples, taken = over(document, {"x": x, "y": x[:, 0]}, across=20, up=10, index=5)
    rows = taken.plane.samples(8)[0].reshape(64, -1)
    held = samples.raw("training", np.array([5]))[0].reshape(-1)
    others = np.setdiff1d(np.arange(64), [10, 20])
    np.testing.assert_array_equal(rows[:, others], np.tile(held[others], (64, 1)))
    told = taken.plane.to_json()
    assert (told["across"]["name"], told["up"]["name"]) == ("x[20]", "x[10]")
    assert len(told["numbers"]) == 64
    assert "over_plane" in further_ways(Own(document, samples))


def test_pixels_of_a_picture_are_no_axes_of_a_plane(digits):
    document = planned(digits)
    samples = samples_of(document, {}, None)
    assert "over_plane" not in further_ways(Own(document, samples))
    with pytest.raises(RequestError, match="that are not pixels"):
        over(document)


def test_one_number_is_no_plane_and_what_is_too_large_is_said():
    x = np.arange(20, dtype="float32")
    document = planned(
        json.loads(keras.Sequential([keras.Input((1,)), layers.Dense(1)]).to_json()),
        data={"class_name": "arrays", "config": {"x": "x", "y": "y"}},
    )
    with pytest.raises(RequestError, match="2 to"):
        over(document, {"x": x, "y": x})
    assert side_for([Passed((np.zeros((1, 10)),))]) == SIDE
    assert LEAST_SIDE <= side_for([Passed((np.zeros((1, MOST_VALUES // 400)),))]) <= 20
    with pytest.raises(RequestError, match="too large"):
        side_for([Passed((np.zeros((1, MOST_VALUES)),))])
