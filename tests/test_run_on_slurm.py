"""Runs as jobs of a cluster, by submitit's executor for this machine: the same numbers, also interrupted."""

import copy
import os
import signal
import time
from typing import Any

import numpy as np
import psutil
import pytest
from conftest import PATIENCE, planned
from runpage import ENDED, RunPage

import kerasviz.places as places
from kerasviz.execution.slurm import _parameters
from kerasviz.protocol import RequestError

LOCAL = {"class_name": "slurm", "config": {"cluster": "local"}}


@pytest.fixture
def page(tmp_path):
    page = RunPage(tmp_path)
    yield page
    if page.session.run is not None and not page.session.run.ended:
        page.session.run.control.end()


def on(place: dict[str, Any], document: dict[str, Any], epochs: int) -> dict[str, Any]:
    fit = {"epochs": epochs, "batch_size": 32}
    return planned(copy.deepcopy(document), fit=fit, seed=5, place=place)


def wait_for(fact) -> None:
    deadline = time.monotonic() + PATIENCE
    while not fact():
        assert time.monotonic() < deadline
        time.sleep(0.02)


@pytest.mark.thorough
def test_a_job_that_is_interrupted_goes_on_from_its_last_backup_with_the_same_numbers(page, digits):
    epochs = 40
    page.begin(on({"class_name": "thread", "config": {}}, digits, epochs))
    assert page.until(*ENDED)["state"] == "finished"
    expected, weights = page.curves, page.weights
    id = page.begin(on(LOCAL, digits, epochs))
    folder = page.folder
    wait_for((folder.path / "backup.keras").exists)
    trains = folder.read("state.json")["process"]["pid"]
    os.kill(trains, signal.SIGUSR2)  # as SLURM does before the limit, and where others go first
    status = page.until(*ENDED)
    assert (status["state"], status["error"], status["run"]) == ("finished", None, id)
    assert folder.read("state.json")["process"]["pid"] != trains
    assert page.curves == expected
    for one, other in zip(weights, page.weights, strict=True):
        np.testing.assert_array_equal(one, other)
    marks = [mark for mark in status["marks"] if mark["kind"] == "requeued"]
    assert len(marks) == 1 and "It went on after epoch" in str(marks[0]["sentence"])
    rows = (folder.path / "history.csv").read_text().splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == [*map(str, range(epochs))]
    assert not (folder.path / "cluster" / "job").exists() and not folder.is_queued


@pytest.mark.thorough
def test_another_kernel_finds_a_job_and_ends_it(page, digits, tmp_path):
    page.begin(on(LOCAL, digits, 100_000))
    page.until("training", step=10)
    other = RunPage(tmp_path)
    other.ask("hello")
    assert other.until("training")["run"] == page.session.run.id
    controller = psutil.Process(int(page.folder.read("scheduled.json")["job"]))
    other.session.run.control.end()
    assert other.until(*ENDED)["state"] == "stopped"
    controller.wait(PATIENCE)
    assert not (page.folder.path / "cluster" / "job").exists()


def test_a_job_that_waits_is_taken_from_the_queue_by_a_stop(page, digits):
    page.begin(on(LOCAL, digits, 100_000))
    while not (notes := page.until("waiting")["notes"]):
        pass
    assert "as job" in str(notes)
    page.control("stop")
    assert page.until(*ENDED)["state"] == "stopped"
    assert not page.folder.is_queued


def test_without_slurm_it_says_how_to_have_it(page, digits, monkeypatch):
    monkeypatch.setenv("PATH", "")
    page.begin(on({"class_name": "slurm", "config": {}}, digits, 1))
    while (status := page.status())["state"] not in ENDED:
        pass
    assert status["state"] == "failed" and "There is no sbatch on this machine" in str(status["error"])


@pytest.mark.parametrize(
    "config",
    [
        {"partition": "short\ntouch /tmp/injected"},
        {"account": "me --wrap=id"},
        {"more": {"qos": "low\nid"}},
        {"more": {"task-prolog": "evil.sh"}},
        {"more": {"task_prolog": "evil.sh"}},
        {"more": {"output": "lab.log"}},
        {"more": {"qos=low\nid": "x"}},
    ],
)
def test_what_a_strangers_document_says_is_no_line_of_a_script(config):
    with pytest.raises(RequestError):
        _parameters(places.Slurm(**config), "run")


def test_what_clusters_want_in_addition_is_passed_on():
    said = _parameters(places.Slurm(partition="gpu", more={"constraint": "a100&nvlink", "qos": "low"}), "run")
    assert said["additional_parameters"] == {"constraint": "a100&nvlink", "qos": "low"}


def test_where_a_job_can_t_begin_nothing_that_was_packed_is_left(page, digits, monkeypatch):
    monkeypatch.setattr("kerasviz.execution.raycluster.find_spec", lambda name: None)
    monkeypatch.setattr("kerasviz.backend.installed.check_backend", lambda name: None)
    page.begin(on({"class_name": "ray", "config": {}}, digits, 1))
    while (status := page.status())["state"] not in ENDED:
        pass
    assert "pip install kerasviz[ray]" in str(status["error"])
    assert not (page.folder.path / "cluster" / "job").exists() and not page.folder.is_queued
