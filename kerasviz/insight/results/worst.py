"""The samples that the model is most wrong about, or least certain of."""

from __future__ import annotations

from typing import Literal

import numpy as np

from kerasviz.insight.results.partpredictions import Predicted
from kerasviz.insight.results.room import BLOCK
from kerasviz.insight.results.shown import Said, shown
from kerasviz.insight.results.task import UNKNOWN
from kerasviz.insight.samples.samples import Samples
from kerasviz.protocol.results import Gallery

MOST = 60
"""Samples that are shown at once."""
Order = Literal["wrong", "unsure"]
Only = Literal["this", "other"]


def make(
    order: Order = "wrong",
    true: int | None = None,
    predicted_as: int | None = None,
    threshold: float | None = None,
    of: int | None = None,
    only: Only | None = None,
    *,
    predicted: Predicted,
    samples: Samples,
    other: Predicted | None = None,
) -> Gallery:
    """Chooses samples, the worst first.

    Args:
        order: `wrong` begins with those whose true class is farthest behind, `unsure` with those where two
            classes are closest.
        true: Only samples of this class.
        predicted_as: Only those that were predicted as this one.
        threshold: Above which score the second of two is predicted; None for that of the model.
        of: Which label, or which of the numbers; None for all numbers.
        only: Only samples that this model is right about and the other one is not, or the other way round;
            of numbers, those to which it is nearer.
        predicted: What is shown.
        samples: Of the data.
        other: What another model predicts of the same samples; None where there is none.
    """
    if predicted.task.kind == "numbers":
        return _of_numbers(predicted, samples, of, only, other)
    found, compared = predicted, other
    if predicted.task.kind == "labels":
        found, compared = predicted.label(of or 0), other.label(of or 0) if other else None
    task, judged = found.task, found.judged(threshold)
    wanted = np.ones(len(task.true), bool)
    if true is not None:
        wanted &= task.true == true
    if predicted_as is not None:
        wanted &= judged.chosen == predicted_as
    elif only is not None and compared is not None:
        right, beside = judged.chosen == task.true, compared.judged(threshold).chosen == task.true
        wanted &= (task.true != UNKNOWN) & ((right & ~beside) if only == "this" else (beside & ~right))
    elif order == "wrong":
        wanted &= (judged.chosen != task.true) & (task.true != UNKNOWN)
    if task.positions > 1:
        return _of_positions(found, samples, wanted, judged.margin, order)
    there = np.flatnonzero(wanted)
    by = judged.right if order == "wrong" else judged.margin
    chosen = there[np.argsort(by[there], kind="stable")[:MOST]]
    said = Said(
        true=[_name(task.names, number) for number in task.true[chosen]],
        predicted=[_name(task.names, number) for number in judged.chosen[chosen]],
    )
    return Gallery(kind="gallery", count=len(there), samples=shown(samples, found, chosen, said))


def _of_positions(
    found: Predicted, samples: Samples, wanted: np.ndarray, margin: np.ndarray, order: Order
) -> Gallery:
    """Samples with the most positions that are wanted, or whose positions are least certain."""
    task, judged = found.task, found.judged()
    counts = wanted.reshape(-1, task.positions).sum(axis=1)
    there = np.flatnonzero(counts)
    by = -counts if order == "wrong" else margin.reshape(-1, task.positions).mean(axis=1)
    chosen = there[np.argsort(by[there], kind="stable")[:MOST]]
    true, said = (each.reshape(-1, task.positions)[chosen] for each in (task.true, judged.chosen))
    known = true != UNKNOWN
    told = Said(
        true=_sequences(task.names, true),
        predicted=_sequences(task.names, np.where(known, said, UNKNOWN)),
        wrong=((true != said) & known).sum(axis=1).tolist(),
        positions=known.sum(axis=1).tolist(),
        arrays=tuple(each.reshape(-1, *task.shape) for each in (true, said)) if len(chosen) else None,
    )
    return Gallery(kind="gallery", count=len(there), samples=shown(samples, found, chosen, told))


_MOST_STEPS = 20
_MOST_NUMBERS = 6


def _sequences(names: tuple[str, ...], numbers: np.ndarray) -> list[str]:
    """The classes of short sequences, for people."""
    if numbers.shape[1] > _MOST_STEPS:
        return [""] * len(numbers)
    return [" ".join(_name(names, each) for each in row if each != UNKNOWN) for row in numbers]


def _of_numbers(
    predicted: Predicted, samples: Samples, of: int | None, only: Only | None, other: Predicted | None
) -> Gallery:
    task = predicted.task
    columns = slice(None) if of is None else slice(of, of + 1)
    distance = _distances(task.true[:, columns], task.scores[:, columns])
    if not task.is_known:  # of new data: there is no error to order them by
        distance = np.zeros(len(task.true))
    there = np.flatnonzero(np.isfinite(distance))
    if only is not None and other is not None:
        beside = _distances(task.true[:, columns], other.task.scores[:, columns])
        nearer = distance < beside if only == "this" else beside < distance
        there = there[nearer[there]]
        by = beside - distance if only == "this" else distance - beside
    else:
        by = distance
    chosen = there[np.argsort(-by[there], kind="stable")[:MOST]]
    true, said = task.true[chosen][:, columns], task.scores[chosen][:, columns]
    is_few = true.shape[1] <= _MOST_NUMBERS
    told = Said(
        true=[", ".join(f"{number:.6g}" for number in row) if is_few else "" for row in true],
        predicted=[", ".join(f"{number:.6g}" for number in row) if is_few else "" for row in said],
        errors=distance[chosen].tolist() if true.shape[1] > 1 else None,
        arrays=tuple(each.reshape(-1, *task.shape) for each in (true, said))
        if of is None and len(chosen)
        else None,
    )
    return Gallery(kind="gallery", count=len(there), samples=shown(samples, predicted, chosen, told))


def _distances(true: np.ndarray, said: np.ndarray) -> np.ndarray:
    """Root mean squared error of each sample; of one number, how far it is from the true one."""
    found = np.empty(len(true))
    size = max(1, BLOCK // max(1, true.shape[1]))
    for at in range(0, len(true), size):
        error = said[at : at + size].astype("float64") - true[at : at + size]
        found[at : at + size] = np.sqrt((error**2).mean(axis=1))
    return found


def _name(names: tuple[str, ...], number: int) -> str:
    if number == UNKNOWN:
        return ""
    return names[number] if 0 <= number < len(names) else str(number)
