"""Training by `fit`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerasviz.catalog.signatures import method_schema
from kerasviz.codegen.recipe.datalines import Parts
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.recipe.shuffled import define_batches
from kerasviz.data.batches import DEFAULT_SIZE
from kerasviz.writing.expressions import Expression, Group, lay_out, literal, sequence

_ELSEWHERE = frozenset({"validation_split", "epochs", "batch_size", "validation_batch_size"})


def write_fit(
    script: Script,
    setup: Setup,
    parts: Parts,
    model: str,
    callbacks: list[Expression],
    write: Callable[[Any], Expression],
) -> None:
    """Writes the training with `fit`; `history` has what it measures.

    Args:
        script: Gets the statements.
        setup: The plan.
        parts: Where the samples are.
        model: The variable of the model.
        callbacks: What makes them.
        write: Writes a value.
    """
    items: list[tuple[str, Expression]] = []
    own_order = (setup.seed is not None and setup.shuffles) or bool(setup.fit.get("steps_per_epoch"))
    if own_order:
        items.append(("", define_batches(script, setup, parts.training)))
        items.append(("shuffle=", "False"))  # the batches have their order
    else:
        items += [("", name) for name in parts.training.names[:2]]
        items += [("sample_weight=", name) for name in parts.training.names[2:]]
        if setup.batch_size != DEFAULT_SIZE:
            items.append(("batch_size=", literal(setup.batch_size)))
    items.append(("epochs=", literal(setup.epochs)))
    if callbacks:
        items.append(("callbacks=", sequence(callbacks)))
    if parts.validation is not None:
        items.append(("validation_data=", parts.validation.tuple))
        if setup.validation_size != (DEFAULT_SIZE if own_order else setup.batch_size):
            items.append(("validation_batch_size=", literal(setup.validation_size)))
    for name, schema in method_schema("fit")["properties"].items():
        value = setup.fit.get(name)
        is_plain = name not in _ELSEWHERE and value is not None and value != schema.get("default")
        if is_plain and not (own_order and name == "shuffle"):
            items.append((f"{name}=", write(value)))
    script.add(*lay_out(Group(f"{model}.fit", "()", tuple(items)), "history = "))
