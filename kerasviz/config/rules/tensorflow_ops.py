"""TensorFlow operations in a graph of Keras 2, as the operations of Keras 3.

`x + 1`, `tf.reduce_mean(x)` and `x[:, 0]` became layers of the classes `TFOpLambda`, `SlicingOpLambda` and,
before TensorFlow 2.4, `TensorFlowOpLayer`. Source:
https://github.com/keras-team/keras/blob/v2.15.0/keras/layers/core/tf_op_layer.py
"""

import json
from typing import Any

from kerasviz.config.names import operation_module
from kerasviz.config.report import Report
from kerasviz.config.rules.rule import Layer, NoCounterpartError
from kerasviz.config.rules.tensorflow_names import NODES, OPERATIONS, REDUCTION_NODES, Operation
from kerasviz.config.rules.tensors import tensors_in
from kerasviz.protocol.text import text

SAYS = text("Replaced TensorFlow operations with those of Keras")
TENSORFLOW_CLASSES = frozenset({"TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer"})


def modern(layer: Layer, nodes: list[dict[str, Any]], report: Report) -> Layer | None:
    """Converts the layer of a TensorFlow operation.

    Args:
        layer: The layer as it is in the file.
        nodes: Its calls in today's form; they are changed to what the operation of Keras takes.
        report: Gets what was changed.

    Returns:
        The operation as Keras 3 writes it, or None when the layer is another, or has no counterpart.
    """
    if layer["class_name"] not in TENSORFLOW_CLASSES:
        return None
    try:
        name, config = _operation(layer, nodes)
    except NoCounterpartError:
        return None
    module = operation_module(name)
    if module is None:
        return None
    report.changed(SAYS, layer["name"])
    return {
        "module": module,
        "class_name": name,
        "config": config,
        "registered_name": name,
        "inbound_nodes": nodes,
    }


def _operation(layer: Layer, nodes: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    if layer["class_name"] == "TensorFlowOpLayer":
        return _graph_node(layer["config"], nodes)
    function = layer["config"].get("function")
    if layer["class_name"] == "SlicingOpLambda" or function == "__operators__.getitem":
        for node in nodes:
            key = [_slice(item) for item in _list(node["kwargs"].get("slice_spec"))]
            node["args"], node["kwargs"] = [node["args"][0], key], {}
        return "GetItem", {}
    function = str(function).removeprefix("compat.v1.")
    operation = OPERATIONS.get(function)
    if operation is None or len(nodes) != 1:
        raise NoCounterpartError
    if function == "linalg.matmul" and (spec := _transposed(nodes[0]["kwargs"])):
        operation = Operation("Einsum", ("a", "b"), {}, {"subscripts": spec})
    config, args = _arguments(operation, nodes[0])
    nodes[0]["args"], nodes[0]["kwargs"] = [constants(arg) for arg in args], {}
    return operation.name, config


def _arguments(operation: Operation, node: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    config, args = dict(operation.fixed), list(node["args"])
    args += [node["kwargs"][key] for key in operation.inputs if key in node["kwargs"]]
    for key, value in node["kwargs"].items():
        if key in operation.inputs or key == "name" or value is None:
            continue
        if key in operation.options:
            if tensors_in(value):
                raise NoCounterpartError
            config[operation.options[key]] = operation.values.get(key, lambda same: same)(value)
        elif value is not False and value != operation.usual.get(key):
            raise NoCounterpartError
    return config, args


def constants(value: Any) -> Any:
    """Writes constant arrays, which are lists in the file, as Keras does."""
    if not isinstance(value, list) or not value:
        return value
    numbers = _numbers(value)
    if numbers is None:
        return [constants(item) for item in value]
    kinds = set(map(type, numbers))
    dtype = "bool" if kinds == {bool} else "int32" if kinds == {int} else "float32"
    return {"class_name": "__numpy__", "config": {"value": value, "dtype": dtype}}


def _numbers(value: Any) -> list[Any] | None:
    """Lists the numbers in an array; None for what is no array."""
    if isinstance(value, int | float):
        return [value]
    parts = [_numbers(item) for item in value] if isinstance(value, list) else [None]
    return None if None in parts else [number for part in parts for number in part or []]


def _transposed(kwargs: dict[str, Any]) -> str | None:
    """Writes a matrix product with transposed factors as a sum over named axes."""
    first, second = kwargs.pop("transpose_a", False), kwargs.pop("transpose_b", False)
    if not first and not second:
        return None
    return f"...{'ji' if first else 'ij'},...{'kj' if second else 'jk'}->...ik"


def _slice(item: Any) -> Any:
    if isinstance(item, dict) and "start" in item:
        if tensors_in(item):
            raise NoCounterpartError
        return {
            "class_name": "__slice__",
            "config": {key: item.get(key) for key in ("start", "stop", "step")},
        }
    if item == "..." or (isinstance(item, dict) and item.get("class_name") == "__ellipsis__"):
        return {"class_name": "__ellipsis__", "config": {}}
    if item is None or isinstance(item, int):
        return item
    raise NoCounterpartError


def _graph_node(config: dict[str, Any], nodes: list[dict[str, Any]]) -> tuple[str, dict[str, Any]]:
    written: Any = config.get("node_def")
    try:
        node_def: Any = json.loads(written) if isinstance(written, str) else written
        operation, attributes = node_def["op"], node_def.get("attr", {})
        name, constants_of = NODES[operation], config.get("constants") or {}
        options: dict[str, Any] = {}
        if operation in REDUCTION_NODES:
            options = {"axis": constants_of["1"], "keepdims": bool(attributes["keep_dims"]["b"])}
            constants_of = {}
    except (AttributeError, KeyError, TypeError, ValueError):
        raise NoCounterpartError from None
    for node in nodes:
        args = list(node["args"][0]) if isinstance(node["args"][0], list) else list(node["args"])
        for place, constant in sorted(constants_of.items(), key=lambda item: int(item[0])):
            args.insert(int(place), constants(constant))
        node["args"], node["kwargs"] = args, {}
    return name, options


def _list(value: Any) -> list[Any]:
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        return list(value["items"])
    return value if isinstance(value, list) else [value]
