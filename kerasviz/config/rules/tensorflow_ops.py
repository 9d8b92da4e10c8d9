"""TensorFlow operations in a graph of Keras 2, as the operations of Keras 3.

`x + 1`, `tf.reduce_mean(x)` and `x[:, 0]` became layers of the classes `TFOpLambda`, `SlicingOpLambda` and,
before TensorFlow 2.4, `TensorFlowOpLayer`. Source:
https://github.com/keras-team/keras/blob/v2.15.0/keras/layers/core/tf_op_layer.py
"""

import itertools
import json
from dataclasses import dataclass, field
from typing import Any

from kerasviz.config.names import operation_module
from kerasviz.config.report import Report
from kerasviz.config.rules.rule import Layer, NoCounterpartError

SAYS = "TensorFlow operations are those of Keras"
TENSORFLOW_CLASSES = frozenset({"TFOpLambda", "SlicingOpLambda", "TensorFlowOpLayer"})


@dataclass(frozen=True)
class Operation:
    """The operation of Keras for one of TensorFlow.

    Attributes:
        name: Class in `keras.src.ops`.
        inputs: TensorFlow's names of the tensors, in the order in which Keras takes them.
        options: Keras' name of each option by TensorFlow's.
        fixed: Options that Keras needs beside.
    """

    name: str
    inputs: tuple[str, ...] = ("x",)
    options: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)


def _binary(name: str) -> Operation:
    return Operation(name, ("x", "y"))


def _reduction(name: str) -> Operation:
    return Operation(name, ("input_tensor",), {"axis": "axis", "keepdims": "keepdims"})


_UNARY = {
    "nn.relu": "Relu", "nn.relu6": "Relu6", "nn.elu": "Elu", "nn.selu": "Selu", "nn.silu": "Silu",
    "nn.swish": "Silu", "nn.softplus": "Softplus", "nn.softsign": "Softsign", "nn.sigmoid": "Sigmoid",
    "math.sigmoid": "Sigmoid", "nn.tanh": "Tanh", "math.tanh": "Tanh", "math.exp": "Exp", "math.log": "Log",
    "math.log1p": "Log1p", "math.expm1": "Expm1", "math.sqrt": "Sqrt", "math.rsqrt": "Rsqrt",
    "math.square": "Square", "math.abs": "Absolute", "math.negative": "Negative", "math.sign": "Sign",
    "math.sin": "Sin", "math.cos": "Cos", "math.tan": "Tan", "math.floor": "Floor", "math.ceil": "Ceil",
    "math.round": "Round", "math.softplus": "Softplus", "math.reciprocal": "Reciprocal", "math.erf": "Erf",
    "__operators__.neg": "Negative", "__operators__.abs": "Absolute",
}  # fmt: skip
_BINARY = {
    "__operators__.add": "Add", "math.add": "Add", "math.subtract": "Subtract", "math.multiply": "Multiply",
    "math.divide": "TrueDivide", "math.truediv": "TrueDivide", "math.maximum": "Maximum",
    "math.minimum": "Minimum", "math.pow": "Power", "math.floordiv": "FloorDivide", "math.mod": "Mod",
    "math.floormod": "Mod", "math.greater": "Greater", "math.greater_equal": "GreaterEqual",
    "math.less": "Less", "math.less_equal": "LessEqual", "math.equal": "Equal",
    "math.squared_difference": "SquaredDifference",
}  # fmt: skip
_REDUCTIONS = {"mean": "Mean", "sum": "Sum", "max": "Max", "min": "Min", "prod": "Prod"}

OPERATIONS: dict[str, Operation] = {
    **{name: Operation(keras, ("x", "features", "input", "a")) for name, keras in _UNARY.items()},
    **{name: _binary(keras) for name, keras in _BINARY.items()},
    **{f"math.reduce_{name}": _reduction(keras) for name, keras in _REDUCTIONS.items()},
    **{f"reduce_{name}": _reduction(keras) for name, keras in _REDUCTIONS.items()},
    "nn.leaky_relu": Operation(
        "LeakyRelu", ("features",), {"alpha": "negative_slope"}, {"negative_slope": 0.2}
    ),
    "nn.gelu": Operation("Gelu", ("features",), {"approximate": "approximate"}, {"approximate": False}),
    "nn.softmax": Operation("Softmax", ("logits",), {"axis": "axis"}, {"axis": -1}),
    "nn.log_softmax": Operation("LogSoftmax", ("logits",), {"axis": "axis"}, {"axis": -1}),
    "concat": Operation("Concatenate", ("values",), {"axis": "axis"}),
    "stack": Operation("Stack", ("values",), {"axis": "axis"}, {"axis": 0}),
    "reshape": Operation("Reshape", ("tensor",), {"shape": "newshape"}),
    "expand_dims": Operation("ExpandDims", ("input",), {"axis": "axis"}),
    "squeeze": Operation("Squeeze", ("input",), {"axis": "axis"}),
    "transpose": Operation("Transpose", ("a",), {"perm": "axes"}),
    "split": Operation(
        "Split", ("value",), {"num_or_size_splits": "indices_or_sections", "axis": "axis"}, {"axis": 0}
    ),
    "image.resize": Operation(
        "Resize",
        ("images",),
        {"size": "size", "method": "interpolation", "antialias": "antialias"},
        {"interpolation": "bilinear", "data_format": "channels_last"},
    ),
    "cast": Operation("Cast", ("x",), {"dtype": "dtype"}),
    "clip_by_value": Operation("Clip", ("t",), {"clip_value_min": "x_min", "clip_value_max": "x_max"}),
    "tile": Operation("Tile", ("input",), {"multiples": "repeats"}),
    "repeat": Operation("Repeat", ("input",), {"repeats": "repeats", "axis": "axis"}),
    "linalg.matmul": Operation("Matmul", ("a", "b")),
    "where": Operation("Where", ("condition", "x", "y")),
    "zeros_like": Operation("ZerosLike", ("input",)),
    "ones_like": Operation("OnesLike", ("input",)),
    "math.argmax": Operation("Argmax", ("input",), {"axis": "axis"}, {"axis": 0}),
    "math.l2_normalize": Operation("Normalize", ("x",), {"axis": "axis"}, {"order": 2, "epsilon": 1e-6}),
}
"""By the name that `TFOpLambda` writes; an option that is None or False changes nothing."""

NODES = {
    "AddV2": "Add", "Add": "Add", "BiasAdd": "Add", "Sub": "Subtract", "Mul": "Multiply",
    "RealDiv": "TrueDivide", "Maximum": "Maximum", "Minimum": "Minimum", "Pow": "Power", "Relu": "Relu",
    "Relu6": "Relu6",
    "Sigmoid": "Sigmoid", "Tanh": "Tanh", "Exp": "Exp", "Log": "Log", "Sqrt": "Sqrt", "Rsqrt": "Rsqrt",
    "Square": "Square", "Abs": "Absolute", "Neg": "Negative", "Softplus": "Softplus", "Identity": "Identity",
}  # fmt: skip
"""By the `op` of the graph node that `TensorFlowOpLayer` writes."""


def modern(layer: Layer, nodes: list[dict[str, Any]], report: Report) -> Layer | None:
    """Converts the layer of a TensorFlow operation.

    Args:
        layer: The layer as it stands in the file.
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
    if isinstance(config.get("indices_or_sections"), list):
        # TensorFlow takes the sizes of the parts, Keras the places between them.
        config["indices_or_sections"] = list(itertools.accumulate(config["indices_or_sections"]))[:-1]
    nodes[0]["args"], nodes[0]["kwargs"] = args, {}
    return operation.name, config


def _arguments(operation: Operation, node: dict[str, Any]) -> tuple[dict[str, Any], list[Any]]:
    config, args = dict(operation.fixed), list(node["args"])
    for key, value in node["kwargs"].items():
        if key in operation.inputs:
            args.append(value)
        elif key in operation.options:
            if _has_tensor(value):
                raise NoCounterpartError
            config[operation.options[key]] = value
        elif value not in (None, False) and key != "name":
            raise NoCounterpartError
    return config, args


def _transposed(kwargs: dict[str, Any]) -> str | None:
    """Writes a matrix product with transposed factors as a sum over named axes."""
    first, second = kwargs.pop("transpose_a", False), kwargs.pop("transpose_b", False)
    if not first and not second:
        return None
    return f"...{'ji' if first else 'ij'},...{'kj' if second else 'jk'}->...ik"


def _slice(item: Any) -> Any:
    if isinstance(item, dict) and "start" in item:
        if _has_tensor(item):
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
    try:
        name = NODES[json.loads(config["node_def"])["op"]]
    except (KeyError, TypeError, ValueError):
        raise NoCounterpartError from None
    for node in nodes:
        args = list(node["args"][0]) if isinstance(node["args"][0], list) else list(node["args"])
        for place, constant in sorted(config.get("constants", {}).items(), key=lambda item: int(item[0])):
            args.insert(int(place), constant)
        node["args"], node["kwargs"] = args, {}
    return name, {}


def _list(value: Any) -> list[Any]:
    if isinstance(value, dict) and isinstance(value.get("items"), list):
        return list(value["items"])
    return value if isinstance(value, list) else [value]


def _has_tensor(value: Any) -> bool:
    if isinstance(value, list):
        return any(_has_tensor(item) for item in value)
    if isinstance(value, dict):
        return value.get("class_name") == "__keras_tensor__" or any(map(_has_tensor, value.values()))
    return False
