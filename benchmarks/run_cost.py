"""What charts and the folder of a run cost `fit`: at 45 steps an epoch, at 1,000 steps a second."""

import json
import subprocess
import sys
from typing import Any

from benchmarks.recordedfit import BEGIN
from benchmarks.result import Result

PROGRAM = (
    BEGIN
    + """
KINDS, ROUNDS, RUNS = json.loads(sys.argv[1])

def compare(units, samples, batch, epochs):
    model, x, y = compiled(units, samples)

    def fit(kind):
        callbacks = []
        if kind != "nothing":
            session, run = followed(epochs)
            if kind == "folder":
                record(run, plan.to_json(), session.kept_runs, DISK.submit, session.tell_runs)
            callbacks = [Recorder(run, lambda curves: session.publish(run, curves))]
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
)
RUNS = {"45 steps an epoch": ([64], 1437, 32, 20), "fast": ([], 8192, 8, 1)}
"""Units of the hidden layers, samples, samples of a batch, and epochs."""
KINDS, ROUNDS = ("nothing", "charts", "folder"), 25
"""What is told and kept: each kind does what the one before does."""


def _compared() -> dict[str, Any]:
    """The times of fits with more and more that is told and kept of them, rounds interleaved.

    Returns:
        For each run the median of the seconds of each kind, `times`; the medians of their ratios in a round,
        `ratios`, such as `folder/charts`; and steps a second, `speed`.
    """
    asked = json.dumps([KINDS, ROUNDS, RUNS])
    done = subprocess.run([sys.executable, "-c", PROGRAM, asked], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def limit_at(speed: float) -> str:
    """What is 2 % at 1,000 steps a second is as many microseconds for each of more."""
    return "1.02" if speed <= 1000 else f"{1 + speed * 20e-6:.3f} (20 µs a step)"


def measure() -> list[Result]:
    """Return the time of a `fit` with charts and a folder, against one with neither and one with charts."""
    results = []
    for name, found in _compared().items():
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
