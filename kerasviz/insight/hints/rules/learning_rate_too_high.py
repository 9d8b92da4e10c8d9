"""Steps that are too large: the loss jumps or grows.

Each step goes downhill, but so far that it overshoots the minimum and ends higher than before.

Bad: Adam with a learning rate of 0.3.

Good: Adam with 0.001, or the rate that the range test proposes (*Find Learning Rate*).
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.ontheway import is_falling
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("Learning rate too high")
TIMES = 20
"""How many times the rate that Keras gives an optimizer is high."""
SOME = 3
"""And how many times it may be too high, where the loss is worse than that of guessing."""
LEAPT = 3
"""Times the loss of guessing: an untrained model with scaled inputs gives about that of guessing itself."""
FEW = 20
"""Batches of which the mean says more of the first weights than of the rate."""
STUCK = 0.8
"""Loss, as a share of what guessing gives, above which little was learned."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for a high rate with which little was learned, or the loss jumps."""
    rate, usual, loss, guess = situation.rate, situation.usual_rate, situation.curve("loss"), situation.guess
    if rate is None or usual is None or rate < SOME * usual or not situation.history.get("loss"):
        return
    lost = situation.is_lost
    if not lost and (situation.is_young or 0 < situation.steps < FEW or is_falling(situation)):
        return
    stuck = bool(loss and guess and loss[-1] > (STUCK if rate > TIMES * usual else 1.05) * guess)
    if not (lost or stuck or (rate > TIMES * usual and _jumps(loss, guess))):
        return
    evidence = {text("learning rate"): rate, text("usual learning rate"): usual}
    if loss:
        evidence[text("loss")] = loss[-1]
    if guess is not None:
        evidence[text("loss of a constant prediction")] = guess
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
            "The learning rate of {rate} is too high: the loss jumps instead of falling. Try "
            "{usual}, or use Find Learning Rate.",
            rate=f"{rate:g}",
            usual=f"{usual:g}",
        ),
        text("Each step overshoots, so the weights do not converge."),
        evidence,
        stretch=("loss", 1, len(situation.history["loss"])),
        fix=fix,
    )


def _jumps(loss: list[float], guess: float | None) -> bool:
    """Whether the loss leapt, or ends far above where it was; a small one may double, and is small still."""
    if guess and max(loss, default=0.0) > LEAPT * guess and loss[-1] > 0.3 * guess:
        return not _falls_from_afar(loss, guess)
    if len(loss) < 4 or loss[-1] < 1.2 * min(loss) or max(loss[1:]) < 1.5 * min(loss):
        return False
    return loss[-1] - min(loss) > 0.1 * (guess or abs(loss[0]))


def _falls_from_afar(loss: list[float], guess: float) -> bool:
    """Whether the loss falls steadily from the start, as that of a model whose first answers are far away."""
    rises = (after - before for before, after in pairwise(loss))
    return len(loss) > 1 and loss[1] > loss[0] / 2 and max(rises) < 0.1 * guess
