"""Kernels that a gateway has on another machine, and servers that end idle kernels."""

import copy
import datetime
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import keras
import numpy as np
import psutil
import pytest
from conftest import DIGITS, PATIENCE, planned
from jupyterserver import JupyterServer, KernelGateway
from remotepage import RemoteKernel, RemotePage

from kerasviz.training.run.folder import RUNS
from kerasviz.training.run.listing import KeptRuns
from kerasviz.training.run.pulse import is_here

CULLED = 3
"""Seconds after which an idle kernel is ended."""
ENDED = ("finished", "stopped", "failed", "lost")


def document(place: str, epochs: int = 2) -> dict[str, Any]:
    chosen = {"class_name": place, "config": {}}
    return planned(copy.deepcopy(DIGITS), fit={"epochs": epochs, "batch_size": 32}, place=chosen, seed=5)


def trained(page: RemotePage, place: str) -> dict[str, Any]:
    """Trains to the end, and tells what a page then has."""
    assert page.ask("train", document=document(place), start="fresh")["ok"]
    status = page.until(*ENDED)
    assert (status["state"], status["error"]) == ("finished", None)
    told = page.ask("history", run=status["run"])["payload"]
    return dict(told["curves"]["epoch"])


def begin(page: RemotePage, place: str) -> str:
    """Begins a run that lasts, and gives its id."""
    assert page.ask("train", document=document(place, 1_000_000), start="fresh")["ok"]
    page.until_points()
    return str(page.events[-1]["payload"]["status"]["run"])


def stop(page: RemotePage, run: str) -> None:
    assert page.ask("control", run=run, action="stop")["ok"]
    assert page.until(*ENDED)["state"] == "stopped"


def wait_for(fact: Callable[[], Any]) -> Any:
    deadline = time.monotonic() + PATIENCE
    while not (found := fact()):
        assert time.monotonic() < deadline
        time.sleep(0.2)
    return found


def end_runs(folder: Path) -> None:
    """Ends processes of runs that a test which failed has left."""
    for run in KeptRuns(folder, "digits.keras.json").all():
        process = run.read("state.json").get("process")
        if not run.ended and is_here(process):
            psutil.Process(process["pid"]).kill()


def runs_in(folder: Path, name: str) -> int:
    return len(KeptRuns(folder, name).all())


@pytest.fixture
def remote(tmp_path: Path) -> Iterator[RemoteKernel]:
    """A kernel of a gateway, for a document in a folder of the server in front of it."""
    pytest.importorskip("kernel_gateway", reason="Jupyter Kernel Gateway is not installed")
    there, here = tmp_path / "there", tmp_path / "here"
    there.mkdir()
    (here / "shared").mkdir(parents=True)
    gateway = KernelGateway(there)
    try:
        server = JupyterServer(
            here, tmp_path, f"--gateway-url={gateway.url}", "--GatewayClient.auth_token=a-token"
        )
        try:
            yield RemoteKernel(server, server.start_kernel("shared/digits.keras.json"))
        finally:
            server.end()
    finally:
        gateway.end()
        end_runs(there)


def test_a_kernel_of_a_gateway_trains_stops_and_saves_as_a_local_one(remote, tmp_path):
    there = tmp_path / "there"
    page = RemotePage(remote)
    page.hello("shared/digits.keras.json")  # the kernel's machine has no such file
    curves = [trained(page, place) for place in ("thread", "process")]
    assert curves[0] == curves[1] and len(curves[0]["loss"]["y"]) == 2
    stop(page, begin(page, "process"))
    assert page.ask("save", document=document("thread"), path="trained.keras")["ok"]
    assert keras.models.load_model(there / "trained.keras").output_shape == (None, 10)
    assert runs_in(there, "digits.keras.json") == 3
    page.close()


@pytest.mark.thorough
def test_a_kernel_of_a_gateway_keeps_runs_and_models_in_a_folder_that_both_machines_have(remote, tmp_path):
    there, shared = tmp_path / "there", tmp_path / "here" / "shared"
    page = RemotePage(remote)
    page.hello("shared/digits.keras.json")
    stop(page, begin(page, "thread"))
    (shared / "other.keras.json").write_text("{}")  # as where both machines have the same disk
    page.close()
    page = RemotePage(remote)
    assert page.hello("shared/other.keras.json")["run"] is None
    trained(page, "process")
    assert (runs_in(shared, "other.keras.json"), runs_in(there, "other.keras.json")) == (1, 0)
    assert page.ask("save", document=document("thread"), path="trained.keras")["ok"]
    assert np.isfinite(keras.models.load_model(shared / "trained.keras").get_weights()[0]).all()
    page.close()


@pytest.fixture
def culling(tmp_path: Path) -> Iterator[JupyterServer]:
    """A server that ends kernels which are idle for some seconds, once their pages are closed."""
    root = tmp_path / "root"
    root.mkdir()
    server = JupyterServer(
        root,
        tmp_path,
        f"--MappingKernelManager.cull_idle_timeout={CULLED}",
        "--MappingKernelManager.cull_interval=1",
    )
    yield server
    server.end()
    end_runs(root)


LEAVING = {
    "page": RemotePage.close,  # a browser's tab: the kernel goes on to send what nobody reads
    "document": RemotePage.leave,  # in a lab that stays: the kernel is told, and has nobody to send points to
}


@pytest.mark.thorough
@pytest.mark.parametrize("closed", ["document", "page"])
def test_idle_kernels_are_ended_but_none_that_trains_and_runs_in_a_process_go_on(culling, closed):
    def active(after: datetime.datetime) -> float | None:
        """Seconds for which the kernel has been active since then; None where it was ended."""
        for kernel in culling.ask("kernels"):
            if kernel["id"] == remote.id:
                return (datetime.datetime.fromisoformat(kernel["last_activity"]) - after).total_seconds()
        return None

    def opened() -> RemotePage:
        page = RemotePage(remote)
        page.hello("digits.keras.json")
        return page

    remote = RemoteKernel(culling, culling.start_kernel("digits.keras.json"))
    page = opened()
    run = begin(page, "thread")
    LEAVING[closed](page)
    left = datetime.datetime.now(datetime.UTC)

    def outlived() -> bool:
        seconds = active(left)
        assert seconds is not None, "the kernel was ended with its run"
        return seconds > 2 * CULLED

    wait_for(outlived)
    page = opened()
    stop(page, run)
    if (
        closed == "page"
    ):  # that one would be sent the points of this run, too, so the kernel would not be idle
        page.close()
        wait_for(lambda: active(left) is None)
        return

    run = begin(page, "process")
    folder = KeptRuns(culling.root, "digits.keras.json").all()[0]
    process = psutil.Process(folder.read("state.json")["process"]["pid"])
    page.leave()
    wait_for(lambda: active(left) is None)
    assert process.is_running()
    page = RemotePage(RemoteKernel(culling, culling.start_kernel("digits.keras.json")))
    page.hello("digits.keras.json")
    assert page.until("training")["run"] == run
    stop(page, run)
    process.wait(PATIENCE)
    page.close()
    assert [each.name for each in culling.root.iterdir()] == [RUNS]
