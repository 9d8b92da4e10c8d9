"""Calls a layer with tensors in the place of those that its config names."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from kerasviz.analysis.reading import Call
from kerasviz.analysis.symbolic import bind

SCORES = "return_attention_scores"
"""With this argument of their call, layers of attention tell where they look."""


def call_attending(operation: Any, call: Call, sources: Sequence[Sequence[Any]]) -> tuple[Any, Any]:
    """Calls a layer as `call_with` does.

    Returns:
        What it gives, and for a layer of attention `(samples, [heads,] positions, positions looked at)`, else
        None.
    """
    if SCORES not in inspect.signature(operation.call).parameters or SCORES in call.kwargs:
        return call_with(operation, call, sources), None
    found, attention = call_with(operation, call, sources, **{SCORES: True})
    return found, attention


def call_with(operation: Any, call: Call, sources: Sequence[Sequence[Any]], **further: Any) -> Any:
    """Calls a layer with the arguments that its config has.

    Args:
        operation: The layer.
        call: Of the config.
        sources: The tensors of each reference in it.
        **further: Arguments of the call beside.
    """
    tensors = iter(sources)
    positional = [bind(value, tensors) for value in call.args]
    arguments = {**{name: bind(value, tensors) for name, value in call.kwargs.items()}, **further}
    if takes_training(operation):
        arguments["training"] = False
    return operation(*positional, **arguments)


def takes_training(operation: Any) -> bool:
    """Whether a layer does something else while it trains."""
    return "training" in inspect.signature(operation.call).parameters
