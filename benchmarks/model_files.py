"""Loading and saving a model of 100 MB (ResNet50), against Keras' own `load_model` and `model.save`."""

import json
import statistics
import subprocess
import sys
from pathlib import Path

from benchmarks.models import CACHE
from benchmarks.result import Result

ROUNDS = 5
FIXED = 0.3
"""Seconds that the child process may take whatever the model, above Keras' time."""

PROGRAM = """
import json, sys, time
import keras, numpy as np

who, action, path = sys.argv[1:]
def peak(process):
    with open(f"/proc/{process}/status") as status:
        return next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))

children = [0]
if who == "kerasviz":
    import kerasviz
    from kerasviz.storage.hdf5 import HDF5File
    load, save = kerasviz.load, kerasviz.save

    # getrusage counts what the parent had when it started a child as the child's own.
    close = HDF5File.close
    HDF5File.close = lambda file: (children.append(peak(file._child.pid)), close(file))
else:
    load, save = keras.models.load_model, lambda model, path: model.save(path)
if action == "save":
    model = keras.applications.ResNet50(weights=None)
keras.Sequential([keras.Input((1,)), keras.layers.Dense(1)])  # what the first layer takes is nobody's cost
start = time.perf_counter()
if action == "load":
    model = load(path)
else:
    save(model, path)
seconds = time.perf_counter() - start
print("RESULT" + json.dumps({"seconds": seconds, "bytes": (peak("self") + max(children)) * 1024}))
"""


def measure() -> list[Result]:
    """Return time and peak memory of each, every one in a process of its own, rounds interleaved."""
    results = []
    for end in (".keras", ".h5"):
        files = {who: CACHE / f"{who}{end}" for who in ("kerasviz", "keras")}
        for action in ("save", "load"):
            runs: dict[str, list[dict[str, float]]] = {who: [] for who in files}
            for number in range(ROUNDS):
                for who in files if number % 2 else reversed(files):
                    path = files["keras"] if action == "load" else files[who]
                    runs[who].append(_run(who, action, path))
            results += _rows(f"{action} ResNet50{end} (100 MB)", runs)
        for path in files.values():
            path.unlink()
    return results


def _run(who: str, action: str, path: Path) -> dict[str, float]:
    CACHE.mkdir(parents=True, exist_ok=True)
    command = [sys.executable, "-c", PROGRAM, who, action, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    line = next(line for line in done.stdout.splitlines() if line.startswith("RESULT"))
    found: dict[str, float] = json.loads(line.removeprefix("RESULT"))
    return found


def _rows(what: str, runs: dict[str, list[dict[str, float]]]) -> list[Result]:
    ours, peer = (
        {key: statistics.median(run[key] for run in runs[who]) for key in ("seconds", "bytes")}
        for who in ("kerasviz", "keras")
    )
    return [
        Result(
            what,
            f"{ours['seconds']:.2f} s",
            f"Keras {peer['seconds']:.2f} s (and {FIXED} s for the child process)",
            f"{ours['seconds'] / (peer['seconds'] + FIXED):.2f}",
            "1.05",
        ),
        Result(
            f"peak memory: {what}",
            f"{ours['bytes'] / 1e6:.0f} MB",
            f"Keras {peer['bytes'] / 1e6:.0f} MB",
            f"{ours['bytes'] / peer['bytes']:.2f}",
            "1.2",
        ),
    ]
