"""`compile` as a statement."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from kerasviz.codegen.expressions import Expression, Group, literal
from kerasviz.codegen.statements import ModelWriter

#: What a person decides; the rest of `compile` is about speed, and Keras' defaults serve.
_ARGUMENTS = ("optimizer", "loss", "loss_weights", "metrics", "weighted_metrics")


def write_compile(writer: ModelWriter, compile_config: Mapping[str, Any] | None) -> None:
    """Adds `model.compile(...)` with the arguments that are not Keras' default.

    Args:
        writer: Writes to it.
        compile_config: As Keras keeps it, or None where the model is not compiled.
    """
    items: list[tuple[str, Expression]] = []
    for name in _ARGUMENTS:
        value = (compile_config or {}).get(name)
        if value is not None:
            written = writer.value(value)
            items.append((f"{name}=", _optimizer(written) if name == "optimizer" else written))
    if items:
        writer.statement(Group("model.compile", "()", tuple(items)))


def _optimizer(written: Expression) -> Expression:
    """Shortens an optimizer without arguments to its name, where Keras knows it by that."""
    if not isinstance(written, Group) or written.items or not isinstance(written.head, str):
        return written
    name = written.head.rpartition(".")[2]
    try:
        keras.optimizers.get(name.lower())
    except ValueError:
        return written
    return literal(name.lower())
