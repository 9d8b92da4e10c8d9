"""What statistics of layers cost `fit`, and what they cost together with charts and the folder of a run.

The seconds inside each of them are taken during the fit itself, and those of a processor on the thread that
writes: two fits one after the other differ by more than what is to be measured.
"""

import json
import subprocess
import sys
from typing import Any

from benchmarks.recordedfit import BEGIN
from benchmarks.result import Result
from benchmarks.run_cost import limit_at

PROGRAM = (
    BEGIN
    + """
from kerasviz.training.statistics.statisticskeeper import StatisticsKeeper

RUNS, ROUNDS = json.loads(sys.argv[1])
taken = {}

def timed(name, function, clock=time.perf_counter):
    def call(*arguments, **named):
        start = clock()
        try:
            return function(*arguments, **named)
        finally:
            taken[name] = taken.get(name, 0.0) + clock() - start
    return call

def written(job):
    DISK.submit(timed("disk", job, time.thread_time))

def watched(name, callback):
    base = keras.callbacks.Callback
    for hook in dir(base):
        if hook.startswith("on_") and getattr(type(callback), hook) is not getattr(base, hook):
            setattr(callback, hook, timed(name, getattr(callback, hook)))
    return callback

def measured(units, samples, batch, epochs):
    model, x, y = compiled(units, samples)
    taken.clear()
    session, run = followed(epochs)
    record(run, plan.to_json(), session.kept_runs, written, session.tell_runs)
    callbacks = [watched("run", Recorder(run, lambda curves: session.publish(run, curves))),
                 watched("statistics", StatisticsKeeper(run, lambda: (x[:batch], y[:batch])))]
    start = time.perf_counter()
    model.fit(x, y, epochs=epochs, batch_size=batch, verbose=0, callbacks=callbacks)
    total = time.perf_counter() - start
    run.end("finished")
    return {"total": total, "speed": epochs * -(-samples // batch) / total, **taken}

def median(some):
    return {key: statistics.median(each[key] for each in some) for key in some[0]}

print(json.dumps({name: median([measured(*run) for _ in range(ROUNDS)]) for name, run in RUNS.items()}))
"""
)
ROUNDS = 3
RUNS = {"45 steps an epoch, 100 epochs": ([64], 1437, 32, 100), "fast, 8 epochs": ([], 8192, 8, 8)}
"""Of about five seconds: before, after the first epoch and at the end is measured however short a fit is."""


def measure() -> list[Result]:
    """Return the time of a `fit` with all that is told and kept of it, against that less what this took."""
    results = []
    for name, found in _found().items():
        speed = f"{name}, {found['speed']:.0f} steps a second"
        statistics = found["statistics"]
        results += [
            _row(f"what statistics of layers cost ({speed})", found["total"], statistics, "1.01"),
            _row(
                f"what charts, folder and statistics cost ({speed})",
                found["total"],
                statistics + found["run"] + found["disk"],
                limit_at(found["speed"]),
            ),
        ]
    return results


def _found() -> dict[str, dict[str, float]]:
    asked = json.dumps([RUNS, ROUNDS])
    done = subprocess.run([sys.executable, "-c", PROGRAM, asked], capture_output=True, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


def _row(what: str, total: float, taken: float, limit: str) -> Result:
    rest = total - taken
    return Result(
        what, f"{total:.2f} s", f"`fit` less their seconds {rest:.2f} s", f"{total / rest:.4f}", limit
    )
