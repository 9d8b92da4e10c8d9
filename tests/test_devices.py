"""Devices, and how much of them is in use: of this machine, and as drivers tell it where there is no GPU."""

import os
import subprocess
import sys
import time
from types import SimpleNamespace
from typing import Any

import keras
import pytest
from conftest import ROOT
from sessionpage import SessionPage

from kerasviz.backend import memorycap
from kerasviz.backend.devices import every_device
from kerasviz.backend.hardware import machine, nvml, smi, states
from kerasviz.backend.hardware.gpustate import GPUState
from kerasviz.backend.hardware.visiblegpus import chosen_gpu, position_of
from kerasviz.kernel.session import Session
from kerasviz.protocol import RequestError

GIB = 1 << 30
NVIDIA_SMI = f"""#!{sys.executable}
import sys
if "--query-compute-apps=gpu_uuid,pid,used_memory" in sys.argv:
    print("GPU-b, 4242, 3072\\nGPU-b, 4243, [N/A]")
else:
    print("GPU-a, NVIDIA A100, 40960, 40000, 0\\nGPU-b, NVIDIA T4, 15360, 12288, 80")
    print("GPU-c, MIG, 9, 9, [N/A]")
"""


class Driver:
    """The functions of `pynvml` under their names, for two GPUs of which one does not tell all."""

    class NVMLError(Exception):
        pass

    def nvmlInit(self) -> None:
        pass

    def nvmlDeviceGetCount(self) -> int:
        return 3

    def nvmlDeviceGetHandleByIndex(self, index: int) -> int:
        if index == 2:
            raise self.NVMLError("GPU is lost")
        return index

    def nvmlDeviceGetUUID(self, handle: int) -> str | bytes:
        return "GPU-a" if handle == 0 else b"GPU-b"

    def nvmlDeviceGetName(self, handle: int) -> str | bytes:
        return "NVIDIA A100" if handle == 0 else b"NVIDIA T4"

    def nvmlDeviceGetMemoryInfo(self, handle: int) -> Any:
        return SimpleNamespace(total=40 * GIB, free=30 * GIB, used=10 * GIB)

    def nvmlDeviceGetUtilizationRates(self, handle: int) -> Any:
        if handle == 1:
            raise self.NVMLError("Not Supported")
        return SimpleNamespace(gpu=80, memory=12)

    def nvmlDeviceGetComputeRunningProcesses(self, handle: int) -> list[Any]:
        own = SimpleNamespace(pid=os.getpid(), usedGpuMemory=GIB)
        return [own, SimpleNamespace(pid=1, usedGpuMemory=3 * GIB if handle == 0 else None)]


def test_the_cpu_of_this_machine_tells_its_memory_and_load():
    page = SessionPage(Session())
    page.session.attach(page.client)
    while machine.machine_load() is None:  # until enough time has passed to tell
        time.sleep(0.05)
    listed = page.ask("devices")["payload"]["devices"]
    (cpu,) = [device for device in listed if device["name"] == "cpu:0"]
    assert cpu["label"] == "CPU" and cpu["others"] is None
    assert 0 < cpu["free"] <= cpu["total"] and 0 <= cpu["load"] <= 100
    devices = every_device()
    states(devices)
    fastest = min(_seconds(lambda: states(devices)) for _ in range(5))
    assert fastest < 0.005


def _seconds(do: Any) -> float:
    began = time.perf_counter()
    do()
    return time.perf_counter() - began


def test_a_container_has_what_it_is_allowed(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "_CGROUP", tmp_path)
    whole, _ = machine.machine_memory()
    (tmp_path / "memory.max").write_text("1000000")
    (tmp_path / "memory.current").write_text("400000")
    assert machine.machine_memory() == (1000000, 600000)
    (tmp_path / "memory.max").write_text("max")
    assert machine.machine_memory()[0] == whole


def test_gpus_are_told_by_the_driver_and_what_it_does_not_tell_is_left_open():
    first, second = nvml.read(Driver()) or []
    processes = {os.getpid(): GIB, 1: 3 * GIB}
    assert first == GPUState("GPU-a", "NVIDIA A100", 40 * GIB, 30 * GIB, 80.0, processes)
    assert (second.uuid, second.name, second.load) == ("GPU-b", "NVIDIA T4", None)
    assert second.processes[1] is None


def test_what_others_use_of_a_gpu_is_told_apart(monkeypatch):
    monkeypatch.setattr("kerasviz.backend.hardware.gpus", lambda: nvml.read(Driver()))
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES", raising=False)
    listed = [
        {"name": "gpu:0", "label": "NVIDIA T4"},  # a backend may count in another order than the driver
        {"name": "gpu:1", "label": "NVIDIA A100"},
        {"name": "gpu:2", "label": "NVIDIA H200"},
        {"name": "cpu:0", "label": "CPU"},
    ]
    told = states(listed)  # type: ignore[arg-type]
    assert [state["others"] for state in told] == [
        {"count": 1, "bytes": None},
        {"count": 1, "bytes": 3 * GIB},
        None,
        None,
    ]
    assert [state["load"] for state in told[:3]] == [None, 80.0, None]
    assert told[3]["total"]


def test_nvidia_smi_tells_the_same_where_there_is_no_library(tmp_path, monkeypatch):
    program = tmp_path / "nvidia-smi"
    program.write_text(NVIDIA_SMI)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path))
    first, second, third = smi._Told().gpus()
    assert first == GPUState("GPU-a", "NVIDIA A100", 40960 << 20, 40000 << 20, 0.0, {})
    assert second.load == 80.0 and second.processes == {4242: 3072 << 20, 4243: None}
    assert third.load is None
    program.write_text("#!/bin/sh\nexit 9\n")  # no driver
    assert smi._Told().gpus() == []
    program.unlink()
    assert smi._Told().gpus() == []


def test_the_gpus_that_a_kernel_may_see_are_found_among_those_of_the_machine(monkeypatch):
    there = [("GPU-a1", "A"), ("GPU-b2", "B"), ("GPU-c3", "A")]
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "GPU-c3,1")
    assert [chosen_gpu(number) for number in range(3)] == ["GPU-c3", "1", "2"]
    assert [position_of(number, ["A", "B"], there) for number in range(2)] == [2, 1]
    monkeypatch.setenv("CUDA_VISIBLE_DEVICES", "GPU-gone")
    assert position_of(0, ["A"], there) is None
    monkeypatch.delenv("CUDA_VISIBLE_DEVICES")
    assert [position_of(number, ["B", "A", "A"], there) for number in range(3)] == [1, 0, 2]
    assert position_of(3, ["B", "A", "A"], there) is None
    assert position_of(0, [], there) == 0 and position_of(0, [], []) is None


def test_a_limit_of_memory_is_a_share_and_no_error_without_a_gpu(monkeypatch):
    monkeypatch.setattr(os, "environ", dict(os.environ))
    memorycap.cap(0.5)
    assert os.environ["XLA_PYTHON_CLIENT_MEM_FRACTION"] == "0.5"
    for wrong in (0, 1.5, "half", None, True, float("nan")):
        with pytest.raises(RequestError, match="Expected a share of the memory"):
            memorycap.environment(wrong)  # type: ignore[arg-type]


def test_a_cpu_is_divided_where_the_environment_asks_for_it():
    script = (
        "from kerasviz.backend.installed import load_keras; print([each['name'] for each in load_keras()])"
    )
    done = subprocess.run(
        [sys.executable, "-c", script],
        env={**os.environ, "KERASVIZ_CPUS": "2"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    one = keras.backend.backend() == "torch"  # which says so in the log, and goes on
    assert done.stdout.splitlines()[-1] == str(["cpu:0"] if one else ["cpu:0", "cpu:1"])
