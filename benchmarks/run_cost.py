"""What charts, folder and statistics of layers cost `fit`: at 45 steps an epoch, at 1,000 steps a second."""

import json
import subprocess
import sys

from benchmarks.result import Result

PROGRAM = """
import json, statistics, tempfile, time
from pathlib import Path
import keras, numpy as np
from kerasviz.execution.thread import DISK
from kerasviz.kernel.clients import Client
from kerasviz.kernel.session import Session
from kerasviz.training.callbacks.recorder import Recorder
from kerasviz.training.plan import read_plan
from kerasviz.training.run.recording import record
from kerasviz.training.run.run import Run
from kerasviz.training.statistics.statisticskeeper import StatisticsKeeper

ROUNDS = 25
folder = Path(tempfile.mkdtemp())
document = {"class_name": "Sequential", "config": {"layers": []}, "compile_config": {"loss": "mse"},
            "kerasviz": {"training": {"data": {"class_name": "digits", "config": {}}}}}
plan = read_plan(document)

def compare(units, samples, batch, epochs):
    x, y = np.random.rand(samples, 64).astype("float32"), np.random.randint(0, 10, samples)
    layers = [keras.Input((64,)), *(keras.layers.Dense(n, "relu") for n in units)]
    model = keras.Sequential([*layers, keras.layers.Dense(10, "softmax")])
    model.compile("adam", "sparse_categorical_crossentropy", metrics=["accuracy"])

    def fit(kind):
        callbacks = []
        if kind != "nothing":
            session, run = Session(folder, "bench.keras.json"), Run("model", epochs)
            session.attach(Client(json.dumps))
            session.run = run
            if kind != "charts":
                record(run, plan.to_json(), session.kept_runs, DISK.submit, session.tell_runs)
            callbacks = [Recorder(run, lambda curves: session.publish(run, curves))]
            if kind == "statistics":
                callbacks.append(StatisticsKeeper(run, lambda: (x[:batch], y[:batch])))
        start = time.perf_counter()
        model.fit(x, y, epochs=epochs, batch_size=batch, verbose=0, callbacks=callbacks)
        if callbacks:
            run.end("finished")
            session.publish(run)
        return time.perf_counter() - start

    kinds = ["nothing", "charts", "folder", "statistics"]
    for kind in kinds:
        fit(kind)
    rounds = [{kind: fit(kind) for kind in (kinds if i % 2 else kinds[::-1])} for i in range(ROUNDS)]
    times = {kind: statistics.median(each[kind] for each in rounds) for kind in kinds}
    ratio = lambda a, b: statistics.median(each[a] / each[b] for each in rounds)
    steps = epochs * -(-samples // batch)
    return {"times": times, "all": ratio("folder", "nothing"), "folder": ratio("folder", "charts"),
            "statistics": ratio("statistics", "folder"), "speed": steps / times["nothing"]}

print(json.dumps({"45 steps an epoch": compare([64], 1437, 32, 20), "fast": compare([], 8192, 8, 1)}))
"""


def measure() -> list[Result]:
    """Return the time of a `fit` with charts and a folder, against one with neither and one with charts."""
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    results = []
    for name, found in json.loads(done.stdout.splitlines()[-1]).items():
        speed = f"{name}, {found['speed']:.0f} steps a second"
        # What is 2 % at 1,000 steps a second is as many microseconds for each of more.
        limit = "1.02" if found["speed"] <= 1000 else f"{1 + found['speed'] * 20e-6:.3f} (20 µs a step)"
        times = found["times"]
        ours, nothing, charts = (times[kind] for kind in ("folder", "nothing", "charts"))
        results += [
            Result(
                f"`fit` with charts, and its folder written ({speed})",
                f"{ours:.2f} s",
                f"neither {nothing:.2f} s",
                f"{found['all']:.3f}",
                limit,
            ),
            Result(
                f"what the folder of a run costs ({speed})",
                f"{ours:.2f} s",
                f"charts alone {charts:.2f} s",
                f"{found['folder']:.3f}",
                "1.01",
            ),
            Result(
                f"what statistics of layers cost ({speed})",
                f"{times['statistics']:.2f} s",
                f"without {ours:.2f} s",
                f"{found['statistics']:.3f}",
                "1.01",
            ),
        ]
    return results
