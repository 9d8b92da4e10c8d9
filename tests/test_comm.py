"""Over a real kernel: what a page asks is answered while the kernel trains and while it is busy."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from conftest import BACKEND, PATIENCE, Page, planned, start_kernel
from jupyter_client.manager import KernelManager

LONG = {"epochs": 100_000}
SLOW = {**LONG, "batch_size": 512}
"""Large batches take time, so that the run stays below the number of points from which curves are thinned."""


@pytest.fixture
def page(kernel: KernelManager) -> Iterator[Callable[..., Page]]:
    """Opens pages, and closes them after the test."""
    pages: list[Page] = []

    def open_page(*arguments: Any, **options: Any) -> Page:
        pages.append(Page(kernel, *arguments, **options))
        return pages[-1]

    yield open_page
    for opened in pages:
        opened.close()


def batch_steps(curves: dict[str, Any]) -> list[int]:
    return curves["batch"].get("loss", {"x": []})["x"]


def steps_of(page: Page, run: str) -> list[int]:
    payloads = [event["payload"] for event in page.events if event["event"] == "run"]
    return [step for data in payloads if data["status"]["run"] == run for step in batch_steps(data["curves"])]


def test_hello_does_not_wait_for_the_import_of_keras(tmp_path):
    manager = start_kernel(tmp_path)
    try:
        first = Page(manager)
        hello = first.hello("new.keras.json")
        assert hello["devices"] == []
        assert hello["backend"] == BACKEND
        assert hello["run"] is None
        keras = first._read(lambda data: data.get("event") == "keras", PATIENCE)
        assert keras["payload"]["error"] is None
        assert keras["payload"]["devices"][0]["name"]
        for document in ("new.keras.json", "another.keras.json"):
            assert Page(manager).hello(document)["devices"] == keras["payload"]["devices"]
    finally:
        manager.shutdown_kernel(now=True)


def test_a_layer_class_that_a_cell_registers_is_told_at_once(page):
    editor = page()
    hash = editor.hello("custom.keras.json")["catalog_hash"]
    if not hash:
        hash = editor._read(lambda data: data.get("event") == "catalog", PATIENCE)["payload"]["hash"]
    editor.execute(
        """
import keras
@keras.saving.register_keras_serializable("mine")
class Twice(keras.layers.Layer):
    def call(self, inputs):
        return 2 * inputs
"""
    )
    while editor.events[-1]["event"] != "catalog" or editor.events[-1]["payload"]["hash"] == hash:
        editor._read(lambda data: data.get("event") == "catalog", PATIENCE)


def test_a_drawing_is_checked(page, digits):
    editor = page()
    editor.hello("checked.keras.json")
    layers = digits["config"].pop("layers")
    digits["config"]["layers"] = []
    first = editor.ask("analyze", revision=1, base=None, model=digits, layers=layers)["payload"]
    assert first["nodes"]["digit:0"]["shapes"] == [[None, 10]]
    layers[2]["config"]["units"] = 5
    second = editor.ask("analyze", revision=2, base=1, model=digits, layers=[[0, 2], layers[2]])["payload"]
    assert {node: value["shapes"] for node, value in second["nodes"].items()} == {"digit:0": [[None, 5]]}


def test_a_cell_runs_while_a_model_trains_and_stop_takes_one_batch(page, digits):
    editor = page()
    editor.hello("trained.keras.json")
    run = editor.ask("train", document=planned(digits, fit=LONG), start="fresh")["payload"]["run"]
    editor.until("training")
    editor.until_points()
    assert editor.execute("answer = 6 * 7")["status"] == "ok"
    assert editor.execute("assert answer == 42 and trained.count_params() > 0")["status"] == "ok"
    assert editor.ask("control", action="stop", run=run)["ok"]
    asked = editor.until("stopping", "stopped")
    status = editor.until("stopped")
    assert (
        0 < asked["step"] <= status["step"] <= asked["step"] + 2
    )  # the batch it was in, or two at an epoch's end
    steps = steps_of(editor, run)
    assert steps == list(range(1, status["step"] + 1))
    assert [output for output in editor.outputs if output["parent_header"]] == []


def test_messages_stay_far_below_the_servers_limit(page, digits):
    editor = page()
    editor.hello("rate.keras.json")
    run = editor.ask("train", document=planned(digits, fit=LONG), start="fresh")["payload"]["run"]
    editor.until("training")
    events = [editor._read(lambda data: data.get("event") == "run", PATIENCE) for _ in range(10)]
    first, *_, last = (event["payload"]["status"]["elapsed"] for event in events)
    assert len(events) / (last - first) < 15
    editor.ask("control", action="stop", run=run)
    editor.until("stopped")


def test_a_page_reloaded_in_the_middle_gets_every_point(page, digits):
    first = page()
    first.hello("reloaded.keras.json")
    run = first.ask("train", document=planned(digits, fit=SLOW), start="fresh")["payload"]["run"]
    first.until("training")
    first.until_points()
    first.close()
    second = page()
    hello = second.hello("reloaded.keras.json")
    assert hello["run"]["status"]["run"] == run
    second._read(lambda data: data.get("event") == "run", PATIENCE)
    second.ask("control", action="stop", run=run)
    status = second.until("stopped")
    later = [event for event in second.events if event["seq"] > hello["seq"]]
    steps = batch_steps(hello["run"]["curves"])
    for event in [event for event in later if event["event"] == "run"]:
        steps = steps + batch_steps(event["payload"]["curves"])
    assert steps == list(range(1, status["step"] + 1))
    assert [event["seq"] for event in later] == list(range(hello["seq"] + 1, hello["seq"] + 1 + len(later)))


def test_pause_holds_and_resume_goes_on(page, digits):
    editor = page()
    editor.hello("paused.keras.json")
    run = editor.ask("train", document=planned(digits, fit=SLOW), start="fresh")["payload"]["run"]
    editor.until("training")
    editor.ask("control", action="pause", run=run)
    paused = editor.until("paused")
    history = editor.ask("history", run=run)["payload"]
    assert history["status"]["step"] == paused["step"] == len(batch_steps(history["curves"]))
    editor.ask("control", action="resume", run=run)
    assert editor.until("training")["step"] == paused["step"]
    editor.until_points()
    editor.ask("control", action="stop", run=run)
    assert editor.until("stopped")["step"] > paused["step"]


def test_a_paused_run_is_saved_and_stops(page, digits, kernel):
    editor = page()
    editor.hello("saved.keras.json")
    run = editor.ask("train", document=planned(digits, fit=LONG), start="fresh")["payload"]["run"]
    editor.until("training")
    editor.ask("control", action="pause", run=run)
    editor.until("paused")
    saved = editor.ask("save", document=digits, path="paused.keras")
    assert saved["payload"]["path"] == "paused.keras"
    assert saved["payload"]["bytes"] > 1000
    editor.ask("control", action="stop", run=run)
    editor.until("stopped")
    code = "import keras; keras.models.load_model('paused.keras').count_params()"
    assert editor.execute(code)["status"] == "ok"


def test_a_page_with_a_thread_of_its_own_is_answered_while_a_cell_runs(page, digits, kernel):
    notebook = page()
    subshell = notebook.create_subshell()
    editor = page(subshell=subshell)
    control = page("kerasviz.control", subshell)
    editor.hello("control.keras.json")
    run = editor.ask("train", document=planned(digits, fit=LONG), start="fresh")["payload"]["run"]
    editor.until("training")
    editor.until_points()
    notebook.client.execute("import threading; threading.Event().wait()")
    assert editor.ask("history", run=run)["ok"]
    assert editor.reply(control.post("control", action="stop", run=run))["ok"]
    editor.until("stopped")
    notebook.client.control_channel.send(notebook.client.session.msg("interrupt_request"))
    assert notebook.client.get_shell_msg(timeout=PATIENCE)["content"]["ename"] == "KeyboardInterrupt"


def test_what_a_worker_prints_or_sends_belongs_to_no_cell(page):
    client = page().client
    client.execute(
        "import comm\n"
        "from kerasviz.execution.worker import Worker\n"
        "def work():\n"
        "    print('from a worker', flush=True)\n"
        "    comm.create_comm(target_name='nobody')\n"
        "Worker('prints').submit(work)"
    )
    found: dict[str, Any] = {}
    while {"stream", "comm_open"} - set(found):
        message = client.get_iopub_msg(timeout=PATIENCE)
        found[message["msg_type"]] = message["parent_header"]
    assert found["stream"] == found["comm_open"] == {}


def test_messages_that_are_no_requests_are_refused(page):
    editor = page()
    editor.hello("strange.keras.json")
    assert editor.ask("fly")["error"]["code"] == "unknown_request"
    assert editor.ask("control", action="stop", run="none")["error"]["code"] == "unknown_run"
    control = page("kerasviz.control")
    assert editor.reply(control.post("control", action="stop", run="none"))["error"]["code"] == "unknown_run"
    editor._send("comm_msg", data={"id": "old", "type": "hello", "payload": {}, "version": 0})
    assert editor.reply("old")["error"]["code"] == "version"
    assert page().ask("catalog")["error"]["code"] == "no_hello"


def test_a_renamed_document_keeps_its_weights_when_the_page_comes_back(page, digits):
    document = planned(digits, fit={"epochs": 1})
    editor = page()
    editor.hello("sub/before.keras.json")
    editor.ask("train", document=document, start="trained")
    editor.until("finished")
    renamed = editor.hello("sub/after.keras.json")
    assert (renamed["model_name"], renamed["run"]["status"]["state"]) == ("after", "finished")

    back = page()
    assert back.hello("sub/after.keras.json")["run"]["status"]["state"] == "finished"
    layers = back.ask("weights", document=document)["payload"]["layers"]
    assert set(layers.values()) == {"trained"}
    assert page().hello("sub/before.keras.json")["run"] is None
