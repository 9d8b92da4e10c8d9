"""What comes out of a layer for many samples, as code."""

from __future__ import annotations

import inspect
from collections.abc import Sequence
from typing import Any

from kerasviz.analysis.reading import is_input
from kerasviz.codegen.recipe.script import Script
from kerasviz.insight.passage.fittinginputs import inputs_of
from kerasviz.insight.pictures.callsinside import call_number, find_call, layer_expression
from kerasviz.insight.pictures.callsof import calls_of
from kerasviz.insight.pictures.scene import Scene
from kerasviz.writing.expressions import call, lay_out


def write_outputs(
    script: Script, scene: Scene, model: str, steps: Sequence[str], tensor: int, arrays: list[Any]
) -> None:
    """Writes what comes out of a call for the samples in the list `inputs`: `values`, `(samples, numbers)`.

    Args:
        script: Gets the statements.
        scene: What is drawn.
        model: The variable of the model.
        steps: The models around the node, and the node.
        tensor: Which output of the call.
        arrays: Some samples, by which calls of a shared layer are told apart.
    """
    *path, node = steps
    layer, _, is_alone, way = find_call(scene, path, node)
    names = [name for name, _ in inputs_of(scene.document)]
    script.section("What comes out of the layer for them")
    if is_input(layer.data) and not path:
        script.add(f"values = np.asarray(inputs[{names.index(layer.name)}])")
    elif is_alone:
        found = f"{layer_expression(model, way)}.output"
        found = f"keras.tree.flatten({found})[{tensor}]" if tensor else found
        script.add(
            *lay_out(call("keras.Model", f"{model}.inputs", found), "part = "),
            "values = []",
            "for at in range(0, len(inputs[0]), 128):  # not predict: TensorFlow refuses some names there",
            "    given = part([array[at : at + 128] for array in inputs], training=False)",
            "    values.append(keras.ops.convert_to_numpy(keras.tree.flatten(given)[0]))",
            "values = np.concatenate(values)",
        )
    else:
        script.define(*inspect.getsource(calls_of).rstrip().splitlines())
        which = call_number(scene, path, node, arrays, tensor)
        script.add(
            f"layer = {layer_expression(model, way)}",
            f"given, options = calls_of({model}, layer, inputs)[{which}]",
            f"values = keras.tree.flatten(layer(*given, **options))[{tensor}]",
            "values = keras.ops.convert_to_numpy(values)",
        )
    script.add('values = values.reshape(len(values), -1).astype("float32")')
