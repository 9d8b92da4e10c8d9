"""Sweeps: what is tried, where it stands in the document, and which trials are ended early."""

import json

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kerasviz.protocol import RequestError
from kerasviz.sweep.ranges import names_of, read_ranges, with_values
from kerasviz.sweep.sweep import read_sweep

RATE = ["compile_config", "optimizer", "config", "learning_rate"]
UNITS = ["config", "layers", "hidden", "config", "units"]
BATCH = ["kerasviz", "training", "fit", "batch_size"]


def document() -> dict:
    model = keras.Sequential(
        [
            keras.Input((4,)),
            keras.layers.Dense(8, name="hidden"),
            keras.layers.Dense(1, name="out"),
        ]
    )
    return {**json.loads(model.to_json()), "compile_config": {"optimizer": "sgd", "loss": "mse"}}


def refused(written: object) -> str:
    with pytest.raises(RequestError) as error:
        read_sweep(written)
    return str(error.value)


def test_values_go_to_their_places_and_the_document_stays_as_it_was():
    before = document()
    kept = json.dumps(before)
    after = with_values(before, {tuple(RATE): 0.5, tuple(UNITS): 16, tuple(BATCH): 7})
    assert json.dumps(before) == kept
    assert after["kerasviz"]["training"]["fit"] == {"batch_size": 7}
    model = keras.models.model_from_json(json.dumps(after))
    assert model.get_layer("hidden").units == 16
    assert model.count_params() == 4 * 16 + 16 + 16 + 1
    optimizer = keras.optimizers.get(after["compile_config"]["optimizer"])
    assert isinstance(optimizer, keras.optimizers.SGD)
    assert float(optimizer.learning_rate) == 0.5


@pytest.mark.parametrize(
    ("argument", "name", "made"),
    [
        ("loss", "huber", {"class_name": "Huber", "config": {"delta": 2.0}}),
        ("loss", "mse", {"class_name": "MeanSquaredError", "config": {"delta": 2.0}}),
        ("loss", "unheard", None),
        ("metrics", "accuracy", None),
    ],
)
def test_what_has_only_a_name_gets_arguments(argument, name, made):
    before = document()
    before["compile_config"][argument] = name
    values = {("compile_config", argument, "config", "delta"): 2.0}
    if made is None:
        with pytest.raises(RequestError, match="no longer in the drawing"):
            with_values(before, values)
    else:
        assert with_values(before, values)["compile_config"][argument] == made
    if name == "huber":
        assert float(keras.losses.get(made)([[0.0]], [[10.0]])) == 18.0


def test_the_place_of_a_layer_that_is_gone_is_refused_by_its_name():
    with pytest.raises(RequestError, match=r"gone\.units is no longer in the drawing"):
        with_values(document(), {("config", "layers", "gone", "config", "units"): 3})


@pytest.mark.parametrize(
    ("written", "said"),
    [
        (None, "Nothing to try"),
        ({"class_name": "random", "ranges": []}, "Nothing to try"),
        ({"class_name": "random", "ranges": [{"path": RATE}]}, "smallest value"),
        ({"class_name": "random", "ranges": [{"path": RATE, "low": 2, "high": 1}]}, "below the largest"),
        ({"class_name": "random", "ranges": [{"path": RATE, "low": 0, "high": 1, "log": True}]}, "above 0"),
        ({"class_name": "random", "ranges": [{"path": UNITS, "values": [3]}]}, "two values"),
        ({"class_name": "random", "ranges": [{"path": "x", "values": [3, 4]}]}, "with a path"),
        ({"class_name": "grid", "ranges": [{"path": RATE, "low": 0, "high": 1}]}, "lists of values"),
        ({"class_name": "best", "ranges": [{"path": UNITS, "values": [3, 4]}]}, "strategy"),
        (
            {"class_name": "random", "config": {"trials": 0}, "ranges": [{"path": UNITS, "values": [3, 4]}]},
            "1 to 1000 trials",
        ),
        (
            {"class_name": "random", "config": {"tries": 3}, "ranges": [{"path": UNITS, "values": [3, 4]}]},
            "other arguments",
        ),
        (
            {"class_name": "random", "ranges": [{"path": UNITS, "values": [3, 4]}] * 2},
            "two ranges",
        ),
        (
            {
                "class_name": "grid",
                "ranges": [{"path": [str(i)], "values": list(range(20))} for i in range(3)],
            },
            "8000 combinations, more than 1000",
        ),
    ],
)
def test_what_cannot_be_tried_is_said(written, said):
    assert said in refused(written)


def test_a_grid_tries_each_combination_once_in_order():
    sweep = read_sweep(
        {
            "class_name": "grid",
            "ranges": [{"path": UNITS, "values": [8, 16]}, {"path": RATE, "values": [0.1, "x", None]}],
        }
    )
    tried = []
    while (trial := sweep.next()) is not None:
        tried.append(list(trial.values.values()))
        sweep.end(trial, 1.0, "min")
    assert tried == [[units, rate] for units in (8, 16) for rate in (0.1, "x", None)]
    assert sweep.trials == 6


@pytest.mark.parametrize("strategy", ["random", "bayesian", "successive_halving"])
def test_the_same_seed_tries_the_same_values_within_their_ranges(strategy):
    def values() -> list:
        sweep = read_sweep(
            {
                "class_name": strategy,
                "config": {"trials": 12, "seed": 3},
                "ranges": [
                    {"path": RATE, "low": 1e-4, "high": 0.1, "log": True},
                    {"path": UNITS, "low": 4, "high": 64, "whole": True},
                ],
            }
        )
        found = []
        while (trial := sweep.next()) is not None:
            rate, units = trial.values.values()
            assert 1e-4 <= rate <= 0.1
            assert isinstance(units, int) and 4 <= units <= 64
            found.append((rate, units))
            sweep.end(trial, rate, "min")
        return found

    first = values()
    assert first == values()
    assert len(set(first)) == 12


def test_what_is_better_follows_the_metric():
    """Values near the best ones are tried more often, whichever way is better."""
    for mode, best in (("min", 0), ("max", 1)):
        sweep = read_sweep(
            {
                "class_name": "bayesian",
                "config": {"trials": 40},
                "ranges": [{"path": RATE, "low": 0, "high": 1}],
            }
        )
        found = []
        while (trial := sweep.next()) is not None:
            (value,) = trial.values.values()
            found.append(value)
            sweep.end(trial, value, mode)
        assert sum(abs(value - best) for value in found[-10:]) < sum(
            abs(value - best) for value in found[:10]
        )


def test_successive_halving_ends_the_worse_ones_early():
    sweep = read_sweep(
        {
            "class_name": "successive_halving",
            "config": {"trials": 8, "reduction": 2},
            "ranges": [{"path": RATE, "low": 0, "high": 1}],
        }
    )
    epochs = []
    while (trial := sweep.next()) is not None:
        (cost,) = trial.values.values()
        for epoch in range(1, 9):
            if sweep.should_stop(trial, epoch, 1 - cost, "max"):
                sweep.end(trial, None, "max", stopped=True)
                break
        else:
            sweep.end(trial, 1 - cost, "max")
        epochs.append((cost, epoch))
    assert max(epoch for _, epoch in epochs) == 8
    assert min(epoch for _, epoch in epochs) == 1
    assert min(epochs)[1] == 8, "the best one goes to the end"


def test_a_trial_that_failed_ends_nothing():
    sweep = read_sweep(
        {"class_name": "bayesian", "config": {"trials": 3}, "ranges": [{"path": RATE, "low": 0, "high": 1}]}
    )
    for value in (None, float("nan"), 0.5):
        trial = sweep.next()
        assert trial is not None
        sweep.end(trial, value, "min")
    assert sweep.next() is None


def test_ranges_of_two_layers_have_names_that_tell_them_apart():
    twins = [["config", "layers", "a", "config", "units"], ["config", "layers", "a", "units"]]
    found = read_ranges([{"path": path, "values": [1, 2]} for path in twins])
    assert len(set(names_of(found))) == 2
    (rate,) = read_ranges([{"path": RATE, "values": [1, 2]}])
    assert rate.name == "optimizer.learning_rate"


PATHS = st.lists(st.text(min_size=1, max_size=4), min_size=1, max_size=4)


@given(PATHS, st.one_of(st.none(), st.booleans(), st.integers(), st.text()))
@settings(max_examples=50, deadline=None)
def test_a_value_is_where_it_was_put_or_its_place_is_said_to_be_gone(path, value):
    before = {"config": {"layers": [{"class_name": "Dense", "config": {"name": "a"}}]}, "0": [1, 2]}
    try:
        after = with_values(before, {tuple(path): value})
    except RequestError as error:
        assert error.error["code"] == "plan"
        return
    place = after
    for step in path:
        if isinstance(place, list):
            place = place[int(step)]
        else:
            place = place[step]
    assert place == value
