"""The trials of a sweep: runs that are kept, and leave the model of the document as it is."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import keras
import pytest
from conftest import PATIENCE, few, planned
from interpreter import execute
from sessionpage import SessionPage

from kerasviz.execution.thread import DISK
from kerasviz.kernel.session import Session
from kerasviz.training.run.keptrun import summaries
from kerasviz.training.run.pulse import this_process

FILE = "digits.keras.json"
RATE = ["compile_config", "optimizer", "config", "learning_rate"]
UNITS = ["config", "layers", "hidden", "config", "units"]


class Page(SessionPage):
    """A page that begins a sweep and follows its runs."""

    def __init__(self, folder: Path) -> None:
        super().__init__(Session(folder, FILE))
        self.session.attach(self.client)

    def sweep(self, document: dict[str, Any]) -> dict[str, Any]:
        return self.ask("sweep", document=document)

    def ended(self) -> None:
        """Waits until no trial is left, and all is written."""
        assert self.session.trials is not None
        assert self.session.trials.done.wait(PATIENCE)
        DISK.wait()

    @property
    def runs(self) -> list[Any]:
        return summaries(self.session.kept_runs.all())[::-1]


@pytest.fixture
def page(tmp_path: Path) -> Page:
    return Page(tmp_path)


@pytest.fixture
def digits(digits: dict[str, Any]) -> dict[str, Any]:
    """Not compiled, which takes longer than these few batches."""
    digits["compile_config"]["run_eagerly"] = True
    return digits


def sweeping(digits: dict[str, Any], ranges: list[Any], **more: Any) -> dict[str, Any]:
    sweep = {"class_name": "grid", "config": {}, "ranges": ranges, **more}
    return planned(digits, fit={"epochs": 2, "batch_size": 1024}, seed=1, sweep=sweep)


def test_each_trial_is_a_run_with_its_values(page, digits, tmp_path):
    document = sweeping(digits, [{"path": UNITS, "values": [4, 8]}, {"path": RATE, "values": [0.1, 0.001]}])
    assert page.sweep(document)["ok"]
    page.ended()
    assert [run["name"] for run in page.runs] == [
        f"Trial {i + 1}: hidden.units {units}, optimizer.learning_rate {rate}"
        for i, (units, rate) in enumerate([(4, 0.1), (4, 0.001), (8, 0.1), (8, 0.001)])
    ]
    assert page.runs[1]["values"] == {"hidden.units": 4, "optimizer.learning_rate": 0.001}
    assert {run["state"] for run in page.runs} == {"finished"}
    assert len({run["group"] for run in page.runs}) == 1
    first, third = page.runs[0], page.runs[2]
    assert third["parameters"] > first["parameters"]
    plan = json.loads((tmp_path / "runs" / third["id"] / "plan.json").read_text())
    layers = plan["document"]["config"]["layers"]
    assert next(one for one in layers if one["config"]["name"] == "hidden")["config"]["units"] == 8
    status = page.session.run.status()
    assert (status["trial"]["number"], status["trial"]["trials"]) == (4, 4)
    assert [path.name for path in tmp_path.iterdir()] == ["runs"], "no backup, and no model, is left"
    assert page.session.worker.known is None


def test_a_sweep_ends_when_it_is_asked_to(page, digits):
    document = sweeping(digits, [{"path": RATE, "values": [0.1, 0.01, 0.001]}])
    document["kerasviz"]["training"]["fit"]["epochs"] = 10**6
    assert page.sweep(document)["ok"]
    assert page.sweep(document)["error"]["code"] == "busy"
    while page.session.run is None or page.session.run.step == 0:
        page.got.get(timeout=PATIENCE)
    page.ask("end_sweep")
    page.ended()
    assert [run["state"] for run in page.runs] == ["stopped"]


def test_what_every_trial_would_fail_by_ends_the_sweep(page, digits):
    document = sweeping(digits, [{"path": RATE, "values": [0.1, 0.01, 0.001]}])
    document["kerasviz"]["training"]["data"] = {"class_name": "arrays", "config": {"x": "nothing", "y": "y"}}
    assert page.sweep(document)["ok"]
    page.ended()
    assert [run["state"] for run in page.runs] == ["failed", "failed"]


def test_a_trial_that_fails_ends_no_other(page, digits):
    batch = ["kerasviz", "training", "fit", "batch_size"]
    for path, values in ((UNITS, [-3, 4]), (batch, [0, 256])):
        document = sweeping(digits, [{"path": path, "values": values}])
        assert page.sweep(document)["ok"]
        page.ended()
        assert [run["state"] for run in page.runs[-2:]] == ["failed", "finished"]


def told(error: Any) -> str:
    """The sentence of an error as a message has it."""
    message = error["message"]
    return message if isinstance(message, str) else message["text"].format(**message["args"])


@keras.saving.register_keras_serializable("trials")
class Picky(keras.layers.Layer):
    """Takes what it is given, unless it is told to break."""

    def __init__(self, ends: str = "", **options: Any) -> None:
        super().__init__(**options)
        self.ends = ends

    def call(self, x: Any) -> Any:
        if self.ends == "memory":
            if x.shape[0] is not None:  # samples, and no drawing
                raise MemoryError("Unable to allocate 3 TiB")
        elif self.ends:
            raise ValueError(self.ends)
        return x

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), "ends": self.ends}


@pytest.fixture
def picky(digits: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The digits, seen through a layer of the user's that breaks when it is told to."""
    keras.saving.get_custom_objects()["trials>Picky"] = Picky
    model = keras.Sequential(
        [
            keras.Input((64,)),
            Picky(name="picky"),
            keras.layers.Dense(8, "relu", name="hidden"),
            keras.layers.Dense(10, "softmax"),
        ]
    )
    compiled = {"optimizer": "sgd", "loss": "sparse_categorical_crossentropy", "metrics": ["accuracy"]}
    yield {**json.loads(model.to_json()), "compile_config": {**compiled, "run_eagerly": True}}
    keras.saving.get_custom_objects().pop("trials>Picky", None)


ENDS = ["config", "layers", "picky", "config", "ends"]


@pytest.mark.thorough
@pytest.mark.parametrize("strategy", ["grid", "successive_halving"])
def test_the_sweep_goes_on_after_trials_that_break_and_names_them(page, picky, strategy):
    """An exception in a layer, no memory, a loss that is no number: each is failed, with its sentence."""
    ends = {"path": ENDS, "values": ["", "I do not like this", "memory"]}
    rate = {"path": RATE, "values": [0.1, 1e30]}
    config = {"trials": 12, "seed": 1} if strategy != "grid" else {}
    assert page.sweep(sweeping(picky, [ends, rate], class_name=strategy, config=config))["ok"]
    page.ended()
    assert len(page.runs) == (6 if strategy == "grid" else 12)
    seen = set()
    for run in page.runs:
        ends, rate = run["values"]["picky.ends"], run["values"]["optimizer.learning_rate"]
        seen.add((ends, rate))
        said = "" if run["error"] is None else told(run["error"])
        if ends == "memory":
            assert "memory" in said
        elif ends:
            assert said == "Layer 'picky': I do not like this"
        elif rate > 1:
            assert "The loss of epoch 1 is not a number" in said
        assert run["state"] == ("failed" if said else "finished" if strategy == "grid" else run["state"])
        assert bool(said) == (bool(ends) or rate > 1)
    assert {"", "I do not like this", "memory"} == {ends for ends, _ in seen}
    assert not any("All trials" in note for note in page.session.run.notes)


@pytest.mark.thorough
def test_the_script_of_the_best_trial_repeats_it_and_its_document_opens(page, picky, digits, tmp_path):
    """Its values, fresh weights whatever file the drawing starts from, and the same numbers in each epoch."""
    digits["compile_config"] = {**picky["compile_config"], "run_eagerly": False}
    dense = ["config", "layers", "hidden", "config", "units"]
    ranges = [{"path": RATE, "values": [0.5, 1e30]}, {"path": dense, "values": [8, 4]}]
    document = sweeping(digits, ranges, monitor="val_accuracy")
    document["kerasviz"]["weights"] = "gone.keras"
    assert page.sweep(document)["ok"]
    page.ended()
    assert {str(run["judged"]) for run in page.runs} == {str({"metric": "val_accuracy", "better": "up"})}
    worked = [run for run in page.runs if run["state"] == "finished"]
    assert len(worked) == 2
    best = max(worked, key=lambda run: run["best"]["val_accuracy"]["value"])
    made = page.ask("run_code", id=best["id"])["payload"]
    assert made["file"].endswith(".py")
    (script,) = execute([made["content"]], tmp_path)
    curves = page.session.kept_runs.find(best["id"]).path / "history.csv"
    with curves.open() as rows:
        written = list(csv.DictReader(rows))
    for name, values in script["history"].items():
        assert values == pytest.approx([float(row[name]) for row in written], rel=1e-5), name

    opened = json.loads(page.ask("run_document", id=best["id"])["payload"]["document"])
    model = keras.models.model_from_json(json.dumps(opened))
    assert model.get_layer("hidden").units == best["values"]["hidden.units"]
    rate = opened["compile_config"]["optimizer"]["config"]["learning_rate"]
    assert rate == best["values"]["optimizer.learning_rate"]
    assert opened["kerasviz"]["training"]["seed"] == 1


@pytest.mark.parametrize("strategy", few(["grid", "bayesian", "successive_halving"], 3))
def test_where_all_trials_fail_it_is_said_once(page, picky, strategy):
    rate = {"path": RATE, "values": [1e30, 1e31, 1e32]}
    config = {"trials": 3} if strategy != "grid" else {}
    assert page.sweep(sweeping(picky, [rate], class_name=strategy, config=config))["ok"]
    page.ended()
    assert [run["state"] for run in page.runs] == ["failed"] * 3
    notes = page.session.kept_runs.all()[0].read("state.json")["notes"]
    assert sum("All trials" in str(note) for note in notes) == 1


def test_a_sweep_goes_on_with_trials_whose_class_or_data_was_gone(page, picky, tmp_path):
    """In a restarted kernel cells are to be run first: a trial that lacked them is trained then."""
    document = sweeping(picky, [{"path": RATE, "values": [0.1, 0.01]}])
    registered = keras.saving.get_custom_objects().pop("trials>Picky")
    assert page.sweep(document)["ok"]
    page.ended()
    assert {run["state"] for run in page.runs} == {"failed"}
    keras.saving.get_custom_objects()["trials>Picky"] = registered
    later = Page(tmp_path)
    assert later.ask("sweep", document=json.dumps(document), go_on=True)["ok"]
    later.ended()
    assert [run["state"] for run in later.runs[-2:]] == ["finished", "finished"]
    assert [run["values"]["optimizer.learning_rate"] for run in later.runs[-2:]] == [0.1, 0.01]


@pytest.mark.thorough
def test_what_is_inside_an_object_that_is_tried_too_is_set_after_it(page, picky):
    """In whichever order they were marked; an argument that only one class has is said of the other."""
    optimizer = {"path": ["compile_config", "optimizer"], "values": ["sgd", "adam"]}
    inside = ["compile_config", "optimizer", "config"]
    ranges = [
        {"path": [*inside, "learning_rate"], "values": [0.5, 0.25]},
        optimizer,
        {"path": [*inside, "momentum"], "values": [0.75, 0.875]},
    ]
    assert page.sweep(sweeping(picky, ranges))["ok"]
    page.ended()
    for run in page.runs:
        rate, name, momentum = run["values"].values()
        plan = page.session.kept_runs.find(run["id"]).read("plan.json")
        config = plan["document"]["compile_config"]["optimizer"]["config"]
        assert (config["learning_rate"], config["momentum"]) == (rate, momentum)
        if name == "adam":
            assert told(run["error"]).startswith("Adam has no argument 'momentum'.")
        else:
            assert run["state"] == "finished"


@pytest.mark.thorough
def test_values_of_preparation_split_callbacks_and_models_inside_are_tried(page, digits):
    training = ["kerasviz", "training"]
    inner = keras.Sequential([keras.Input((64,)), keras.layers.Dense(8, name="deep")], name="inner")
    model = keras.Sequential([keras.Input((64,)), inner, keras.layers.Dense(10, "softmax")])
    ranges = [
        {
            "path": ["config", "layers", "inner", "config", "layers", "deep", "config", "units"],
            "values": [4, 5],
        },
        {"path": [*training, "preparation", "0", "config", "scale"], "low": 0.01, "high": 1.0, "log": True},
        {"path": [*training, "split", "config", "seed"], "low": 0, "high": 9, "whole": True},
        {"path": [*training, "callbacks", "0", "config", "patience"], "values": [0, 1]},
    ]
    document = sweeping(digits, ranges, class_name="random", config={"trials": 3, "seed": 1})
    document["config"], document["class_name"] = json.loads(model.to_json())["config"], "Sequential"
    document["kerasviz"]["training"] |= {
        "preparation": [{"class_name": "Rescaling", "config": {"scale": 1.0}}],
        "split": {"class_name": "share", "config": {"validation": 0.2}},
        "callbacks": [{"class_name": "EarlyStopping", "config": {"monitor": "val_loss"}}],
    }
    assert page.sweep(document)["ok"]
    page.ended()
    assert [run["state"] for run in page.runs] == ["finished"] * 3
    for run in page.runs:
        units, scale, seed, patience = run["values"].values()
        assert run["parameters"] == 64 * units + units + 10 * units + 10
        plan = page.session.kept_runs.find(run["id"]).read("plan.json")
        assert plan["preparation"][0]["config"]["scale"] == scale
        assert plan["split"]["config"]["seed"] == seed
        assert plan["callbacks"][0]["config"]["patience"] == patience


def test_a_metric_that_nobody_measures_is_said_once(page, digits):
    document = sweeping(digits, [{"path": RATE, "values": [0.1, 0.01]}], monitor="val_mae")
    assert page.sweep(document)["ok"]
    page.ended()
    assert len(page.runs) == 1
    assert any("there is no val_mae" in note for note in page.session.run.notes)


def test_without_validation_trials_are_judged_by_the_training_metric_and_it_is_said(page, digits):
    document = sweeping(digits, [{"path": RATE, "values": [0.1, 0.01]}], monitor="val_accuracy")
    document["kerasviz"]["training"]["fit"]["validation_split"] = 0
    assert page.sweep(document)["ok"]
    page.ended()
    assert [run["state"] for run in page.runs] == ["finished", "finished"]
    assert any("judged by accuracy" in note for note in page.session.run.notes)


def test_epochs_that_are_validated_later_are_waited_for(page, digits):
    document = sweeping(digits, [{"path": RATE, "values": [0.1, 0.01]}])
    document["kerasviz"]["training"]["fit"]["validation_freq"] = 2
    assert page.sweep(document)["ok"]
    page.ended()
    assert [run["state"] for run in page.runs] == ["finished", "finished"]
    assert not any("judged by" in note for note in page.session.run.notes)


def test_values_of_every_part_of_the_plan_are_tried(page, digits):
    """The class of the optimizer, the split, batch size and epochs."""
    training = ["kerasviz", "training"]
    optimizers = [
        {"module": "keras.optimizers", "class_name": name, "config": {}, "registered_name": None}
        for name in ("SGD", "Lion")
    ]
    ranges = [
        {"path": ["compile_config", "optimizer"], "values": optimizers},
        {"path": [*training, "split", "config", "validation"], "values": [0.2, 0.5]},
        {"path": [*training, "fit", "batch_size"], "values": [256, 512]},
        {"path": [*training, "fit", "epochs"], "values": [1, 2]},
    ]
    document = sweeping(digits, ranges, class_name="random", config={"trials": 4, "seed": 2})
    document["kerasviz"]["training"]["split"] = {"class_name": "share", "config": {}}
    assert page.sweep(document)["ok"]
    page.ended()
    assert [run["state"] for run in page.runs] == ["finished"] * 4
    names = ["optimizer", "split.validation", "fit.batch_size", "fit.epochs"]
    for run in page.runs:
        assert list(run["values"]) == names
        plan = page.session.kept_runs.find(run["id"]).read("plan.json")
        assert run["epoch"] == run["epochs"] == plan["fit"]["epochs"] == run["values"]["fit.epochs"]
        steps = -(-round(1797 * (1 - plan["split"]["config"]["validation"])) // plan["fit"]["batch_size"])
        assert abs(run["step"] - steps * run["epoch"]) <= run["epoch"]


def test_a_trial_fails_with_the_advice_that_a_run_gives(page, digits):
    document = sweeping(digits, [{"path": UNITS, "values": [4, 8]}])
    document["compile_config"]["loss"] = "binary_crossentropy"
    document["config"]["layers"][-1]["config"]["units"] = 3
    assert page.sweep(document)["ok"]
    page.ended()
    error = page.session.run.error
    assert error is not None and error["fix"] is not None


def test_a_sweep_goes_on_in_a_new_kernel_and_takes_what_was_trained(page, digits, tmp_path):
    ranges = [{"path": RATE, "low": 1e-4, "high": 0.1, "log": True}]
    strategy = {"class_name": "bayesian", "config": {"trials": 3}}
    whole = sweeping(digits, ranges, **strategy)
    whole["kerasviz"]["training"]["fit"]["epochs"] = 1
    assert page.sweep(whole)["ok"]
    page.ended()
    rates = [run["values"] for run in page.runs]

    last = page.session.kept_runs.all()[0]
    last.write(
        "state.json",
        {**last.read("state.json"), "state": "training", "process": {**this_process(), "pid": -1}},
    )
    more = sweeping(digits, ranges, **strategy)
    more["kerasviz"]["training"]["fit"]["epochs"] = 1
    more["kerasviz"]["training"]["sweep"]["config"]["trials"] = 4
    later = Page(tmp_path)
    assert later.ask("sweep", document=json.dumps(more), go_on=True)["ok"]
    later.ended()
    assert [run["state"] for run in later.runs] == ["finished", "finished", "lost", "finished", "finished"]
    assert [run["values"] for run in later.runs[:4]] == [*rates, rates[2]]
    assert len({run["group"] for run in later.runs}) == 1
    assert later.session.run.status()["trial"]["number"] == 4

    done = later.ask("sweep", document=json.dumps(more), go_on=True)
    assert "All trials" in done["error"]["message"]["text"]
    assert not later.session.is_training


def test_without_a_sweep_there_is_nothing_to_go_on_with(page, digits):
    document = json.dumps(sweeping(digits, [{"path": RATE, "values": [0.1, 0.01]}]))
    refused = page.ask("sweep", document=document, go_on=True)
    assert "no earlier sweep" in refused["error"]["message"]["text"]


@pytest.mark.parametrize(("sweep", "said"), [(None, "Nothing to try"), ({"ranges": [1]}, "with a path")])
def test_a_sweep_that_cannot_begin_says_why(page, digits, sweep, said):
    document = planned(digits, sweep=sweep)
    reply = page.sweep(document)
    assert not reply["ok"]
    assert said in str(reply["error"]["message"])
