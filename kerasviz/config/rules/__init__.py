"""The rules of the converter: one for each change in Keras' history that a config can show."""

from kerasviz.config.rules import activations, keras1, keras2
from kerasviz.config.rules.rule import Rule

RULES: tuple[Rule, ...] = (*keras1.RULES, *keras2.RULES, *activations.RULES)
"""In the order in which they are applied to a layer: oldest changes first."""
