"""The arrays of a batch in a script: one, or several in a dict or tuple, each with steps of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import keras

from kerasviz.backend.pipelines import is_pipeline
from kerasviz.codegen.recipe.augmentlines import Steps, draws
from kerasviz.codegen.recipe.samplesteps import learn_any, seeded, write_layers
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.variables import Names
from kerasviz.data.preparation.namedarrays import named
from kerasviz.data.streams.elements import first_element
from kerasviz.protocol import RequestError
from kerasviz.writing.expressions import literal


def inputs_of(batches: Any, model: keras.Model) -> dict[str, str]:
    """What stands behind `x` for each array of a batch, by the name that steps have for it.

    Args:
        batches: What gives them, of which none is taken: a pipeline tells, or else the model.
        model: The model that takes them.
    """
    x: Any = getattr(model, "_inputs_struct", None)
    if len(keras.tree.flatten(x)) == 1:
        x = None
    if is_pipeline(batches):
        try:
            element, _ = first_element(batches, "")
        except RequestError:  # training says what is wrong
            element = None
        x = x if element is None else element.x
    if isinstance(x, dict):
        return {str(name): f"[{literal(name)}]" for name in x}
    return {name: name[1:] for name in named(x)}


def unpacked(inputs: Mapping[str, str]) -> tuple[list[str], str]:
    """The statements that make `x` something whose arrays can be replaced, and what is returned of it then.

    Args:
        inputs: As `inputs_of` gives them.
    """
    if any(at and name == f"x{at}" for name, at in inputs.items()):
        return ["x = list(x)"], "tuple(x)"
    return (["x = dict(x)"] if any(inputs.values()) else []), "x"


def write_inputs(
    script: Script,
    setup: Setup,
    steps: Steps,
    inputs: Mapping[str, str],
    samples: str,
    names: Names,
    *,
    in_graphs: bool,
) -> list[tuple[str, bool]]:
    """Writes the layers of each array.

    Args:
        script: Gets the statements; a note, where several arrays are learned from.
        setup: The plan.
        steps: The steps of the plan.
        inputs: As `inputs_of` gives them.
        samples: The expression for what layers learn from, batch by batch.
        names: Gives names to the layers.
        in_graphs: Whether that is a `tf.data.Dataset`, and no iterator.

    Returns:
        The statements that send `x` through them, each with whether it draws at random.
    """
    changes: list[tuple[str, bool]] = []
    learning = 0
    for name, at in inputs.items():
        chosen = [step for step in steps if len(inputs) == 1 or name in (step.get("columns") or [name])]
        chosen = seeded(chosen, setup.seed)
        learning += learn_any(chosen)
        taken = f"lambda x: keras.ops.convert_to_numpy(x{at})" if at else "keras.ops.convert_to_numpy"
        one = f"map({taken}, {samples})"
        if in_graphs:
            one = f"{samples}.map(lambda x: x{at})" if at else samples
        layers = write_layers(script, chosen, names, one, in_graphs=in_graphs, of=name if at else "")
        changes += [
            (f"x{at} = {layer}(x{at})", draws(step)) for layer, step in zip(layers, chosen, strict=True)
        ]
    if learning > 1:
        script.notes.append(
            "Each input is learned from by itself, so batches that are shuffled again each time come in "
            "another order than in the editor."
        )
    return changes
