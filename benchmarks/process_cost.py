"""What it costs to train in a process of its own: the start of a run, 1 GB of arrays handed over, memory."""

import json
import subprocess
import sys
from typing import Any

from benchmarks.result import Result

PROGRAM = """
import gc, json, pickle, shutil, statistics, sys, tempfile, threading, time
from pathlib import Path
import keras, numpy as np, psutil
from kerasviz.execution import place_of
from kerasviz.execution.handover import pack, unpack
from kerasviz.execution.runner import runner
from kerasviz.kernel.clients import Client
from kerasviz.kernel.session import Session
from kerasviz.models.keeper import Keeper
from kerasviz.training.plan import read_plan
from kerasviz.training.run.folder import new_folder
from kerasviz.training.run.run import Run

ROUNDS, SAMPLES, REST = json.loads(sys.argv[1])
folder = Path(tempfile.mkdtemp())
session = Session(folder, "bench.keras.json")

class Told:
    run = None

    def __init__(self):
        self.began, self.ended = threading.Event(), threading.Event()

    def hear(self, message):
        status = message.get("payload", {}).get("status") if message.get("event") == "run" else None
        if status and status["run"] == self.run:
            if status["state"] != "building":
                self.began.set()
            if status["state"] in ("finished", "failed"):
                assert status["error"] is None, status["error"]
                self.ended.set()

def document(place, data={"class_name": "digits", "config": {}}):
    layers = [keras.Input((64,)), keras.layers.Dense(32, "relu"), keras.layers.Dense(10, "softmax")]
    model = keras.Sequential(layers)
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])
    training = {"data": data, "fit": {"epochs": 3}, "place": {"class_name": place, "config": {}}}
    return {**json.loads(model.to_json()), "kerasviz": {"training": training}}

def start(place):
    told = Told()
    client = Client(told.hear)
    session.attach(client)
    drawn = json.dumps(document(place))
    began = time.perf_counter()
    session.dispatch({"id": "1", "type": "train", "payload": {"document": drawn, "start": "fresh"},
                      "version": 1}, Begin(told, client))
    assert told.began.wait(120)
    took = time.perf_counter() - began
    pid = session.run.folder.read("state.json").get("process", {}).get("pid")
    own = psutil.Process(pid).memory_full_info().uss if place == "process" else 0
    assert told.ended.wait(120)
    return took, own

class Begin:
    def __init__(self, told, client):
        self.told, self.client = told, client

    def reply(self, id, payload):
        self.told.run = payload["run"]

    def refuse(self, id, error):
        raise RuntimeError(error)

def starts():
    for place in ("thread", "process", "thread", "process"):
        start(place)
    rounds = []
    for _ in range(ROUNDS):
        time.sleep(REST)  # as a person looks at curves: meanwhile a process rehearses
        rounds.append({place: start(place) for place in ("process", "thread")})
    found = {place: statistics.median(each[place][0] for each in rounds) for place in ("thread", "process")}
    environment = place_of({"class_name": "process", "config": {}}).environment()
    return {**found, "own": statistics.median(each["process"][1] for each in rounds),
            "ready": psutil.Process(runner(environment)._process.pid).memory_info().rss}

def handed_over():
    x, y = np.random.rand(SAMPLES, 64), np.zeros(SAMPLES, "int64")
    chosen = {"class_name": "arrays", "config": {"x": "x", "y": "y"}}
    plan = read_plan(document("process", chosen), "fresh")
    run = Run("model", 1)
    run.folder = new_folder(folder, "bench.keras.json")
    ours, peer = [], []
    for _ in range(7):
        begin = time.perf_counter()
        job = pack(plan, run, Keeper(folder), {"x": x, "y": y}, aside=False)
        _, got = unpack(job)
        ours.append(time.perf_counter() - begin)
        assert got["x"][-1, 0] == x[-1, 0]
        shutil.rmtree(job)
        del got
        gc.collect()
        begin = time.perf_counter()
        with open(folder / "pickle", "wb") as file:
            pickle.dump({"x": x, "y": y}, file, protocol=5)
        with open(folder / "pickle", "rb") as file:
            got = pickle.load(file)
        peer.append(time.perf_counter() - begin)
        del got
        (folder / "pickle").unlink()
    return {"ours": statistics.median(ours), "peer": statistics.median(peer), "bytes": x.nbytes}

print(json.dumps({"starts": starts(), "handed": handed_over()}))
"""
ROUNDS, SAMPLES, REST = 7, 2**21, 6.0
"""Runs of each place, samples of 64 numbers (1 GB), and seconds before each run in a process."""
MB = 1 << 20


def _measured() -> dict[str, Any]:
    asked = json.dumps([ROUNDS, SAMPLES, REST])
    done = subprocess.run([sys.executable, "-c", PROGRAM, asked], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def measure() -> list[Result]:
    """Return the start of a run in a process against one in the kernel, and what handing over costs."""
    found = _measured()
    starts, handed = found["starts"], found["handed"]
    more = starts["process"] - starts["thread"]
    return [
        Result(
            "from *Train* to the first batch, in a process that is ready",
            f"{starts['process'] * 1000:.0f} ms ({more * 1000:.0f} ms more)",
            f"in the kernel {starts['thread'] * 1000:.0f} ms",
            f"{starts['process'] / 0.5:.2f}",
            "1 (500 ms)",
        ),
        Result(
            "memory that a run in a process takes for itself",
            f"{starts['own'] / MB:.0f} MB",
            f"a process that has imported Keras {starts['ready'] / MB:.0f} MB",
            f"{starts['own'] / starts['ready']:.2f}",
            "below 0.5",
        ),
        Result(
            f"{handed['bytes'] / 1e9:.1f} GB of arrays handed to another process",
            f"{handed['ours']:.2f} s",
            f"pickle to a file and back {handed['peer']:.2f} s",
            f"{handed['ours'] / handed['peer']:.2f}",
            "below 1",
        ),
    ]
