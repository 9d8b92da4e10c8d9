"""A Python beside that of the tests, for scripts: one for all, since importing Keras takes seconds."""

import atexit
import json
import os
import subprocess
import sys
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

SERVE = """
import os, sys
answers = os.fdopen(os.dup(1), "w")
os.dup2(2, 1)  # what scripts print
import json, traceback
import keras

def run(path):
    namespace = {}
    exec(compile(open(path).read(), path, "exec"), namespace)
    found = namespace["history"]
    if isinstance(found, list):
        found = {name: [log[name] for log in found if name in log] for log in found for name in log}
    else:
        found = found.history
    found = {name: [float(value) for value in values] for name, values in found.items()}
    return {"history": found, "results": namespace.get("results")}

for line in sys.stdin:
    folder, path = json.loads(line)
    os.chdir(folder)
    keras.utils.clear_session()
    try:
        answer = run(path)
    except BaseException:
        answer = {"error": traceback.format_exc()}
    os.chdir("/")
    print(json.dumps(answer), file=answers, flush=True)
"""


@cache
def _started(environment: tuple[tuple[str, str], ...]) -> subprocess.Popen[str]:
    folder = tempfile.TemporaryDirectory(prefix="kerasviz-interpreter-")
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE],
        cwd=folder.name,
        env={**os.environ, **dict(environment)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    atexit.register(folder.cleanup)
    atexit.register(process.kill)
    return process


def execute(scripts: list[str], folder: Path, **environment: str) -> list[dict[str, Any]]:
    """Runs scripts one after the other, as new notebooks do; returns the history and the results of each.

    Args:
        scripts: What they hold.
        folder: Where they lie and run.
        environment: Variables of the environment that they want beside those of the tests.
    """
    process = _started(tuple(environment.items()))
    assert process.stdin is not None and process.stdout is not None
    found = []
    for number, script in enumerate(scripts):
        path = folder / f"script{number}.py"
        path.write_text(script)
        print(json.dumps([str(folder), str(path)]), file=process.stdin, flush=True)
        found.append(json.loads(process.stdout.readline()))
        assert "error" not in found[-1], found[-1]["error"][-3000:]
    return found
