"""Config to model: `kerasviz.models.building.build_model` against `model_from_json`, on ResNet50."""

import json
import statistics
import time
from collections.abc import Callable

from benchmarks.models import model_file
from benchmarks.result import Result

ROUNDS = 7


def measure() -> list[Result]:
    """Return the median time of each, rounds interleaved."""
    import keras

    from kerasviz.models.building import build_model

    text = model_file("ResNet50").read_text()
    ways: dict[str, Callable[[], object]] = {
        "kerasviz": lambda: build_model(json.loads(text)),
        "keras": lambda: keras.models.model_from_json(text),
    }
    times: dict[str, list[float]] = {name: [] for name in ways}
    for _ in range(ROUNDS):
        for name, build in ways.items():
            start = time.perf_counter()
            build()
            times[name].append(time.perf_counter() - start)
    ours, peer = (statistics.median(times[name]) for name in ("kerasviz", "keras"))
    return [
        Result(
            "config to model, ResNet50 (177 layers)",
            f"{ours * 1000:.0f} ms",
            f"model_from_json {peer * 1000:.0f} ms",
            f"{ours / peer:.2f}",
            "1.1",
        )
    ]
