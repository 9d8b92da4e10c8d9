"""What tf2onnx 1.17, jax2onnx and PyTorch leave for others to do in the graphs that they write."""

import re
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    import onnx

MADE = re.compile(r"Identity.*|\w+_out_\d+|\d+")
"""Names that TensorFlow, jax2onnx and PyTorch make up."""


def put_in_constants(
    graph: "onnx.GraphProto", inputs: int, constants: Callable[[], list[np.ndarray]]
) -> bool:
    """Writes tensors that are no variables into a graph, which has inputs for them after those of the model.

    Args:
        graph: The graph, which is changed.
        inputs: How many the model has.
        constants: Gives their values, in the order of these inputs; called where there are such inputs.

    Returns:
        Whether there was anything to do.
    """
    import onnx

    made = graph.input[inputs:]
    values = constants() if made else []
    if not made or len(values) != len(made):
        return False
    for value, given in zip(values, made, strict=True):
        graph.initializer.append(onnx.numpy_helper.from_array(value, given.name))
    del graph.input[inputs:]
    return True


def spell_out_erfc(graph: "onnx.GraphProto") -> bool:
    """Writes `erfc`, of which TensorFlow makes the activation `gelu` and which ONNX lacks, as `1 - erf`.

    Args:
        graph: The graph, which is changed.

    Returns:
        Whether there was anything to do.
    """
    import onnx

    found = [(at, node) for at, node in enumerate(graph.node) if node.op_type == "Erfc"]
    if not found:
        return False
    one = "kerasviz/one"
    graph.initializer.append(onnx.numpy_helper.from_array(np.array(1, "float32"), one))
    for at, node in reversed(found):
        (given,), (wanted,) = node.input, node.output
        like, erf = f"{wanted}/one", f"{wanted}/erf"
        nodes = (
            onnx.helper.make_node("CastLike", [one, given], [like]),
            onnx.helper.make_node("Erf", [given], [erf]),
            onnx.helper.make_node("Sub", [like, erf], [wanted], name=node.name),
        )
        del graph.node[at]
        for offset, each in enumerate(nodes):
            graph.node.insert(at + offset, each)
    return True


def name_outputs(graph: "onnx.GraphProto", names: Sequence[str]) -> bool:
    """Calls the outputs as the model does, where a converter has made up their names.

    Args:
        graph: The graph, which is changed.
        names: Those of the model's outputs, in their order; nothing where it has none.

    Returns:
        Whether there was anything to do.
    """
    import onnx

    taken = {name for node in graph.node for name in (*node.input, *node.output)}
    unnamed = all(MADE.fullmatch(output.name) for output in graph.output)
    if not unnamed or len(set(names) - taken) != len(graph.output):
        return False
    for output, name in zip(graph.output, names, strict=True):
        graph.node.append(onnx.helper.make_node("Identity", [output.name], [name]))
        output.name = name
    return True
