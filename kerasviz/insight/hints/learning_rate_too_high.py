"""Steps that are too long: the loss jumps about, or grows.

Each step goes downhill, but so far that it ends on the other side of the valley, and higher than before.

Bad: Adam with a learning rate of 0.3.

Good: Adam with 0.001, or what the range test proposes (*Find Learning Rate*).
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TIMES = 20
"""How many times the usual rate is high."""
STUCK = 0.7
"""Loss, as a share of what guessing gives, above which little was learned."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for a high rate with which little was learned, or the loss jumps."""
    rate, usual, loss, guess = situation.rate, situation.usual_rate, situation.curve("loss"), situation.guess
    if rate is None or usual is None or rate < TIMES * usual or not situation.history.get("loss"):
        return
    lost = len(loss) < len(situation.history["loss"])
    stuck = bool(loss and guess and loss[-1] > STUCK * guess)
    jumps = len(loss) > 3 and max(loss[1:]) > 1.5 * min(loss) and loss[-1] > 1.2 * min(loss)
    if not (lost or stuck or jumps):
        return
    evidence = {text("learning rate"): rate, text("usual learning rate"): usual}
    if loss:
        evidence[text("loss")] = loss[-1]
    if guess is not None:
        evidence[text("loss of guessing")] = guess
    optimizer = (
        dict(situation.compiled["optimizer"]) if isinstance(situation.compiled["optimizer"], dict) else None
    )
    fix = None
    if optimizer is not None:
        optimizer["config"] = {**optimizer.get("config", {}), "learning_rate": usual}
        edits = [{"edit": "compile", "values": {"optimizer": optimizer}}]
        fix = text("Set the learning rate to {rate}", rate=f"{usual:g}"), edits
    yield hint(
        __name__,
        "error" if lost else SEVERITY,
        text(
            "The learning rate of {rate} is too high: the loss jumps instead of falling. Try {usual}, or let "
            "Find Learning Rate propose one.",
            rate=f"{rate:g}",
            usual=f"{usual:g}",
        ),
        text("The weights are thrown about and never settle."),
        evidence,
        stretch=("loss", 1, len(situation.history["loss"])),
        fix=fix,
    )
