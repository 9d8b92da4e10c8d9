"""The analysis of a finished or unfinished config for scripts: `kerasviz.analyze`."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kerasviz.analysis.computation import Computation, Snapshot
from kerasviz.analysis.explanation import Explainer
from kerasviz.analysis.memoryuse import Memory, memory_of
from kerasviz.analysis.order import node_id
from kerasviz.analysis.reading import LayerConfig, expect_config
from kerasviz.analysis.receptive_field import receptive_fields
from kerasviz.analysis.specs import Shape
from kerasviz.backend.isolation import isolated
from kerasviz.protocol import JSON, KerasError
from kerasviz.protocol.text import text


@dataclass(frozen=True)
class LayerError:
    """A mistake.

    Attributes:
        layer: Name of the layer it is about, or None if it is about the whole model.
        message: What is wrong, in plain words, and how to fix it.
        detail: Keras' own message, or None.
        fix: What `kerasviz.apply_fix` takes, or None if there is no safe fix.
        code: Kind of mistake.
    """

    layer: str | None
    message: str
    detail: str | None
    fix: dict[str, Any] | None
    code: str


@dataclass(frozen=True)
class LayerAnalysis:
    """What is known about a layer.

    Attributes:
        output_shapes: Shape of each output tensor, call by call.
        dtypes: Their dtypes.
        params: Number of parameters.
        trainable_params: Number of trainable parameters.
        macs: Multiply-adds of all its calls for one sample, or None if they are unknown.
        receptive_field: Size of the part of the input that one position of its output depends on, or None.
        error: What is wrong with it, or None.
    """

    output_shapes: list[Shape]
    dtypes: list[str]
    params: int
    trainable_params: int
    macs: int | None
    receptive_field: tuple[int, ...] | None
    error: LayerError | None


@dataclass(frozen=True)
class Analysis:
    """What is known about a model.

    Attributes:
        nodes: The layers by name.
        errors: All errors.
        total_params: Number of parameters; those of a shared layer count once.
        trainable_params: Number of trainable parameters.
        total_macs: Multiply-adds for one sample, of the layers where they are known.
        memory: Memory needed for training.
    """

    nodes: dict[str, LayerAnalysis]
    errors: list[LayerError]
    total_params: int
    trainable_params: int
    total_macs: int
    memory: Memory


def analyze(config: Mapping[str, Any], batch_size: int = 1) -> Analysis:
    """Analyzes a model without building it; no weights are made.

    Args:
        config: Keras JSON of a Functional or Sequential model, as `json.loads(model.to_json())` gives it,
            finished or not.
        batch_size: Samples in a batch, for the memory of the activations.

    Returns:
        Shapes, counts and errors of each layer. A dict that is not such a model has one error, `unreadable`.

    Raises:
        TypeError: If the config is not a dict.
        ValueError: If the batch size is not a positive whole number.

    Example:
    ```python
    analysis = kerasviz.analyze(json.load(open("lenet.keras.json")))
    analysis.nodes["dense"].output_shapes   # [(None, 10)]
    ```
    """
    expect_config(config)
    if type(batch_size) is not int or batch_size < 1:
        raise ValueError(
            text(
                "Expected batch_size to be a positive whole number, received: {value}.",
                value=repr(batch_size),
            )
        )
    snapshot, of_nodes, of_model = explained(config)
    errors = [_error(error) for error in (*of_nodes, *of_model)]
    by_layer: dict[str, LayerError] = {}
    for error in errors:
        if error.layer is not None:
            by_layer.setdefault(error.layer, error)
    fields = receptive_fields(snapshot)
    nodes: dict[str, LayerAnalysis] = {}
    for layer in snapshot.layers:
        if layer.name not in nodes:
            nodes[layer.name] = _layer(snapshot, layer, fields, by_layer.get(layer.name))
    return Analysis(
        nodes=nodes,
        errors=errors,
        total_params=sum(node.params for node in nodes.values()),
        trainable_params=sum(node.trainable_params for node in nodes.values()),
        total_macs=sum(node.macs or 0 for node in nodes.values()),
        memory=memory_of(snapshot, batch_size),
    )


def explained(config: Mapping[str, Any]) -> tuple[Snapshot, list[KerasError], list[KerasError]]:
    """Returns what Keras says about a config, the errors of its nodes and those of the whole model."""
    return isolated(lambda: _explained(config))


def _explained(config: Mapping[str, Any]) -> tuple[Snapshot, list[KerasError], list[KerasError]]:
    computation = Computation()
    snapshot = computation.run(config)
    explainer = Explainer(snapshot, computation)
    fixes = explainer.fixes()
    broken = [node for node, state in snapshot.states.items() if state.error is not None]
    nodes = [_with(explainer.node(node), fixes["nodes"].get(node_id(node))) for node in broken]
    return snapshot, nodes, fixes["errors"]


def _with(error: KerasError, fix: JSON | None) -> KerasError:
    return KerasError(**{**error, "fix": fix})


def _error(error: KerasError) -> LayerError:
    return LayerError(error["layer"], error["message"], error["detail"], error["fix"], error["code"])


def _layer(
    snapshot: Snapshot,
    layer: LayerConfig,
    fields: Mapping[tuple[str, int], tuple[int, ...]],
    error: LayerError | None,
) -> LayerAnalysis:
    calls = [(layer.name, index) for index in range(max(1, len(layer.calls)))]
    states = [snapshot.states[call] for call in calls if call in snapshot.states]
    outcomes = [state.outcome for state in states if state.outcome is not None]
    macs = [outcome.macs for outcome in outcomes]
    return LayerAnalysis(
        output_shapes=[spec.shape for outcome in outcomes for spec in outcome.outputs],
        dtypes=[spec.dtype for outcome in outcomes for spec in outcome.outputs],
        params=outcomes[0].params if outcomes else 0,
        trainable_params=outcomes[0].trainable if outcomes else 0,
        macs=None if not outcomes or None in macs else sum(count or 0 for count in macs),
        receptive_field=fields.get(calls[0]),
        error=error,
    )
