"""Weights that are all initialized with the same value.

If all weights of a layer are equal, all its units have the same output and the same gradient: they stay equal
forever, and the layer is no better than a single unit. With zeros in two layers nothing is learned at all.

Bad: `Dense(32, kernel_initializer="zeros")`.

Good: the default, `glorot_uniform`, or `he_normal` for relu. Biases may start at 0.
"""

from __future__ import annotations

from collections.abc import Iterator

from kerasviz.analysis.mistakes.titles import set_title
from kerasviz.insight.hints.making import hint
from kerasviz.insight.hints.runsituation import Situation
from kerasviz.protocol.hints import Hint, Severity
from kerasviz.protocol.text import text

SEVERITY: Severity = "warning"
TITLE = text("All weights start equal")
LEARNED = 0.1
"""Share of the loss of guessing below which others learned in its place, as around a zero branch."""
BRANCHES = "Add"
"""Layer of networks with shortcuts, in which a branch may begin at 0 (Zhang et al., 2019, *Fixup
Initialization*): the shortcut goes on beside it."""
EQUAL = ("Zeros", "Ones", "Constant")
"""Initializers that give one number."""


def look(situation: Situation) -> Iterator[Hint]:
    """Looks for a layer before the last with such weights."""
    weighty = [layer for layer in situation.layers if layer.weights and "kernel_initializer" in layer.config]
    for layer in weighty[:-1]:
        initializer = layer.config["kernel_initializer"]
        name = initializer.get("class_name") if isinstance(initializer, dict) else None
        if name in EQUAL and layer.trained:
            arguments = {"kernel_initializer": "glorot_uniform"}
            is_branch = name == "Zeros" and any(each.class_name == BRANCHES for each in situation.layers)
            same = [each.name for each in weighty if each.config["kernel_initializer"] == initializer]
            edits = [{"edit": "set", "layer": each, "arguments": arguments} for each in same]
            yield hint(
                __name__,
                "info" if situation.has_learned(LEARNED) or is_branch else SEVERITY,
                text(
                    "All weights of layer {layer} start with the same value ({initializer}), so all its "
                    "units stay identical. Use a random initializer such as glorot_uniform.",
                    layer=repr(layer.name),
                    initializer=str(name),
                ),
                text("The layer learns no more than a single unit would, or nothing."),
                {text("layers initialized this way"): len(same)},
                layer=layer.name,
                fix=(set_title(arguments, same), edits),
            )
            return
