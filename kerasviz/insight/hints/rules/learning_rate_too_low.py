"""Steps that are too small: the loss falls steadily, but hardly at all.

In a healthy training, one step changes weights by about a thousandth of their size. If all steps together
changed them by only a few percent, the model is still almost the initial one.

Bad: Adam with a learning rate of 0.000001 for a new model; Adadelta with Keras' default of 0.001.

Good: Adam with 0.001; small rates such as 0.00001 are for fine-tuning a trained model.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import Text, text

SEVERITY: Severity = "warning"
TITLE = text("Learning rate too low")
SMALL = 0.02
"""Share of the usual rate below which a rate is small."""
HARDLY = 0.25
"""Share of the way from the first loss down to 0 that is hardly anything."""
LEFT = 0.35
"""Share of the loss of guessing below which it has learned all the same, or knew before."""
BEGAN = 0.7
"""Loss of the first epoch, as a share of that of guessing, below which small steps could not have brought
it: the model was trained before, and is tuned."""
MOVED = 0.05
"""Change of the weights of every layer, as a share of their size, that is hardly any."""
STEPS = 50
"""Batches after which weights should have moved."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for a small rate, or weights that hardly moved, with which the loss hardly fell."""
    rate, usual, loss = situation.rate, situation.usual_rate, situation.curve("loss")
    if rate is None or usual is None or not loss or situation.is_lost or situation.steps < 2:
        return
    if situation.is_young:
        return
    fallen = (loss[0] - loss[-1]) / abs(loss[0]) if loss[0] else 0.0
    if fallen > HARDLY or (situation.left is not None and situation.left < LEFT):
        return
    guess = situation.guess
    if guess is not None and 0 < loss[0] < BEGAN * guess and rate < SMALL * usual:
        return
    moved = _moved(situation)
    if rate > SMALL * usual and (moved is None or moved > MOVED or situation.steps < STEPS):
        return
    better = usual if rate < 0.1 * usual else 100 * rate
    optimizer = situation.compiled.get("optimizer")
    fix = None
    if isinstance(optimizer, dict):
        changed = {**optimizer, "config": {**optimizer.get("config", {}), "learning_rate": better}}
        edits = [{"edit": "compile", "values": {"optimizer": changed}}]
        fix = text("Set the learning rate to {rate}", rate=f"{better:g}"), edits
    evidence: dict[Text, float] = {text("learning rate"): rate, text("usual learning rate"): usual}
    if moved is not None:
        evidence[text("relative change of the weights")] = moved
    yield hint(
        __name__,
        SEVERITY,
        text(
            "The learning rate of {rate} is very low: the loss fell by only {percent} %. Try "
            "{usual}, or use Find Learning Rate.",
            rate=f"{rate:g}",
            percent=f"{100 * fallen:.3g}",
            usual=f"{better:g}",
        ),
        text("Training would need very many epochs."),
        {**evidence, text("loss"): loss[-1]},
        stretch=("loss", 1, len(loss)),
        fix=fix,
    )


def _moved(situation: Situation) -> float | None:
    """How far the weights of the layer that moved most are, at most, from where they began.

    None where nobody knows, or where a layer did not move at all: it gets no gradient, at any rate.
    """
    measured = situation.measured
    if len(measured) < 2 or measured[0]["step"]:
        return None
    ways = [
        sum(facts["update"] or 0.0 for each in measured[1:] if (facts := each["layers"].get(name)))
        for name, first in measured[0]["layers"].items()
        if first["gradients"] is not None and not first["frozen"]
    ]
    done = measured[-1]["step"] / max(1, situation.steps)
    return max(ways) / done if ways and all(ways) and done else None
