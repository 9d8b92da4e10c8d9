"""What charts and the folder of a run cost `fit`: at 45 steps an epoch, at 1,000 steps a second."""

import json
import subprocess
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from benchmarks.result import Result

PROGRAM = """
import json, statistics, sys, tempfile, time
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

KINDS, ROUNDS, RUNS = json.loads(sys.argv[1])
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

    for kind in KINDS:
        fit(kind)
    rounds = [{kind: fit(kind) for kind in (KINDS if i % 2 else KINDS[::-1])} for i in range(ROUNDS)]
    times = {kind: statistics.median(each[kind] for each in rounds) for kind in KINDS}
    ratio = lambda a, b: statistics.median(each[a] / each[b] for each in rounds)
    ratios = {f"{a}/{b}": ratio(a, b) for a in KINDS for b in KINDS}
    steps = epochs * -(-samples // batch)
    return {"times": times, "ratios": ratios, "speed": steps / times["nothing"]}

print(json.dumps({name: compare(*run) for name, run in RUNS.items()}))
"""
RUNS = {"45 steps an epoch": ([64], 1437, 32, 20), "fast": ([], 8192, 8, 1)}
"""Units of the hidden layers, samples, samples of a batch, and epochs."""


def compared(kinds: Sequence[str], rounds: int, runs: Mapping[str, Any]) -> dict[str, Any]:
    """The times of fits with more and more that is told and kept of them, rounds interleaved.

    Args:
        kinds: Some of `nothing`, `charts`, `folder` and `statistics`; each does what the one before does.
        rounds: How often each fits.
        runs: As `RUNS`.

    Returns:
        For each run the median of the seconds of each kind, `times`; the medians of their ratios in a round,
        `ratios`, such as `folder/charts`; and steps a second, `speed`.
    """
    asked = json.dumps([list(kinds), rounds, runs])
    done = subprocess.run([sys.executable, "-c", PROGRAM, asked], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def limit_at(speed: float) -> str:
    """What is 2 % at 1,000 steps a second is as many microseconds for each of more."""
    return "1.02" if speed <= 1000 else f"{1 + speed * 20e-6:.3f} (20 µs a step)"


def measure() -> list[Result]:
    """Return the time of a `fit` with charts and a folder, against one with neither and one with charts."""
    results = []
    for name, found in compared(("nothing", "charts", "folder"), 25, RUNS).items():
        speed = f"{name}, {found['speed']:.0f} steps a second"
        ours, nothing, charts = (found["times"][kind] for kind in ("folder", "nothing", "charts"))
        results += [
            Result(
                f"`fit` with charts, and its folder written ({speed})",
                f"{ours:.2f} s",
                f"neither {nothing:.2f} s",
                f"{found['ratios']['folder/nothing']:.3f}",
                limit_at(found["speed"]),
            ),
            Result(
                f"what the folder of a run costs ({speed})",
                f"{ours:.2f} s",
                f"charts alone {charts:.2f} s",
                f"{found['ratios']['folder/charts']:.3f}",
                "1.01",
            ),
        ]
    return results
