"""Class sizes that differ a lot: one class has very many samples, another very few.

The loss is a mean over samples. If a class has one sample in fifty, it contributes 2 %, so a model that never
predicts it has a low loss and a meaningless accuracy of 98 %.

Bad: 980 samples of one class and 20 of another, all weighted equally.

Good: `class_weight={0: 0.51, 1: 25}`, with recall and precision in addition to accuracy.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.data.facts.classshares import even_weights, is_grave, unevenness
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Unbalanced classes")
LEARNED = 0.2
"""Share of the loss of guessing below which the rare class is told from the others."""
LONG = 10
"""Classes above which a long tail is usual, as of words and of topics."""
AWARE = ("auc", "precision", "recall", "f1", "fbeta", "sensitivity", "specificity")
"""Parts of the names of metrics that show what accuracy does not."""


def look(situation: Situation) -> Iterator[Hint]:
    """Counts the classes, where no weights make up for it."""
    classes = situation.classes
    if (
        classes is None
        or situation.is_weighted
        or not situation.is_any_order
        or "focal" in (situation.loss or "")
    ):
        return
    names, counts = np.unique(classes, return_counts=True)
    held = situation.classes_of(situation.y_validation)
    is_serious = is_grave(counts.tolist())
    if not is_serious and unevenness(counts.tolist()) is None:
        return
    if held is not None and _differ(names, held):
        return
    rare = names[counts.argmin()]
    each = zip(names, even_weights(counts.tolist()), strict=True)
    weights = {str(name): weight for name, weight in each}
    is_seen = (situation.left or 1) < LEARNED or _is_known(situation) or len(names) > LONG
    is_in_batches = situation.seen is not None and situation.seen.is_in_batches  # which refuse weights
    edits = [{"edit": "fit", "arguments": {"class_weight": weights}}]
    yield hint(
        __name__,
        SEVERITY if is_serious and not is_seen else "info",
        text(
            "Class {often} has {many} samples but class {seldom} only {few}. Give the rare class "
            "a larger weight (class_weight), or collect more samples of it.",
            often=str(names[counts.argmax()]),
            many=int(counts.max()),
            seldom=str(rare),
            few=int(counts.min()),
        ),
        text("The model may never predict the rare class, yet its accuracy looks good."),
        {text("ratio of the most frequent class to the rarest"): counts.max() / counts.min()},
        fix=None if is_in_batches else (text("Weight classes by their frequency"), edits),
    )


def _differ(names: np.ndarray, held: np.ndarray) -> bool:
    """Whether validation misses classes: then samples are in the order of their classes."""
    return bool(set(names) - set(held)) and len(held) > 10 * len(names)


def _is_known(situation: Situation) -> bool:
    """Whether somebody looks at a metric that shows it."""
    return any(part in name.lower() for name in situation.history for part in AWARE)
