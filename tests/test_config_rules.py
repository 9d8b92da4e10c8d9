"""The converter, rule by rule: what a Keras of the past wrote, and what is made of it."""

import copy

import keras
import numpy as np
import pytest
from conftest import computed
from oldgraphs import call, entry, functional

from kerasviz.config import ModelFileError
from kerasviz.config.build import build_model
from kerasviz.config.convert import convert
from kerasviz.config.rules import RULES
from kerasviz.config.rules.activations import HARD_SIGMOID_2
from kerasviz.config.rules.rule import NoCounterpartError

MAPPED = {
    "class_of_keras_1": (("Convolution2D", {}), ("Conv2D", {})),
    "arguments_of_keras_1": (
        ("Dense", {"output_dim": 3, "init": "glorot_uniform", "bias": True, "W_regularizer": None}),
        (
            "Dense",
            {
                "units": 3,
                "kernel_initializer": "glorot_uniform",
                "use_bias": True,
                "kernel_regularizer": None,
            },
        ),
    ),
    "kernel_size_of_keras_1": (("Conv2D", {"nb_row": 3, "nb_col": 5}), ("Conv2D", {"kernel_size": [3, 5]})),
    "data_format_of_keras_1": (
        ("MaxPooling2D", {"dim_ordering": "th"}),
        ("MaxPooling2D", {"data_format": "channels_first"}),
    ),
    "forget_bias_of_keras_1": (("LSTM", {"forget_bias_init": "one"}), ("LSTM", {"unit_forget_bias": True})),
    "consume_less": (("GRU", {"consume_less": "cpu"}), ("GRU", {})),
    "dropout_of_embedding": (("Embedding", {"dropout": 0.0}), ("Embedding", {})),
    "mode_of_normalization": (("BatchNormalization", {"mode": 0}), ("BatchNormalization", {})),
    "merge": (
        ("Merge", {"name": "m", "mode": "concat", "concat_axis": 1, "dot_axes": -1}),
        ("Concatenate", {"name": "m", "axis": 1}),
    ),
    "time_major": (("LSTM", {"time_major": False}), ("LSTM", {})),
    "implementation": (("GRU", {"implementation": 2}), ("GRU", {})),
    "groups": (("DepthwiseConv2D", {"groups": 1}), ("DepthwiseConv2D", {})),
    "kernel_of_separable": (
        ("SeparableConv2D", {"kernel_size": [3, 3], "kernel_initializer": "ones"}),
        ("SeparableConv2D", {"kernel_size": [3, 3]}),
    ),
    "slope_of_leaky_relu": (("LeakyReLU", {"alpha": 0.2}), ("LeakyReLU", {"negative_slope": 0.2})),
    "thresholded_relu": (("ThresholdedReLU", {"theta": 0.5}), ("ReLU", {"threshold": 0.5})),
    "axis_of_normalization": (("BatchNormalization", {"axis": [3]}), ("BatchNormalization", {"axis": 3})),
    "batch_normalization": (
        ("SyncBatchNormalization", {"renorm": False, "fused": True}),
        ("BatchNormalization", {"synchronized": True}),
    ),
    "shapes_of_attention": (("MultiHeadAttention", {"query_shape": [1]}), ("MultiHeadAttention", {})),
    "causal": (("Attention", {"causal": False}), ("Attention", {})),
    "cudnn": (
        ("CuDNNGRU", {"units": 2}),
        (
            "GRU",
            {
                "units": 2,
                "activation": "tanh",
                "recurrent_activation": "sigmoid",
                "use_bias": True,
                "reset_after": True,
            },
        ),
    ),
    "reset_after": (("GRU", {}), ("GRU", {"reset_after": False})),
    "interpolation": (("UpSampling2D", {"interpolation": "area"}), None),
    "random_crop": (
        ("RandomCrop", {"name": "c", "height": 2, "width": 3, "seed": 1}),
        ("Resizing", {"name": "c", "height": 2, "width": 3, "crop_to_aspect_ratio": True}),
    ),
    "vocabulary_size": (("StringLookup", {"vocabulary_size": 3}), ("StringLookup", {})),
    "dtype_of_input": (
        ("Embedding", {"dtype": "int32", "embeddings_initializer": "uniform"}),
        ("Embedding", {"embeddings_initializer": "uniform"}),
    ),
    "hard_sigmoid": (
        ("LSTM", {"recurrent_activation": "hard_sigmoid"}),
        ("LSTM", {"recurrent_activation": HARD_SIGMOID_2}),
    ),
}
REFUSED = {
    "time_major": ("LSTM", {"time_major": True}),
    "groups": ("Conv2DTranspose", {"groups": 2}),
    "dropout_of_embedding": ("Embedding", {"dropout": 0.5}),
    "mode_of_normalization": ("BatchNormalization", {"mode": 2}),
    "merge": ("Merge", {"mode": "<lambda>"}),
    "batch_normalization": ("BatchNormalization", {"renorm": True}),
    "interpolation": ("Resizing", {"interpolation": "gaussian"}),
    "thresholded_relu": ("ThresholdedReLU", {"theta": -1.0}),
}
BY_NAME = {rule.name: rule for rule in RULES}


def layer(class_name, config):
    return {"class_name": class_name, "config": copy.deepcopy(config)}


@pytest.mark.parametrize("name", BY_NAME)
def test_each_rule_makes_of_the_old_what_is_today(name):
    before, after = MAPPED[name]
    rule, item = BY_NAME[name], layer(*before)
    assert rule.concerns(item, (1, 2)) and rule.source.startswith("https://")
    assert rule.apply(item) == (after is not None)
    assert item == layer(*(after or before))
    assert not rule.concerns(item, rule.before)


@pytest.mark.parametrize("name", BY_NAME)
def test_no_rule_touches_what_it_is_not_about(name):
    item = layer("Dense", {"name": "d", "units": 2, "activation": "relu"})
    rule = BY_NAME[name]
    assert not rule.concerns(item, (2, 15)) or not rule.apply(item)
    assert item == layer("Dense", {"name": "d", "units": 2, "activation": "relu"})


@pytest.mark.parametrize("name", REFUSED)
def test_a_value_without_a_counterpart_is_refused(name):
    with pytest.raises(NoCounterpartError):
        BY_NAME[name].apply(layer(*REFUSED[name]))


def test_the_shape_of_the_first_layer_becomes_a_layer():
    old = {
        "class_name": "Sequential",
        "config": [
            {"class_name": "LSTM", "config": {"name": "l", "units": 2, "batch_input_shape": [None, 5, 3]}}
        ],
        "keras_version": "2.0.6",
    }
    model, report = convert(old)
    assert model["config"]["layers"][0]["config"]["batch_shape"] == [None, 5, 3]
    assert build_model(model).output_shape == (None, 2)
    assert any("shape of the input" in sentence for sentence in report)


def test_a_sequential_of_several_models_is_a_graph():
    def branch(name, size):
        config = {"name": name, "output_dim": 3, "batch_input_shape": [None, size]}
        return {"class_name": "Sequential", "config": [{"class_name": "Dense", "config": config}]}

    merge = {"name": "m", "mode": "concat", "layers": [branch("a", 4), branch("b", 5)]}
    dense = {"name": "o", "output_dim": 1}
    layers = [{"class_name": "Merge", "config": merge}, {"class_name": "Dense", "config": dense}]
    old = {"class_name": "Sequential", "config": layers, "keras_version": "1.2.2"}
    model = build_model(convert(old)[0])
    assert model.input_shape == [(None, 4), (None, 5)] and model.output_shape == (None, 1)


def test_a_name_with_a_slash_is_renamed_with_all_that_refers_to_it():
    old = functional(
        [
            entry("Dense", "a/b", [call("x")], units=2),
            entry("Dense", "a_b", [call("a/b")], units=3),
        ]
    )
    model = build_model(convert(old)[0])
    assert [found.name for found in model.layers[1:]] == ["a_b", "a_b_1"] and model.output_shape == (None, 3)


def test_calls_of_nested_models_count_from_zero():
    inner = functional([entry("Dense", "d", [call("x")], units=4)])
    nested = {**entry("Functional", "n", [call("x"), [["n", 1, 0, {}]]]), "config": inner["config"]}
    nested["config"]["name"] = "n"
    old = functional([nested])
    old["config"]["output_layers"] = [["n", 2, 0]]
    model = build_model(convert(old)[0])
    values = np.ones((1, 4), "float32")
    once = model.get_layer("n")(values)
    np.testing.assert_allclose(computed(model(values)), computed(model.get_layer("n")(once)), rtol=1e-6)


def test_states_behind_a_sequence_become_an_argument():
    old = functional(
        [
            entry("Reshape", "r", [call("x")], target_shape=[2, 2]),
            entry("LSTM", "a", [call("r")], units=3, return_state=True),
            entry("LSTM", "b", [[["r", 0, 0, {}], ["a", 0, 1, {}], ["a", 0, 2, {}]]], units=3),
        ]
    )
    assert build_model(convert(old)[0]).output_shape == (None, 3)


def test_causal_attention_is_still_causal():
    old = functional(
        [
            entry("Reshape", "r", [call("x")], target_shape=[4, 1]),
            entry("Attention", "a", [call("r", "r")], causal=True),
        ]
    )
    model = build_model(convert(old)[0])
    values = np.array([[1.0, 2.0, 3.0, 4.0]], "float32")
    np.testing.assert_allclose(
        computed(model(values))[:, :2], computed(model(values * [1, 1, -1, 0]))[:, :2], rtol=1e-6
    )


def test_a_model_is_called_with_a_dict():
    inner = functional([entry("Dense", "d", [call("x")], units=3)])["config"] | {"name": "n"}
    inner["input_layers"] = {"key": ["x", 0, 0]}
    nested = {**entry("Functional", "n", [{"key": ["x", 0, 0, {}]}]), "config": inner}
    old = functional([nested])
    old["config"]["output_layers"] = [["n", 1, 0]]
    assert build_model(convert(old)[0]).output_shape == (None, 3)


def test_a_layer_may_have_the_name_that_keras_gives_to_an_operation():
    """Concatenate joins the masks of its inputs by an operation with the same name."""
    old = functional(
        [
            entry("Reshape", "r", [call("x")], target_shape=[2, 2]),
            entry("Masking", "m", [call("r")]),
            entry("Concatenate", "concatenate", [call("m", "m")]),
            entry("LSTM", "l", [call("concatenate")], units=2),
        ]
    )
    assert build_model(convert(old)[0]).output_shape == (None, 2)


def test_a_number_that_was_written_as_an_array_is_a_number():
    """Keras 2.0 to 2.2 wrote slopes, thresholds and learning rates so, and did not read them again."""

    def array(value):
        return {"type": "ndarray", "value": value}

    given = {
        "class_name": "Sequential",
        "config": [
            {"class_name": "Dense", "config": {"units": 2, "batch_input_shape": [None, 3], "name": "d"}},
            {"class_name": "LeakyReLU", "config": {"alpha": array(0.25), "name": "leaky"}},
            {"class_name": "ReLU", "config": {"max_value": array(6), "name": "relu"}},
            {
                "class_name": "Normalization",
                "config": {"mean": array([1.0, 2.0]), "variance": array([1.0, 4.0])},
            },
        ],
    }
    training = {
        "loss": "mse",
        "optimizer_config": {"class_name": "SGD", "config": {"lr": array(0.5)}},
        "loss_weights": array([2.0]),
    }
    config, _ = convert(given, "2.0.5", training)
    model = build_model(config)
    np.testing.assert_array_equal(model.layers[1](np.array([-4.0])), [-1.0])
    np.testing.assert_array_equal(model.layers[2](np.array([9.0])), [6.0])
    np.testing.assert_array_equal(model.layers[3](np.array([[3.0, 4.0]])), [[2.0, 1.0]])
    assert config["compile_config"]["optimizer"]["config"]["learning_rate"] == 0.5
    assert config["compile_config"]["loss_weights"] == [2.0]


def test_an_initializer_of_tensorflow_is_that_of_keras():
    constant = {
        "module": "tensorflow.python.ops.init_ops_v2",
        "class_name": "Constant",
        "config": {"value": 0.5},
    }
    old = functional([entry("Dense", "d", [call("x")], units=1, kernel_initializer=constant)])
    np.testing.assert_allclose(computed(build_model(convert(old)[0])(np.ones((1, 4), "float32"))), [[2.0]])


def test_an_initializer_that_tensorflow_js_left_half_empty_is_its_default():
    empty = {"class_name": "VarianceScaling", "config": {"scale": 1, "mode": None, "distribution": None}}
    old = functional([entry("Dense", "d", [call("x")], units=1, kernel_initializer=empty)])
    config = build_model(convert(old)[0]).get_layer("d").kernel_initializer.get_config()
    assert (config["mode"], config["distribution"]) == ("fan_avg", "truncated_normal")


def test_a_layer_that_is_kept_says_why_where_the_class_is_still_there():
    old = functional([entry("BatchNormalization", "b", [call("x")], renorm=True)])
    model, _ = convert(old)
    assert model["config"]["layers"][1]["config"] == {"name": "b", "renorm": True}
    with pytest.raises(ModelFileError, match="renorm"):
        build_model(model)


def test_hard_sigmoid_has_the_slope_of_its_time():
    old = functional([entry("Activation", "a", [call("x")], activation="hard_sigmoid")])
    values = np.array([[-4.0, -1.0, 0.3, 2.7]], "float32")
    np.testing.assert_allclose(
        computed(build_model(convert(old)[0])(values)), np.clip(values * 0.2 + 0.5, 0, 1), atol=1e-6
    )
    new = functional(
        [entry("Activation", "a", [call("x")], activation="hard_sigmoid", trainable=True)], "3.1.0"
    )
    np.testing.assert_allclose(
        computed(build_model(convert(new)[0])(values)), np.clip(values / 6 + 0.5, 0, 1), atol=1e-6
    )


def test_the_version_is_found_where_the_file_does_not_say():
    config = [
        {"class_name": "Dense", "config": {"output_dim": 2, "batch_input_shape": [None, 3], "name": "d"}}
    ]
    assert build_model(convert({"class_name": "Sequential", "config": config})[0]).count_params() == 8


def test_json_in_json_and_tensorflow_js_are_unwrapped():
    import json

    old = functional([entry("Dense", "d", [call("x")], units=2)])
    topology = {"model_config": {key: old[key] for key in ("class_name", "config")}, "keras_version": "2.4.0"}
    for wrapped in (json.dumps(old), {"format": "layers-model", "modelTopology": topology}):
        assert build_model(convert(wrapped)[0]).output_shape == (None, 2)


@pytest.mark.parametrize(("version", "is_list"), [("3.5.0", False), ("3.10.0", False), ("3.11.0", True)])
def test_an_only_output_was_in_a_list_before_keras_3_11(version, is_list):
    inputs = keras.Input((3,))
    model = keras.Model(inputs, [keras.layers.Dense(2, name="d")(inputs)])
    config = {"class_name": "Functional", "config": model.get_config(), "keras_version": version}
    found = convert(config)[0]["config"]["output_layers"]
    assert found == ([["d", 0, 0]] if is_list else ["d", 0, 0])


def test_today_s_config_comes_back_as_it_is():
    import json

    inputs = keras.Input((4, 1))
    x = keras.layers.Bidirectional(keras.layers.GRU(2, return_sequences=True))(inputs)
    x = keras.layers.Dense(2, activation=keras.layers.LeakyReLU())(x[:, 1:] * 2)
    model = json.loads(keras.Model(inputs, x).to_json())
    found, report = convert(model)
    assert report == []
    assert found["config"]["layers"] == model["config"]["layers"]


def test_a_model_of_a_class_of_its_own_says_that_there_is_nothing_to_draw():
    with pytest.raises(ModelFileError, match="class of your own"):
        convert({"class_name": "MyModel", "config": {"units": 3}})


def test_the_width_that_a_normalization_learned_is_that_of_the_input():
    """TensorFlow's tutorial of regression: the input's width stands only in what was built."""
    entry = {"class_name": "InputLayer", "config": {"name": "i", "batch_input_shape": [None, None]}}
    layer = {"class_name": "Normalization", "config": {"name": "n", "axis": [-1]}}
    layer["build_config"] = {"input_shape": [5, 3]}
    dense = {"class_name": "Dense", "config": {"name": "d", "units": 1}}
    config = {"name": "m", "layers": [entry, layer, dense]}
    found, _ = convert({"class_name": "Sequential", "keras_version": "2.15.0", "config": config})
    assert build_model(found).input_shape == (None, 3)


def test_an_array_beside_the_tensors_that_a_layer_merges_stays_one():
    entry = {"class_name": "InputLayer", "name": "i", "config": {"name": "i", "batch_input_shape": [None, 2]}}
    calls = [[["i", 0, 0, {}], ["_CONSTANT_VALUE", -1, [[1.0, 2.0]], {}]]]
    layer = {"class_name": "Add", "name": "a", "config": {"name": "a"}, "inbound_nodes": calls}
    config = {"name": "m", "layers": [{**entry, "inbound_nodes": []}, layer], "input_layers": [["i", 0, 0]]}
    config["output_layers"] = [["a", 0, 0]]
    found, _ = convert({"class_name": "Functional", "keras_version": "2.15.0", "config": config})
    np.testing.assert_array_equal(computed(build_model(found)(np.ones((1, 2)))), [[2, 3]])


def test_a_width_that_nothing_tells_is_refused_at_its_layer():
    entry = {"class_name": "InputLayer", "config": {"name": "i", "batch_input_shape": [None, None]}}
    layer = {"class_name": "Normalization", "config": {"name": "n", "axis": [-1]}}
    config = {"name": "m", "layers": [entry, layer]}
    with pytest.raises(ModelFileError) as caught:
        build_model(convert({"class_name": "Sequential", "keras_version": "2.15.0", "config": config})[0])
    assert caught.value.layer == "n"
