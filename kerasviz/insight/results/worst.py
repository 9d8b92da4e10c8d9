"""The samples that the model is most wrong about, or least certain of."""

from __future__ import annotations

from typing import Literal

import numpy as np

from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.shown import shown
from kerasviz.insight.samples import Samples
from kerasviz.protocol.results import Gallery

MOST = 60
"""Samples that are shown at once."""


def make(
    order: Literal["wrong", "unsure"] = "wrong",
    true: int | None = None,
    predicted_as: int | None = None,
    *,
    predicted: Predicted,
    samples: Samples,
) -> Gallery:
    """Chooses samples, the worst first.

    Args:
        order: `wrong` begins with those whose true class is farthest behind, `unsure` with those where two
            classes are closest.
        true: Only samples of this class.
        predicted_as: Only those that were predicted as this one.
        predicted: Of a task with classes, or with numbers, of which those farthest from the truth come first.
        samples: Of the data.
    """
    task = predicted.task
    if task.kind == "numbers":
        return _of_numbers(predicted, samples)
    judged = predicted.judged
    wanted = np.ones(len(task.true), bool)
    if true is not None:
        wanted &= task.true == true
    if predicted_as is not None:
        wanted &= judged.chosen == predicted_as
    elif order == "wrong":
        wanted &= judged.chosen != task.true
    found = np.flatnonzero(wanted)
    by = judged.right if order == "wrong" else judged.margin
    chosen = found[np.argsort(by[found], kind="stable")[:MOST]]
    return Gallery(
        kind="gallery",
        count=len(found),
        samples=shown(
            samples,
            predicted.part,
            chosen,
            [_name(task.names, number) for number in task.true[chosen]],
            [_name(task.names, number) for number in judged.chosen[chosen]],
        ),
    )


def _of_numbers(predicted: Predicted, samples: Samples) -> Gallery:
    true, said = predicted.task.true, predicted.task.scores
    distance = np.abs(np.asarray(said, "float64") - true)
    chosen = np.argsort(-distance, kind="stable")[:MOST]
    names = [[f"{number:.6g}" for number in values[chosen]] for values in (true, said)]
    return Gallery(kind="gallery", count=len(true), samples=shown(samples, predicted.part, chosen, *names))


def _name(names: tuple[str, ...], number: int) -> str:
    return names[number] if 0 <= number < len(names) else str(number)
