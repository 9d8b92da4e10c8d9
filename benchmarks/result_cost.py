"""Results of 60,000 pictures beyond the predictions: confusion matrix, classes, and the worst samples."""

import time

import numpy as np

from benchmarks.result import Result
from kerasviz.data.dataset import Data
from kerasviz.insight.results import result_of
from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.task import Task
from kerasviz.insight.samples.samples import Samples

COUNT, CLASSES = 60_000, 10
LIMIT = 2.0
ROUNDS = 3


def measure() -> list[Result]:
    """Return the time of what a page asks for after an evaluation, the shortest of some rounds."""
    random = np.random.default_rng(0)
    pictures = random.integers(0, 256, (COUNT, 28, 28, 1)).astype("uint8")
    true = random.integers(0, CLASSES, COUNT)
    scores = random.random((COUNT, CLASSES), dtype="float32")
    scores /= scores.sum(axis=1, keepdims=True)
    parts = {"test": (Data("pictures", pictures, true), np.arange(COUNT))}
    samples = Samples({"test": COUNT}, (), False, parts, dict)
    task = Task("classes", true, scores, tuple(map(str, range(CLASSES))))
    seconds = min(_results(Predicted("test", "output", scores, task), samples) for _ in range(ROUNDS))
    return [
        Result(
            f"confusion matrix, table of classes and gallery of {COUNT:,} samples, beyond the predictions",
            f"{1000 * seconds:.0f} ms",
            "",
            f"{seconds / LIMIT:.2f}",
            f"1 ({LIMIT:.0f} s)",
        )
    ]


def _results(predicted: Predicted, samples: Samples) -> float:
    began = time.perf_counter()
    for name in ("confusion", "per_class", "worst"):
        result_of({"class_name": name, "config": {}}, predicted, samples)
    return time.perf_counter() - began
