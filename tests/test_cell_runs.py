"""A `fit` in a cell is a run of the document that draws its model: seen, steered and kept there."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from conftest import Page

MODEL = """
import keras
import numpy as np
import kerasviz
x = np.random.default_rng(0).normal(size=(64, 3)).astype("float32")
of_cell = keras.Sequential([keras.Input((3,)), keras.layers.Dense(1, name="line")])
of_cell.compile(optimizer=keras.optimizers.SGD(0.01), loss="mse")
"""
FIT = "of_cell.fit(x, x.sum(1), epochs={epochs}, verbose=0, callbacks=[kerasviz.LiveCharts({charts})])"


@pytest.fixture
def page(kernel) -> Iterator[Page]:
    notebook = Page(kernel)
    page = Page(kernel, subshell=notebook.create_subshell())
    yield page
    notebook.close()
    page.close()


def opened(page: Page, document: str) -> None:
    page.hello(document)
    assert page.execute(MODEL)["status"] == "ok"
    assert page.ask("open_model", name="of_cell")["ok"]


def kept(page: Page) -> list[dict[str, Any]]:
    """The runs of the document, once they are written."""
    while True:
        runs = page.ask("runs")["payload"]["runs"]
        if all(run["ended"] for run in runs):
            return runs


def test_a_fit_in_a_cell_is_seen_in_the_document_of_its_model_and_kept_there(page):
    opened(page, "cell.keras.json")
    reply = page.execute(FIT.format(epochs=2, charts=""))
    assert reply["status"] == "ok", reply
    status = page.until("finished")
    assert (status["model_name"], status["epoch"], status["step"]) == ("of_cell", 2, 4)
    steps = [
        step
        for event in page.events
        if event["event"] == "run"
        for step in event["payload"]["curves"]["batch"].get("loss", {"x": []})["x"]
    ]
    assert steps == [1, 2, 3, 4]
    [run] = kept(page)
    assert (run["state"], run["run"], run["epochs"]) == ("finished", status["run"], 2)
    document = page.ask("run_document", id=run["id"])["payload"]["document"]
    assert '"line"' in document and "SGD" in document
    assert page.ask("kept_epochs", id=run["id"])["payload"]["epochs"]


def test_a_fit_in_a_cell_is_steered_and_stopped_from_its_document_and_leaves_the_model_as_the_cell_has_it(
    page,
):
    opened(page, "steered.keras.json")
    page.client.execute(FIT.format(epochs=10_000_000, charts=""))
    page.until_points()
    run = page.events[-1]["payload"]["status"]["run"]
    values = page.ask("adjustable", run=run)["payload"]["values"]
    assert {"what": "learning_rate", "value": 0.01, "fixed": None} in values
    page.ask("control", run=run, action="change", what="learning_rate", value=0.002)
    busy = page.ask("train", document={}, start="trained")
    assert busy["error"]["code"] == "busy"
    page.ask("control", run=run, action="stop")
    status = page.until("stopped")
    assert [mark["adjustment"]["after"] for mark in status["marks"]] == [0.002]
    page.execute("assert abs(float(of_cell.optimizer.learning_rate) - 0.01) < 1e-6")


def test_a_cell_that_fails_ends_the_run_of_its_document_with_its_reason(page):
    opened(page, "failed.keras.json")
    page.execute(
        """
class Fails(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        raise ValueError("no more paper")
of_cell.fit(x, x.sum(1), verbose=0, callbacks=[kerasviz.LiveCharts(), Fails()])
"""
    )
    status = page.until("failed")
    assert status["error"]["message"]["args"]["words"] == "no more paper"
    assert page.ask("weights", document=page.ask("open_model", name="of_cell")["payload"]["document"])["ok"]


def test_a_document_that_a_cell_names_has_its_runs_though_it_draws_another_model(page):
    page.hello("named.keras.json")
    assert page.execute(MODEL + FIT.format(epochs=1, charts='"named.keras.json"'))["status"] == "ok"
    assert page.until("finished")["step"] == 2
    assert [run["state"] for run in kept(page)] == ["finished"]


def test_the_editor_trains_as_its_document_says_where_a_cell_compiled_the_model_anew(page):
    opened(page, "compiled.keras.json")
    document = page.ask("open_model", name="of_cell")["payload"]["document"]
    page.execute("of_cell.compile(optimizer=keras.optimizers.SGD(0.5), loss='mae'); y = x.sum(1)")
    told = json.loads(document)
    told["kerasviz"]["training"] |= {
        "data": {"class_name": "arrays", "config": {"x": "x", "y": "y"}},
        "fit": {"epochs": 1},
    }
    page.ask("train", document=told, start="trained")
    status = page.until("finished", "failed")
    assert status["error"] is None
    assert any("compiled" in str(note) for note in status["notes"])
    reply = page.execute(
        "assert of_cell.loss == 'mse' and abs(float(of_cell.optimizer.learning_rate) - 0.01) < 1e-6"
    )
    assert reply["status"] == "ok", reply
