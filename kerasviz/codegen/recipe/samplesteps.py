"""Steps of samples that come some at a time: layers that learn from those that train, and a function."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from kerasviz.codegen.recipe.augmentlines import Steps, apart, draws
from kerasviz.codegen.recipe.layerlines import has_to_learn, made_layer
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.variables import Names
from kerasviz.config.parts import part_of
from kerasviz.data.preparation.keraslayer import preprocessing_layers
from kerasviz.writing.expressions import call, lay_out

PREPARATION = "Preparation: what is learned is learned from the samples that train"
"""The title of its section."""
LEFT_OUT = "Left out: {what}. Put it into the model, and the script has it."


def layers_of(script: Script, setup: Setup) -> list[Mapping[str, Any]]:
    """The steps of a plan that are layers of Keras, which a script has.

    Args:
        script: Its notes say what is left out.
        setup: The plan.
    """
    steps, known = setup.preparation, preprocessing_layers()
    other = next((step["class_name"] for step in steps if step["class_name"] not in known), None)
    if other is not None:
        script.notes.append(f"Left out: the preparation, as its step {other} is no layer of Keras.")
        return []
    return steps


def seeded(steps: Steps, seed: int | None) -> list[Mapping[str, Any]]:
    """Gives each layer that draws the seed that the run has it begin with."""
    before, after = apart(steps)
    if seed is None:
        return [*before, *after]
    own = [{"seed": (seed + at) % 2**31} if draws(step) else {} for at, step in enumerate(after)]
    changed = zip(after, own, strict=True)
    return [*before, *({**step, "config": {**part_of(step, "config"), **seeds}} for step, seeds in changed)]


def can_learn_any(steps: Sequence[Mapping[str, Any]]) -> bool:
    """Whether any of the layers learns, or its arguments say what it would."""
    return any(hasattr(preprocessing_layers()[step["class_name"]], "adapt") for step in steps)


def learn_any(steps: Sequence[Mapping[str, Any]]) -> bool:
    """Whether any of the layers has to learn."""
    return any(has_to_learn(step["class_name"], part_of(step, "config")) for step in steps)


def write_layers(
    script: Script,
    steps: Sequence[Mapping[str, Any]],
    names: Names,
    samples: str,
    *,
    in_graphs: bool,
    of: str = "",
) -> list[str]:
    """Writes layers, each of which learns from what those before it give that draw nothing.

    Args:
        script: Gets the statements.
        steps: The steps of the plan.
        names: Gives names to the layers.
        samples: The expression for the samples that train, some at a time, from the first ones on.
        in_graphs: Whether that is a `tf.data.Dataset`, and no iterator.
        of: What the samples are called, where there are others.

    Returns:
        The variables of the layers.
    """
    layers: list[str] = []
    lines: list[str] = []
    given = samples
    for step in steps:
        name, config = step["class_name"], part_of(step, "config")
        layer = names.take(re.sub(r"(?<!^)(?=[A-Z])", "_", name) + (of and f"_{of}"))
        lines += lay_out(made_layer(script, name, config), f"{layer} = ")
        if has_to_learn(name, config):
            lines += lay_out(call(f"{layer}.adapt", given))
        elif in_graphs and can_learn_any([step]):  # else it is built inside the first of several pipelines
            lines += lay_out(call(f"{layer}.build", f"{given}.element_spec.shape"))
        if not draws(step):
            given = f"{given}.map({layer})" if in_graphs else f"map({layer}, {given})"
        layers.append(layer)
    script.add(*lines)
    return layers
