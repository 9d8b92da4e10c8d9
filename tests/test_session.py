"""A session without a transport: who gets which message, and in which order."""

import copy
import gc
import sys
import threading
from typing import Any

import pytest
from conftest import BACKEND, PATIENCE, planned, written
from said import said
from sessionpage import SessionPage

from kerasviz.backend import installed as kerasloader
from kerasviz.execution.worker import ANALYSIS, ANSWERS, Worker
from kerasviz.kernel.clients import Client
from kerasviz.kernel.collector import uncollected
from kerasviz.kernel.revisions import Revisions
from kerasviz.kernel.session import Session
from kerasviz.protocol import RequestError
from kerasviz.training.run.run import Run


@pytest.fixture
def page() -> SessionPage:
    return SessionPage(Session())


def changes(model: dict[str, Any], revision: int, base: int | None, layers: list[Any]) -> dict[str, Any]:
    shell = copy.deepcopy(model)
    shell["config"]["layers"] = []
    return {"revision": revision, "base": base, "model": shell, "layers": layers}


def test_a_reply_goes_to_the_asker_and_an_event_to_all(page):
    other = SessionPage(page.session)
    assert page.ask("hello", document="a")["ok"]
    assert other.ask("hello", document="a")["ok"]
    page.session.emit("catalog", {"hash": "1"})
    for each in (page, other):
        events = []
        while not any(event.get("payload") == {"hash": "1"} for event in events):
            events.append(each.got.get(timeout=PATIENCE))
        assert all("id" not in event for event in events)


def test_events_are_numbered_one_by_one(page):
    page.session.attach(page.client)
    for _ in range(3):
        page.session.emit("catalog", {"hash": ""})
    assert [page.got.get()["seq"] for _ in range(3)] == [1, 2, 3]


def test_a_page_that_is_gone_does_not_hinder_the_others(page):
    def closed(message: dict[str, Any]) -> None:
        raise OSError("closed")

    page.session.attach(Client(closed))
    page.session.attach(page.client)
    page.session.emit("catalog", {"hash": ""})
    assert page.got.get(timeout=PATIENCE)["event"] == "catalog"


def test_hello_tells_of_a_missing_backend(page, monkeypatch):
    monkeypatch.setitem(sys.modules, "keras", None)
    monkeypatch.setenv("KERAS_BACKEND", "jax")
    monkeypatch.setattr(kerasloader.importlib.util, "find_spec", lambda name: None)
    error = page.ask("hello", document="a")["error"]
    assert error["code"] == "backend_missing"
    assert "%pip install jax" in said(error["message"])


def test_the_backend_is_the_one_that_keras_has_taken(monkeypatch):
    other = "jax" if BACKEND != "jax" else "torch"
    monkeypatch.setenv("KERAS_BACKEND", other)  # too late: Keras is imported
    assert kerasloader.backend() == BACKEND


def test_the_backend_is_the_one_that_keras_will_take(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "keras", None)
    monkeypatch.delenv("KERAS_BACKEND", raising=False)
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    assert kerasloader.backend() == "tensorflow"
    (tmp_path / "keras.json").write_text('{"backend": "numpy"}')
    assert kerasloader.backend() == "numpy"
    monkeypatch.setenv("KERAS_BACKEND", "tensorflow")
    assert kerasloader.backend() == "tensorflow"


def test_no_garbage_is_collected_while_an_edit_is_answered(page, digits, monkeypatch):
    replies = []
    monkeypatch.setattr(
        page.client, "_send", lambda message: page.got.put({**message, "collects": gc.isenabled()})
    )
    layers = digits["config"]["layers"]
    for edit in ((1, None, layers), (2, 1, [[0, 3]]), (3, 1, [[7, 9]])):
        replies.append(page.ask("analyze", **changes(digits, *edit)))
    assert [(reply["ok"], reply["collects"]) for reply in replies] == [
        (True, True),
        (True, False),
        (False, False),
    ]
    ANALYSIS.submit(lambda: page.got.put({"id": "after", "collects": gc.isenabled()}))
    assert page.reply("after")["collects"]


def test_a_collector_that_is_off_stays_off():
    gc.disable()
    try:
        with uncollected():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()


def test_only_the_newest_drawing_is_analysed(page, digits):
    busy = threading.Event()
    ANALYSIS.submit(lambda: (busy.wait(PATIENCE), None)[1])
    layers = digits["config"]["layers"]
    page.post("1", "analyze", **changes(digits, 1, None, layers))
    page.post("2", "analyze", **changes(digits, 2, 1, [[0, 3]]))
    page.post("3", "analyze", **changes(digits, 3, 2, [[0, 2], layers[2]]))
    busy.set()
    assert page.reply("1")["error"]["code"] == "superseded"
    assert page.reply("2")["error"]["code"] == "superseded"
    assert page.reply("3")["payload"]["nodes"]["digit:0"]["shapes"] == [[None, 10]]


def _with_a_mistake(digits):
    digits["config"]["layers"][1]["config"]["activation"] = "rellu"
    return digits


def test_fixes_come_after_the_errors(page, digits):
    model = _with_a_mistake(digits)
    told = page.ask("analyze", **changes(model, 1, None, model["config"]["layers"]))["payload"]
    assert told["nodes"]["hidden:0"]["error"]["fix"] is None
    fixes = page.ask("fixes", revision=1)["payload"]
    assert fixes["revision"] == 1
    assert said(fixes["nodes"]["hidden:0"]["title"]) == "Set activation to relu"
    assert fixes["errors"] == told["errors"]


def test_fixes_of_an_older_drawing_are_not_searched(page, digits):
    layers = _with_a_mistake(digits)["config"]["layers"]
    assert page.ask("fixes", revision=1)["error"]["code"] == "superseded"
    page.ask("analyze", **changes(digits, 1, None, layers))
    busy = threading.Event()
    ANALYSIS.submit(lambda: (busy.wait(60), None)[1])
    page.post("late", "fixes", revision=1)
    page.post("new", "analyze", **changes(digits, 2, 1, [[0, 3]]))
    busy.set()
    assert page.reply("late")["error"]["code"] == "superseded"
    assert page.ask("fixes", revision=2)["payload"]["nodes"].keys() == {"hidden:0"}


def test_shapes_do_not_wait_for_an_answer_that_takes_long(page, digits):
    busy = threading.Event()
    ANSWERS.submit(lambda: (busy.wait(60), None)[1])
    page.post("code", "code", document=digits, recipe="fit")
    layers = digits["config"]["layers"]
    assert page.ask("analyze", **changes(digits, 1, None, layers))["ok"]
    busy.set()
    assert "Dense(32" in page.reply("code")["payload"]["code"]


def test_each_page_counts_its_own_revisions(page, digits):
    other = SessionPage(page.session)
    layers = digits["config"]["layers"]
    assert page.ask("analyze", **changes(digits, 1, None, layers))["ok"]
    assert other.ask("analyze", **changes(digits, 2, 1, [[0, 3]]))["error"]["code"] == "unknown_base"
    assert set(other.ask("analyze", **changes(digits, 2, None, layers))["payload"]["nodes"]) == {
        "pixels:0",
        "hidden:0",
        "digit:0",
    }


def test_a_run_of_layers_is_taken_from_the_base():
    revisions = Revisions()
    layers = [{"name": str(number)} for number in range(5)]
    first = revisions.take(written({"revision": 1, "base": None, "model": {"config": {}}, "layers": layers}))
    new = {"name": "new"}
    payload = {"revision": 2, "base": 1, "model": {"config": {"name": "m"}}, "layers": [[0, 2], new, [3, 2]]}
    second = revisions.take(written(payload))
    assert [layer["name"] for layer in second["config"]["layers"]] == ["0", "1", "new", "3", "4"]
    assert second["config"]["layers"][0] is first["config"]["layers"][0]
    assert second["config"]["name"] == "m"


@pytest.mark.parametrize("item", [[0, 6], [-1, 2], [2, -1], [0], "layer", None, [0.5, 1]])
def test_a_run_beyond_the_base_is_refused(item):
    revisions = Revisions()
    revisions.take(written({"revision": 1, "base": None, "model": {"config": {}}, "layers": [{}] * 5}))
    with pytest.raises(RequestError):
        revisions.take(written({"revision": 2, "base": 1, "model": {"config": {}}, "layers": [item]}))


def test_a_second_training_of_the_same_model_waits_for_the_first(page, digits):
    page.session.run = Run("model", 1)
    assert page.ask("train", document=planned(digits), start="trained")["error"]["code"] == "busy"


def test_a_stop_counts_at_once_and_never_undoes_an_end(page):
    run = page.session.run = Run("model", 1)
    assert page.ask("control", action="stop", run=run.id)["ok"]
    run.begin(45)
    assert run.state == "stopping"
    run.end("stopped")
    assert page.ask("control", action="stop", run=run.id)["ok"]
    assert run.state == "stopped"


def test_a_document_that_does_not_make_a_model_fails_with_its_layer(page, digits):
    page.ask("hello", document="a")
    digits["config"]["layers"][1]["config"]["units"] = -3
    run = page.ask("train", document=planned(digits), start="trained")["payload"]["run"]
    while (status := page.status())["state"] != "failed":
        pass
    assert status["run"] == run
    assert status["error"]["layer"] == "hidden"


def test_a_job_that_fails_does_not_end_its_worker(caplog):
    worker, done = Worker("test"), threading.Event()
    worker.submit(lambda: [][0])
    worker.submit(done.set)
    assert done.wait(PATIENCE)
    assert "IndexError" in caplog.text


def test_the_formats_are_told_at_once(page):
    formats = page.ask("formats")["payload"]["formats"]
    assert [item["ends"][0] for item in formats][:2] == [".keras", ".h5"]
    assert all(item["keeps"] and item["loses"] for item in formats)
    of_one = {"TensorFlow SavedModel", "PyTorch program"}
    missing = {item["name"] for item in formats if item["missing"]} & of_one
    assert missing == {"TensorFlow SavedModel" if BACKEND == "torch" else "PyTorch program"}
