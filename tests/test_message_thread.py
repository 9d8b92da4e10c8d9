"""Requests that are answered where messages come in take no time: no import, no archive, no Keras."""

import json
import subprocess
import sys

import pytest

from kerasviz.kernel.requests import REQUESTS
from kerasviz.kernel.threads import Thread

GUARDED = """
import json, sys, threading, zipfile
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

type, payload, before = json.loads(sys.argv[1])
session, sent = session("digits.keras.json"), []
session.run = Run("model", 1)
if before:  # what is done at once; the rest waits for its thread
    session.run = None
payload = {**payload, **({"run": session.run.id} if payload.get("run") else {})}
client = Client(lambda message: sent.append((threading.current_thread(), message)))
answering.now = True
session.dispatch({"id": "1", "type": type, "payload": payload, "version": 1}, client)
answering.now = False
replies = [message for thread, message in sent if thread is threading.main_thread() and message.get("id")]
print(json.dumps(replies))
"""
PAYLOADS = {
    "hello": {"document": "digits.keras.json"},
    "asset": {"name": "catalog"},
    "history": {"run": True},
    "end_sweep": {},
    "control": {"run": True, "action": "stop"},
}


def dispatched(type, payload, folder, before=False):
    """What is answered at once, by a kernel in which nothing was imported yet."""
    command = [sys.executable, "-c", GUARDED, json.dumps([type, payload, before])]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("type", [type for type, row in REQUESTS.items() if row.thread is Thread.MESSAGE])
def test_what_the_message_thread_answers_takes_no_time(type, tmp_path):
    (reply,) = dispatched(type, PAYLOADS[type], tmp_path)
    assert reply["ok"], reply


@pytest.mark.parametrize("type", [type for type, row in REQUESTS.items() if row.thread is not Thread.MESSAGE])
def test_what_another_thread_answers_only_waits_there(type, tmp_path):
    payload = {"document": "{" * 100, "layers": [], "model": "", "revision": 1, "base": None}
    assert dispatched(type, payload, tmp_path, before=True) == []
