"""The preparation of files: what was read of them goes through the layers."""

from __future__ import annotations

import dataclasses

from kerasviz.codegen.recipe.augmentlines import apart, define_augmented, draws
from kerasviz.codegen.recipe.partarrays import Arrays, Parts
from kerasviz.codegen.recipe.samplesteps import PREPARATION, can_learn_any, layers_of, write_layers
from kerasviz.codegen.recipe.script import Script
from kerasviz.codegen.recipe.setup import Setup
from kerasviz.codegen.variables import Names
from kerasviz.data.preparation.batchsteps import BLOCK
from kerasviz.writing.expressions import Expression, lay_out, sequence


def write_file_steps(script: Script, setup: Setup, parts: Parts, names: Names) -> Parts:
    """Writes `prepare` and `augmented`, and lets their layers learn from the files that train.

    Args:
        script: Gets the statements; its notes say what is left out.
        setup: The plan.
        parts: Where the files are.
        names: Gives names to the layers.

    Returns:
        The parts, whose samples are prepared as they are read.
    """
    steps, files = layers_of(script, setup), parts.training.names[0]
    if not steps:
        return parts
    script.section(PREPARATION)
    samples = names.take("samples")
    if can_learn_any(steps):
        script.define(
            f"def {samples}():",
            '    """The samples that train, some at a time."""',
            f"    for start in range(0, len({files}), {BLOCK}):",
            f"        yield read({files}[start : start + {BLOCK}])",
        )
    layers = write_layers(script, steps, names, f"{samples}()", in_graphs=False)
    still = [layer for layer, step in zip(layers, steps, strict=True) if not draws(step)]
    if still:
        script.define(
            "def prepare(x):",
            '    """Sends samples through the layers."""',
            *(f"    x = {layer}(x)" for layer in still),
            "    return keras.ops.convert_to_numpy(x)",
        )
        held_out, test = (part and _prepared(part) for part in (parts.validation, parts.test))
        parts = Parts(_prepared(parts.training), held_out, test)
    if len(still) == len(layers):
        return parts
    at = len(apart(steps)[0])
    script.add(*lay_out(sequence(list[Expression](layers[at:])), "augmentation = "))
    define_augmented(script, setup, layers[:at], "", mixed=len(still) > at)
    return dataclasses.replace(parts, training=dataclasses.replace(parts.training, is_augmented=True))


def _prepared(part: Arrays) -> Arrays:
    return dataclasses.replace(part, structures=("prepared", *part.structures[1:]))
