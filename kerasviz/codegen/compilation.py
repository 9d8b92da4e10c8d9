"""`compile` as a statement."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

import keras

from kerasviz.analysis.mistakes.compiling import refusal, unknown_name
from kerasviz.backend.isolation import aside
from kerasviz.catalog.conversion import as_keras_takes
from kerasviz.catalog.signatures import method_schema
from kerasviz.codegen.statements import ModelWriter
from kerasviz.config import ModelFileError
from kerasviz.config.layerspolicy import mixed_policy
from kerasviz.config.shortfloats import short_floats
from kerasviz.writing.expressions import Expression, Group, literal


def write_compile(writer: ModelWriter, model: keras.Model, compile_config: Mapping[str, Any] | None) -> None:
    """Adds `compile(...)` of the model with the arguments that are not Keras' default.

    Args:
        writer: Writes to it.
        model: The model.
        compile_config: As Keras keeps it, or None where the model is not compiled.

    Raises:
        ModelFileError: With the part that Keras refuses.
    """
    items: list[tuple[str, Expression]] = []
    for name, schema in method_schema("compile")["properties"].items():
        value = (compile_config or {}).get(name)
        defaults = [schema.get("default"), _kept_defaults().get(name)]
        # The default of the optimizer may be another one in the next release: it is written.
        if value is not None and (name == "optimizer" or value not in defaults):
            if (unknown := unknown_name(name, value)) is not None:
                raise ModelFileError(unknown, in_training=True)
            try:
                written = writer.value(as_keras_takes(short_floats(value)))
            except Exception as error:
                raise ModelFileError(refusal(name, value, error), in_training=True) from error
            items.append((f"{name}=", _optimizer(written) if name == "optimizer" else written))
    if items:
        policy = mixed_policy(model)
        if policy is not None and policy != keras.config.dtype_policy().name:
            # Layers say theirs; compile looks at that of the model.
            writer.lines.append(f"{writer.target}.dtype_policy = {literal(policy)}")
        writer.statement(Group(f"{writer.target}.compile", "()", tuple(items)))


@cache
def _kept_defaults() -> dict[str, Any]:
    """What Keras keeps of a model that is compiled without arguments: it resolves `jit_compile="auto"`."""

    def kept() -> dict[str, Any]:
        model = keras.Sequential(name="probe")
        model.compile()
        found: dict[str, Any] = model.get_compile_config()
        return found

    return aside(kept)  # code may be asked for where no variable may be made


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
