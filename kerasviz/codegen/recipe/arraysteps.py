"""The preparation of arrays in a script: preprocessing layers, which learn from the samples that train."""

from __future__ import annotations

import inspect
from collections.abc import Sequence

import keras

from kerasviz.codegen.recipe.layerlines import layer_lines
from kerasviz.codegen.recipe.partarrays import Arrays
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.variables import Names
from kerasviz.config.parts import part_of
from kerasviz.data.preparation.batchsteps import X
from kerasviz.data.preparation.keraslayer import preprocessing_layers

LEFT_OUT = "Left out: {what}. Put it into the model, and the script has it."


def write_steps(
    script: Script, setup: Setup, parts: Sequence[Arrays], rows: str, names: Names, *, in_place: bool
) -> list[Arrays]:
    """Sends the samples of each part through the steps of the plan, as training does.

    Args:
        script: Gets the statements; its notes say what is left out.
        setup: The plan.
        parts: The arrays; of the first one, some train.
        rows: What stands in the brackets to take those of the first part that train; empty for all.
        names: Gives names to samples of the notebook, which are never replaced.
        in_place: Whether the script may give the variables new values.

    Returns:
        The parts, whose samples went through the steps.
    """
    known, steps = preprocessing_layers(), list(setup.training.get("preparation") or [])
    if not steps:
        return list(parts)
    if parts[0].structures[0] != "array" or any(step["class_name"] not in known for step in steps):
        script.notes.append(LEFT_OUT.format(what="the preparation"))
        return list(parts)
    random = [step["class_name"] for step in steps if _is_random(known[step["class_name"]])]
    script.notes += [LEFT_OUT.format(what=f"the augmentation {name}") for name in dict.fromkeys(random)]
    steps = [step for step in steps if step["class_name"] not in random and X in (step.get("columns") or [X])]
    given = [part.names[0] for part in parts]
    own = given if in_place or not steps else [names.take("samples") for _ in given]
    if own != given:
        script.add(*(f"{name} = {value}" for name, value in zip(own, given, strict=True)))
    for step in steps:
        learns = f"{own[0]}[{rows}]" if rows else own[0]
        script.add(*layer_lines(script, step["class_name"], part_of(step, "config"), own, learns))
    return [Arrays((name, *part.names[1:]), part.structures) for name, part in zip(own, parts, strict=True)]


def _is_random(cls: type[keras.Layer]) -> bool:
    return "seed" in inspect.signature(cls).parameters
