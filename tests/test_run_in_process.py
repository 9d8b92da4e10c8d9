"""Runs in a process of their own: the same numbers, obeyed controls, what is left of one that was killed."""

import copy
import json
import os
import signal
import time
from contextlib import suppress
from typing import Any

import keras
import numpy as np
import psutil
import pytest
from conftest import PATIENCE, planned
from runpage import ENDED, RunPage

from kerasviz.execution.thread import DISK


class Page(RunPage):
    """A page of runs that a process of this machine trains."""

    @property
    def child(self) -> psutil.Process:
        """The process that trains."""
        assert self.session.run is not None and self.session.run.folder is not None
        deadline = time.monotonic() + PATIENCE
        while "model" not in (state := self.session.run.folder.read("state.json")):
            assert time.monotonic() < deadline
        return psutil.Process(state["process"]["pid"])


@pytest.fixture
def page(tmp_path):
    page = Page(tmp_path)
    yield page
    if page.session.run is not None and not page.session.run.ended:
        with suppress(psutil.NoSuchProcess):
            page.child.kill()


def placed(document: dict[str, Any], at: str = "process", **changes: Any) -> dict[str, Any]:
    """The document, to be trained in a place on the digits."""
    fit = {"epochs": changes.pop("epochs", 2), "batch_size": changes.pop("batch_size", 32)}
    changes = {"seed": 5, "place": {"class_name": at, "config": {}}, **changes}
    return planned(copy.deepcopy(document), fit=fit, **changes)


def curves(page: Page) -> dict[str, Any]:
    assert page.session.run is not None
    return {name: series["y"] for name, series in page.session.run.history.to_json()["epoch"].items()}


def test_a_run_in_a_process_has_the_numbers_of_one_in_the_kernel_and_leaves_its_model_here(page, digits):
    found = {}
    for place in ("thread", "process"):
        for start in ("fresh", "trained"):
            page.begin(placed(digits, place), start)
            status = page.until(*ENDED)
            assert (status["state"], status["error"]) == ("finished", None)
            model = page.session.worker.keeper().model
            optimizer = [np.asarray(keras.ops.convert_to_numpy(each)) for each in model.optimizer.variables]
            found[place, start] = curves(page), page.weights, optimizer, status["notes"]
    for start in ("fresh", "trained"):
        one, other = found["thread", start], found["process", start]
        assert one[0] == other[0] and one[3] == other[3]
        for expected, got in zip(one[1] + one[2], other[1] + other[2], strict=True):
            np.testing.assert_array_equal(got, expected)
    assert found["process", "fresh"][0] != found["process", "trained"][0]


def test_it_is_looked_into_paused_changed_and_stopped_while_it_trains(page, digits):
    page.begin(placed(digits, epochs=100_000))
    page.until("training", step=10)
    seen = page.session.worker.call(lambda: page.weights)
    deadline = time.monotonic() + PATIENCE  # what is looked at now is of now, or of a second ago
    while all(
        (one == other).all()
        for one, other in zip(seen, page.session.worker.call(lambda: page.weights), strict=True)
    ):
        assert time.monotonic() < deadline
    page.control("pause")
    before = page.until("paused")["step"]
    values = {each["what"]: each for each in page.answer("adjustable", run=page.session.run.id)["values"]}
    assert values["learning_rate"]["fixed"] is None
    page.control("change", what="learning_rate", value=0.125)
    page.control("one_epoch")
    status = page.until("paused", step=before + 1)
    assert "0.125" in json.dumps(status["marks"]) and status["step"] % status["steps_per_epoch"] == 0
    page.control("stop")
    assert page.until("stopped")["step"] == status["step"]


def test_a_process_that_is_killed_costs_the_run_its_last_epoch_and_the_kernel_nothing(page, digits):
    page.begin(placed(digits, epochs=100_000))
    page.until("training", step=10)
    folder = page.session.run.folder
    deadline = time.monotonic() + PATIENCE
    while not (folder.path / "backup.keras").exists():
        assert time.monotonic() < deadline
    os.kill(page.child.pid, signal.SIGKILL)
    status = page.until("lost")
    assert "was killed" in str(status["error"]["message"])
    assert page.told("backup")["backup"]["epoch"] >= 1
    page.begin(placed(digits, epochs=100_000), "backup")
    page.until("training")
    page.control("stop")
    assert page.until(*ENDED)["state"] == "stopped"


def test_a_kernel_that_starts_again_finds_the_run_and_gets_its_model(page, digits, tmp_path):
    page.begin(placed(digits, epochs=100_000))
    page.until("training", step=10)
    id, child = page.session.run.id, page.child
    other = Page(tmp_path)  # as another kernel has it, which knows the folder alone
    other.ask("hello")
    status = other.until("training")
    assert status["run"] == id
    before = len(other.session.run.history.to_json()["batch"]["loss"]["x"])
    other.until("training", step=status["step"] + 1)
    assert len(other.session.run.history.to_json()["batch"]["loss"]["x"]) > before
    other.control("stop")
    assert other.until(*ENDED)["state"] == "stopped"
    child.wait(PATIENCE)
    steps = other.session.run.history.to_json()["batch"]["loss"]["x"]
    assert steps == sorted(set(steps)) and steps[-1] == other.session.run.step
    assert other.session.worker.keeper().model is not None


@pytest.mark.thorough
def test_a_model_is_mirrored_on_two_devices_there_and_comes_back(page, digits):
    found, told = [], []
    for devices in (None, ["cpu:0", "cpu:1"]):
        page.begin(placed(digits, place={"class_name": "process", "config": {"devices": devices}}))
        status = page.until(*ENDED)
        assert (status["state"], status["error"]) == ("finished", None)
        found.append(curves(page)["loss"])
        told.append(status["device"])
    assert told == ["CPU", "2 x CPU"]
    np.testing.assert_allclose(*found, rtol=1e-4)  # the last batch is of an odd number of samples


@pytest.mark.thorough
def test_trials_of_a_sweep_train_there_and_leave_the_model_of_the_document_as_it_is(page, digits):
    ranges = [{"path": ["config", "layers", "hidden", "config", "units"], "values": [3, 4]}]
    sweep = {"class_name": "grid", "config": {}, "ranges": ranges}
    assert page.ask("sweep", document=placed(digits, epochs=1, sweep=sweep))["ok"]
    trials = page.session.trials
    assert trials is not None and trials.done.wait(PATIENCE)
    deadline, runs = time.monotonic() + PATIENCE, page.answer("runs")["runs"]
    while not all(run["judged"] for run in runs):  # it is written once the trial has ended
        assert time.monotonic() < deadline
        runs = page.answer("runs")["runs"]
    assert sorted(*zip(*(run["values"].values() for run in runs), strict=True)) == [3, 4]
    assert all(run["state"] == "finished" and run["last"]["loss"] for run in runs)
    assert all(run["judged"] == {"metric": "val_loss", "better": "down"} for run in runs)
    assert page.session.worker.known is None


def test_a_run_follows_its_document_to_another_name_and_folder(page, digits, tmp_path):
    page.begin(placed(digits, epochs=100_000))
    page.until("training", step=5)
    moved = tmp_path / "moved"
    moved.mkdir()
    page.session.rename("other.keras.json", moved)
    DISK.wait()
    page.control("stop")
    assert page.until(*ENDED)["state"] == "stopped"
    assert page.session.worker.keeper().model is not None
    assert [folder.parent.parent for folder in moved.glob("runs/*/model.keras")] == [moved / "runs"]


@pytest.mark.thorough
def test_runs_go_on_without_the_process_that_started_them_and_the_next_one_gets_another(page, digits):
    page.begin(placed(digits, epochs=100_000))
    step = page.until("training", step=5)["step"]
    parent = page.child.parent()
    assert parent is not None and "runnerprocess" in parent.cmdline()[-1]
    parent.kill()
    page.until("training", step=step + 20)
    page.control("end")
    assert page.until(*ENDED)["state"] == "lost"
    page.begin(placed(digits, epochs=1))
    assert page.until(*ENDED)["state"] == "finished"


def test_a_folder_that_only_says_that_a_run_goes_on_is_not_followed(page, digits, tmp_path):
    page.begin(placed(digits, epochs=1))
    page.until(*ENDED)
    folder = page.session.run.folder
    state = folder.read("state.json")
    for process in (
        state["process"],
        {**state["process"], "machine": "far away"},
        {**state["process"], "pid": os.getpid()},
    ):
        folder.write("state.json", {**state, "state": "training", "process": process})
        other = Page(tmp_path)
        other.session.find_last_run()
        run = other.session.run
        assert run is None or (run.ended and run.kept)
        assert other.session.worker.known is None
