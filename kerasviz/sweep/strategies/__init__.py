"""How a sweep chooses what to try. A strategy is one module with a `tried`, and a line in the table below.

The module's docstring is the name for people. `tried` takes what a plan may say, with types, and the keyword
`ranges`: what is to be tried.

Optuna draws and judges: its study is asked for values and told what came of them, so that each trial is a
run like any other, with its curves, its folder and its Stop. KerasTuner calls `fit` itself, and its trials
could be neither watched nor steered here.
"""

from collections.abc import Mapping
from types import ModuleType

from kerasviz.sweep.strategies import bayesian, grid, random, successive_halving

STRATEGIES: Mapping[str, ModuleType] = {
    "random": random,
    "grid": grid,
    "bayesian": bayesian,
    "successive_halving": successive_halving,
}
"""The strategies by the name that a plan has for them, as they are offered."""
