"""A page that reaches a kernel through the websocket of a Jupyter Server, as a browser does."""

import collections
import json
import time
import uuid
from typing import Any, NamedTuple

import websocket
from conftest import PATIENCE, Page
from jupyter_client.session import Session
from jupyterserver import TOKEN, JupyterServer


class RemoteKernel(NamedTuple):
    """A kernel behind a server."""

    server: JupyterServer
    id: str


class SocketClient:
    """What a page asks of a client of a kernel, over a websocket."""

    def __init__(self, kernel: RemoteKernel) -> None:
        self.session = Session()
        self.shell_channel = self
        url = kernel.server.url.replace("http", "ws", 1)
        self._socket = websocket.create_connection(
            f"{url}api/kernels/{kernel.id}/channels?session_id={uuid.uuid4().hex}",
            header=[f"Authorization: token {TOKEN}"],
            timeout=PATIENCE,
        )
        self._came: dict[str, collections.deque[dict[str, Any]]] = collections.defaultdict(collections.deque)

    def send(self, message: dict[str, Any]) -> None:
        self._socket.send(json.dumps({**message, "channel": "shell"}, default=str))

    def execute(self, code: str) -> str:
        content = {"code": code, "silent": False, "store_history": False, "allow_stdin": False}
        message = self.session.msg("execute_request", content)
        self.send(message)
        return str(message["header"]["msg_id"])

    def get_shell_msg(self, timeout: float) -> dict[str, Any]:
        return self._next("shell", timeout)

    def get_iopub_msg(self, timeout: float) -> dict[str, Any]:
        return self._next("iopub", timeout)

    def stop_channels(self) -> None:
        self._socket.close()

    def _next(self, channel: str, timeout: float) -> dict[str, Any]:
        deadline = time.monotonic() + timeout
        while not self._came[channel]:
            self._socket.settimeout(max(deadline - time.monotonic(), 0.001))
            message = json.loads(self._socket.recv())
            self._came[message["channel"]].append(message)
        return self._came[channel].popleft()


class RemotePage(Page):
    """A page of a kernel behind a server."""

    @staticmethod
    def connected(kernel: Any) -> Any:
        client = SocketClient(kernel)
        cell = client.execute("__import__('kerasviz.comm', fromlist=['register']).register()")
        while True:
            reply = client.get_shell_msg(timeout=PATIENCE)
            if reply["parent_header"].get("msg_id") == cell:
                assert reply["content"]["status"] == "ok", reply["content"]
                return client

    def leave(self) -> None:
        """Closes the document, in a page that stays: the kernel is told."""
        self._send("comm_close", data={})
        self.execute("")  # it has been told
        self.close()
