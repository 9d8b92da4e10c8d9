"""Steps that are too short: the loss falls evenly, and hardly at all.

Bad: Adam with a learning rate of 0.000001 for a new model.

Good: Adam with 0.001; small rates such as 0.00001 are for fine-tuning a trained model.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
SMALL = 0.02
"""Share of the usual rate below which a rate is small."""
HARDLY = 0.25
"""Share of the way from the first loss down to 0 that is hardly anything."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for a small rate with which the loss hardly fell."""
    rate, usual, loss, guess = situation.rate, situation.usual_rate, situation.curve("loss"), situation.guess
    if rate is None or usual is None or len(loss) < 2 or rate > SMALL * usual or loss[0] <= 0:
        return
    fallen = (loss[0] - loss[-1]) / loss[0]
    if fallen > HARDLY or (guess and loss[-1] < 0.5 * guess):
        return
    optimizer = situation.compiled.get("optimizer")
    fix = None
    if isinstance(optimizer, dict):
        changed = {**optimizer, "config": {**optimizer.get("config", {}), "learning_rate": usual}}
        edits = [{"edit": "compile", "values": {"optimizer": changed}}]
        fix = text("Set the learning rate to {rate}", rate=f"{usual:g}"), edits
    yield hint(
        __name__,
        SEVERITY,
        text(
            "The learning rate of {rate} is very low: the loss fell by {percent} % only. Try {usual}, or let "
            "Find Learning Rate propose one.",
            rate=f"{rate:g}",
            percent=f"{100 * fallen:.3g}",
            usual=f"{usual:g}",
        ),
        text("It would take very many epochs to learn what there is."),
        {text("learning rate"): rate, text("usual learning rate"): usual, text("loss"): loss[-1]},
        stretch=("loss", 1, len(loss)),
        fix=fix,
    )
