"""Runs on two workers of a local cluster of Ray: their numbers are those of one process."""

import copy
import json
import pickle
from pathlib import Path
from typing import Any

import keras
import numpy as np
import pandas
import psutil
import pytest
from conftest import planned
from PIL import Image
from runpage import ENDED, RunPage

import kerasviz
from kerasviz.protocol import RequestError

pytestmark = pytest.mark.cluster


@pytest.fixture
def page(tmp_path):
    page = RunPage(tmp_path)
    yield page
    if page.session.run is not None and not page.session.run.ended:
        page.session.run.control.end()


def on_ray(**config: Any) -> dict[str, Any]:
    return {"class_name": "ray", "config": {"workers": 2, "backend": "jax", "cluster": "local", **config}}


def on(place: dict[str, Any], document: dict[str, Any], epochs: int) -> dict[str, Any]:
    fit = {"epochs": epochs, "batch_size": 30}
    return planned(copy.deepcopy(document), fit=fit, seed=5, place=place)


def without_dropout(document: dict[str, Any]) -> dict[str, Any]:
    """On PyTorch each worker draws for its own samples, as it does in any program with DDP."""
    document = copy.deepcopy(document)
    layers = document["config"]["layers"]
    document["config"]["layers"] = [each for each in layers if each["class_name"] != "Dropout"]
    return document


@pytest.mark.parametrize("backend", ["jax", "torch"])
def test_two_workers_have_the_losses_of_one_process(page, digits, backend):
    document = digits if backend == "jax" else without_dropout(digits)
    process = {"class_name": "process", "config": {"backend": backend}}
    page.begin(on(process, document, 3))
    assert page.until(*ENDED)["state"] == "finished"
    expected, weights = page.curves, page.weights
    page.begin(on(on_ray(backend=backend), document, 3))
    status = page.until(*ENDED)
    assert (status["state"], status["error"]) == ("finished", None)
    assert status["measured"]
    for name, curve in expected["epoch"].items():
        np.testing.assert_allclose(page.curves["epoch"][name]["y"], curve["y"], atol=1e-4)
    for one, other in zip(weights, page.weights, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-3)


def worker_of(run: psutil.Process, number: int) -> psutil.Process:
    """A process that Ray has started to train."""
    every = [each for each in run.children(recursive=True) if "RayTrainWorker" in "".join(each.cmdline())]
    return every[number]


@pytest.mark.parametrize("number", [0, 1])
def test_where_a_worker_is_lost_the_others_go_on_from_the_last_backup(page, digits, number):
    epochs = 60
    page.begin(on(on_ray(), digits, epochs))
    page.until("training", step=10)
    while not (page.folder.path / "backup.keras").exists():
        page.status()
    leads = psutil.Process(page.folder.read("scheduled.json")["process"]["pid"])
    worker_of(leads, number).kill()
    status = page.until(*ENDED)
    assert (status["state"], status["error"], status["epoch"]) == ("finished", None, epochs)
    assert [mark["kind"] for mark in status["marks"]].count("requeued") == 1
    rows = (page.folder.path / "history.csv").read_text().splitlines()
    assert [row.split(",")[0] for row in rows[1:]] == [*map(str, range(epochs))]


def test_all_workers_pause_change_and_stop_after_the_same_batch(page, digits):
    page.begin(on(on_ray(), digits, 100_000))
    page.until("training", step=10)
    page.control("pause")
    page.until("paused")
    page.control("change", what="learning_rate", value=0.02)
    page.control("one_epoch")
    step = page.until("paused", step=50)["step"]
    page.control("resume")
    page.until("training", step=step + 1)
    page.control("stop")
    status = page.until(*ENDED)
    assert (status["state"], status["error"]) == ("stopped", None)
    assert [mark["kind"] for mark in status["marks"]] == ["changed"]


def test_an_error_of_a_worker_is_told_as_in_the_kernel(page, digits):
    document = copy.deepcopy(digits)
    document["config"]["layers"][-1]["config"]["units"] = 5
    page.begin(on({"class_name": "thread", "config": {}}, document, 1))
    while (expected := page.status())["state"] not in ENDED:
        pass
    page.begin(on(on_ray(), document, 1))
    while (status := page.status())["state"] not in ENDED:
        pass
    assert status["state"] == expected["state"] == "failed"
    assert status["error"]["message"] == expected["error"]["message"]


def test_trials_of_a_sweep_train_at_the_same_time(page, digits):
    document = on(on_ray(), digits, 2)
    rates = [0.003, 0.01, 0.03]
    document["kerasviz"]["training"]["sweep"] = {
        "class_name": "grid",
        "config": {},
        "monitor": "val_loss",
        "ranges": [
            {"path": ["compile_config", "optimizer", "config", "learning_rate"], "values": rates},
        ],
    }
    document["compile_config"]["optimizer"] = {"class_name": "Adam", "config": {"learning_rate": 0.01}}
    assert page.ask("sweep", document=document)["ok"]
    page.session.trials.done.wait()
    runs = page.session.kept_runs.all()
    states = [run.read("state.json") for run in runs]
    assert [state["state"] for state in states] == ["finished"] * 3, states
    values = [run.read("label.json")["values"] for run in runs]
    assert sorted(*zip(*(each.values() for each in values), strict=True)) == rates, values
    assert all(state["last"]["val_loss"] < 2.3 for state in states)
    began, ended = ([state[name] for state in states] for name in ("started", "ended"))
    assert sorted(began)[1] < min(ended)
    assert not list((page.session.worker.folder / "runs" / ".sweeps").iterdir())


def write_tables(folder: Path, end: str) -> None:
    values = np.random.default_rng(0).normal(size=(1000, 4)).astype("float32")
    table = pandas.DataFrame(values, columns=[*"abcd"]).assign(sum=values.sum(axis=1))
    for part in range(4):
        file, rows = folder / f"{part}.{end}", table[part * 250 : (part + 1) * 250]
        rows.to_parquet(file) if end == "parquet" else rows.to_csv(file, index=False)


def write_pictures(folder: Path) -> None:
    """Bright and dark ones, each in a folder."""
    generator = np.random.default_rng(0)
    for name, light in (("dark", 60), ("bright", 190)):
        (folder / name).mkdir()
        for at in range(500):
            pixels = generator.integers(light - 50, light + 50, (8, 8, 3)).astype("uint8")
            Image.fromarray(pixels).save(folder / name / f"{at:03}.png")


def pictures_of(folder: Path) -> Any:
    import ray.data  # only `make cluster` installs it

    def told(batch: dict[str, Any]) -> dict[str, Any]:
        names = [Path(path).parent.name for path in batch["path"]]
        return {"image": batch["image"] / np.float32(255), "class": np.array(names) == "bright"}

    read = ray.data.read_images(str(folder), include_paths=True)
    return read.map_batches(told, batch_format="numpy").random_shuffle(seed=0)


@pytest.mark.parametrize("kind", ["parquet", "csv", "images"])
def test_a_data_set_of_ray_is_read_by_each_worker_in_part(page, tmp_path, monkeypatch, kind):
    import ray.data

    folder = tmp_path / "rows"
    folder.mkdir()
    if kind == "images":
        layers = [keras.Input((8, 8, 3)), keras.layers.Conv2D(2, 3), keras.layers.GlobalAveragePooling2D()]
        write_pictures(folder)
        rows, x, y, loss = lambda: pictures_of(folder), "image", "class", "binary_crossentropy"
        model = keras.Sequential([*layers, keras.layers.Dense(1, "sigmoid")])
    else:
        write_tables(folder, kind)
        read = getattr(ray.data, f"read_{kind}")
        rows, x, y, loss = lambda: read(str(folder)), [*"abcd"], "sum", "mse"
        model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(1)])
    # A data set of Parquet files goes along as it is.
    batches = kerasviz.RayBatches(rows() if kind == "parquet" else rows, x=x, y=y, batch_size=50)
    assert batches.num_batches == 20
    monkeypatch.setattr("kerasviz.execution.documentworker.user_namespace", lambda: {"batches": batches})
    document = json.loads(model.to_json())
    document["compile_config"] = {"optimizer": "sgd", "loss": loss}
    data = {"class_name": "batches", "config": {"batches": "batches"}}
    losses = []
    for place in ({"class_name": "thread", "config": {}}, on_ray()):
        page.begin(planned(document, data=data, fit={"epochs": 2}, seed=5, place=place))
        status = page.until(*ENDED)
        assert (status["state"], status["error"], status["step"]) == ("finished", None, 40), status["error"]
        losses.append(page.curves["epoch"]["loss"]["y"])
    np.testing.assert_allclose(losses[0][-1], losses[1][-1], atol=0.05)  # in another order


def test_what_lies_in_the_memory_of_one_cluster_is_refused(tmp_path):
    import ray.data

    write_tables(tmp_path, "csv")
    batches = kerasviz.RayBatches(ray.data.read_csv(str(tmp_path)), x=[*"abcd"], y="sum")
    with pytest.raises(RequestError, match="Give RayBatches a function"):
        pickle.dumps(batches)
