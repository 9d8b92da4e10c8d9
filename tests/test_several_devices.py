"""Trains on two devices that a CPU is divided into, in a process of its own: devices are settled once."""

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import keras
import pytest
from conftest import ROOT

from kerasviz.backend.distribution import placement_of
from kerasviz.protocol import RequestError

BACKEND = keras.backend.backend()
ON_TWO = pytest.mark.skipif(BACKEND == "torch", reason="PyTorch has one CPU")


def of_two(folder: Path, *parts: str) -> dict[str, Any]:
    """What `severaldevices.py` tells."""
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests"), os.environ.get("PYTHONPATH", "")])
    program = [sys.executable, str(ROOT / "tests" / "severaldevices.py"), str(folder / "told.json"), *parts]
    done = subprocess.run(program, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads((folder / "told.json").read_text())
    return told


@ON_TWO
def test_two_devices_give_the_losses_of_one_and_refuse_what_they_can_not_do(tmp_path):
    told = of_two(tmp_path, "same_losses", "refusals")
    dense, uneven = told["same_losses"]["dense"], told["same_losses"]["uneven"]
    assert dense["state"] == "finished" and dense["measured"] >= 1 and dense["notes"] == []
    assert dense["apart"] < 1e-5 and "val_loss" in dense["metrics"]
    if BACKEND == "jax":
        assert uneven["apart"] < 1e-5 and uneven["notes"] == []
    else:
        assert any("13 samples, which 2 devices can't share equally" in note for note in uneven["notes"])

    refused = told["refusals"]
    assert {found["error"] for found in refused.values()} == {"devices"}
    assert "Choose from: cpu:0, cpu:1." in refused["missing"]["sentence"]
    assert refused["batch"]["fix"]["edits"] == [{"edit": "fit", "arguments": {"batch_size": 16}}]
    if BACKEND == "jax":
        assert "net/hidden/kernel" in refused["nothing"]["sentence"]
        assert "can't share 'net/out/kernel' of shape (8, 3) as" in refused["unequal"]["sentence"]


@ON_TWO
@pytest.mark.thorough
def test_a_model_moves_between_devices_with_all_it_has_and_stays_where_it_is_when_edited(tmp_path):
    moved = of_two(tmp_path, "moved")["moved"]
    where = {
        "tensorflow": ("device:cpu:0", "mirrored", "device:cpu:1"),
        "jax": ("cpu:0", "cpu:0 cpu:1", "cpu:1"),
    }
    nowhere, both, other = where[BACKEND]
    assert moved["stays"] and moved["saved"] == 83 and moved["loaded"] == both
    states = {name: found for name, found in moved.items() if isinstance(found, dict)}
    assert {found["state"] for found in states.values()} == {"finished"}
    assert {name: (found["where"], found["steps"]) for name, found in states.items()} == {
        "nowhere": (nowhere, 8),
        "both": (both, 16),
        "both again": (both, 24),
        "edited": (both, 8),
        "fresh": (both, 8),
        "gone back": (both, 16),
        "one": (other, 24),
        "nowhere again": (nowhere, 32),
    }
    assert states["both"]["device"] == "2 x CPU"


@ON_TWO
@pytest.mark.thorough
def test_two_devices_give_the_losses_of_one_whatever_the_layers_and_the_data(tmp_path):
    for name, found in of_two(tmp_path, "same_losses_of_more")["same_losses_of_more"].items():
        assert found["state"] == "finished" and found["measured"] >= 1, name
        differs = BACKEND == "tensorflow" and name in ("normalized", "dropout", "fewer than a batch")
        assert found["apart"] < 1e-5 or differs, (name, found)


@ON_TWO
@pytest.mark.thorough
def test_a_run_on_two_devices_is_steered_continued_and_looked_at_as_on_one(tmp_path):
    told = of_two(tmp_path, "steered", "resumed", "too_large", "looked_at")
    steered = told["steered"]
    assert (steered["state"], steered["steps"], steered["jobs"]) == ("stopped", 9, [6])
    assert steered["marks"] == ["learning_rate: 0.001 → 0.1"] and steered["apart"] < 1e-5
    assert told["resumed"]["steps"] == 16 and told["resumed"]["apart"] < 1e-5
    assert told["too_large"]["error"] == "memory"  # what two devices have room for, and can share
    if BACKEND == "tensorflow":  # JAX shows a layer no numbers while it trains
        assert told["too_large"]["fix"]["edits"] == [{"edit": "fit", "arguments": {"batch_size": 14}}]
    looked_at = told["looked_at"]
    assert looked_at.pop("run") == "finished" and {*looked_at.values()} == {None}


@pytest.mark.skipif(BACKEND != "jax", reason="JAX divides models")
def test_a_model_that_is_divided_gives_the_same_losses(tmp_path):
    for found in of_two(tmp_path, "divided")["divided"].values():
        assert found["state"] == "finished" and found["apart"] < 1e-5


def test_devices_that_are_not_there_are_no_error_before_they_are_chosen():
    assert placement_of(None).names == placement_of([]).names == ()
    assert placement_of(["cpu:0"]).names == ("cpu:0",)
    with pytest.raises(RequestError, match="There is no device gpu:63 here"):
        placement_of(["gpu:63", "cpu:0"])
