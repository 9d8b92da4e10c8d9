"""A loss for amounts where samples belong to classes.

Yes or no is a probability. The distance of any number to 0 or 1 pulls outputs to whichever is more frequent,
and says little about how sure the model is.

Bad: `Dense(1)` with the loss mean_absolute_error for targets of 0 and 1.

Good: `Dense(1, "sigmoid")` with the loss binary_crossentropy.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.insight.hints.targets_not_scaled import ABSOLUTE
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for targets of 0 and 1 that are compared as amounts."""
    y, last = situation.y, next(iter(reversed(situation.layers)), None)
    if y is None or last is None or situation.loss not in ABSOLUTE or situation.outputs != 1:
        return
    if y.size != len(y) or not np.isin(y, (0, 1)).all() or len(np.unique(y)) != 2:
        return
    if last.activation == "sigmoid" and situation.loss == "mean_squared_error":
        return  # it is one way to compare probabilities
    values = {"loss": "binary_crossentropy"}
    edits = [
        {"edit": "set", "layer": last.name, "arguments": {"activation": "sigmoid"}},
        {"edit": "compile", "values": values},
    ]
    yield hint(
        __name__,
        SEVERITY,
        text(
            "Targets are 0 and 1, but the loss {loss} compares them as amounts. Use binary_crossentropy, and "
            "the activation sigmoid in layer {layer}.",
            loss=str(situation.loss),
            layer=repr(last.name),
        ),
        text("The model learns the more frequent answer rather than how likely each is."),
        {text("share of ones"): float(y.mean())},
        layer=last.name,
        fix=(text("Use the loss {loss}", loss="binary_crossentropy"), edits),
    )
