"""What should never be felt: importing kerasviz, and checking a file's config against the allow-list."""

import subprocess
import sys

from benchmarks.result import Result

ROUNDS = 5
IMPORT_LIMIT = 0.3
CHECK_LIMIT = 0.1
COUNT = 6
"""So many times ResNet50, of 177 layers, are about a thousand layers."""

IMPORT = """
import time
since = time.process_time()  # not what others on this machine take
import kerasviz
print(time.process_time() - since)
"""
CHECK = f"""
import json, time
import keras
from kerasviz.config import check_model
model = json.loads(keras.applications.ResNet50(weights=None).to_json())
check_model(model)
since = time.thread_time()
for _ in range({COUNT}):
    check_model(model)
print(time.thread_time() - since)
"""


def measure() -> list[Result]:
    """Return the time of each, the shortest of some rounds in processes of their own."""
    return [
        _row("import kerasviz", IMPORT, IMPORT_LIMIT),
        _row("checking the config of a thousand layers", CHECK, CHECK_LIMIT),
    ]


def _row(what: str, program: str, limit: float) -> Result:
    seconds = min(float(_output(program)) for _ in range(ROUNDS))
    return Result(
        what, f"{1000 * seconds:.0f} ms", "", f"{seconds / limit:.2f}", f"1 ({1000 * limit:.0f} ms)"
    )


def _output(program: str) -> str:
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    return done.stdout.splitlines()[-1]
