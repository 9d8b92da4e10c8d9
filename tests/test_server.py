"""The server extension, in a real Jupyter Server."""

import asyncio
import json
import shutil
import socket
import subprocess
import sys
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import HOSTILE, LEGACY, PATIENCE, ROOT, planned, written
from jupyterserver import TOKEN, JupyterServer
from tornado.httpclient import HTTPRequest
from tornado.web import Application
from tornado.websocket import WebSocketHandler, websocket_connect

from kerasviz.server import prompt


class Server(JupyterServer):
    """A Jupyter Server with kerasviz, asked for documents."""

    def get(self, path: str, token: str = TOKEN) -> tuple[int, dict[str, object]]:
        """Asks for a model file; gives status and answer."""
        query = urllib.parse.urlencode({"path": path})
        request = urllib.request.Request(
            f"{self.url}kerasviz/document?{query}", headers={"Authorization": f"token {token}"}
        )
        try:
            with urllib.request.urlopen(request) as response:
                return response.status, json.load(response)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    folder = tmp_path_factory.mktemp("server")
    root = folder / "root"
    root.mkdir()
    server = Server(root, folder)
    yield server
    server.end()


def test_a_model_file_is_answered_with_its_config(server: Server) -> None:
    import keras

    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2, name="out")])
    model.save(server.root / "small.keras")
    status, answer = server.get("small.keras")
    assert status == 200
    document = json.loads(answer["document"])
    assert [layer["config"]["name"] for layer in document["config"]["layers"]][-1] == "out"
    assert document["kerasviz"]["weights"] == "small.keras"
    assert keras.models.model_from_json(answer["document"]).output_shape == (None, 2)


def test_the_text_of_a_file_keeps_the_type_of_its_numbers(server: Server) -> None:
    import keras

    import kerasviz

    inputs = keras.Input((4,), dtype="uint8")
    keras.Model(inputs, inputs / 127.0).save(server.root / "numbers.keras")
    _, answer = server.get("numbers.keras")
    text = answer["document"]
    assert "127.0" in text
    assert "__float__" not in text
    copy = server.root / "copy.keras.json"  # as Save As writes it
    copy.write_text(text)
    assert keras.models.model_from_json(text).output.dtype == "float32"
    assert kerasviz.load(copy).output.dtype == "float32"
    assert kerasviz.read_config(copy)["config"]["layers"] == json.loads(text)["config"]["layers"]


WITHOUT_KERAS = """
import sys

class Guard:
    def find_spec(self, name, path=None, target=None):
        if name in ("keras", "tensorflow", "jax", "torch"):
            raise AssertionError(f"{name} is imported")

sys.meta_path.insert(0, Guard())
from pathlib import Path
import jupyter_ydoc  # which imports kerasviz.ydoc
from kerasviz import server
from kerasviz.__main__ import main
from kerasviz.training.run.listing import KeptRuns
folder = Path(sys.argv[1])
server._take_along("copy", folder / "one.keras.json", folder / "two.keras.json")
assert KeptRuns(folder, "two.keras.json").all()
sys.exit(sum(main(["document", file]) for file in sys.argv[2:]))
"""


def test_a_server_needs_no_keras_to_read_files_and_to_copy_runs(tmp_path: Path) -> None:
    run = tmp_path / "runs" / "one"
    run.mkdir(parents=True)
    (run / "label.json").write_text(json.dumps({"file": "one.keras.json"}))
    files = [LEGACY / "attention.h5", LEGACY / "attention.keras", ROOT / "examples" / "digits.keras.json"]
    command = [sys.executable, "-c", WITHOUT_KERAS, str(tmp_path), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_file_that_is_no_model_says_so(server: Server) -> None:
    (server.root / "notes.h5").write_text("buy milk")
    status, answer = server.get("notes.h5")
    assert status == 422
    assert answer["message"]


def test_a_hostile_file_costs_a_sentence_and_the_server_lives_on(server: Server) -> None:
    name = Path(shutil.copy(min(HOSTILE.glob("hdf5_*.h5")), server.root)).name
    status, answer = server.get(name)
    assert status == 422
    assert answer["message"]
    assert server.process.poll() is None


def test_nothing_outside_the_root_is_read(server: Server) -> None:
    (server.root.parent / "secret.h5").write_text("x")
    for path in ("../secret.h5", "a/../../secret.h5", str(server.root.parent / "secret.h5")):
        assert server.get(path)[0] == 404


def test_a_link_that_leads_out_of_the_root_is_not_followed(server: Server) -> None:
    outside = server.root.parent / "secret.json"
    outside.write_text('{"class_name": "Sequential", "config": {"name": "secret", "layers": []}}')
    (server.root / "link.json").symlink_to(outside)
    status, answer = server.get("link.json")
    assert status == 403 and "is a link to a file outside the folder" in json.dumps(answer)
    (server.root / "own.json").write_text(outside.read_text())
    (server.root / "inside.json").symlink_to(server.root / "own.json")
    assert "link" not in json.dumps(server.get("inside.json")[1])


def test_hidden_files_are_not_read(server: Server) -> None:
    (server.root / ".hidden.h5").write_text("x")
    assert server.get(".hidden.h5")[0] == 404


def test_nobody_reads_without_the_token(server: Server) -> None:
    assert server.get("notes.h5", token="wrong")[0] == 403


def test_a_message_of_a_kernel_is_not_held_back_for_the_one_before():
    class Connection:
        def __init__(self, websocket_handler):
            self.websocket_handler = websocket_handler

        def connect(self):
            sock = self.websocket_handler.ws_connection.stream.socket
            self.websocket_handler.write_message(str(sock.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)))

    class Handler(WebSocketHandler):
        def open(self):
            prompt(Connection)(self).connect()

    async def first_message():
        server = Application([("/", Handler)]).listen(0, "127.0.0.1")
        port = next(iter(server._sockets.values())).getsockname()[1]
        client = await websocket_connect(f"ws://127.0.0.1:{port}/")
        message = await client.read_message()
        client.close()
        server.stop()
        return message

    assert asyncio.run(first_message()) != "0"


PRINTS = """
import comm, sys
channel = comm.create_comm(target_name="nobody")
for _ in range(60):
    print("x" * 100_000)
    sys.stdout.flush()
for number in range(20):
    channel.send({"number": number})
"""


AUTHORIZED = {"Authorization": f"token {TOKEN}"}


@pytest.fixture
def kernel_url(server: Server) -> str:
    """Where a page speaks with a kernel that was started for it."""
    request = urllib.request.Request(f"{server.url}api/kernels", data=b'{"path": ""}', headers=AUTHORIZED)
    with urllib.request.urlopen(request) as answer:
        kernel = json.loads(answer.read())["id"]
    return f"{server.url.replace('http', 'ws', 1)}api/kernels/{kernel}/channels"


def to_kernel(id: str, type: str, **content: Any) -> str:
    """A message of a page."""
    return json.dumps(
        {
            "header": {"msg_id": id, "msg_type": type, "version": "5.3"},
            "parent_header": {},
            "metadata": {},
            "content": content,
            "channel": "shell",
        }
    )


def is_idle(message: dict[str, Any], id: str) -> bool:
    """Whether a kernel says that it is done with a message."""
    is_about = message["parent_header"].get("msg_id") == id
    return is_about and message["content"].get("execution_state") == "idle"


def test_messages_to_a_page_come_through_after_a_cell_that_prints_too_much(kernel_url: str) -> None:
    async def heard() -> list[int]:
        page = await websocket_connect(HTTPRequest(kernel_url, headers=AUTHORIZED))
        await page.write_message(to_kernel("cell", "execute_request", code=PRINTS, silent=False))
        numbers = []
        while True:
            message = json.loads(await asyncio.wait_for(page.read_message(), PATIENCE))
            if message["parent_header"].get("msg_id") != "cell":
                continue
            if message["msg_type"] == "comm_msg":
                numbers.append(message["content"]["data"]["number"])
            if is_idle(message, "cell"):
                page.close()
                return numbers

    assert asyncio.run(heard()) == list(range(20))


CHATTY = """
import keras, kerasviz.comm
kerasviz.comm.register()

@keras.saving.register_keras_serializable("tests")
class Chatty(keras.callbacks.Callback):
    def on_epoch_end(self, epoch, logs=None):
        print("x" * 300_000, flush=True)

    def get_config(self):
        return {}
"""


@pytest.mark.thorough
def test_the_curve_of_a_run_that_prints_megabytes_has_every_epoch(
    kernel_url: str, digits: dict[str, Any]
) -> None:
    epochs = 30
    chatty = {"class_name": "tests>Chatty", "config": {}}
    document = planned(digits, fit={"epochs": epochs, "batch_size": 512}, callbacks=[chatty])
    asked = [
        ("hello", {"document": "chatty.keras.json"}),
        ("train", {"document": document, "start": "fresh"}),
    ]

    async def heard() -> list[int]:
        page = await websocket_connect(HTTPRequest(kernel_url, headers=AUTHORIZED))
        await page.write_message(to_kernel("cell", "execute_request", code=CHATTY, silent=False))
        seen: list[int] = []
        while True:
            message = json.loads(await asyncio.wait_for(page.read_message(), PATIENCE))
            data = message["content"].get("data", {})
            assert data.get("ok", True), data
            if is_idle(message, "cell"):  # ipykernel warns of messages of a comm that waits behind a cell
                await page.write_message(
                    to_kernel("open", "comm_open", comm_id="page", target_name="kerasviz", data={})
                )
            if is_idle(message, "open"):
                for type, payload in asked:
                    data = {"id": type, "type": type, "payload": written(payload), "version": 1}
                    await page.write_message(to_kernel(type, "comm_msg", comm_id="page", data=data))
            if message["msg_type"] != "comm_msg" or data.get("event") != "run":
                continue
            seen += data["payload"]["curves"]["epoch"].get("loss", {"x": []})["x"]
            if data["payload"]["status"]["state"] in ("finished", "failed"):
                page.close()
                return seen

    assert asyncio.run(heard()) == list(range(1, epochs + 1))
