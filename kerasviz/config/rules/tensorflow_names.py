"""The operation of Keras for each of TensorFlow, by the names that `tensorflow_ops.py` reads.

Source: https://www.tensorflow.org/api_docs/python/tf and https://keras.io/api/ops
"""

import itertools
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Operation:
    """The operation of Keras for one of TensorFlow.

    Attributes:
        name: Class in `keras.src.ops`.
        inputs: TensorFlow's names of the tensors, in the order in which Keras takes them.
        options: Keras' name of each option by TensorFlow's.
        fixed: Options that Keras needs beside.
        usual: Options that Keras does not have, with the value that is all it computes.
        values: How to write the value of an option as Keras has it.
    """

    name: str
    inputs: tuple[str, ...] = ("x",)
    options: dict[str, str] = field(default_factory=dict)
    fixed: dict[str, Any] = field(default_factory=dict)
    usual: dict[str, Any] = field(default_factory=dict)
    values: dict[str, Callable[[Any], Any]] = field(default_factory=dict)


def _places(sections: Any) -> Any:
    """TensorFlow takes the sizes of the parts, Keras the places between them."""
    return list(itertools.accumulate(sections))[:-1] if isinstance(sections, list) else sections


def _binary(name: str) -> Operation:
    return Operation(name, ("x", "y"))


def _reduction(name: str) -> Operation:
    return Operation(name, ("input_tensor",), {"axis": "axis", "keepdims": "keepdims"})


def _pooling(name: str) -> Operation:
    return Operation(
        name,
        ("input",),
        {"ksize": "pool_size", "strides": "strides", "padding": "padding"},
        {"data_format": "channels_last"},
        {"data_format": "NHWC"},
        {"padding": str.lower},
    )


def _blocks(name: str) -> Operation:
    return Operation(
        name,
        ("input",),
        {"block_size": "block_size"},
        {"data_format": "channels_last"},
        {"data_format": "NHWC"},
    )


def _at_place(name: str, change: str) -> Operation:
    options = {"offset_height": f"top_{change}", "offset_width": f"left_{change}"}
    options |= {"target_height": "target_height", "target_width": "target_width"}
    return Operation(name, ("image",), options, {"data_format": "channels_last"})


_UNARY = {
    "nn.relu": "Relu", "nn.relu6": "Relu6", "nn.elu": "Elu", "nn.selu": "Selu", "nn.silu": "Silu",
    "nn.swish": "Silu", "nn.softplus": "Softplus", "nn.softsign": "Softsign", "nn.sigmoid": "Sigmoid",
    "math.sigmoid": "Sigmoid", "nn.tanh": "Tanh", "math.tanh": "Tanh", "math.exp": "Exp", "math.log": "Log",
    "math.log1p": "Log1p", "math.expm1": "Expm1", "math.sqrt": "Sqrt", "math.rsqrt": "Rsqrt",
    "math.square": "Square", "math.abs": "Absolute", "math.negative": "Negative", "math.sign": "Sign",
    "math.sin": "Sin", "math.cos": "Cos", "math.tan": "Tan", "math.floor": "Floor", "math.ceil": "Ceil",
    "math.round": "Round", "math.softplus": "Softplus", "math.reciprocal": "Reciprocal", "math.erf": "Erf",
    "__operators__.neg": "Negative", "__operators__.abs": "Absolute", "math.asin": "Arcsin",
    "math.acos": "Arccos", "math.atan": "Arctan", "math.sinh": "Sinh", "math.cosh": "Cosh",
    "math.asinh": "Arcsinh", "math.acosh": "Arccosh", "math.atanh": "Arctanh", "math.is_nan": "Isnan",
    "math.is_inf": "Isinf", "math.is_finite": "Isfinite", "math.log_sigmoid": "LogSigmoid",
    "math.erfinv": "Erfinv", "math.logical_not": "LogicalNot", "identity": "Copy",
    "stop_gradient": "StopGradient",
}  # fmt: skip
_BINARY = {
    "__operators__.add": "Add", "math.add": "Add", "math.subtract": "Subtract", "math.multiply": "Multiply",
    "math.divide": "TrueDivide", "math.truediv": "TrueDivide", "math.maximum": "Maximum",
    "math.minimum": "Minimum", "math.pow": "Power", "math.floordiv": "FloorDivide", "math.mod": "Mod",
    "math.floormod": "Mod", "math.greater": "Greater", "math.greater_equal": "GreaterEqual",
    "math.less": "Less", "math.less_equal": "LessEqual", "math.equal": "Equal",
    "math.squared_difference": "SquaredDifference", "math.not_equal": "NotEqual",
    "math.logical_and": "LogicalAnd", "math.logical_or": "LogicalOr", "math.logical_xor": "LogicalXor",
    "math.divide_no_nan": "DivideNoNan", "math.atan2": "Arctan2", "floor_div": "FloorDivide",
}  # fmt: skip
_REDUCTIONS = {
    "mean": "Mean", "sum": "Sum", "max": "Max", "min": "Min", "prod": "Prod", "any": "Any", "all": "All",
    "std": "Std", "variance": "Var", "logsumexp": "Logsumexp", "euclidean_norm": "Norm",
}  # fmt: skip

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
        "Split",
        ("value",),
        {"num_or_size_splits": "indices_or_sections", "axis": "axis"},
        {"axis": 0},
        values={"num_or_size_splits": _places},
    ),
    "unstack": Operation("Unstack", ("value",), {"num": "num", "axis": "axis"}),
    "pad": Operation(
        "Pad",
        ("tensor",),
        {"paddings": "pad_width", "mode": "mode"},
        usual={"constant_values": 0},
        values={"mode": str.lower},
    ),
    "gather": Operation("Take", ("params", "indices"), {"axis": "axis"}, {"axis": 0}, {"batch_dims": 0}),
    "one_hot": Operation("OneHot", ("indices",), {"depth": "num_classes", "axis": "axis", "dtype": "dtype"}),
    "reverse": Operation("Flip", ("tensor",), {"axis": "axis"}),
    "roll": Operation("Roll", ("input",), {"shift": "shift", "axis": "axis"}),
    "sort": Operation("Sort", ("values",), {"axis": "axis"}, usual={"direction": "ASCENDING"}),
    "argsort": Operation("Argsort", ("values",), {"axis": "axis"}, usual={"direction": "ASCENDING"}),
    "math.cumsum": Operation("Cumsum", ("x",), {"axis": "axis"}, {"axis": 0}),
    "math.cumprod": Operation("Cumprod", ("x",), {"axis": "axis"}, {"axis": 0}),
    "math.top_k": Operation("TopK", ("input",), {"k": "k"}, {"k": 1}, {"sorted": True}),
    "norm": Operation(
        "Norm", ("tensor",), {"axis": "axis", "keepdims": "keepdims"}, usual={"ord": "euclidean"}
    ),
    "nn.bias_add": Operation("Add", ("value", "bias"), usual={"data_format": "NHWC"}),
    "nn.max_pool2d": _pooling("MaxPool"),
    "nn.avg_pool2d": _pooling("AveragePool"),
    "nn.depth_to_space": _blocks("DepthToSpace"),
    "nn.space_to_depth": _blocks("SpaceToDepth"),
    "image.flip_left_right": Operation("Flip", ("image",), {}, {"axis": -2}),
    "image.flip_up_down": Operation("Flip", ("image",), {}, {"axis": -3}),
    "image.rgb_to_grayscale": Operation("RGBToGrayscale", ("images",), {}, {"data_format": "channels_last"}),
    "image.pad_to_bounding_box": _at_place("PadImages", "padding"),
    "image.crop_to_bounding_box": _at_place("CropImages", "cropping"),
    "tensordot": Operation("Tensordot", ("a", "b"), {"axes": "axes"}),
    "linalg.trace": Operation("Trace", ("x",), {}, {"axis1": -2, "axis2": -1}),
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
    "math.argmin": Operation("Argmin", ("input",), {"axis": "axis"}, {"axis": 0}),
    "math.l2_normalize": Operation("Normalize", ("x",), {"axis": "axis"}, {"order": 2, "epsilon": 1e-6}),
}
"""By the name that `TFOpLambda` writes; an option that is None or False changes nothing."""

REDUCTION_NODES = {"Mean": "Mean", "Sum": "Sum", "Max": "Max", "Min": "Min", "Prod": "Prod"}
"""Those whose axes are the second input of the graph node."""

NODES = {
    **REDUCTION_NODES,
    "AddV2": "Add", "Add": "Add", "BiasAdd": "Add", "Sub": "Subtract", "Mul": "Multiply",
    "RealDiv": "TrueDivide", "Maximum": "Maximum", "Minimum": "Minimum", "Pow": "Power", "Relu": "Relu",
    "Relu6": "Relu6", "Elu": "Elu", "Selu": "Selu", "Softsign": "Softsign", "Erf": "Erf", "Sign": "Sign",
    "Sigmoid": "Sigmoid", "Tanh": "Tanh", "Exp": "Exp", "Log": "Log", "Sqrt": "Sqrt", "Rsqrt": "Rsqrt",
    "Square": "Square", "Abs": "Absolute", "Neg": "Negative", "Softplus": "Softplus", "Identity": "Copy",
    "Sin": "Sin", "Cos": "Cos", "Tan": "Tan", "Floor": "Floor", "Ceil": "Ceil", "Log1p": "Log1p",
    "Expm1": "Expm1", "SquaredDifference": "SquaredDifference", "Greater": "Greater", "Less": "Less",
    "GreaterEqual": "GreaterEqual", "LessEqual": "LessEqual", "StopGradient": "StopGradient",
}  # fmt: skip
"""By the `op` of the graph node that `TensorFlowOpLayer` writes."""
