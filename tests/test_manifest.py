"""Runs with a seed repeat; where one need not, it says what is another one."""

from typing import Any

import numpy as np
import pytest
import tensorflow as tf
from conftest import few, layer, planned

from kerasviz.backend import installed
from kerasviz.models.keeper import Keeper
from kerasviz.protocol import Curves
from kerasviz.training import fit as fitting
from kerasviz.training import manifest
from kerasviz.training.manifest import digest
from kerasviz.training.plan import read_plan
from kerasviz.training.run.folder import PLAN
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run

RNG = np.random.default_rng(0)
NUMBERS = RNG.normal(size=(64, 4)).astype("float32")
CLASSES = RNG.integers(0, 3, 64)

KINDS: dict[str, dict[str, Any]] = {
    "arrays": {"x": NUMBERS, "y": CLASSES},
    "float64 in Fortran's order": {"x": np.asfortranarray(NUMBERS, dtype="float64"), "y": CLASSES},
    "whole numbers": {"x": (NUMBERS * 9).astype("int32"), "y": CLASSES.astype("uint8")},
    "lists": {"x": NUMBERS.tolist(), "y": CLASSES.tolist()},
    "one hot": {"x": NUMBERS, "y": np.eye(3, dtype="float32")[CLASSES]},
}


def document(one_hot: bool = False, eagerly: bool = True) -> dict[str, Any]:
    layers = [
        layer("InputLayer", batch_shape=[None, 4], name="four"),
        layer("Dense", units=8, activation="relu", name="hidden"),
        layer("Dropout", rate=0.5, name="drop"),
        layer("Dense", units=3, activation="softmax", name="three"),
    ]
    loss = "categorical_crossentropy" if one_hot else "sparse_categorical_crossentropy"
    return planned(
        {
            "module": "keras",
            "class_name": "Sequential",
            "config": {"name": "net", "layers": layers},
            "registered_name": None,
            "compile_config": {"optimizer": "adam", "loss": loss, "run_eagerly": eagerly},
        },
        fit={"epochs": 2, "batch_size": 16, "validation_split": 0.25},
        data={"class_name": "arrays", "config": {"x": "x", "y": "y"}},
        seed=5,
    )


def train(keeper: Keeper, document: dict[str, Any], namespace: dict[str, Any], start: str = "fresh") -> Run:
    plan = read_plan(document, start)
    run = Run(plan.model_name, plan.epochs)
    record(run, plan.to_json(), KeptRuns(keeper.folder, keeper.name), lambda job: job(), lambda: None)

    def heard(curves: Curves | None) -> None:
        run.extend(curves or Curves(batch={}, epoch={}))

    run.end(fitting.fit(plan, keeper, run, {**namespace}, heard, lambda job: job()))
    heard(None)
    return run


def told(run: Run) -> str:
    return " ".join(note for note in run.notes if note.startswith("An earlier run"))


@pytest.fixture
def keeper(tmp_path):
    return Keeper(tmp_path, "net.keras.json")


@pytest.mark.parametrize("kind", few(KINDS, len(KINDS)))
def test_the_same_run_has_the_same_numbers(kind, keeper):
    drawn = document(kind == "one hot", eagerly=kind != "arrays")
    runs = [train(keeper, drawn, KINDS[kind]) for _ in range(2)]
    first, second = (run.history.to_json() for run in runs)
    assert first == second
    assert [told(run) for run in runs] == ["", ""]


def test_it_is_told_what_another_run_had(keeper, monkeypatch):
    train(keeper, document(), KINDS["arrays"])
    other = NUMBERS.copy()
    other[-1, -1] += 1
    assert told(train(keeper, document(), {**KINDS["arrays"], "x": other})).endswith("because of other data.")
    assert told(train(keeper, document(), KINDS["arrays"])) == ""

    real = installed.versions()
    monkeypatch.setattr(fitting, "versions", lambda: {**real, "numpy": "1.0"})
    words = told(train(keeper, document(), KINDS["arrays"]))
    assert words.endswith(f"because of numpy ({real['numpy']} → 1.0).")
    monkeypatch.undo()

    assert told(train(keeper, document(), KINDS["arrays"], "trained")) == ""  # begins otherwise: another plan
    assert told(train(keeper, document(), KINDS["arrays"], "trained")).endswith("other weights at the start.")


def test_a_pipeline_of_other_arrays_is_other_data(keeper):
    drawn = document()
    plan = drawn["kerasviz"]["training"]
    plan["data"], plan["fit"] = {"class_name": "batches", "config": {"batches": "rows"}}, {"epochs": 1}

    def rows(numbers: np.ndarray) -> tf.data.Dataset:
        pairs = tf.data.Dataset.from_tensor_slices((numbers, CLASSES))
        return pairs.shuffle(96, seed=1).batch(16).map(lambda x, y: (x, y)).prefetch(2)

    train(keeper, drawn, {"rows": rows(NUMBERS)})
    assert told(train(keeper, drawn, {"rows": rows(NUMBERS)})) == ""
    assert "other data" in told(train(keeper, drawn, {"rows": rows(NUMBERS + 1)}))
    assert "other data" in told(train(keeper, drawn, {"rows": rows(NUMBERS).batch(1).unbatch()}))


def test_without_a_seed_nothing_is_promised(keeper):
    for seed in (None, None):
        drawn = document()
        drawn["kerasviz"]["training"]["seed"] = seed
        run = train(keeper, drawn, KINDS["arrays"])
        assert told(run) == ""
    (plan, *_) = [kept.read(PLAN) for kept in KeptRuns(keeper.folder, keeper.name).all()]
    assert plan["digests"].keys() == {"data", "weights"}
    assert plan["versions"].keys() >= {"python", "keras", "numpy"}


def test_a_digest_tells_shape_dtype_and_values_and_reads_a_part_of_what_is_large(monkeypatch, tmp_path):
    words = np.array(["a", "b"], object)
    values = [NUMBERS, NUMBERS.reshape(4, 64), NUMBERS.astype("float64"), -NUMBERS, words]
    assert len({digest(value) for value in values}) == len(values)
    assert digest({"x": NUMBERS, "y": None}) == digest([NUMBERS])
    monkeypatch.setattr(manifest, "WHOLE_BYTES", 2**16)
    large = np.memmap(tmp_path / "large", "float32", "w+", shape=(2**20, 4))
    before = digest(large)
    large[-1] = 1
    assert digest(large) != before
