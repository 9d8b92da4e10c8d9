"""New data in a script: samples that a model predicts, prepared as those that it was trained on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import keras

from kerasviz.codegen.recipe.augmentlines import apart
from kerasviz.codegen.recipe.datalines import arrays_of, snippet_of, write_adapted, write_data
from kerasviz.codegen.recipe.partarrays import Arrays, Parts
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.recipe.tablelines import new_targets, write_table
from kerasviz.codegen.variables import Names
from kerasviz.data.preparation.seentable import seen_table
from kerasviz.data.preparation.tableplan import table_plan
from kerasviz.writing.snippet import Snippet

_NEW, _TABLE = "New data", "new"


def write_new_data(
    script: Script,
    setup: Setup,
    model: keras.Model,
    names: Names,
    chosen: Mapping[str, Any],
    *,
    has_truth: bool,
) -> Arrays | None:
    """Writes what loads new samples; the plan's data comes with them where steps learn from it.

    Args:
        script: Gets the statements; its notes say what can't be code.
        setup: The plan.
        model: The model that takes the samples.
        names: Gives names to variables.
        chosen: Their source, as a plan has it.
        has_truth: Whether it is known what is true of them.

    Returns:
        Where they are; None where they can't be code here.
    """
    snippet = snippet_of(dict(chosen), model, setup)
    if snippet is None or "batches" in snippet.gives:
        return None
    if "table" in snippet.gives:
        return _of_table(script, snippet, setup, model, names, has_truth=has_truth)
    prepares = bool(apart(setup.preparation)[0])
    if not prepares and "files" not in snippet.gives:
        new = _renamed(script, snippet, model, names, has_truth=has_truth)
        known = chosen if len(new.names) > 1 else setup.training["data"]  # samples have the same shape
        return write_adapted(script, setup, model, names, dict(known), new)
    if not prepares:
        training = {**setup.training, "data": dict(chosen), "split": None, "preparation": []}
        alone = replace(setup, training=training, fit={**setup.fit, "validation_split": 0.0})
        parts = write_data(script, alone, model, names)
        return parts.training if isinstance(parts, Parts) else None
    plan = snippet_of(setup.training["data"], model, setup)
    if plan is None or snippet.defines != plan.defines:
        return None  # files that are read in another way
    new = _renamed(script, snippet, model, names, has_truth=has_truth)
    parts = write_data(script, setup, model, names, new)
    return parts.test if isinstance(parts, Parts) else None


def _renamed(
    script: Script, snippet: Snippet, model: keras.Model, names: Names, *, has_truth: bool
) -> Arrays:
    """Writes the arrays under names of their own: the plan's data often has the same."""
    script.section(_NEW)
    script.paste(snippet)
    arrays = arrays_of(snippet, ("files", "y") if "files" in snippet.gives else ("x", "y"), model)
    if "files" in snippet.gives:
        arrays = replace(arrays, structures=("files", *arrays.structures[1:]))
    elif not has_truth:
        arrays = Arrays(arrays.names[:1], arrays.structures[:1])
    own = tuple(names.take(f"{role}_new") for role in ("x", "y")[: len(arrays.names)])
    copied = {"dict": "dict({})", "list": "list({})"}
    values = [
        copied.get(structure, "{}").format(name)
        for name, structure in zip(arrays.names, arrays.structures, strict=True)
    ]
    script.add(*(f"{name} = {value}" for name, value in zip(own, values, strict=True)))
    return replace(arrays, names=own)


def _of_table(
    script: Script, snippet: Snippet, setup: Setup, model: keras.Model, names: Names, *, has_truth: bool
) -> Arrays | None:
    """Writes new rows behind those of the plan's table: so they go through what its rows have taught."""
    known, seen = (
        snippet_of(setup.training["data"], model, setup),
        seen_table(setup.training["data"], setup.folder),
    )
    if known is None or seen is None or "table" not in known.gives:
        return None
    script.section(_NEW)
    script.paste(snippet)
    script.add(f"{_TABLE} = {snippet.gives['table']}.copy()")
    script.section("The data that the preparation has learned from")
    script.paste(known)
    table = known.gives["table"]
    plan = table_plan(seen, setup.training, model)
    arrays, _ = write_table(script, setup, table, plan, model, _TABLE)
    own = names.take("x_new")
    script.add(f"{own} = {arrays.rows('new_rows')[0]}")
    found = Arrays((own,), arrays.structures[:1], table=_TABLE, table_rows=":")
    if not has_truth:
        return found
    true = names.take("y_new")
    script.add(f"{true} = {new_targets(setup, table, _TABLE, plan, model)}")
    return replace(found, names=(own, true), structures=(*found.structures, "array"))
