"""Permutation Importance."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from kerasviz.insight.passage.fittinginputs import inputs_of
from kerasviz.insight.samples.sampleparts import targets_in
from kerasviz.insight.why.attribution import Attribution
from kerasviz.insight.why.explained import Explained
from kerasviz.insight.why.measured import Measured
from kerasviz.insight.why.places import Place
from kerasviz.protocol import RequestError
from kerasviz.protocol.text import Text, any_of, text
from kerasviz.training.callbacks.directions import direction

OF_SCORE, IS_SIGNED, TAKES_LONG, OF_DATA = False, True, True, True
MEANS = text("The importance is how much worse the model gets when the values of that column are shuffled.")
MEANS_NOT = text(
    "It says nothing about a single sample, and each of several correlated columns may look unimportant."
)
MOST_REPEATS = 100


def unfit(explained: Explained, places: Sequence[Place]) -> Text | None:
    """Why it can't be computed; None where it can."""
    if not places or any(place.kind != "columns" for place in places):
        return text("Permutation importance shuffles columns, and this sample is not a row of a table.")
    samples = explained.samples
    if samples is None or targets_in(samples.held("training")[0]) is None:
        return text(
            "Permutation importance is measured on the data. Choose data with targets on the Train tab."
        )
    return None


def weigh(
    repeats: int = 5,
    metric: str = "loss",
    rows: int = 1000,
    seed: int = 0,
    *,
    explained: Explained,
    places: Sequence[Place],
    go_on: Callable[[float | None], None],
) -> list[Attribution]:
    """What the model loses where a column tells nothing.

    The weight of a column is the mean of M(shuffled) - M(data) over the repeats, where M is the metric on
    samples that validate, or train where none do; the other way round, where more is better. What a column
    became in the preparation is shuffled together.

    L. Breiman, "Random Forests", Machine Learning 45, 2001; A. Fisher, C. Rudin, F. Dominici, "All Models are
    Wrong, but Many are Useful", 2019 (arXiv:1801.01489).

    Args:
        repeats: How often each column is shuffled.
        metric: The loss, or the name of a metric of the plan.
        rows: Samples at most, the first ones of their part.
        seed: Of the shuffling.
        explained: What is answered.
        places: Where the numbers of the sample are.
        go_on: Told how far it is.
    """
    if not (1 <= repeats <= MOST_REPEATS and rows >= 2):
        raise RequestError(
            "why", text("Expected 1 to {most} repeats, of at least 2 rows.", most=MOST_REPEATS)
        )
    measured = Measured(explained, rows)
    given, before = measured.inputs, measured(measured.inputs)
    if metric not in before:
        raise RequestError(
            "why",
            text(
                "There is no metric {metric}. Choose {known}.",
                metric=repr(metric),
                known=any_of([repr(name) for name in before]),
            ),
        )
    sign = -1 if direction(measured.model, metric) == "up" else 1
    random = np.random.default_rng(seed)
    names = [name for name, _ in inputs_of(explained.document)]
    total, done = repeats * sum(len(place.groups) for place in places), 0
    weighed = []
    for place in places:
        at, weights = names.index(place.name), []
        for group in place.groups:
            worse = []
            for _ in range(repeats):
                go_on(done / total)
                shuffled = [*given]
                shuffled[at] = _shuffled(given[at], group, place, random)
                worse.append(sign * (measured(shuffled)[metric] - before[metric]))
                done += 1
            weights.append(np.mean(worse))
        weighed.append(Attribution(place, np.array(weights)))
    note = text(
        "{metric} on {rows} {part} samples: {value}.",
        metric=metric,
        rows=len(given[0]),
        part=measured.part,
        value=f"{before[metric]:.4g}",
    )
    return [Attribution(each.place, each.weights, [note] if not i else []) for i, each in enumerate(weighed)]


def _shuffled(array: np.ndarray, group: slice, place: Place, random: np.random.Generator) -> np.ndarray:
    """The samples with a column of another one each; all of an Input, where it is looked up."""
    order = random.permutation(len(array))
    if not place.is_input:
        return array[order]
    flat = array.reshape(len(array), -1).copy()
    flat[:, group] = flat[order][:, group]
    return flat.reshape(array.shape)
