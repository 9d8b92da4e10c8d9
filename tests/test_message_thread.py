"""Requests that are answered where messages come in take no time: no import, no archive, no Keras."""

import json
import subprocess
import sys

import pytest

from kerasviz.kernel.requests import REQUESTS
from kerasviz.kernel.threads import Thread

GUARDED = """
import json, os, sys, threading, traceback, zipfile
from kerasviz.comm import session
from kerasviz.kernel.clients import Client
from kerasviz.training.run.run import Run

heavy = [name for name in ("keras", "numpy", "h5py", "tensorflow", "jax", "torch") if name in sys.modules]
assert not heavy, f"the kernel is registered with {heavy}"
answering = threading.local()

class Guard:
    def find_spec(self, name, path=None, target=None):
        only_looks = sys._getframe(2).f_globals["__name__"] == "importlib.util"
        standard = name.partition(".")[0] in sys.stdlib_module_names
        if getattr(answering, "now", False) and not only_looks and not standard:
            raise AssertionError(f"{name} is imported")

sys.meta_path.insert(0, Guard())
opened = zipfile.ZipFile.__init__
def guarded(self, *arguments, **options):
    assert not getattr(answering, "now", False), "an archive is opened"
    opened(self, *arguments, **options)
zipfile.ZipFile.__init__ = guarded


def answered(type, payload, before):
    kernel, sent = session("digits.keras.json"), []
    kernel.run = None if before else Run("model", 1)  # before: what is done at once, the rest on its thread
    payload = {**payload, **({"run": kernel.run.id} if payload.get("run") else {})}
    client = Client(lambda message: sent.append((threading.current_thread(), message)))
    answering.now = True
    kernel.dispatch({"id": "1", "type": type, "payload": payload, "version": 1}, client)
    answering.now = False
    return [message for thread, message in sent if thread is threading.main_thread() and message.get("id")]

for asked in json.loads(sys.stdin.read()):  # each in a process in which nothing was imported yet
    if os.fork() == 0:
        try:
            told = {"replies": answered(*asked)}
        except BaseException:
            told = {"error": traceback.format_exc()}
        print(json.dumps(told), flush=True)
        os._exit(0)
    os.wait()
"""
PAYLOADS = {
    "hello": {"document": "digits.keras.json"},
    "asset": {"name": "catalog"},
    "history": {"run": True},
    "end_evaluation": {},
    "end_save": {"path": "digits.onnx"},
    "end_rate_test": {},
    "end_sweep": {},
    "end_why": {},
    "end_embedding": {},
    "control": {"run": True, "action": "stop"},
}


QUICK = {type: row.thread is Thread.MESSAGE for type, row in REQUESTS.items()}
WAITING = {"document": "{" * 100, "layers": [], "model": "", "revision": 1, "base": None}


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What is answered at once to each request, by a kernel in which nothing was imported yet."""
    asked = [(type, PAYLOADS[type] if quick else WAITING, not quick) for type, quick in QUICK.items()]
    done = subprocess.run(
        [sys.executable, "-c", GUARDED],
        input=json.dumps(asked),
        cwd=tmp_path_factory.mktemp("kernel"),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(QUICK, map(json.loads, done.stdout.splitlines()), strict=True))


@pytest.mark.parametrize("type", [type for type, quick in QUICK.items() if quick])
def test_what_the_message_thread_answers_takes_no_time(type, told):
    assert "error" not in told[type], told[type]["error"]
    (reply,) = told[type]["replies"]
    assert reply["ok"], reply


@pytest.mark.parametrize("type", [type for type, quick in QUICK.items() if not quick])
def test_what_another_thread_answers_only_waits_there(type, told):
    assert told[type] == {"replies": []}
