"""Which metrics can judge an output, by its loss alone: there may be no data yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from kerasviz.analysis.mistakes.situation import Drawing
from kerasviz.config.modelfileerror import ModelFileError
from kerasviz.config.sizes import check_sizes
from kerasviz.data.judging import of_outputs
from kerasviz.data.measures import UNFIT, is_of_keras
from kerasviz.data.sense import Output, Sense, sense_of
from kerasviz.data.shapes import Shape

SAMPLES = 24


def judges(
    drawing: Drawing, compiled: Mapping[str, Any], nodes: Sequence[tuple[str, int]]
) -> Callable[[Any, str], bool]:
    """Returns a test of whether a metric is of use for an output, by its name.

    Args:
        drawing: The model.
        compiled: Its training setup.
        nodes: Those that make the outputs, in order.
    """
    names = [name for name, _ in nodes]
    losses = dict(zip(names, of_outputs(compiled.get("loss"), names), strict=True))

    def judge(metric: Any, name: str) -> bool:
        outcome = drawing.outcomes.get(dict(zip(names, nodes, strict=True))[name])
        loss = losses[name]
        if loss is None:
            return False  # Keras computes no metrics for an output that has no targets
        if not outcome or not outcome.outputs or not _is_tried(loss) or not _is_tried(metric):
            return True
        output = Output(outcome.outputs[0].shape[1:])
        for y in _made_up(output.shape):
            if sense_of("loss", loss, y, output) is Sense.SOUND:
                return sense_of("metrics", metric, y, output) not in UNFIT
        return True

    return judge


def _is_tried(value: Any) -> bool:
    """Whether making an object takes neither the user's code nor much memory."""
    if not is_of_keras(value) or isinstance(value, str):
        return is_of_keras(value)
    try:
        check_sizes(str(value["class_name"]), value["config"], None)
    except ModelFileError:
        return False
    return not any(isinstance(item, dict) for item in value["config"].values())


def _made_up(shape: Shape) -> Iterator[Any]:
    """Yields targets for an output: numbers, then numbered classes, then one-hot ones."""
    if not shape or None in shape:
        return
    draw = np.random.default_rng(0)
    sizes = [int(size or 0) for size in shape]
    yield draw.normal(100, 30, (SAMPLES, *sizes)).astype("float32")
    classes = max(2, sizes[-1])
    numbers = np.resize(np.arange(classes), (SAMPLES, *sizes[:-1], 1)).astype("int32")
    yield numbers
    if sizes[-1] > 1:
        yield np.eye(classes, dtype="float32")[numbers[..., 0]]
