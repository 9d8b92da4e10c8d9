"""Data from files: a look at a CSV file of a gigabyte, and reading one, beside pandas and TensorFlow."""

import json
import subprocess
import sys
import tempfile
from pathlib import Path

from benchmarks.result import Result

SECONDS, MEGABYTES = 3.0, 1000
LARGE, MEDIUM = 2**30, 2**27
ROUNDS = 3

WRITE = """
import sys
import numpy as np, pandas as pd
path, size = sys.argv[1], int(sys.argv[2])
rng, n = np.random.default_rng(0), 100_000
frame = pd.DataFrame({
    "id": np.arange(n), "day": pd.date_range("2010-01-01", periods=n, freq="h"),
    "price": rng.lognormal(12, 1, n).round(2), "rooms": rng.integers(1, 9, n),
    "city": rng.choice(["Berlin", "Köln", "München"], n),
    "note": [f'said "hi", then {at}' for at in range(n)],
    **{f"v{at}": rng.normal(size=n) for at in range(6)},
})
head, _, body = frame.to_csv(index=False).encode().partition(b"\\n")
with open(path, "wb") as file:
    file.write(head + b"\\n")
    while file.tell() < size:
        file.write(body)
"""
PREVIEW = """
import json, resource, sys, time
import pandas, pyarrow.csv
import kerasviz
since = time.perf_counter()
look = kerasviz.preview(sys.argv[1]).to_dict()
seconds = time.perf_counter() - since
print(json.dumps([seconds, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, look["rows"]]))
"""
READ = """
import json, sys, time
from pathlib import Path
import pandas, pyarrow.csv
from kerasviz.data.sources import csv
path, ours = Path(sys.argv[1]), sys.argv[2] == "ours"
since = time.perf_counter()
if ours:
    frame = pandas.concat(csv.load(path.name, folder=path.parent).parts())
else:
    frame = pandas.read_csv(path, parse_dates=["day"])
print(json.dumps([time.perf_counter() - since, len(frame)]))
"""

TENSORFLOW = """
import json, sys, time
import tensorflow as tf
since = time.perf_counter()
rows = tf.data.experimental.make_csv_dataset(
    sys.argv[1], 1024, label_name="price", num_epochs=1, shuffle=False, num_parallel_reads=2
)
count = sum(int(y.shape[0]) for _, y in rows)
print(json.dumps([time.perf_counter() - since, count]))
"""


def measure() -> list[Result]:
    """Return the shortest time of some rounds in processes of their own."""
    with tempfile.TemporaryDirectory() as folder:
        large, medium = Path(folder) / "large.csv", Path(folder) / "medium.csv"
        for path, size in ((large, LARGE), (medium, MEDIUM)):
            _run(WRITE, path, size)
        seconds, memory, rows = min(_told(PREVIEW, large) for _ in range(ROUNDS))
        ours = min(_told(READ, medium, "ours") for _ in range(ROUNDS))
        peer = min(_told(READ, medium, "pandas") for _ in range(ROUNDS))
        pipeline = _told(TENSORFLOW, medium)
    what = f"a look at a CSV file of 1 GB ({rows:,} rows, all counted)"
    return [
        Result(what, f"{seconds:.1f} s", "", f"{seconds / SECONDS:.2f}", f"1 ({SECONDS:.0f} s)"),
        Result(
            f"peak memory: {what}",
            f"{memory:.0f} MB",
            "",
            f"{memory / MEGABYTES:.2f}",
            f"1 ({MEGABYTES} MB)",
        ),
        Result(
            "reading a CSV file of 128 MB, how it is written found out",
            f"{ours[0]:.2f} s",
            f"pandas, told how {peer[0]:.2f} s",
            f"{ours[0] / peer[0]:.2f}",
            "1",
        ),
        Result(
            "the same with a pipeline of TensorFlow",
            f"{ours[0]:.2f} s",
            f"make_csv_dataset, one pass {pipeline[0]:.1f} s",
            f"{ours[0] / pipeline[0]:.2f}",
            "1",
        ),
    ]


def _told(program: str, *arguments: object) -> list[float]:
    found: list[float] = json.loads(_run(program, *arguments).splitlines()[-1])
    return found


def _run(program: str, *arguments: object) -> str:
    words = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.run(words, check=True, capture_output=True, text=True).stdout
