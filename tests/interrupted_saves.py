"""Saves a model again and again in child processes that are killed, or whose disk is full.

Run by test_storage_atomic.py as a script, so that forking does not copy the threads of the tests.
"""

import os
import random
import resource
import signal
import sys
import time
from pathlib import Path

import keras
import numpy as np

from kerasviz.storage import load, save


def model(value: float) -> keras.Model:
    found = keras.Sequential([keras.Input((300,)), keras.layers.Dense(300, name="d")])
    found.set_weights([np.full((300, 300), value, "float32"), np.zeros(300, "float32")])
    return found


def saved_value(path: Path) -> float:
    weights = load(path).get_weights()[0]
    assert (weights == weights[0, 0]).all()
    return float(weights[0, 0])


def save_in_child(value: float, path: Path, limit: int | None = None) -> int:
    made = model(value)
    child = os.fork()
    if child:
        return child
    try:
        if limit is not None:
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        save(made, path)
    except BaseException:
        os._exit(1)
    os._exit(0)


def main(path: Path, kills: int) -> None:
    save(model(0.0), path)
    start = time.monotonic()
    os.waitpid(save_in_child(1.0, path), 0)
    longest = time.monotonic() - start
    assert saved_value(path) == 1.0
    generator = random.Random(7)
    expected, replaced = 1.0, 0
    for number in range(kills):
        child = save_in_child(2.0 + number, path)
        time.sleep(generator.uniform(0, longest))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        now = saved_value(path)
        assert now in (expected, 2.0 + number), f"neither old nor new: {now}"
        replaced += now != expected
        # The machine may be busier now than a moment ago: about half of the saves should come to their end.
        longest *= 0.8 if now != expected else 1.25
        expected = now
    for limit in (0, 1000, 100_000, 300_000):
        _, status = os.waitpid(save_in_child(-1.0, path, limit), 0)
        assert os.waitstatus_to_exitcode(status) == 1
        assert saved_value(path) == expected
    left = [file.name for file in path.parent.iterdir() if file != path]
    print(f"{replaced} of {kills} replaced, {len(left)} left")


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]))
