"""What a script draws at random for each batch that trains, as the run of the editor draws it."""

from __future__ import annotations

import dataclasses
import functools
import inspect
from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.codegen.recipe.layerlines import has_to_learn, made_layer
from kerasviz.codegen.recipe.partarrays import Parts
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.variables import Names
from kerasviz.config.parts import part_of
from kerasviz.data.preparation.keraslayer import preprocessing_layers
from kerasviz.writing.expressions import Expression, lay_out, sequence

Steps = Sequence[Mapping[str, Any]]
"""Steps of a plan."""


def apart(steps: Steps) -> tuple[Steps, Steps]:
    """Divides steps into those before the first one that draws, and that one with all that follow."""
    drawing = [at for at, step in enumerate(steps) if draws(step)]
    at = drawing[0] if drawing else len(steps)
    return steps[:at], steps[at:]


def draws(step: Mapping[str, Any]) -> bool:
    """Whether a step of a plan is a layer that draws something else for each batch."""
    cls = preprocessing_layers().get(step["class_name"])
    return cls is not None and "seed" in inspect.signature(cls).parameters


def write_augmentation(
    script: Script, setup: Setup, steps: Steps, parts: Parts, fold: str, names: Names
) -> Parts:
    """Defines what changes a batch, and sends what is held out through the steps that draw nothing.

    Args:
        script: Gets the statements.
        setup: The plan.
        steps: Those from the first one that draws on.
        parts: What trains, and what is held out, in variables that the script may give new values.
        fold: What follows the array of samples to give it the shape that the model takes; empty where it has.
        names: Gives names to layers and new arrays.

    Returns:
        The parts, of which the training says that its batches are augmented.
    """
    script.section("Augmentation: of the batches that train alone")
    learns = parts.training.names[0]
    layers: list[Expression] = []
    still: list[str] = []
    lines: list[str] = []
    for step in steps:
        name, config = step["class_name"], part_of(step, "config")
        made = made_layer(script, name, config)
        if draws(step):
            layers.append(made)
            continue
        layer = names.take(name)
        lines += lay_out(made, f"{layer} = ")
        if has_to_learn(name, config):
            lines.append(f"{layer}.adapt({learns})")
        learns = f"{layer}({learns})"
        still.append(layer)
        layers.append(layer)
    script.add(*lines, *lay_out(sequence(layers), "augmentation = "))
    define_augmented(script, setup, [], fold, mixed=bool(still))
    lines = []
    for part in (parts.validation, parts.test):
        if part is not None and (still or fold):
            value = functools.reduce(lambda given, layer: f"{layer}({given})", still, part.names[0])
            value = f"keras.ops.convert_to_numpy({value})" if still else value
            lines += lay_out(value + fold, f"{part.names[0]} = ")
    script.add(*lines)
    training = dataclasses.replace(parts.training, is_augmented=True)
    return dataclasses.replace(parts, training=training)


def define_augmented(script: Script, setup: Setup, before: Sequence[str], fold: str, *, mixed: bool) -> None:
    """Defines `augmented`, which sends a batch through the layers of `augmentation`.

    Args:
        script: Gets the function.
        setup: The plan.
        before: Variables of the layers that come before these.
        fold: What follows the array at the end.
        mixed: Whether some of the layers draw nothing.
    """
    if setup.seed is None:
        body = ["    for layer in augmentation:"]
    else:
        body = ["    for at, layer in enumerate(augmentation):"]
        body += ['        if hasattr(layer, "generator"):'] if mixed else []
        body += [f"{'    ' * (2 + mixed)}layer.generator.state.assign({place_of(script, setup)})"]
    script.define(
        "def augmented(x, number):",
        docstring_of(setup),
        *(f"    x = {layer}(x)" for layer in before),
        *body,
        "        x = layer(x)",
        f"    return keras.ops.convert_to_numpy(x){fold}",
    )


def place_of(script: Script, setup: Setup, at: str = "at") -> str:
    """The expression for where a layer draws from for a batch, as the run has it."""
    script.imports.need("import numpy as np")
    return f"np.array([{setup.seed} + {at}, number * 1024]) % 2**31"


def docstring_of(setup: Setup) -> str:
    """What the function says of itself."""
    if setup.seed is None:
        return '    """Changes samples at random."""'
    return '    """Changes samples at random: what is drawn depends on the number of the batch alone."""'
