"""What several test modules share: a document, and a real kernel with pages that talk to it."""

import atexit
import copy
import gc
import json
import os
import shutil
import sys
import tempfile
import time
import uuid
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from jupyter_client.blocking.client import BlockingKernelClient
from jupyter_client.manager import KernelManager

from kerasviz.backend.installed import backend

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
if "PYTEST_XDIST_WORKER" in os.environ:  # as many processes as cores: each computes on one
    for threads in ("TF_NUM_INTRAOP_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(threads, "1")
# JAX compiles each small step: once for all processes of the tests.
os.environ.setdefault("JAX_COMPILATION_CACHE_DIR", str(Path(__file__).parents[1] / ".cache" / "compiled"))
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS", "0")
os.environ.setdefault("JAX_PERSISTENT_CACHE_MIN_ENTRY_SIZE_BYTES", "-1")
# Runs that want a device alone wait for those of their own test, and not for all that are tested meanwhile.
os.environ["KERASVIZ_QUEUE"] = tempfile.mkdtemp(prefix="kerasviz-queue-")
atexit.register(shutil.rmtree, os.environ["KERASVIZ_QUEUE"], ignore_errors=True)
# CI tries the same examples each time, so that a red run is about the change; elsewhere they are new ones.
# A loaded machine is no fault of an example.
settings.register_profile(
    "kerasviz",
    derandomize=bool(os.environ.get("CI")),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("kerasviz")
ROOT = Path(__file__).parents[1]
FIXTURES = ROOT / "tests" / "fixtures"
LEGACY = FIXTURES / "legacy"
"""Models that Keras 2.15 wrote, with what they gave."""
HOSTILE = FIXTURES / "hostile"
"""Files with which HDF5 never comes to an end."""
WILD = Path(os.environ.get("KERASVIZ_WILD", ROOT.parent / "shared" / "fixtures" / "wild"))
"""Model files found in public repositories, which are not ours to give away: `make wild` reads them."""
PATIENCE = 240
"""Seconds that a test waits for what a loaded machine may take long to do: only a failure waits in vain."""
BACKEND = backend()
"""That of Keras in these tests: `make backends` has others than TensorFlow."""

if BACKEND == "torch":  # PyTorch's Triton ends the process where TensorFlow was imported before it
    import keras  # noqa: F401


def tensorflow_only(reason: str) -> pytest.MarkDecorator:
    """Marks what is about TensorFlow, and is skipped on other backends.

    Args:
        reason: What of it; shown with the tests that were skipped.
    """
    return pytest.mark.skipif(BACKEND != "tensorflow", reason=f"about TensorFlow: {reason}")


def except_on(backend: str, reason: str) -> pytest.MarkDecorator:
    """Marks what one backend can't do, for a reason of its own."""
    return pytest.mark.skipif(backend == BACKEND, reason=f"{backend} {reason}")


def pytest_collection_finish() -> None:
    """What Keras made when it was imported stays: the collector does not look through it each time."""
    gc.collect()
    gc.freeze()


def computed(tensor: Any) -> Any:
    """What a model or a layer computed, for NumPy, which takes no tensor of PyTorch that has a gradient."""
    import keras

    return keras.ops.convert_to_numpy(tensor)


def layer(class_name: str, **config: Any) -> dict[str, Any]:
    return {"module": "keras.layers", "class_name": class_name, "config": config, "registered_name": None}


DIGITS = {
    "module": "keras",
    "class_name": "Sequential",
    "config": {
        "name": "digits",
        "layers": [
            layer("InputLayer", batch_shape=[None, 64], name="pixels"),
            layer("Dense", units=32, activation="relu", name="hidden"),
            layer("Dense", units=10, activation="softmax", name="digit"),
        ],
    },
    "registered_name": None,
    "compile_config": {
        "optimizer": "adam",
        "loss": "sparse_categorical_crossentropy",
        "metrics": ["accuracy"],
    },
}


_REGISTERED: dict[str, dict[str, Any]] = {}
"""What a module of tests registers as it is imported."""


@pytest.hookimpl(hookwrapper=True)
def pytest_make_collect_report(collector: pytest.Collector) -> Iterator[None]:
    """Takes back what a module registers, before others ask the catalogue for what to test."""
    yield
    name = getattr(getattr(collector, "_obj", None), "__name__", None)
    if isinstance(collector, pytest.Module) and name is not None and "keras" in sys.modules:
        registered = sys.modules["keras"].saving.get_custom_objects()
        _REGISTERED[name] = {key: cls for key, cls in registered.items() if cls.__module__ == name}
        for key in _REGISTERED[name]:
            del registered[key]


@pytest.fixture(autouse=True)
def registered(request: pytest.FixtureRequest) -> Iterator[None]:
    """Classes are registered in the tests of their own module alone, whatever these leave behind."""
    import keras

    classes = keras.saving.get_custom_objects()
    before = dict(classes)
    classes.update(_REGISTERED.get(request.module.__name__, {}))
    yield
    classes.clear()
    classes.update(before)


def few(values: Iterable[Any], every: int) -> list[Any]:
    """Parameters that are much alike: every so many-th is tried always, the others by `make thorough`."""
    return [
        pytest.param(
            *(value if isinstance(value, tuple) else (value,)),
            marks=[pytest.mark.thorough] if i % every else [],
        )
        for i, value in enumerate(values)
    ]


@pytest.fixture
def variables() -> Iterator[dict[str, Any]]:
    """The user's variables in a real shell."""
    from IPython.core.interactiveshell import InteractiveShell

    yield InteractiveShell.instance().user_ns
    InteractiveShell.clear_instance()


@pytest.fixture
def digits() -> dict[str, Any]:
    """A network for the digits, as a document."""
    return copy.deepcopy(DIGITS)


def small_network(
    shape: tuple[int, ...] = (4,), loss: str = "sparse_categorical_crossentropy", units: int = 3
) -> dict[str, Any]:
    """A network of one layer, which always starts from the same weights, as a document."""
    return {
        "module": "keras",
        "class_name": "Sequential",
        "config": {
            "name": "net",
            "layers": [
                layer("InputLayer", batch_shape=[None, *shape], name="in"),
                layer("Flatten", name="flat"),
                layer("Dense", units=units, activation="softmax", name="out", kernel_initializer="ones"),
            ],
        },
        "registered_name": None,
        "compile_config": {"optimizer": "sgd", "loss": loss, "metrics": ["accuracy"]},
    }


def planned(
    document: dict[str, Any], *, fit: dict[str, Any] | None = None, **training: Any
) -> dict[str, Any]:
    """A document with a plan: the digits, for two epochs, where nothing else is said."""
    data = {"class_name": "digits", "config": {}}
    plan = {"data": data, "fit": {"epochs": 2, **(fit or {})}, **training}
    return {**document, "kerasviz": {**document.get("kerasviz", {}), "training": plan}}


def written(payload: dict[str, Any]) -> dict[str, Any]:
    """A payload with its document, model and layers as texts, as a page sends them."""

    def text(value: Any) -> Any:
        return json.dumps(value) if isinstance(value, dict) else value

    layers = [text(item) for item in payload.get("layers") or []]
    return {
        **payload,
        **{key: text(payload[key]) for key in ("document", "model") if key in payload},
        **({"layers": layers} if layers else {}),
    }


class Page:
    """A page that speaks kerasviz' protocol to a kernel over a comm, as the lab does."""

    def __init__(self, kernel: Any, target: str = "kerasviz", subshell: str | None = None) -> None:
        self.client = self.connected(kernel)
        self.events: list[dict[str, Any]] = []
        self.outputs: list[dict[str, Any]] = []
        self._posted = 0  # how many events came before the last request
        self._comm = uuid.uuid4().hex
        self._subshell = subshell
        self._send("comm_open", target_name=target, data={})

    @staticmethod
    def connected(kernel: KernelManager) -> Any:
        """A client of the kernel, which answers."""
        client = BlockingKernelClient()  # not `kernel.client()`: those share one identity
        client.load_connection_info(kernel.get_connection_info())
        client.start_channels()
        client.wait_for_ready(timeout=PATIENCE)
        return client

    def post(self, type: str, **payload: Any) -> str:
        """Sends a request and returns its id."""
        request = {"id": uuid.uuid4().hex, "type": type, "payload": written(payload), "version": 1}
        self._posted = len(self.events)
        self._send("comm_msg", data=request)
        return str(request["id"])

    def ask(self, type: str, **payload: Any) -> dict[str, Any]:
        """Sends a request and returns its reply."""
        return self.reply(self.post(type, **payload))

    def reply(self, request: str, timeout: float = PATIENCE) -> dict[str, Any]:
        """Reads until the reply to a request."""
        return self._read(lambda data: data.get("id") == request, timeout)

    def hello(self, document: str) -> dict[str, Any]:
        """Connects to the session of a document."""
        return self.ask("hello", document=document)["payload"]

    def until(self, *states: str, timeout: float = PATIENCE) -> dict[str, Any]:
        """Reads until the run is in one of these states, and returns its status.

        It may have come there before the reply to the last request, for another thread says so.
        """

        def there(data: dict[str, Any]) -> bool:
            return data.get("event") == "run" and data["payload"]["status"]["state"] in states

        heard = [event for event in self.events[self._posted :] if there(event)]
        return (heard[0] if heard else self._read(there, timeout))["payload"]["status"]

    def until_points(self) -> None:
        """Reads until the chart has points: the first batch, which compiles the model, is done."""
        self._read(lambda data: data.get("event") == "run" and data["payload"]["curves"]["batch"], PATIENCE)

    def until_told(self, event: str, times: int) -> None:
        """Reads until an event has come so often, since the beginning."""
        while sum(each["event"] == event for each in self.events) < times:
            self._hear(self.client.get_iopub_msg(timeout=PATIENCE))

    def execute(self, code: str) -> dict[str, Any]:
        """Runs a cell."""
        cell = self.client.execute(code)
        while True:
            reply = self.client.get_shell_msg(timeout=PATIENCE)
            if _parent(reply) == cell:
                break
        while True:
            message = self.client.get_iopub_msg(timeout=PATIENCE)
            self._hear(message)
            if message["content"].get("execution_state") == "idle" and _parent(message) == cell:
                return dict(reply["content"])

    def create_subshell(self) -> str:
        """Starts a thread of the kernel that handles messages while a cell runs."""
        self.client.kernel_info()
        info = self.client.get_shell_msg(timeout=PATIENCE)["content"]
        if "kernel subshells" not in info.get("supported_features", []):
            pytest.skip("this ipykernel has no subshells: a busy kernel answers after its cell")
        self.client.control_channel.send(self.client.session.msg("create_subshell_request"))
        return str(self.client.get_control_msg(timeout=PATIENCE)["content"]["subshell_id"])

    def close(self) -> None:
        self.client.stop_channels()

    def _send(self, type: str, **content: Any) -> None:
        message = self.client.session.msg(type, {"comm_id": self._comm, **content})
        if self._subshell:
            message["header"]["subshell_id"] = self._subshell
        self.client.shell_channel.send(message)

    def _read(self, wanted: Any, timeout: float) -> dict[str, Any]:
        deadline = time.monotonic() + timeout
        while True:
            data = self._hear(self.client.get_iopub_msg(timeout=deadline - time.monotonic()))
            if data is not None and wanted(data):
                return data

    def _hear(self, message: dict[str, Any]) -> dict[str, Any] | None:
        content = message["content"]
        if message["msg_type"] in ("stream", "error", "display_data"):
            self.outputs.append(message)
        if message["msg_type"] != "comm_msg" or content["comm_id"] != self._comm:
            return None
        if "event" in content["data"]:
            self.events.append(content["data"])
        return dict(content["data"])


def _parent(message: dict[str, Any]) -> str | None:
    return message["parent_header"].get("msg_id")


def start_kernel(folder: Path) -> KernelManager:
    """Starts a kernel in a folder, with kerasviz registered; who starts it shuts it down."""
    manager = KernelManager(kernel_name="python3")
    manager.start_kernel(cwd=str(folder))
    client = manager.client()
    client.start_channels()
    client.wait_for_ready(timeout=PATIENCE)
    client.execute("import kerasviz.comm; kerasviz.comm.register(); kerasviz.comm.register()", reply=True)
    client.stop_channels()
    return manager


@pytest.fixture(scope="session")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> Iterator[KernelManager]:
    """A kernel in a folder of its own, with kerasviz registered."""
    manager = start_kernel(tmp_path_factory.mktemp("kernel"))
    yield manager
    manager.shutdown_kernel(now=True)
