"""Training by `fit`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kerasviz.catalog.signatures import method_schema
from kerasviz.codegen.recipe.datalines import Streams
from kerasviz.codegen.recipe.partarrays import Parts
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.recipe.shuffled import define_batches, held_out_batches
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
    endless, of_files = bool(setup.fit.get("steps_per_epoch")), parts.training.are_files
    own_order = (setup.seed is not None and setup.shuffles) or endless or of_files
    own_order = own_order or parts.training.is_augmented
    if own_order:
        items.append(("", define_batches(script, setup, parts.training)))
        items.append(("shuffle=", "False"))  # the batches have their order
    else:
        x, y, *weights = parts.training.values()
        items += [("", x), ("", y), *(("sample_weight=", weight) for weight in weights)]
        if setup.batch_size != DEFAULT_SIZE:
            items.append(("batch_size=", literal(setup.batch_size)))
    items += _trained(setup, callbacks)
    if parts.validation is not None and of_files and not endless:
        items.append(("validation_data=", held_out_batches(setup, parts.validation)))
    elif parts.validation is not None:
        items.append(("validation_data=", parts.validation.tuple))
        if setup.validation_size != (DEFAULT_SIZE if own_order else setup.batch_size):
            items.append(("validation_batch_size=", literal(setup.validation_size)))
    items += _plain(setup, write, {"shuffle"} if own_order else set())
    script.add(*lay_out(Group(f"{model}.fit", "()", tuple(items)), "history = "))


def write_fit_of_batches(
    script: Script,
    setup: Setup,
    streams: Streams,
    model: str,
    callbacks: list[Expression],
    write: Callable[[Any], Expression],
) -> None:
    """Writes the training with `fit` on batches that come one after the other; arguments as `write_fit`."""
    items: list[tuple[str, Expression]] = [("", streams.training), *_trained(setup, callbacks)]
    if streams.validation is not None:
        items.append(("validation_data=", streams.validation))
    items += _plain(setup, write, set())
    script.add(*lay_out(Group(f"{model}.fit", "()", tuple(items)), "history = "))


def _trained(setup: Setup, callbacks: list[Expression]) -> list[tuple[str, Expression]]:
    epochs: list[tuple[str, Expression]] = [("epochs=", literal(setup.epochs))]
    return [*epochs, *([("callbacks=", sequence(callbacks))] if callbacks else [])]


def _plain(
    setup: Setup, write: Callable[[Any], Expression], left_out: set[str]
) -> list[tuple[str, Expression]]:
    """The other arguments of the plan that differ from Keras' defaults."""
    items: list[tuple[str, Expression]] = []
    for name, schema in method_schema("fit")["properties"].items():
        value = setup.fit.get(name)
        if name in _ELSEWHERE | left_out or value is None or value == schema.get("default"):
            continue
        items.append((f"{name}=", write(value)))
    return items
