"""Several devices on PyTorch: each has a process, and the numbers are those of one."""

import copy
from importlib.util import find_spec

import numpy as np
import psutil
import pytest
from conftest import planned
from runpage import ENDED, RunPage

from kerasviz.backend.logicaldevices import CPUS

pytestmark = pytest.mark.skipif(find_spec("torch") is None, reason="PyTorch is not installed")


@pytest.fixture
def page(tmp_path, monkeypatch):
    monkeypatch.setenv(CPUS, "2")
    page = RunPage(tmp_path)
    yield page
    if page.session.run is not None and not page.session.run.ended:
        page.session.run.control.end()


def on(devices, document, epochs):
    config = {"backend": "torch", "devices": devices}
    fit = {"epochs": epochs, "batch_size": 30}
    place = {"class_name": "process", "config": config}
    return planned(copy.deepcopy(document), fit=fit, seed=5, place=place)


def test_two_devices_give_the_losses_of_one(page, digits):
    layers = digits["config"]["layers"]  # each process draws for its own samples
    digits["config"]["layers"] = [each for each in layers if each["class_name"] != "Dropout"]
    found = []
    for devices in (None, ["cpu:0", "cpu:1"]):
        page.begin(on(devices, digits, 3))
        status = page.until(*ENDED)
        assert (status["state"], status["error"]) == ("finished", None)
        found.append((page.session.run.history.to_json()["epoch"], page.weights))
    (one, weights), (two, others) = found
    for name, curve in one.items():
        np.testing.assert_allclose(two[name]["y"], curve["y"], atol=1e-5)
    for weight, other in zip(weights, others, strict=True):
        np.testing.assert_allclose(weight, other, atol=1e-4)


def test_where_the_process_of_a_device_is_lost_the_run_ends_with_a_sentence(page, digits):
    page.begin(on(["cpu:0", "cpu:1"], digits, 100_000))
    page.until("training", step=10)
    first = psutil.Process(page.session.run.folder.read("state.json")["process"]["pid"])
    others = first.children()
    others[0].kill()
    while (status := page.status())["state"] not in ENDED:
        pass
    assert status["state"] == "failed" and "one of the devices" in str(status["error"])


def test_all_processes_of_devices_end_with_the_first(page, digits):
    page.begin(on(["cpu:0", "cpu:1"], digits, 100_000))
    page.until("training", step=10)
    first = psutil.Process(page.session.run.folder.read("state.json")["process"]["pid"])
    others = first.children()
    page.session.run.control.end()
    assert page.until(*ENDED)["state"] in ("lost", "stopped")
    _, alive = psutil.wait_procs(others, 60)
    assert not alive
