"""TensorFlow operations in the graphs of old files."""

import json

import numpy as np
import pytest
from conftest import computed, except_on
from oldgraphs import call, entry, functional

from kerasviz.config import ModelFileError, check_model
from kerasviz.config.build import build_model
from kerasviz.config.convert import convert


@pytest.mark.parametrize(
    ("function", "nodes", "compute"),
    [
        ("math.multiply", [["x", 0, 0, {"y": 2.0, "name": None}]], lambda x: x * 2),
        ("math.subtract", [["_CONSTANT_VALUE", -1, 1.0, {"y": ["x", 0, 0]}]], lambda x: 1 - x),
        (
            "math.reduce_mean",
            [["x", 0, 0, {"axis": [1], "keepdims": True}]],
            lambda x: x.mean(1, keepdims=True),
        ),
        (
            "concat",
            [[["x", 0, 0, {"axis": -1}], ["x", 0, 0, {"axis": -1}]]],
            lambda x: np.concatenate([x, x], -1),
        ),
        (
            "__operators__.getitem",
            [["x", 0, 0, {"slice_spec": [{"start": None, "stop": None, "step": None}, 1]}]],
            lambda x: x[:, 1],
        ),
        (
            "linalg.matmul",
            [["x", 0, 0, {"b": ["x", 0, 0], "transpose_b": True}]],
            lambda x: x @ x.T,
        ),
        ("nn.leaky_relu", [["x", 0, 0, {"alpha": 0.5}]], lambda x: np.where(x > 0, x, x / 2)),
        ("nn.softmax", [["x", 0, 0, {"axis": None}]], lambda x: np.exp(x) / np.exp(x).sum(-1, keepdims=True)),
        ("math.add", [["x", 0, 0, {"y": [1.0, 2.0, 3.0, 4.0]}]], lambda x: x + np.arange(1, 5)),
        (
            "math.subtract",
            [["_CONSTANT_VALUE", -1, [[1.0], [2.0]], {"y": ["x", 0, 0]}]],
            lambda x: [[1], [2]] - x,
        ),
        (
            "compat.v1.gather",
            [["x", 0, 0, {"indices": [2, 0], "axis": 1, "batch_dims": 0}]],
            lambda x: x[:, [2, 0]],
        ),
        (
            "compat.v1.pad",
            [["x", 0, 0, {"paddings": [[0, 0], [1, 2]], "mode": "CONSTANT", "constant_values": 0}]],
            lambda x: np.pad(x, [(0, 0), (1, 2)]),
        ),
        ("math.cumsum", [["x", 0, 0, {}]], lambda x: x.cumsum(0)),
        pytest.param(
            "compat.v1.norm",
            [["x", 0, 0, {"ord": "euclidean", "axis": -1}]],
            lambda x: np.sqrt((x * x).sum(-1)),
            marks=except_on("jax", "takes no list of axes, which Keras makes of one axis of a norm"),
        ),
        ("reverse", [["x", 0, 0, {"axis": [1]}]], lambda x: x[:, ::-1]),
    ],
)
def test_a_tensorflow_operation_is_the_operation_of_keras(function, nodes, compute):
    old = functional([entry("TFOpLambda", "op", nodes, function=function)])
    model = build_model(convert(old)[0])
    values = np.array([[-1.0, 0.5, 2.0, 3.0], [0.0, -2.0, 1.0, 4.0]], "float32")
    np.testing.assert_allclose(computed(model(values)), compute(values), rtol=1e-6)


@pytest.mark.parametrize("written", [json.dumps, dict])
@pytest.mark.parametrize(
    ("operation", "attributes", "constants", "compute"),
    [
        ("Relu6", {"T": {"type": "DT_FLOAT"}}, {}, lambda x: np.clip(x, 0, 6)),
        ("Mul", {}, {"1": 2.0}, lambda x: x * 2),
        ("Sub", {}, {"0": 1.0}, lambda x: 1 - x),
        ("AddV2", {}, {"1": [1.0, 2.0, 3.0, 4.0]}, lambda x: x + np.arange(1, 5)),
        ("Mean", {"keep_dims": {"b": False}}, {"1": 1}, lambda x: x.mean(1)),
        ("Sum", {"keep_dims": {"b": True}}, {"1": [-1]}, lambda x: x.sum(-1, keepdims=True)),
    ],
)
def test_a_node_of_tensorflows_graph_is_the_operation_of_keras(
    operation, attributes, constants, compute, written
):
    node_def = written({"name": "n", "op": operation, "input": ["x"], "attr": attributes})
    old = functional(
        [entry("TensorFlowOpLayer", "tf_op_layer_n", [call("x")], node_def=node_def, constants=constants)],
        version="2.4.0",
    )
    model = build_model(convert(old)[0])
    values = np.array([[-1.0, 0.5, 2.0, 9.0], [0.0, -2.0, 1.0, 4.0]], "float32")
    np.testing.assert_allclose(computed(model(values)), compute(values), rtol=1e-6)


@pytest.mark.parametrize(
    ("function", "node"),
    [
        ("compat.v1.pad", ["x", 0, 0, {"paddings": [[0, 0], [1, 2]], "constant_values": 3}]),
        ("sort", ["x", 0, 0, {"direction": "DESCENDING"}]),
        ("compat.v1.gather", ["x", 0, 0, {"indices": [1], "batch_dims": 1}]),
    ],
)
def test_an_option_that_keras_does_not_have_is_not_dropped(function, node):
    model, _ = convert(functional([entry("TFOpLambda", "op", [[node]], function=function)]))
    with pytest.raises(ModelFileError, match="TensorFlow operation"):
        check_model(model)


def test_an_operation_that_keras_does_not_have_is_kept_with_its_config():
    old = functional([entry("TFOpLambda", "op", [call("x", thing=3)], function="raw_ops.Bitcast")])
    model, report = convert(old)
    assert model["config"]["layers"][1]["config"]["function"] == "raw_ops.Bitcast"
    assert "left unchanged" in report[-1]
    with pytest.raises(ModelFileError, match="TensorFlow operation") as error:
        check_model(model)
    assert error.value.layer == "op"
