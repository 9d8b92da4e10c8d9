"""Why a model answers what it answers: how much each part of a sample counts.

A method is a module, and a line in the table. The module's docstring is its name for people, and `weigh`
computes it: its signature and docstring are the form. `MEANS` and `MEANS_NOT` say what a weight means and
what it does not; `unfit` says why the method can't be used for a sample. `OF_SCORE`
tells whether weights are about the score of an answer or about its probability, `IS_SIGNED` whether there are
weights against it, `TAKES_LONG` that it takes seconds, and `OF_DATA` that it is about more than the sample.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import ModuleType

from kerasviz.insight.why import (
    grad_cam,
    integrated_gradients,
    occlusion,
    permutation,
    saliency,
    token_weights,
)

METHODS: Mapping[str, ModuleType] = {
    "token_weights": token_weights,
    "grad_cam": grad_cam,
    "saliency": saliency,
    "integrated_gradients": integrated_gradients,
    "occlusion": occlusion,
    "permutation": permutation,
}
"""The methods by the name that a page has for them; the first that fits a sample is proposed."""
