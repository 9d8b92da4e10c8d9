"""Scripts prepare batches and files as the run of the editor does: layers learn from what trains."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import pytest
from conftest import planned
from interpreter import execute
from test_recipe_streams import pictures, reviews, sounds
from test_training import train

from kerasviz.codegen import to_code
from kerasviz.data import load
from kerasviz.models.keeper import Keeper
from kerasviz.training.plan import read_plan

BATCHES = """
import keras
import numpy as np
import tensorflow as tf
numbers = np.random.default_rng(0)
x, y, w = numbers.normal(3, 2, (90, 4)).astype("float32"), numbers.integers(0, 3, 90), numbers.random(90)
tf.random.set_seed(5)
rows = tf.data.Dataset.from_tensor_slices((x, y, w)).shuffle(90).batch(16)
held_out = tf.data.Dataset.from_tensor_slices((x[:30], y[:30])).batch(10)

class Drawn(keras.utils.PyDataset):
    num_batches = None

    def __getitem__(self, index):
        return x[index % 9 * 10 :][:10], y[index % 9 * 10 :][:10]

drawn = Drawn()
"""
STEPS = [
    {"class_name": "Rescaling", "config": {"scale": 2, "offset": 1}},
    {"class_name": "Normalization", "config": {}},
]


def document(data: dict[str, Any], layers: list[Any], **training: Any) -> dict[str, Any]:
    model = keras.Sequential([*layers, keras.layers.Dense(3, "softmax", name="kind")], name="net")
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    return planned(json.loads(model.to_json()), seed=1, data=data, **training)


def expected(document: dict[str, Any], folder: Path, variables: dict[str, Any] | None = None) -> Any:
    curves = train(Keeper(folder), read_plan(document), variables).history.to_json()["epoch"]
    return {name: pytest.approx(series["y"], rel=1e-5) for name, series in curves.items()}


def laid_out(scripts: list[str], folder: Path) -> None:
    """Checks that `ruff format` changes nothing."""
    for number, script in enumerate(scripts):
        (folder / f"laid_out_{number}.py").write_text(script)
    files = [str(folder / f"laid_out_{number}.py") for number in range(len(scripts))]
    ruff = [sys.executable, "-m", "ruff", "format", "--isolated", "--diff", *files]
    done = subprocess.run(ruff, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.thorough
def test_batches_of_the_notebook_go_through_the_steps(tmp_path: Path, variables: dict[str, Any]) -> None:
    exec(BATCHES, variables)
    named = [{"batches": "rows", "validation": "held_out"}, {"batches": "drawn", "validation": "held_out"}]
    fits = [{"epochs": 2}, {"epochs": 2, "steps_per_epoch": 7}]
    documents = [
        document({"class_name": "batches", "config": names}, [keras.Input((4,))], fit=fit, preparation=STEPS)
        for names, fit in zip(named, fits, strict=True)
    ]
    scripts = [to_code(one, recipe="fit") for one in documents]
    assert "prepared_val = held_out.map(prepare)" in scripts[0] and "Left out" not in "".join(scripts)
    found = execute([BATCHES + script for script in scripts], tmp_path)
    for one, made in zip(documents, found, strict=True):
        assert made["history"] == expected(one, tmp_path, variables)
    laid_out(scripts, tmp_path)
    variables.clear()
    assert "is that of a tf.data.Dataset: where drawn is" in to_code(documents[1], recipe="fit")


def test_batches_of_several_inputs_go_through_the_steps_of_each(
    tmp_path: Path, variables: dict[str, Any]
) -> None:
    more = (
        BATCHES
        + """
plain = tf.data.Dataset.from_tensor_slices((x, y)).batch(15)
by_name = plain.map(lambda x, y: ({"left": x[:, :1], "right": x[:, 1:]}, y))

rows_of_all = x  # a name that the model has not

class Pairs(keras.utils.PyDataset):
    num_batches = 6

    def __getitem__(self, index):
        some = rows_of_all[index * 15 :][:15]
        return (some[:, :1], some[:, 1:]), y[index * 15 :][:15]

pairs = Pairs()
"""
    )
    exec(more, variables)
    left, right = keras.Input((1,), name="left"), keras.Input((3,), name="right")
    both = keras.layers.Concatenate()([left, right])
    ends = keras.layers.Dense(3, "softmax", name="kind")(both)
    documents = []
    for name, inputs, columns in (
        ("by_name", {"left": left, "right": right}, "right"),
        ("pairs", [left, right], "x[1]"),
    ):
        model = keras.Model(inputs, ends, name="net")
        model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
        data = {"class_name": "batches", "config": {"batches": name}}
        steps = [{**STEPS[0], "columns": [columns]}, STEPS[1]]
        fit = {"epochs": 2, "shuffle": False}
        documents.append(planned(json.loads(model.to_json()), seed=1, data=data, preparation=steps, fit=fit))
    scripts = [to_code(one, recipe="fit") for one in documents]
    for one, made in zip(documents, execute([more + one for one in scripts], tmp_path), strict=True):
        assert made["history"] == expected(one, tmp_path, variables)
    laid_out(scripts, tmp_path)


@pytest.mark.thorough
def test_files_go_through_the_steps(tmp_path: Path) -> None:
    for make in (pictures, reviews, sounds):
        make(tmp_path)
    flat = keras.layers.Flatten()
    centred = [{"class_name": "CenterCrop", "config": {"height": 6, "width": 6}}, *STEPS]
    embedded = [keras.Input((4,)), keras.layers.Embedding(9, 2), flat]
    words = [{"class_name": "TextVectorization", "config": {"output_sequence_length": 4, "max_tokens": 9}}]
    heard = [{"class_name": "Normalization", "config": {"axis": None}}]
    by_class = {"class_name": "by_class", "config": {"validation": 0.2, "test": 0.2}}
    fit = {"batch_size": 4, "epochs": 2}
    cases = [
        (("images", "flowers"), [keras.Input((8, 8, 3)), flat], {"preparation": STEPS, "split": by_class}),
        (("images", "flowers"), [keras.Input((6, 6, 3)), flat], {"preparation": centred}),
        (("texts", "reviews"), embedded, {"preparation": words}),
        (("sounds", "words"), [keras.Input((32, 1)), flat], {"preparation": heard}),
    ]
    documents, scripts = [], []
    for (source, path), layers, plan in cases:
        data = {"class_name": source, "config": {"path": path}}
        documents.append(document(data, layers, fit=fit, **plan))
        load(data, {}, tmp_path)
        scripts.append(to_code(documents[-1], recipe="fit", folder=tmp_path))
    scripts.append(to_code(documents[0], recipe="loop", folder=tmp_path))
    assert "Left out" not in "".join(scripts)
    for one, made in zip([*documents, documents[0]], execute(scripts, tmp_path), strict=True):
        assert made["history"] == expected(one, tmp_path)
    laid_out(scripts, tmp_path)
