"""What came of a call, and what comes out of a model whose calls are known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from kerasviz.analysis.order import Node, node_id
from kerasviz.analysis.reading import GIVEN, Reference, is_sequential
from kerasviz.analysis.structure import histories
from kerasviz.insight.passage.wrapped import Step
from kerasviz.protocol import KerasError
from kerasviz.protocol.insight import View

Tensors = tuple[Any, ...]
"""The outputs of a call, flattened, as tensors of the backend; the samples are their first axis."""


@dataclass(frozen=True, eq=False)
class Passed:
    """What came of one call.

    Attributes:
        outputs: Its outputs; empty where it could not be called.
        error: Why it could not.
        operation: The layer that was called; None for an input, and for a model whose layers were called.
        inputs: What went into it; of a model whose layers were called nothing.
        attention: Of a layer of attention, what `return_attention_scores` adds; else None.
        steps: Of a wrapper that is looked into, how it called the model inside.
        wrapped: That model; None where there is none.
        views: What was made of it to look at, which is made once.
    """

    outputs: Tensors = ()
    error: KerasError | None = None
    operation: Any = None
    inputs: Tensors = ()
    attention: Any = None
    steps: Sequence[Step] = ()
    wrapped: Any = None
    views: list[View] = field(default_factory=list)


def tensors_of(reference: Reference, passed: Mapping[Node, Tensors], given: Mapping[str, Any]) -> Tensors:
    """The tensors that a reference names; none where they are not known.

    Args:
        reference: To an output of a call, or to what a Sequential model is given.
        passed: What came of calls.
        given: What goes into the model, by the name of the Input.
    """
    if reference is GIVEN:
        return (given[GIVEN.layer],) if GIVEN.layer in given else ()
    outputs = passed.get((reference.layer, reference.call), ())
    if reference.tensor is None:
        return outputs
    return outputs[reference.tensor : reference.tensor + 1] if reference.tensor >= 0 else ()


def outputs_of(model: Mapping[str, Any], found: Mapping[str, Passed]) -> Tensors:
    """What comes out of a model; nothing where one of its outputs is not known.

    Args:
        model: Its config.
        found: What came of its calls, by the id of their node, without those of models inside it.
    """
    if is_sequential(model):
        here = [passed for name, passed in found.items() if "/" not in name]
        return here[-1].outputs if here else ()
    outputs: list[Any] = []
    for reference in ends_of(model, found):
        passed = found.get(node_id((reference.layer, reference.call)), Passed())
        outputs.extend(tensors_of(reference, {(reference.layer, reference.call): passed.outputs}, {}))
        if not passed.outputs:
            return ()
    return tuple(outputs)


def ends_of(model: Mapping[str, Any], found: Mapping[str, Passed]) -> list[Reference]:
    """The outputs of a Functional model, in the order in which its config names them.

    Keras counts the calls of a model inside from 1 there, and from 0 where its layers say what comes in.
    """
    named = list(histories(model["config"].get("output_layers")))
    last = {each.layer: max(other.call for other in named if other.layer == each.layer) for each in named}
    over = {layer for layer, call in last.items() if call and node_id((layer, call)) not in found}
    return [replace(each, call=each.call - 1) if each.layer in over else each for each in named]
