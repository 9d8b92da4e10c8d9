"""An export in a process of its own: told step by step, stopped at once, and a crash of it costs nothing."""

import os
import signal
from types import FunctionType
from typing import Any

import keras
import onnxruntime
import psutil
import pytest
from sessionpage import SessionPage

import kerasviz
from kerasviz.execution import modelexport
from kerasviz.kernel.session import Session
from kerasviz.models.opening import draw

pytestmark = pytest.mark.skipif(keras.backend.backend() != "tensorflow", reason="exported on TensorFlow")
HERE = os.getpid()


def of_a_cell(call: FunctionType) -> type:
    """A layer that a notebook defines: another process gets its code."""
    own = {"__module__": "__main__", "call": call}
    return keras.saving.register_keras_serializable("cells", call.__name__)(
        type(call.__name__, (keras.layers.Layer,), own)
    )


def ended_by(status: int) -> FunctionType:
    here = HERE

    def Ending(self, inputs):
        import os

        if os.getpid() != here:
            os.kill(os.getpid(), status)
        return inputs

    return Ending


def waiting() -> FunctionType:
    here = HERE

    def Waiting(self, inputs):
        import os
        import time

        while os.getpid() != here:
            time.sleep(0.1)
        return inputs

    return Waiting


def drawn(layer: type) -> str:
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3), layer()])
    return str(model.to_json())


@pytest.fixture
def page(tmp_path):
    session = Session(tmp_path, "net.keras.json")
    page = SessionPage(session)
    session.attach(page.client)
    return page


def left_by_exports() -> list[Any]:
    """Processes of exports that this one has started and that go on."""

    def is_export(process: psutil.Process) -> bool:
        try:
            return modelexport.PROCESS in " ".join(process.cmdline())
        except psutil.Error:  # it has ended
            return False

    return [*filter(is_export, psutil.Process().children())]


def test_a_model_is_exported_step_by_step_as_it_is_trained(page, digits, tmp_path):
    page.answer("save", document=digits, path="net.keras")
    saved = page.answer("save", document=digits, path="net.onnx")
    assert saved["bytes"] == (tmp_path / "net.onnx").stat().st_size
    assert len(saved["notes"]) == 1 and saved["notes"][0]["args"]["runtime"] == "ONNX Runtime"
    *going, end = [event["payload"] for event in page.heard if event["event"] == "saving"]
    assert end == {"path": "net.onnx", "step": None, "saved": saved, "error": None}
    steps = [each["step"]["text"] for each in going]
    order = ["Starting", "Loading", "Tracing", "Converting", "Comparing"]
    assert [step.partition(" ")[0] for step in dict.fromkeys(steps)] == order
    assert {event["payload"]["path"] for event in page.heard} == {"net.onnx"}
    assert {file.name for file in tmp_path.iterdir()} == {"net.keras", "net.onnx"}
    kept, session = keras.models.load_model(tmp_path / "net.keras"), onnxruntime.InferenceSession
    pixels = keras.random.uniform((3, *kept.input_shape[1:])).numpy()
    graph = session(tmp_path / "net.onnx")
    (given,) = graph.run(None, {graph.get_inputs()[0].name: pixels})
    assert abs(kept.predict(pixels, verbose=0) - given).max() < 1e-5
    assert not left_by_exports()


def test_stop_ends_an_export_at_once_and_leaves_the_file_that_was_there(page, digits, tmp_path):
    (tmp_path / "net.onnx").write_text("old")
    document = drawn(of_a_cell(waiting()))
    page.post("exported", "save", document=document, path="net.onnx")
    while "Loading" not in page.told("saving")["step"]["text"]:  # Keras calls layers to build a model
        pass
    assert len(left_by_exports()) == 1
    (found,) = page.answer("hello", document="net.keras.json")["saving"]  # by a page that is reloaded
    assert found["path"] == "net.onnx" and "Loading" in found["step"]["text"]
    again = page.answer("save", document=document, path="net.onnx")
    assert "is just being written" in again["message"]["text"]
    assert page.ask("save", document=digits, path="beside.keras")["ok"]  # nothing waits for the export
    page.ask("end_save", path="net.onnx")
    error = page.reply("exported")["error"]
    assert error["code"] == "stopped" and "No file was written" in error["message"]["text"]
    assert not left_by_exports()
    assert {file.name for file in tmp_path.iterdir()} == {"net.onnx", "beside.keras"}
    assert (tmp_path / "net.onnx").read_text() == "old"
    assert page.ask("end_save", path="net.onnx")["ok"]


@pytest.mark.parametrize(
    ("status", "says"),
    [
        (signal.SIGSEGV, "crashed (SIGSEGV)"),
        pytest.param(signal.SIGKILL, "memory runs out", marks=pytest.mark.thorough),
    ],
)
def test_a_crash_of_a_converter_is_a_sentence(status, says, page, tmp_path):
    document = drawn(of_a_cell(ended_by(status)))
    error = page.answer("save", document=document, path="net")
    assert error["code"] == "export"
    text = error["message"]["text"].format(**error["message"]["args"])
    assert says in text and "so net was not written" in text
    if status == signal.SIGSEGV:
        assert "in Ending" in error["detail"]  # where it was
    assert list(tmp_path.iterdir()) == []


def test_what_can_t_be_written_or_taken_along_is_said(page, digits, tmp_path):
    error = page.answer("save", document=digits, path="net.pt2")
    assert error["code"] == "export" and "PyTorch" in str(error["message"])
    lock = __import__("threading").Lock()

    def Locked(self, inputs):
        return inputs if lock else None

    error = page.answer("save", document=drawn(of_a_cell(Locked)), path="net.onnx")
    assert error["code"] == "export" and "kerasviz.save" in error["message"]["text"]
    assert list(tmp_path.iterdir()) == [] and not left_by_exports()


@pytest.mark.thorough
def test_a_model_that_can_t_be_made_again_is_told_how_to_be_exported(page, tmp_path):
    @keras.saving.register_keras_serializable("cells")
    class Handmade(keras.Model):  # whose arguments are not what Keras' config of it has
        def __init__(self):
            super().__init__()
            self.dense = keras.layers.Dense(2)

        def call(self, inputs):
            return self.dense(inputs)

    model = Handmade()
    model(keras.ops.zeros((1, 4)))
    shown, document = draw(model)
    page.session.worker.call(lambda: page.session.worker.keeper().adopt(shown, document))
    error = page.answer("save", document=document, path="net.onnx")
    assert error["code"] == "export" and "Export it in a cell" in error["message"]["text"]
    assert "__init__" in error["detail"] or "constructor" in error["detail"]
    assert list(tmp_path.iterdir()) == []
    kerasviz.save(model, tmp_path / "net.onnx")


@pytest.mark.thorough
def test_the_process_ends_with_the_kernel(tmp_path):
    """The pipe to a kernel that dies is closed; here it is closed by hand."""
    document = drawn(of_a_cell(waiting()))
    page = SessionPage(Session(tmp_path, "net.keras.json"))
    page.session.attach(page.client)
    page.post("exported", "save", document=document, path="net.onnx")
    while "Loading" not in page.told("saving")["step"]["text"]:  # Keras calls layers to build a model
        pass
    (process,) = left_by_exports()
    page.session.exports["net.onnx"]._process.stdin.close()
    process.wait(60)
    assert page.reply("exported")["error"]["code"] == "export"
    assert list(tmp_path.iterdir()) == []
