"""The widgets in a real kernel, without a browser: what they send, keep and give back."""

import json
from collections.abc import Iterator

import nbformat
import pytest
from conftest import DIGITS, PATIENCE, ROOT, Page
from jupyter_client.manager import KernelManager
from nbclient import NotebookClient

SETUP = """
import json
import keras, numpy as np
import kerasviz
from sklearn.datasets import load_digits
x, y = load_digits(return_X_y=True)
model = keras.Sequential([keras.Input((64,)), keras.layers.Dense(10, activation="softmax")])
model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
charts = kerasviz.LiveCharts()
"""


@pytest.fixture(scope="module")
def notebook(kernel: KernelManager) -> Iterator[Page]:
    page = Page(kernel)
    run(page, SETUP)
    run(page, f"document = json.loads({json.dumps(json.dumps(DIGITS))})")
    yield page
    page.close()


def run(page: Page, code: str) -> None:
    """Runs a cell, whose assertions are those of the test."""
    reply = page.execute(code)
    assert reply["status"] == "ok", "\n".join(reply.get("traceback", []))


def test_an_editor_holds_what_it_was_given(notebook):
    run(
        notebook,
        """
editor = kerasviz.Editor(document)
assert editor.config == document
assert kerasviz.Editor().config["config"]["layers"] == []
assert kerasviz.Editor(height=400)._height == 400
""",
    )


def test_the_model_is_what_is_drawn_and_stays_the_same_one(notebook):
    run(
        notebook,
        """
editor = kerasviz.Editor(document)
assert editor.model.count_params() == 64 * 32 + 32 + 32 * 10 + 10
assert editor.model is editor.model
before = editor.model
changed = json.loads(editor._document)
changed["config"]["layers"][1]["config"]["units"] = 16
editor._document = json.dumps(changed)
assert editor.model.count_params() == 64 * 16 + 16 + 16 * 10 + 10
""",
    )


def test_a_model_of_the_users_is_drawn_and_stays_the_users(notebook):
    run(
        notebook,
        """
mine = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, name="mine")])
editor = kerasviz.Editor(mine)
assert [layer["config"]["name"] for layer in editor.config["config"]["layers"]][-1] == "mine"
assert editor.model is mine
class Own(keras.Model): pass
try:
    kerasviz.Editor(Own())
    raise SystemError("no TypeError")
except TypeError as error:
    assert "Own" in str(error)
""",
    )


def test_an_editor_trains_over_its_own_messages(notebook):
    run(
        notebook,
        """
import json, threading
editor = kerasviz.Editor(document)
sent, done = [], threading.Event()
def send(message, buffers=None):
    sent.append(message)
    if message.get("event") == "run" and message["payload"]["status"]["state"] in ("finished", "failed"):
        done.set()
editor.send = send
plan = {"data": {"class_name": "digits", "config": {}}, "fit": {"epochs": 3}, "model_name": "trained_here"}
planned = {**editor.config, "kerasviz": {"training": plan}}
train = {"document": json.dumps(planned), "start": "trained"}
editor._handle_custom_msg({"id": "t", "type": "train", "payload": train, "version": 1}, [])
assert done.wait(240)
assert editor._run["status"]["state"] == "finished", editor._run
assert len(editor._run["curves"]["batch"]["loss"]["x"]) == 3 * 45
assert editor._run["seq"] == max(message["seq"] for message in sent if "seq" in message)
assert editor.model is trained_here
assert len(kerasviz.plot(editor).data) == 4
""",
    )


def test_an_editor_saves_the_document_and_the_model(notebook):
    run(
        notebook,
        """
editor.save("drawn.keras.json")
assert kerasviz.Editor("drawn.keras.json").config == editor.config
editor.save("drawn.keras")
again = kerasviz.Editor("drawn.keras")
assert again.config["kerasviz"]["weights"] == "drawn.keras"
one = np.ones((1, 64))
assert np.array_equal(again.model.predict(one, verbose=0), editor.model.predict(one, verbose=0))
""",
    )


def test_live_charts_show_any_fit_and_keep_it(notebook):
    notebook.outputs.clear()
    run(
        notebook,
        """
history = model.fit(x, y, epochs=2, validation_split=0.2, verbose=0, callbacks=[charts])
curves = charts.run.history.to_json()
assert charts.run.state == "finished"
assert curves["batch"]["loss"]["x"] == list(range(1, 91))
assert curves["epoch"]["val_accuracy"]["y"] == history.history["val_accuracy"]
""",
    )
    run(notebook, "assert len(kerasviz.plot(history).data) == len(kerasviz.plot(charts).data) == 4")
    shown = [output for output in notebook.outputs if output["msg_type"] == "display_data"]
    assert "application/vnd.jupyter.widget-view+json" in shown[0]["content"]["data"]


def test_live_charts_end_when_the_cell_is_interrupted(notebook):
    run(notebook, "seen = []")
    reply = notebook.execute(
        """
class Interrupt(keras.callbacks.Callback):
    def on_train_batch_end(self, batch, logs=None):
        if batch == 3:
            raise KeyboardInterrupt
model.fit(x, y, epochs=2, verbose=0, callbacks=[charts, Interrupt()])
"""
    )
    assert reply["ename"] == "KeyboardInterrupt"
    run(notebook, "assert charts.run.state == 'stopped' and charts.run.step == 4, charts.run.status()")


def test_a_fit_with_live_charts_stops_from_the_page_while_its_cell_runs(notebook):
    client, subshell = notebook.client, notebook.create_subshell()
    cell = client.execute("model.fit(x, y, epochs=100_000, verbose=0, callbacks=[kerasviz.LiveCharts()])")
    comm = run_id = None
    while not run_id:
        message = client.get_iopub_msg(timeout=PATIENCE)
        content = message["content"]
        if message["msg_type"] == "comm_open" and content["data"]["state"].get("_view") == "charts":
            comm = content["comm_id"]
        elif message["msg_type"] == "comm_msg" and content["comm_id"] == comm:
            event = content["data"].get("content", {})
            if event.get("event") == "run" and event["payload"]["curves"]["batch"]:
                run_id = event["payload"]["status"]["run"]
    request = {"id": "stop", "type": "control", "payload": {"run": run_id, "action": "stop"}, "version": 1}
    stop = client.session.msg("comm_msg", {"comm_id": comm, "data": {"method": "custom", "content": request}})
    stop["header"]["subshell_id"] = subshell
    client.shell_channel.send(stop)
    while (reply := client.get_shell_msg(timeout=PATIENCE))["parent_header"].get("msg_id") != cell:
        pass
    assert reply["content"]["status"] == "ok"


def test_a_page_is_answered_that_knows_a_thread_of_the_kernel_from_before_it_restarted(notebook):
    notebook.create_subshell()
    client = notebook.client
    client.execute("editor = kerasviz.Editor()")
    while (message := client.get_iopub_msg(timeout=PATIENCE))["msg_type"] != "comm_open" or (
        message["content"]["data"]["state"].get("_view") != "editor"
    ):
        pass
    comm = message["content"]["comm_id"]
    request = {"id": "hello", "type": "hello", "payload": {"document": ""}, "version": 1}
    data = {"method": "custom", "content": request}
    hello = client.session.msg("comm_msg", {"comm_id": comm, "data": data})
    hello["header"]["subshell_id"] = "of an earlier process"
    client.shell_channel.send(hello)
    while (message := client.get_iopub_msg(timeout=PATIENCE))["content"].get("comm_id") != comm or (
        message["content"]["data"].get("content", {}).get("id") != "hello"
    ):
        pass
    assert message["content"]["data"]["content"]["ok"]


@pytest.mark.thorough
@pytest.mark.parametrize("path", sorted((ROOT / "examples").glob("*.ipynb")), ids=lambda path: path.name)
def test_an_example_notebook_runs(path):
    notebook = nbformat.read(path, as_version=4)
    assert all(not cell.get("outputs") for cell in notebook.cells), "save examples without outputs"
    NotebookClient(notebook, timeout=PATIENCE, resources={"metadata": {"path": str(path.parent)}}).execute()
    shown = [output for cell in notebook.cells for output in cell.get("outputs", []) if "data" in output]
    assert any("application/vnd.jupyter.widget-view+json" in output["data"] for output in shown)
