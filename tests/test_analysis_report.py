"""`kerasviz.analyze` against published numbers, and against Keras itself."""

import json
import subprocess
import sys

import keras
import numpy as np
import pytest
from conftest import few
from keras import layers

import kerasviz

# Multiply-adds in millions, and receptive fields of the last convolution in pixels.
# ResNet-50 and VGG-16: Hu et al., "Squeeze-and-Excitation Networks", arXiv:1709.01507, table 2.
# MobileNetV2: Sandler et al., arXiv:1801.04381, table 4. MobileNet: Howard et al., arXiv:1704.04861, table 8.
# Fields: Araujo et al., "Computing Receptive Fields of Convolutional Neural Networks", Distill 2019, table 1.
PUBLISHED = {
    "ResNet50": (3860, 483),
    "VGG16": (15470, 212),
    "MobileNetV2": (300, 491),
    "MobileNet": (569, 315),
}


@pytest.fixture(scope="module", params=PUBLISHED)
def application(request):
    model = getattr(keras.applications, request.param)(weights=None)
    return request.param, model, kerasviz.analyze(json.loads(model.to_json()))


def test_multiply_adds_are_those_published(application):
    name, _, analysis = application
    assert analysis.total_macs == pytest.approx(PUBLISHED[name][0] * 1e6, rel=0.01)


def test_receptive_fields_are_those_published(application):
    name, _, analysis = application
    fields = [node.receptive_field for node in analysis.nodes.values() if node.receptive_field]
    assert fields[-1] == (PUBLISHED[name][1],) * 2


def test_nodes_are_the_layers_of_the_model(application):
    _, model, analysis = application
    assert analysis.total_params == model.count_params()
    assert analysis.errors == []
    for layer in model.layers:
        node = analysis.nodes[layer.name]
        assert (node.output_shapes, node.dtypes, node.params, node.error) == (
            [tuple(layer.output.shape)], [layer.output.dtype], layer.count_params(), None,
        )  # fmt: skip


def analysis_of(*stack, batch_size=1, **compile_config):
    model = keras.Sequential(list(stack))
    if compile_config:
        model.compile(**compile_config)
    return kerasviz.analyze(json.loads(model.to_json()), batch_size=batch_size)


@pytest.mark.parametrize(
    "shape, layer, macs",
    [
        ((5,), layers.Dense(3), 5 * 3),
        ((7, 5), layers.Dense(3), 7 * 5 * 3),
        ((8, 8, 4), layers.Conv2D(6, 3, groups=2), 6 * 6 * 3 * 3 * 2 * 6),
        ((8, 8, 4), layers.DepthwiseConv2D(3, depth_multiplier=2), 6 * 6 * 3 * 3 * 4 * 2),
        ((8, 8, 4), layers.SeparableConv2D(6, 3), 6 * 6 * (3 * 3 * 4 + 4 * 6)),
        ((4, 4, 2), layers.Conv2DTranspose(3, 2, strides=2), 4 * 4 * 2 * 2 * 2 * 3),
        ((4, 8, 8), layers.Conv2D(6, 3, data_format="channels_first"), 6 * 6 * 3 * 3 * 4 * 6),
        ((7, 5), layers.LSTM(3), 7 * (5 * 12 + 3 * 12)),
        ((7, 5), layers.Bidirectional(layers.GRU(3)), 2 * 7 * (5 * 9 + 3 * 9)),
        ((7, 5), layers.TimeDistributed(layers.Dense(3)), 7 * 5 * 3),
        (
            (7, 5),
            layers.TimeDistributed(keras.Sequential([layers.Dense(3), layers.Dense(2)])),
            7 * (5 * 3 + 3 * 2),
        ),
        ((7, 5), layers.EinsumDense("abc,cd->abd", output_shape=(7, 3)), 7 * 5 * 3),
        ((6, 8, 8, 2), layers.ConvLSTM2D(4, 3), 6 * 6 * 6 * 9 * (2 + 4) * 16),
        ((8, 8, 4), layers.BatchNormalization(), 0),
        ((None, None, 4), layers.Conv2D(6, 3), None),
    ],
)
def test_multiply_adds_of_a_layer(shape, layer, macs):
    assert analysis_of(layers.Input(shape), layer).nodes[layer.name].macs == macs


def test_multiply_adds_of_attention():
    x = keras.Input((7, 8))
    attention = layers.MultiHeadAttention(2, 3, name="attention")
    analysis = kerasviz.analyze(json.loads(keras.Model(x, attention(x, x)).to_json()))
    projections, scores = 4 * 7 * 8 * 2 * 3, 2 * 2 * 7 * 7 * 3
    assert analysis.nodes["attention"].macs == projections + scores


def test_multiply_adds_of_operations():
    x, y = keras.Input((7, 5)), keras.Input((7, 5))
    calls = {
        keras.ops.matmul(x, keras.ops.transpose(y, (0, 2, 1))): 7 * 7 * 5,
        keras.ops.einsum("btf,bsf->bts", x, y): 7 * 7 * 5,
        keras.ops.tensordot(x, y[0], axes=((2,), (1,))): 7 * 7 * 5,
        x @ np.ones((5, 2), "float32"): None,
    }
    analysis = kerasviz.analyze(json.loads(keras.Model([x, y], list(calls)).to_json()))
    for tensor, macs in calls.items():
        assert analysis.nodes[tensor._keras_history.operation.name].macs == macs


def test_a_nested_model_counts_its_layers_at_each_call():
    x = keras.Input((4,))
    inner = keras.Model(x, layers.Dense(3)(x), name="inner")
    a, b = keras.Input((4,)), keras.Input((4,))
    analysis = kerasviz.analyze(json.loads(keras.Model([a, b], [inner(a), inner(b)]).to_json()))
    assert (analysis.nodes["inner"].macs, analysis.nodes["inner"].params) == (2 * 12, 15)


@pytest.mark.parametrize(
    "optimizer, numbers", [("sgd", 0), (keras.optimizers.SGD(momentum=0.9), 1), ("adam", 2), ("rmsprop", 1)]
)
def test_memory_for_a_batch(optimizer, numbers):
    analysis = analysis_of(
        layers.Input((5,)), layers.Dense(3), batch_size=10, optimizer=optimizer, loss="mse"
    )
    memory = analysis.memory
    assert (memory.weights, memory.gradients) == (4 * 18, 4 * 18)
    assert memory.activations == 4 * 10 * (5 + 3)
    assert memory.optimizer == numbers * 4 * 18
    assert memory.total == memory.weights + memory.gradients + memory.activations + memory.optimizer


def test_memory_without_an_optimizer_is_that_of_the_one_that_keras_takes():
    config = json.loads(keras.Sequential([layers.Input((5,)), layers.Dense(3)]).to_json())
    assert kerasviz.analyze(config).memory.optimizer == 4 * 18  # RMSprop


def test_an_error_comes_with_a_fix_that_works():
    config = json.loads(keras.Sequential([layers.Input((4,)), layers.Dense(3, name="dense")]).to_json())
    del config["config"]["layers"][1]["config"]["units"]
    error = kerasviz.analyze(config).nodes["dense"].error
    assert error.layer == "dense" and "units" in error.message and "units" in error.detail
    assert kerasviz.analyze(kerasviz.apply_fix(config, error.fix)).nodes["dense"].error is None


def test_tensors_that_go_together_are_right_in_layers_that_take_several():
    source, target = keras.Input((None,), dtype="int32"), keras.Input((7,), dtype="int32")
    embedded = layers.Embedding(50, 16, mask_zero=True)(source)
    _, *states = layers.LSTM(32, return_state=True, dropout=0.1)(embedded)
    y = layers.LSTM(32, return_sequences=True)(layers.Embedding(50, 16)(target), initial_state=states)
    y = layers.MultiHeadAttention(2, 8, dropout=0.1)(y, layers.Dense(32)(embedded))
    y = layers.Attention(use_scale=True)([y, layers.AdditiveAttention()([y, y])])
    chosen = keras.ops.where(keras.ops.greater(y, 0), y, 0 * y)
    assert kerasviz.analyze(json.loads(keras.Model([source, target], chosen).to_json())).errors == []


MODEL = {"class_name": "Sequential", "config": {"layers": []}}
NO_CONFIG = [None, [], "{}", 3, keras.Sequential()]


@pytest.mark.parametrize("value", NO_CONFIG, ids=lambda value: type(value).__name__)
def test_what_is_no_config_is_refused_by_its_type(value):
    for function in (kerasviz.analyze, lambda config: kerasviz.apply_fix(config, {"edits": []})):
        with pytest.raises(TypeError, match=f"Keras JSON.*{type(value).__name__}"):
            function(value)
    if not isinstance(value, keras.Model):
        with pytest.raises(TypeError, match="Keras JSON"):
            kerasviz.to_code(value)


@pytest.mark.parametrize("fix", [None, "Set units", [], 3], ids=lambda value: type(value).__name__)
def test_what_is_no_fix_is_refused_by_its_type(fix):
    with pytest.raises(TypeError, match="`fix`"):
        kerasviz.apply_fix(MODEL, fix)


@pytest.mark.parametrize(
    "fix", [{}, {"edits": 3}, {"edits": [3]}, {"edits": [{}]}, {"edits": [{"edit": "insert", "new": 3}]}]
)
def test_a_fix_that_is_none_is_refused(fix):
    with pytest.raises(ValueError, match="no longer applies"):
        kerasviz.apply_fix(MODEL, fix)


@pytest.mark.parametrize("batch_size", [0, -1, None, "3", 2.5])
def test_a_batch_holds_samples(batch_size):
    with pytest.raises(ValueError, match="batch_size"):
        kerasviz.analyze(MODEL, batch_size=batch_size)


@pytest.mark.parametrize(
    "junk", few([None, True, -1, 2.5, float("nan"), "x", [], [1], {}, {"a": 1}], 5), ids=repr
)
def test_any_value_in_a_config_becomes_an_error_of_its_own(junk):
    model = json.loads(
        keras.Sequential([layers.Input((8, 8, 1)), layers.Conv2D(3, 3), layers.Flatten()]).to_json()
    )
    model |= {"compile_config": {"loss": "mse"}, "kerasviz": {"training": {"data": {"source": "iris"}}}}
    for path in places(model):
        broken = json.loads(json.dumps(model))
        part = broken
        for key in path[:-1]:
            part = part[key]
        part[path[-1]] = junk
        for error in kerasviz.analyze(broken).errors:
            assert error.message
            if error.fix is not None:
                kerasviz.apply_fix(broken, error.fix)


def places(value, path=()):
    """Yields the way to each part of a JSON."""
    for key, item in value.items() if isinstance(value, dict) else enumerate(value):
        yield (*path, key)
        if isinstance(item, (dict, list)):
            yield from places(item, (*path, key))


@pytest.mark.thorough
def test_jupyter_is_not_needed():
    code = (
        "import sys, keras, kerasviz\n"
        "before = set(sys.modules)\n"
        "config = {'class_name': 'Sequential', 'config': {'layers': []}}\n"
        "kerasviz.analyze(config)\n"
        "assert not {'ipykernel', 'IPython', 'jupyterlab', 'comm'} & (set(sys.modules) - before)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
