"""Scripts draw for each batch that trains what the run of the editor draws with the same seed."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import pytest
from conftest import DIGITS, planned
from interpreter import execute
from test_recipe_history import measured, one_hot
from test_recipe_preparation import laid_out
from test_recipe_streams import pictures as pictures_of_files
from test_training import train

from kerasviz.codegen import to_code
from kerasviz.models.keeper import Keeper
from kerasviz.training.plan import read_plan

FLIP = {"class_name": "RandomFlip", "config": {"mode": "horizontal"}}
TURN = {"class_name": "RandomRotation", "config": {"factor": 0.1}}
HALF = {"class_name": "Rescaling", "config": {"scale": 0.5}}
NORMAL = {"class_name": "Normalization", "config": {}}


def mixed() -> dict[str, Any]:
    """Steps that learn before, between and after those that draw, of pictures that the model takes flat."""
    split = {"class_name": "share", "config": {"validation": 0.2, "test": 0.1, "seed": 1}}
    steps = [HALF, FLIP, HALF, NORMAL, TURN]
    return planned(copy.deepcopy(DIGITS), seed=2, preparation=steps, split=split)


def endless() -> dict[str, Any]:
    """Epochs that end in the middle of the samples, and a large seed."""
    fit = {"steps_per_epoch": 20, "epochs": 3}
    return planned(copy.deepcopy(DIGITS), seed=2**31 + 5, preparation=[TURN, FLIP], fit=fit)


def pictures() -> dict[str, Any]:
    """A convolution, in the order in which samples lie, one-hot targets, validation now and then."""
    document = one_hot()
    best = {"class_name": "KeepBest", "config": {"monitor": "loss"}}
    document["kerasviz"]["training"] |= {"preparation": [FLIP], "callbacks": [best]}
    return document


CASES: list[tuple[str, Callable[[], dict[str, Any]]]] = [
    ("fit", endless), ("batch", mixed), ("loop", pictures)
]  # fmt: skip
BATCHES = """
import keras
import numpy as np
import tensorflow as tf

numbers = np.random.default_rng(0)
pixels, kinds = numbers.random((60, 8, 8), "float32"), np.eye(10)[np.arange(60) % 10]
grey = tf.data.Dataset.from_tensor_slices((pixels, kinds)).batch(16)
aside = tf.data.Dataset.from_tensor_slices((pixels[:20], kinds[:20])).batch(10)


class Shots(keras.utils.PyDataset):
    num_batches = 4

    def __getitem__(self, index):
        return pixels[index * 16 :][:16, ..., None], kinds[index * 16 :][:16]


shots = Shots(workers=0)
"""
OTHERS: list[tuple[str, Callable[[], dict[str, Any]]]] = [
    ("fit", mixed), ("loop", mixed), ("fit", pictures), ("batch", pictures)
]  # fmt: skip


@pytest.mark.parametrize("cases", [CASES, OTHERS])
@pytest.mark.thorough
def test_scripts_augment_arrays_as_the_runs_do(
    cases: list[tuple[str, Callable[[], dict[str, Any]]]], tmp_path: Path
) -> None:
    documents = {make: make() for _, make in cases}
    scripts = [to_code(documents[make], recipe=recipe) for recipe, make in cases]
    assert not [script for script in scripts if "Left out" in script]
    laid_out(scripts[1:], tmp_path)  # the large seed of the first makes a line too long
    expected = {make: measured(document, tmp_path) for make, document in documents.items()}
    for (recipe, make), found in zip(cases, execute(scripts, tmp_path), strict=True):
        exact = recipe == "fit" and make is not mixed  # adapt of Keras adds up in another order
        close = {"rel": 0, "abs": 0} if exact else {"rel": 1e-5}
        assert found["history"] == {
            name: pytest.approx(values, **close) for name, values in expected[make].items()
        }, (recipe, make.__name__)


@pytest.mark.thorough
def test_scripts_augment_files_as_the_runs_do(tmp_path: Path) -> None:
    """Pictures are drawn again as they are read; those that validate only go through the other steps."""
    document = pictures_of_files(tmp_path)
    document["kerasviz"]["training"]["preparation"] = [HALF, FLIP, NORMAL, TURN]
    ways = measured(document, tmp_path)
    scripts = [to_code(document, recipe=recipe, folder=tmp_path) for recipe in ("fit", "loop")]
    laid_out(scripts, tmp_path)
    for found in execute(scripts, tmp_path):
        assert found["history"] == {name: pytest.approx(each, rel=1e-5) for name, each in ways.items()}


@pytest.mark.thorough
def test_scripts_augment_batches_of_the_notebook_as_the_runs_do(
    tmp_path: Path, variables: dict[str, Any]
) -> None:
    """Layers draw on from batch to batch; what is held out is only prepared."""
    named = {"batches": "grey", "validation": "aside"}, {"batches": "shots"}
    exec(BATCHES, variables)
    documents = []
    for config, steps in zip(named, ([FLIP, HALF, TURN], [TURN]), strict=True):
        data = {"class_name": "batches", "config": config}
        documents.append(planned(one_hot(), seed=2, data=data, preparation=steps, fit={"shuffle": False}))
    scripts = [to_code(document, recipe="fit") for document in documents]
    assert "Left out" not in "".join(scripts) and "aside.map(prepare)" in scripts[0]
    laid_out(scripts, tmp_path)
    made = execute([BATCHES + script for script in scripts], tmp_path)
    for document, found in zip(documents, made, strict=True):
        exec(BATCHES, variables)
        for _ in range(2):  # what a run has drawn does not matter for the next
            curves = train(Keeper(tmp_path), read_plan(document), variables).history.to_json()["epoch"]
            assert {name: each["y"] for name, each in curves.items()} == found["history"]


@pytest.mark.thorough
def test_scripts_augment_one_of_several_inputs(tmp_path: Path, variables: dict[str, Any]) -> None:
    made = "import numpy as np\nnumbers = np.random.default_rng(0)\n"
    made += 'goods = {"shot": numbers.random((40, 8, 8)), "size": numbers.random((40, 3))}\n'
    made += "prices = numbers.random((40, 1))\n"
    exec(made, variables)
    shot, size = keras.Input((8, 8, 1), name="shot"), keras.Input((3,), name="size")
    both = keras.layers.Concatenate(name="both")([keras.layers.Flatten(name="flat")(shot), size])
    model = keras.Model({"shot": shot, "size": size}, keras.layers.Dense(1, name="price")(both), name="net")
    model.compile("sgd", "mse")
    data = {"class_name": "arrays", "config": {"x": "goods", "y": "prices"}}
    steps = [{**HALF, "columns": ["shot"]}, {**FLIP, "columns": ["shot"]}, {**TURN, "columns": ["shot"]}]
    document = planned(json.loads(model.to_json()), seed=4, data=data, preparation=steps)
    scripts = [to_code(document, recipe=recipe) for recipe in ("fit", "loop")]
    laid_out(scripts, tmp_path)
    curves = train(Keeper(tmp_path), read_plan(document), variables).history.to_json()["epoch"]
    for found in execute([made + script for script in scripts], tmp_path):
        assert found["history"] == {name: pytest.approx(each["y"], rel=1e-5) for name, each in curves.items()}
    document["kerasviz"]["training"]["preparation"].append({**HALF, "columns": ["shot"]})
    assert "# Left out: the augmentation." in to_code(document, recipe="fit")


@pytest.mark.thorough
def test_arrays_of_the_notebook_stay_as_they_are_and_without_a_seed_nothing_is_repeated(
    tmp_path: Path,
) -> None:
    made = "import numpy as np\nshots = np.random.default_rng(0).random((40, 8, 8, 1))\n"
    made += "shots = shots[..., 0]\nkinds = np.eye(10)[np.arange(40) % 10]\n"
    data = {"class_name": "arrays", "config": {"x": "shots", "y": "kinds"}}
    fit = {"validation_split": 0.0, "epochs": 1}
    document = planned(copy.deepcopy(one_hot()), data=data, fit=fit, preparation=[HALF, FLIP])
    script = to_code(document, recipe="fit")
    assert "samples = shots" in script and "generator" not in script and "samples.reshape(*" in script
    (found,) = execute([made + script + "assert shots.max() > 0.5\n"], tmp_path)
    assert found["history"].keys() == {"loss", "accuracy"}
