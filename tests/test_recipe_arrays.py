"""Scripts of models with several inputs and outputs, whose arrays are variables of the notebook."""

import copy
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import pytest
from conftest import BACKEND, DIGITS, planned
from interpreter import execute
from IPython.core.interactiveshell import InteractiveShell
from test_recipe_preparation import laid_out
from test_training import train

from kerasviz.codegen import to_code
from kerasviz.models.keeper import Keeper
from kerasviz.training.plan import read_plan

ARRAYS = """
import numpy as np
numbers = np.random.default_rng(0)
features = [numbers.normal(size=(96, 5)).astype("float32"), numbers.normal(size=(96, 3)).astype("float32")]
goals = [numbers.integers(0, 2, (96, 1)), numbers.normal(size=(96, 1)).astype("float32")]
named, aims = dict(zip(("left", "right"), features)), dict(zip(("kind", "size"), goals))
inputs, sort = numbers.normal(size=(60, 4)).astype("float32"), np.arange(60) % 3
whole = [sort, np.eye(4)[np.arange(60) % 4], numbers.normal(size=60).astype("float32"), sort == 1]
parts = dict(zip(("sort", "side", "size", "odd"), whole))
x, y, often = features[0], goals[1], numbers.random(96).astype("float32")
"""


def document(by_name: bool, **training: Any) -> dict[str, Any]:
    """Two inputs and outputs; constraints, a penalty, weights of losses, and weighted metrics."""
    left, right = keras.Input((5,), name="left"), keras.Input((3,), name="right")
    limits = {"kernel_constraint": keras.constraints.MaxNorm(0.5), "bias_regularizer": "l1"}
    shared = keras.layers.Dense(6, activation="selu", name="shared", **limits)(
        keras.layers.Concatenate(name="both")([left, right])
    )
    kind = keras.layers.Dense(1, activation="sigmoid", name="kind")(shared)
    seed = 3 if BACKEND == "torch" else None  # its only generator gives batches their order, too
    size = keras.layers.Dense(1, name="size")(keras.layers.Dropout(0.2, seed=seed, name="drop")(shared))
    ends = ({"left": left, "right": right}, {"kind": kind, "size": size}) if by_name else None
    model = keras.Model(*(ends or ([left, right], [kind, size])), name="two")
    model.compile(
        "sgd",
        {"kind": "binary_crossentropy", "size": "mse"},
        metrics={"kind": ["accuracy"], "size": ["mae"]},
        loss_weights={"kind": 1.0, "size": 0.5},
    )
    x, y = ("named", "aims") if by_name else ("features", "goals")
    data = {"class_name": "arrays", "config": {"x": x, "y": y}}
    return planned(json.loads(model.to_json()), seed=9, data=data, **training)


def sorts(y: str, by_name: bool) -> dict[str, Any]:
    """Class numbers where the loss compares one-hot, one-hot ones where it compares numbers, and numbers."""
    inputs = keras.Input((4,), name="in")
    ends = {
        "sort": keras.layers.Dense(3, activation="softmax", name="of_sort")(inputs),
        "side": keras.layers.Dense(4, activation="softmax", name="of_side")(inputs),
        "size": keras.layers.Dense(1, name="of_size")(inputs),
        "odd": keras.layers.Dense(1, activation="sigmoid", name="of_odd")(inputs),
    }
    model = keras.Model(inputs, ends if by_name else list(ends.values()), name="sorts")
    losses = ["categorical_crossentropy", "sparse_categorical_crossentropy", "huber", "crossentropy"]
    model.compile("sgd", dict(zip(ends, losses, strict=True)) if by_name else losses)
    data = {"class_name": "arrays", "config": {"x": "inputs", "y": y}}
    return planned(json.loads(model.to_json()), seed=4, data=data, fit={"batch_size": 8, "epochs": 2})


@pytest.fixture
def variables() -> Iterator[dict[str, Any]]:
    """The user's variables in a real shell."""
    shell = InteractiveShell.instance()
    yield shell.user_ns
    InteractiveShell.clear_instance()


def test_targets_that_fit_or_that_nobody_knows_stay_as_they_are(variables: Any) -> None:
    exec(ARRAYS, variables)
    for wrong in ({**variables["parts"], 3: 1}, {"sort": object()}, variables["whole"][:2], [[1, 2], "a"]):
        variables["parts"] = wrong
        assert "to_categorical" not in to_code(sorts("parts", True), recipe="fit")
    assert "to_categorical" not in to_code(sorts("gone", True), recipe="fit")


def single() -> dict[str, Any]:
    """Weights of samples, and arrays called x and y."""
    model = keras.Sequential(
        [keras.Input((5,), name="five"), keras.layers.Dense(4, "tanh"), keras.layers.Dense(1)], name="one"
    )
    model.compile("sgd", "mae", weighted_metrics=["mse"])
    data = {"class_name": "arrays", "config": {"x": "x", "y": "y", "sample_weight": "often"}}
    return planned(json.loads(model.to_json()), seed=9, data=data)


MAKERS: dict[str, Callable[[], dict[str, Any]]] = {
    "by name": lambda: document(True),
    "in order": lambda: document(False),
    "one": single,
    "sorts by name": lambda: sorts("parts", True),
    "sorts in order": lambda: sorts("whole", False),
}
CASES = [
    ("by name", "fit"), ("sorts by name", "loop")
]  # fmt: skip
OTHERS = [(name, recipe) for name in MAKERS for recipe in ("fit", "loop", "batch")]


@pytest.mark.parametrize("cases", [CASES, pytest.param(OTHERS, marks=pytest.mark.thorough)])
def test_scripts_with_arrays_of_the_notebook_repeat_the_runs(
    cases: list[tuple[str, str]], tmp_path: Path, variables: dict[str, Any]
) -> None:
    """Targets of each output are made what its loss compares; those of the notebook stay as they are."""
    namespace: dict[str, Any] = {}
    exec(ARRAYS, namespace)
    variables |= namespace
    scripts = [ARRAYS + to_code(MAKERS[name](), recipe=recipe) for name, recipe in cases]
    runs = {name: train(Keeper(tmp_path), read_plan(MAKERS[name]()), dict(namespace)) for name in dict(cases)}
    for (name, recipe), made in zip(cases, execute(scripts, tmp_path), strict=True):
        curves = runs[name].history.to_json()["epoch"]
        # A short last batch counts otherwise, as do weights in means of batches: the head says so.
        losses = {name for name in curves if name.endswith("_loss") and not name.startswith("val_")}
        other = losses if recipe != "fit" else set()
        other |= {"mse"} if recipe == "batch" else set()
        assert made["history"].keys() == curves.keys()
        for measured in curves.keys() - other:
            assert made["history"][measured] == pytest.approx(curves[measured]["y"], rel=1e-5), (
                name,
                recipe,
                measured,
            )


def test_targets_are_written_as_their_losses_compare_them(variables: dict[str, Any]) -> None:
    exec(ARRAYS, variables)
    by_name, in_order = (to_code(MAKERS[f"sorts {how}"](), recipe="fit") for how in ("by name", "in order"))
    assert 'keras.utils.to_categorical(parts["sort"], 3)' in by_name
    assert 'parts["side"].argmax(axis=-1)' in by_name
    assert "keras.utils.to_categorical(whole[0], 3)" in in_order


@pytest.mark.thorough
def test_scripts_prepare_each_of_several_arrays(tmp_path: Path) -> None:
    """In a dict or a list of the notebook, which stays as it is; a column of one number each, too."""
    more = ARRAYS + "named['left'] = named['left'][:, 0]\n"
    steps = [
        {"class_name": "Rescaling", "config": {"scale": 2.0}},
        {"class_name": "Normalization", "config": {}, "columns": ["left"]},
    ]
    one = document(True, preparation=steps, fit={"validation_split": 0.25, "epochs": 2})
    one["config"]["layers"][0]["config"]["batch_shape"] = [None, 1]
    steps = [steps[0], {**steps[1], "columns": ["x[1]", "x[0]"]}]
    split = {"class_name": "share", "config": {"validation": 0.25, "test": 0.1, "seed": 1}}
    documents = [one, document(False, preparation=steps, split=split)]
    for layer in one["config"]["layers"]:
        layer.pop("build_config", None)
    namespace: dict[str, Any] = {}
    exec(more, namespace)
    scripts = [more + to_code(documents[0], recipe="fit"), more + to_code(documents[1], recipe="fit")]
    assert "Left out" not in scripts[0] + scripts[1]
    laid_out([scripts[1].removeprefix(more)], tmp_path)
    for each, made in zip(documents, execute(scripts, tmp_path), strict=True):
        curves = train(Keeper(tmp_path), read_plan(each), dict(namespace)).history.to_json()["epoch"]
        for name, series in curves.items():
            assert made["history"][name] == pytest.approx(series["y"], rel=1e-4), name


@pytest.mark.thorough
def test_scripts_prepare_arrays_as_the_runs_do(tmp_path: Path) -> None:
    """What is learned is learned from the part that trains; arrays of the notebook stay as they are."""
    steps = [
        {"class_name": "Rescaling", "config": {"scale": 0.5, "offset": -1}},
        {"class_name": "Normalization", "config": {}, "columns": ["x"]},
    ]
    split = {"class_name": "share", "config": {"validation": 0.25, "test": 0.1, "seed": 1}}
    own = single()
    own["kerasviz"]["training"] |= {"preparation": steps, "fit": {"validation_split": 0.25, "epochs": 2}}
    documents = [planned(copy.deepcopy(DIGITS), seed=2, preparation=steps, split=split), own]
    namespace: dict[str, Any] = {}
    exec(ARRAYS, namespace)
    scripts = [ARRAYS + to_code(documents[0], recipe="fit"), ARRAYS + to_code(own, recipe="loop")]
    for document, made in zip(documents, execute(scripts, tmp_path), strict=True):
        run = train(Keeper(tmp_path), read_plan(document), dict(namespace))
        curves = run.history.to_json()["epoch"]
        assert "val_loss" in curves and made["history"].keys() == curves.keys()
        for name, series in curves.items():
            assert made["history"][name] == pytest.approx(series["y"], rel=1e-4), name
    assert "samples = x" in scripts[1] and "layer.adapt(samples[:split])" in scripts[1]
