"""Analyses or builds a hostile model in a process of limited memory; a thread beats meanwhile.

Run by test_budget.py as a script: `bounded.py ACTION GIGABYTES < model`. Prints what was said, as JSON.
"""

import json
import resource
import sys
import threading

import kerasviz
from kerasviz.config import ModelFileError
from kerasviz.config.build import build_model


def analyze(model: dict) -> str:
    """Says all that the analysis says."""
    return " ".join(error.message for error in kerasviz.analyze(model).errors)


def build(model: dict) -> str:
    """Says why a model is not built."""
    try:
        build_model(model)
    except ModelFileError as error:
        return str(error)
    return ""


def main(action: str, gigabytes: str) -> None:
    model = json.load(sys.stdin)
    kerasviz.analyze({"class_name": "Sequential", "config": {"name": "s", "layers": []}})
    with open("/proc/self/statm") as file:
        used = int(file.read().split()[0]) * resource.getpagesize()
    most = used + int(float(gigabytes) * 2**30)
    resource.setrlimit(resource.RLIMIT_AS, (most, resource.RLIM_INFINITY))
    beats, done = [], threading.Event()

    def beat() -> None:
        while not done.wait(0.05):
            beats.append(1)

    threading.Thread(target=beat, daemon=True).start()
    said = {"analyze": analyze, "build": build}[action](model)
    done.set()
    print(json.dumps({"said": said, "beats": len(beats)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
