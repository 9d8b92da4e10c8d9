"""Real servers between a page and its kernels: Jupyter Server, and Jupyter Kernel Gateway."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

from conftest import PATIENCE

TOKEN = "a-token"


def free_port() -> int:
    """A free port: which one it took for 0, Jupyter Server 2.14 does not tell."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


class JupyterServer:
    """A Jupyter Server with kerasviz.

    Args:
        root: The folder that it serves.
        state: Where it has files of its own.
        options: More of its options.
    """

    def __init__(self, root: Path, state: Path, *options: str) -> None:
        self.root = root
        info = state / "runtime"
        environment = {**os.environ, "JUPYTER_RUNTIME_DIR": str(info), "JUPYTER_CONFIG_DIR": str(state)}
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "jupyter_server", "--no-browser", "--allow-root"),
                f"--port={free_port()}",
                f"--ServerApp.root_dir={root}",
                f"--IdentityProvider.token={TOKEN}",
                "--ServerApp.jpserver_extensions={'kerasviz.server': True}",
                *options,
            ],
            env=environment,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self.url = self._wait_for_url(info)

    def _wait_for_url(self, info: Path) -> str:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            for file in info.glob("jpserver-*.json"):
                try:
                    return str(json.loads(file.read_text())["url"])
                except ValueError:
                    continue  # it is being written
            assert self.process.poll() is None, "Jupyter Server did not start"
            time.sleep(0.1)
        raise TimeoutError("Jupyter Server did not start")

    def ask(self, path: str, /, **body: Any) -> Any:
        """Asks the REST API; posts what is given."""
        request = urllib.request.Request(
            f"{self.url}api/{path}",
            json.dumps(body).encode() if body else None,
            {"Authorization": f"token {TOKEN}"},
        )
        with urllib.request.urlopen(request, timeout=PATIENCE) as response:
            return json.load(response)

    def start_kernel(self, document: str) -> str:
        """Starts a kernel for a document, as JupyterLab does, and gives its id."""
        session = self.ask("sessions", path=document, name=document, type="file", kernel={"name": "python3"})
        return str(session["kernel"]["id"])

    def end(self) -> None:
        """Ends it, with its kernels."""
        self.process.terminate()
        self.process.wait(PATIENCE)


class KernelGateway:
    """A Jupyter Kernel Gateway, whose kernels have the environment of the tests.

    Args:
        folder: Where it runs, and its kernels.
    """

    def __init__(self, folder: Path) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.process = subprocess.Popen(
            [
                *(sys.executable, "-m", "kernel_gateway"),
                f"--KernelGatewayApp.port={port}",
                f"--KernelGatewayApp.auth_token={TOKEN}",
                "--JupyterWebsocketPersonality.list_kernels=True",
            ],
            cwd=folder,
            env={**os.environ, "KG_ENV_PROCESS_WHITELIST": ",".join(os.environ)},
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        self._wait_until_it_answers()

    def _wait_until_it_answers(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            assert self.process.poll() is None, "Jupyter Kernel Gateway did not start"
            try:
                urllib.request.urlopen(f"{self.url}/api", timeout=PATIENCE).close()
            except urllib.error.HTTPError:
                return  # it wants its token
            except OSError:
                time.sleep(0.1)
            else:
                return
        raise TimeoutError("Jupyter Kernel Gateway did not start")

    def end(self) -> None:
        """Ends it, with its kernels."""
        self.process.terminate()
        self.process.wait(PATIENCE)
