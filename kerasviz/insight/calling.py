"""Calls a layer with tensors in the place of those that its config names."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from kerasviz.analysis.reading import Call
from kerasviz.analysis.symbolic import bind


def call_with(operation: Any, call: Call, sources: Sequence[Sequence[Any]]) -> Any:
    """Calls a layer with the arguments that its config has.

    Args:
        operation: The layer.
        call: Of the config.
        sources: The tensors of each reference in it.
    """
    tensors = iter(sources)
    positional = [bind(value, tensors) for value in call.args]
    arguments = {name: bind(value, tensors) for name, value in call.kwargs.items()}
    if takes_training(operation):
        arguments["training"] = False
    return operation(*positional, **arguments)


def takes_training(operation: Any) -> bool:
    """Whether a layer does something else while it trains."""
    return "training" in inspect.signature(operation.call).parameters
