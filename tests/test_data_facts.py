"""What is so in data is told the same by hints, a preview and the analysis of a drawing."""

import json
from pathlib import Path

import keras
import numpy as np
import pytest
from conftest import few

import kerasviz
from kerasviz.analysis.wholemodel import explained
from kerasviz.backend.usernamespace import user_namespace
from kerasviz.data import load
from kerasviz.data.facts.repeats import digests, shared
from kerasviz.data.facts.telltale import LEFT, is_threshold, left_of_amount, left_of_class
from kerasviz.insight.hints.allrules import DRAWING
from kerasviz.insight.hints.judgement import ask
from kerasviz.insight.hints.readsamples import seen_in
from kerasviz.insight.hints.untrained import untrained
from kerasviz.insight.samples.samples import samples_of

DRAW = np.random.default_rng(0)
N = 400
X = DRAW.normal(size=(N, 4)).astype("float32")
Y = DRAW.permutation(np.arange(N) % 2)
WITH_HOLES = X.copy()
WITH_HOLES[::40, 1] = np.nan
BY_CLASS = np.argsort(Y, kind="stable")
# the hint, the question of a preview, and arrays
TOLD = {
    "inputs-not-finite": ("missingcells", WITH_HOLES, Y),
    "class-imbalance": ("imbalance", X, (np.arange(N) % 20 == 0) * 1),
    "target-in-inputs": ("giveaway", np.column_stack([X[:, :3], Y + X[:, 3] / 1000]).astype("float32"), Y),
    "validation-leak": ("duplicates", np.concatenate([X[:320], X[:80]]), np.concatenate([Y[:320], Y[:80]])),
    "validation-not-representative": ("sortedrows", X[BY_CLASS], Y[BY_CLASS]),
}


def document(data, units=1, activation="sigmoid", loss="binary_crossentropy", shape=(4,)):
    layers = [keras.Input(shape), keras.layers.Dense(8, "relu"), keras.layers.Dense(units, activation)]
    model = keras.Sequential(layers)
    model.compile("adam", loss)
    plan = {"data": data, "preparation": [], "columns": {"target": ["y"]}}
    return {**json.loads(model.to_json()), "kerasviz": {"training": plan}}


def hinted(data, folder):
    """The codes of what is said of data before it trains."""
    drawn = document(data)
    found = ask(DRAWING, untrained(drawn, seen_in(samples_of(drawn, user_namespace(), folder))))
    return {hint["code"] for hint in found}


def asked(*arguments, **options):
    look = kerasviz.preview(*arguments, validation_split=0.2, **options)
    return {question["code"] for question in look.to_dict()["questions"]}


@pytest.mark.parametrize("code", few(TOLD, 2))
def test_the_same_arrays_are_told_the_same(code: str, tmp_path: Path, variables) -> None:
    question, x, y = TOLD[code]
    variables.update(x=x, y=y)
    rows = [
        "a,b,c,d,y",
        *(",".join(["" if np.isnan(v) else str(v) for v in [*row, t]]) for row, t in zip(x, y, strict=True)),
    ]
    (tmp_path / "points.csv").write_text("\n".join(rows))
    assert hinted({"class_name": "arrays", "config": {"x": "x", "y": "y"}}, tmp_path) == {code}
    assert hinted({"class_name": "csv", "config": {"file": "points.csv"}}, tmp_path) == {code}
    assert asked((x, y)) == {question}
    assert asked(tmp_path / "points.csv", target="y") == {question}


@pytest.mark.parametrize(
    ("source", "wrong"),
    [
        ("iris", {"shape": (5,)}),
        ("iris", {"units": 2, "activation": "softmax", "loss": "sparse_categorical_crossentropy"}),
        ("iris", {"units": 3, "activation": "softmax", "loss": "mean_squared_error"}),
        ("diabetes", {"shape": (10,), "units": 10, "activation": "softmax", "loss": "kl_divergence"}),
        ("diabetes", {"shape": (10,), "activation": "sigmoid", "loss": "mean_squared_error"}),
        ("breast_cancer", {"shape": (30,), "units": 1, "activation": "linear"}),
    ],
)
def test_a_drawing_is_asked_the_same_for_a_bundled_set_and_for_its_arrays(source, wrong, variables) -> None:
    bundled = {"class_name": source, "config": {}}
    loaded = load(bundled, {})
    variables.update(x=loaded.x, y=loaded.y)
    own = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    found = [[error["code"] for error in explained(document(data, **wrong))[2]] for data in (bundled, own)]
    assert found[0] == found[1] != []


def test_nothing_is_said_of_data_that_is_all_right(tmp_path: Path, variables) -> None:
    variables.update(x=X, y=Y)
    assert hinted({"class_name": "arrays", "config": {"x": "x", "y": "y"}}, tmp_path) == set()
    assert asked((X, Y)) == set()


def test_equal_samples_are_found_among_words_and_numbers() -> None:
    words = np.array(["a", "b", None, "a"], dtype=object)
    known = digests([words, X[:4]])
    assert shared(known, digests([words[[3, 1]], X[[3, 0]]])).tolist() == [True, False]


def test_groups_that_lie_apart_give_nothing_away() -> None:
    classes = np.arange(N) % 3
    groups = classes * 20 + 10 * DRAW.random(N)
    assert not is_threshold(groups, classes) and left_of_class(groups, classes) > LEFT
    points = DRAW.random(N)
    assert is_threshold(points, points > 0.4)
    assert left_of_amount(np.exp(points), points) < LEFT < left_of_amount(points + DRAW.random(N), points)
