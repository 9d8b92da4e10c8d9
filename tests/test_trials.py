"""The trials of a sweep: runs that are kept, and leave the model of the document as it is."""

import json
import queue
from pathlib import Path
from typing import Any

import pytest
from conftest import PATIENCE, planned

from kerasviz.execution.thread import DISK
from kerasviz.kernel.clients import Client
from kerasviz.kernel.session import Session
from kerasviz.training.run.keptrun import summaries
from kerasviz.training.run.pulse import this_process

FILE = "digits.keras.json"
RATE = ["compile_config", "optimizer", "config", "learning_rate"]
UNITS = ["config", "layers", "hidden", "config", "units"]


class Page:
    """A page that begins a sweep and follows its runs."""

    def __init__(self, folder: Path) -> None:
        self.session = Session(folder, FILE)
        self.got: queue.Queue[dict[str, Any]] = queue.Queue()
        self.client = Client(self.got.put)
        self.session.attach(self.client)

    def ask(self, type: str, payload: dict[str, Any]) -> dict[str, Any]:
        self.session.dispatch({"id": type, "type": type, "payload": payload, "version": 1}, self.client)
        while (message := self.got.get(timeout=PATIENCE)).get("id") != type:
            pass
        return message

    def sweep(self, document: dict[str, Any]) -> dict[str, Any]:
        return self.ask("sweep", {"document": json.dumps(document)})

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
    return planned(digits, fit={"epochs": 2, "batch_size": 256}, seed=1, sweep=sweep)


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
    page.ask("end_sweep", {})
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
    assert later.ask("sweep", {"document": json.dumps(more), "go_on": True})["ok"]
    later.ended()
    assert [run["state"] for run in later.runs] == ["finished", "finished", "lost", "finished", "finished"]
    assert [run["values"] for run in later.runs[:4]] == [*rates, rates[2]]
    assert len({run["group"] for run in later.runs}) == 1
    assert later.session.run.status()["trial"]["number"] == 4

    done = later.ask("sweep", {"document": json.dumps(more), "go_on": True})
    assert "All trials" in done["error"]["message"]["text"]
    assert not later.session.is_training


def test_without_a_sweep_there_is_nothing_to_go_on_with(page, digits):
    document = json.dumps(sweeping(digits, [{"path": RATE, "values": [0.1, 0.01]}]))
    refused = page.ask("sweep", {"document": document, "go_on": True})
    assert "no earlier sweep" in refused["error"]["message"]["text"]


@pytest.mark.parametrize(("sweep", "said"), [(None, "Nothing to try"), ({"ranges": [1]}, "with a path")])
def test_a_sweep_that_cannot_begin_says_why(page, digits, sweep, said):
    document = planned(digits, sweep=sweep)
    reply = page.sweep(document)
    assert not reply["ok"]
    assert said in str(reply["error"]["message"])
